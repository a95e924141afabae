"""A file that is kept says all that it said when it was read."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from msgspec import Struct

from alliance_site.model import (
    Markdown,
    StructuredDocument,
    dump_document,
    load_document,
    place_of,
    structure_document,
)
from alliance_site.read import parse_document

CONTENT = Path(__file__).resolve().parents[2] / "content"
FILES = sorted((*CONTENT.rglob("*.yaml"), *CONTENT.rglob("*.md")))


def structured(path: Path) -> StructuredDocument:
    name = f"content/{path.relative_to(CONTENT)}"
    place = place_of(name.removeprefix("content/"))
    document, faults = parse_document(name, path.read_bytes())
    assert document is not None
    assert place is not None
    assert not faults
    return structure_document(document, place)


def said(value: object) -> object:
    """Return all that a value holds, places included; a mapping is one of any kind."""
    if isinstance(value, Mapping):
        return {key: said(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [said(item) for item in value]
    if isinstance(value, Struct):
        fields = {name: said(getattr(value, name)) for name in value.__struct_fields__}
        return {"class": type(value), **fields}
    if isinstance(value, Markdown):
        return value.text, value.raw, value.span, value.key, value.is_body
    return repr(value)


def body_of(document: StructuredDocument) -> str:
    (record,) = document.records.values()
    text: str = record.body.text
    return text


def everything(document: StructuredDocument) -> tuple[object, ...]:
    """Return all that is asked of a document; its texts in the order of their places."""
    found = document.found
    texts = sorted((text.span, text.text, text.raw, text.key) for text in found.markdown)
    references = [(item.key, item.span, item.is_link) for item in found.references]
    return said(document.records), document.spans, document.digests, texts, references


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in FILES}), ids=lambda path: path.name
)
def test_every_file_of_this_site_is_kept_whole(folder: Path) -> None:
    for path in (path for path in FILES if path.parent == folder):
        document = structured(path)
        kept = dump_document(document)
        again = load_document(kept, document.path, document.place, partial(body_of, document))
        assert again is not None
        assert everything(again) == everything(document)
        assert not again.faulty
        assert not again.found.diagnostics


def test_a_file_with_a_fault_is_not_kept() -> None:
    document, _ = parse_document("content/organizations/ibm.yaml", b"name: [a]\n")
    place = place_of("organizations/ibm.yaml")
    assert document is not None
    assert place is not None
    assert dump_document(structure_document(document, place)) == b""


@pytest.mark.parametrize(
    "kept", [b"", b"{}", b"[]", b'[{"ibm":{}},{},{},[]]', b'[{},{},{},[],{"ibm":"x"}]', b"\xff"]
)
@pytest.mark.parametrize("name", ["organizations/ibm.yaml", "site.yaml", "archive/a.txt"])
def test_what_is_something_else_is_no_document(kept: bytes, name: str) -> None:
    place = place_of(name)
    assert place is not None
    assert load_document(kept, f"content/{name}", place, str) is None
