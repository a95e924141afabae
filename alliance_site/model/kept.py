"""Structured documents ↔ JSON: what was read of a file once need not be read out of YAML again.

Of a file without faults, and without a text below its fields, which would be kept twice.

Never: keeps what is wrong with a file.
"""

from collections.abc import Callable
from functools import cache
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import Struct

from alliance_site.diagnostics import Span
from alliance_site.model.documents import StructuredDocument, record_class_of
from alliance_site.model.kinds import Place
from alliance_site.model.structure import Reference, Structured, found_in
from alliance_site.model.values import Markdown


class _Kept(Struct, array_like=True):
    records: dict[str, msgspec.Raw]
    spans: dict[str, Span]
    digests: dict[str, str]
    references: list[Reference]


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
    if not is_whole or not document.path.endswith(".yaml"):
        return b""
    records = {key: msgspec.Raw(_WRITER.encode(item)) for key, item in document.records.items()}
    kept = _Kept(records, document.spans, document.digests, document.found.references)
    return _WRITER.encode(kept)


def load_document(kept: bytes, path: str, place: Place) -> StructuredDocument | None:
    """Read what `dump_document` wrote; None where it is something else."""
    kind = record_class_of(place)
    if kind is None:
        return None
    try:
        found = _READER.decode(kept)
        records = {key: _reader_of(kind).decode(item) for key, item in found.records.items()}
    except msgspec.DecodeError:
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
