"""A value → the digest of all that it says; equal values, and only those, have equal digests.

Never: depends on a hash seed, an address in memory, or the order in which a value was made.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from alliance_site.plan.target import AssetTarget, PageTarget, TableTarget, Target


@cache
def _field_names(kind: type) -> tuple[bytes, tuple[str, ...]]:
    names = tuple(item.name for item in fields(kind))
    return f"{kind.__name__}({','.join(names)})".encode(), names


def _encode(value: Any, write: Callable[[bytes], Any]) -> None:
    """Write a value so that no two different values are written alike."""
    kind = type(value)
    if kind is str:
        data = value.encode()
        write(b"s%d:" % len(data))
        write(data)
    elif value is None:
        write(b"n")
    elif kind is bool:
        write(b"t" if value else b"f")
    elif kind is tuple:
        write(b"(%d:" % len(value))
        for item in value:
            _encode(item, write)
    elif isinstance(value, int | Decimal):
        write(f"i{value};".encode())
    elif is_dataclass(value):
        head, names = _field_names(kind)
        write(head)
        for name in names:
            _encode(getattr(value, name), write)
    elif isinstance(value, str):
        _encode(str(value), write)
    else:
        raise TypeError(f"a view holds a {kind.__name__}, which is no plain value")


def digest_of(value: Any) -> str:
    """Digest a view: texts, numbers, None, tuples and frozen dataclasses of them.

    Raises:
        TypeError: The value holds anything else.
    """
    parts: list[bytes] = []
    _encode(value, parts.append)
    return hashlib.sha256(b"".join(parts)).hexdigest()


def fingerprint_of(target: Target, closures: Mapping[str, str], code: str) -> str:
    """Digest all that decides an output.

    Args:
        target: What is to be made.
        closures: Template name → digest of the template and all that it extends, includes and
            imports.
        code: Digest of the generator's code, Python and the dependencies.
    """
    match target:
        case PageTarget():
            parts = (closures[target.page.template], digest_of(target.page.view))
        case TableTarget():
            parts = (target.ending, digest_of(target.table))
        case AssetTarget():
            return hashlib.sha256("\n".join(target.digests).encode()).hexdigest()
    return hashlib.sha256("\n".join((code, *parts)).encode()).hexdigest()
