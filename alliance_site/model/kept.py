"""Structured documents ↔ JSON: what was read of a file once need not be read out of YAML again.

Of a file without faults. The text below its fields is not kept, as it stands in the file as it is.

Never: keeps what is wrong with a file.
"""

from collections.abc import Callable
from functools import cache
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from alliance_site.diagnostics import Span
from alliance_site.model.documents import StructuredDocument, record_class_of
from alliance_site.model.kinds import Place
from alliance_site.model.structure import Reference, Structured, found_in
from alliance_site.model.values import Markdown, TextElsewhere


class _Kept(Struct, array_like=True):
    records: dict[str, msgspec.Raw]
    spans: dict[str, Span]
    digests: dict[str, str]
    references: list[Reference]
    bodies: dict[str, str] = {}
    """Record → the key of the text below its fields."""


def _plain(value: object) -> object:
    if isinstance(value, MappingProxyType):
        return dict(value)
    raise TypeError(type(value))


_WRITER = msgspec.json.Encoder(enc_hook=_plain)
_READER = msgspec.json.Decoder(_Kept)


_reader_of: Callable[[Any], msgspec.json.Decoder[Any]] = cache(msgspec.json.Decoder)


def dump_document(document: StructuredDocument) -> bytes:
    """Write a document in which nothing is wrong; nothing where it is one that is read again."""
    is_whole = not document.faulty and not document.found.diagnostics
    if not is_whole or not document.path.endswith((".yaml", ".md")):
        return b""
    kept = _Kept({}, document.spans, document.digests, document.found.references)
    for key, item in document.records.items():
        record, body = item, getattr(item, "body", None)
        if isinstance(body, Markdown):
            kept.bodies[key] = body.key
            record = replace(item, body=Markdown(text="", span=body.span, is_body=True))
        kept.records[key] = msgspec.Raw(_WRITER.encode(record))
    return _WRITER.encode(kept)


def load_document(
    kept: bytes, path: str, place: Place, read: Callable[[], str]
) -> StructuredDocument | None:
    """Read what `dump_document` wrote; None where it is something else.

    Args:
        kept: What it wrote.
        path: Of the file.
        place: What the file is.
        read: Returns the text below the fields of the file.
    """
    kind = record_class_of(place)
    if kind is None:
        return None
    try:
        found = _READER.decode(kept)
        records = {key: _reader_of(kind).decode(item) for key, item in found.records.items()}
        for key, body in found.bodies.items():
            elsewhere = TextElsewhere(records[key].body.span, body, read)
            records[key] = replace(records[key], body=elsewhere)
    except (msgspec.DecodeError, LookupError, AttributeError):
        return None
    texts = [text for record in records.values() for text in found_in(record, Markdown)]
    return StructuredDocument(
        path=path,
        place=place,
        records=records,
        spans=found.spans,
        digests=found.digests,
        found=Structured(references=found.references, markdown=texts),
    )
