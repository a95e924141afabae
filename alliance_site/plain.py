"""Frozen values of which views are made: texts, numbers, None, tuples and such values.

They are made by the thousand and digested whole, so they are `msgspec` records: a class costs a
tenth of a dataclass to define, a value a quarter to make, and a digest is one call.

Never: holds a list, a mapping or anything else that could change.
"""

from msgspec import Struct


class Plain(Struct, frozen=True, tag=True, tag_field="class"):
    """A value that says what it is, so that two kinds with the same parts are not alike."""
