"""Values → JSON on one line: as the `json` module writes it, in a fraction of the time.

Never: decides what is written.
"""

from typing import Any

import msgspec

__all__ = ["compact", "readable"]


def compact(value: Any) -> str:
    """Write a value without a space that it can do without."""
    return msgspec.json.encode(value).decode()


def readable(value: Any) -> str:
    """Write a value with a space after each comma and colon."""
    return msgspec.json.format(msgspec.json.encode(value), indent=0).decode()
