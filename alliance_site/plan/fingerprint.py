"""A value → the digest of all that it says; equal values, and only those, have equal digests.

Never: depends on a hash seed, an address in memory, or the order in which a value was made.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from alliance_site.pictures import WAY
from alliance_site.plan.target import AssetTarget, PictureTarget

_WRITER = msgspec.json.Encoder()


def digest_of(value: Any) -> str:
    """Digest a view: a `Plain`, or a text, number, None or tuple of them.

    Every `Plain` names its class, so two that say the same in other words are not alike.
    """
    return hashlib.sha256(_WRITER.encode(value)).hexdigest()


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
