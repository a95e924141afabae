"""A value → the digest of all that it says; equal values, and only those, have equal digests.

Never: depends on a hash seed, an address in memory, or the order in which a value was made.
"""

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from alliance_site.plan.target import AssetTarget, PageTarget, TableTarget, Target

Write: TypeAlias = Callable[[bytes], Any]


@cache
def _field_names(kind: Hashable) -> tuple[bytes, tuple[str, ...]]:
    described: Any = kind
    names = tuple(item.name for item in fields(described))
    return f"{described.__name__}({','.join(names)})".encode(), names


def _encode(value: Any, write: Write) -> None:
    """Write a value so that no two different values are written alike."""
    kind: Any = type(value)
    encode = _ENCODERS.get(kind)
    if encode is not None:
        encode(value, write)
    elif is_dataclass(value):
        head, names = _field_names(kind)
        write(head)
        for name in names:
            _encode(getattr(value, name), write)
    else:
        raise TypeError(f"a view holds a {kind.__name__}, which is no plain value")


def _encode_text(value: str, write: Write) -> None:
    data = value.encode()
    write(b"s%d:" % len(data))
    write(data)


def _encode_tuple(value: tuple[Any, ...], write: Write) -> None:
    write(b"(%d:" % len(value))
    for item in value:
        _encode(item, write)


def _encode_number(value: object, write: Write) -> None:
    write(f"{type(value).__name__} {value};".encode())


_ENCODERS: Mapping[Any, Callable[[Any, Write], None]] = {
    str: _encode_text,
    tuple: _encode_tuple,
    int: _encode_number,
    bool: _encode_number,
    Decimal: _encode_number,
    type(None): _encode_number,
}


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
    return hashlib.sha256("\n".join(_parts(target, closures, code)).encode()).hexdigest()


def _parts(target: Target, closures: Mapping[str, str], code: str) -> tuple[str, ...]:
    match target:
        case PageTarget():
            return code, closures[target.page.template], digest_of(target.page.view)
        case TableTarget():
            return code, target.ending, digest_of(target.table)
        case AssetTarget():
            # A copy depends on nothing but the bytes.
            return target.digests
