"""Whatever a file holds, reading ends with a document or a diagnostic, and never with a crash."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alliance_site.diagnostics import Diagnostic, Span
from alliance_site.model import place_of, structure_document
from alliance_site.read import (
    Document,
    Mapping,
    Node,
    Sequence,
    find_template_refs,
    parse_document,
)

# Text of the signs that mean something to YAML and Markdown, among others.
signs = st.sampled_from(
    [*"-:?[]{},#&*!|>'\"%@`\n\n\n  \t\\~<=.0aé🙂\r\x00\x07\x85\u2028\ufeff\ufffe"]
)
yaml_like = st.lists(signs | st.sampled_from(["key: ", "\n  - ", "---\n", "a: &x 1\n", "*x"]))
texts = st.text() | yaml_like.map("".join)
paths = st.sampled_from(["content/pages/a.md", "content/figures.yaml", "content/site.yaml"])


def as_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


contents = (
    st.binary()
    | texts.map(as_bytes)
    | texts.map(lambda text: as_bytes(f"---\n{text}\n---\nbody\n"))
    | texts.map(lambda text: b"\xef\xbb\xbf" + as_bytes(text))
)


@given(paths, contents)
@example("content/pages/a.md", b"---")
@example("content/figures.yaml", b"[" * 5_000)
@example("content/figures.yaml", b"a: \xed\xa0\x80")
@example("content/figures.yaml", b"? *a\n")
@example("content/figures.yaml", b"\xef\xbb\xbf\xef\xbb\xbfa: 1")
def test_no_bytes_crash_reading(path: str, data: bytes) -> None:
    document, faults = parse_document(path, data)
    assert document is not None or faults


@given(paths, contents)
@example("content/figures.yaml", "a: x\u2028b: y\nc: [".encode())
@example("content/figures.yaml", b"a: 'b\n\n\n")
def test_every_span_lies_in_its_file(path: str, data: bytes) -> None:
    document, faults = parse_document(path, data)
    lines = lines_of(data)
    spans = [item.span for item in faults]
    spans += [node.span for node in nodes_of(document.fields)] if document else []
    assert [span for span in spans if not lies_in(span, lines)] == []


@given(contents)
def test_a_body_begins_where_it_says(data: bytes) -> None:
    document, _ = parse_document("content/pages/a.md", data)
    if document is not None:
        lines = lines_of(data)[document.body_line - 1 :]
        assert document.body == "\n".join(lines)


@given(paths, contents)
def test_no_bytes_crash_structuring(path: str, data: bytes) -> None:
    document, _ = parse_document(path, data)
    place = place_of(path.removeprefix("content/"))
    assert place is not None
    if document is not None:
        found = structure_document(document, place)
        assert found.records or found.faulty or found.found.diagnostics or not entries(document)
        assert all(isinstance(item, Diagnostic) for item in found.found.diagnostics)


@given(
    st.text()
    | st.lists(st.sampled_from(["{%", "%}", "{{", "}}", " include ", "'a'", "\n"])).map("".join)
)
def test_no_text_crashes_the_search_for_templates(text: str) -> None:
    refs, faults = find_template_refs("templates/a.html", text)
    last = text.count("\n") + 1
    assert all(1 <= line <= last for _, line in refs.names)
    assert all(item.span.line <= last + 1 for item in faults)


def entries(document: Document) -> int:
    return len(document.fields.entries)


def lines_of(data: bytes) -> list[str]:
    text = data.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def nodes_of(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Sequence):
        for item in node.items:
            yield from nodes_of(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield from nodes_of(value)


def lies_in(span: Span, lines: list[str]) -> bool:
    """Say whether a span is a place in a file; one past a line's end is where something lacks."""
    if span.line == 0:
        return span.column == 0
    if not 1 <= span.line <= len(lines):
        return False
    width = len(lines[span.line - 1])
    return span.column <= width + 1 and span.end_column <= width + 1


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span(path="a"), True),
        (Span(path="a", line=1, column=3), True),
        (Span(path="a", line=1, column=4), False),
        (Span(path="a", line=3), False),
        (Span(path="a", line=1, column=1, end_column=4), False),
    ],
)
def test_the_question_whether_a_span_lies_in_its_file_can_be_answered_with_no(
    span: Span,
    expected: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert lies_in(span, ["ab", ""]) is expected
