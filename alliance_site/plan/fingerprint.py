"""A value → the digest of all that it says; equal values, and only those, have equal digests.

Never: depends on a hash seed, an address in memory, or the order in which a value was made.
"""

import hashlib
import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from alliance_site.pictures import WAY
from alliance_site.plan.target import AssetTarget, PictureTarget


@cache
def _parts_of(kind: Hashable) -> tuple[list[str], Callable[[Any], tuple[Any, ...]]]:
    """Return how a dataclass is named in a digest, and what takes its fields out of a value."""
    if not is_dataclass(kind):
        raise TypeError(f"a view holds a {kind}, which is no plain value")
    described: Any = kind
    names = [item.name for item in fields(described)]
    # A getter of one name gives the bare value, so it is given two.
    getter = attrgetter(*names, names[0]) if names else tuple
    return [described.__name__, *names], getter


def _flatten(value: Any, add: Callable[[Any], None]) -> None:
    """Write a value as a run of texts, numbers and heads, from which it could be read again.

    A head is a list: of a tuple its length, of a dataclass its name and fields. So no two
    different values are written alike.
    """
    kind: Any = type(value)
    if kind in _LEAVES:
        add(value)
    elif kind is tuple:
        add([len(value)])
        for item in value:
            _flatten(item, add)
    elif kind is Decimal:
        add(["decimal", str(value)])
    else:
        head, getter = _parts_of(kind)
        add(head)
        for item in getter(value):
            _flatten(item, add)


_LEAVES = frozenset({str, int, bool, type(None)})


def digest_of(value: Any) -> str:
    """Digest a view: texts, numbers, None, tuples and frozen dataclasses of them.

    Raises:
        TypeError: The value holds anything else.
    """
    run: list[Any] = []
    _flatten(value, run.append)
    return hashlib.sha256(json.dumps(run, ensure_ascii=False).encode()).hexdigest()


def page_fingerprint(view: Any, closure: str, code: str) -> str:
    """Digest all that decides a page.

    Args:
        view: All that the template sees.
        closure: Digest of the template and all that it extends, includes and imports.
        code: Digest of the generator's code, Python and the dependencies.

    Returns:
        The digests of its parts, each with its name, so that a later build can say which changed.
    """
    return _named({"what it says": digest_of(view), _TEMPLATE: closure, "the code": code})


_TEMPLATE = "its template"


def template_part(closure: str) -> str:
    """Return the part of a page's fingerprint that its template makes."""
    return _named({_TEMPLATE: closure})


def asset_fingerprint(asset: AssetTarget) -> str:
    """Digest all that decides an asset: the bytes of its files, in their order.

    What is put together is named for its own bytes, so a new way to do it makes a new output.
    """
    joined = hashlib.sha256("\n".join(asset.digests).encode()).hexdigest()
    return _named({"the static file": joined})


def picture_key(picture: PictureTarget) -> str:
    """Digest all that decides the bytes of a picture besides the code: what it is kept by."""
    size = f"{picture.encoding} {picture.width} {picture.height}"
    return hashlib.sha256(f"{picture.digest} {size} {WAY}".encode()).hexdigest()


def picture_fingerprint(picture: PictureTarget, code: str) -> str:
    """Digest all that decides a picture.

    Args:
        picture: The size and encoding of an original.
        code: Digest of the code that writes photographs.
    """
    return _named({"the photograph": picture_key(picture), "the encoder": code})


def search_fingerprint(texts: str, way: str, code: str) -> str:
    """Digest all that decides a shard of the search index.

    Args:
        texts: Digest of the texts that are indexed.
        way: How that is done: the engine's version, the language, how many shards there are.
        code: Digest of the generator's code.
    """
    how = hashlib.sha256(way.encode()).hexdigest()
    return _named({"the indexed text": texts, "the way to index": how, "the code": code})


_SHOWN_DIGITS = 32
"""How much of a digest a fingerprint keeps: 128 bits."""


def sums_fingerprint(digests: str) -> str:
    """Fingerprint the list of all digests by what it says."""
    return _named({"another file": digests})


def _named(parts: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={digest[:_SHOWN_DIGITS]}" for name, digest in parts.items())


def changed_parts(before: str, after: str) -> tuple[str, ...]:
    """Return the names of the parts in which two fingerprints differ, in their order."""
    old = set(before.split("; "))
    new = after.split("; ")
    return tuple(part.partition("=")[0] for part in new if part not in old)
