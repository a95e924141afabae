"""Cells → scores, ranks and what is uncertain about them, by the rules of one `scoring.yaml`.

Every number is an exact fraction; rounding happens once, where a number is shown. `declared` holds
the rules as an editor writes them, `tree` what is counted, `fold` how parts become wholes, `ladder`
the classes, `bounds` what unknown cells could still change, `ranks` the places.

Never: knows a record beside those of `declared`; rounds before the end; uses a binary float.
"""

__all__: list[str] = []
