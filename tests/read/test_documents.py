"""Content files: encodings, line ends, front matter."""

import pytest

from alliance_site.read import decode, parse_document


def faults(data: bytes, path: str = "content/pages/a.md") -> list[tuple[str, int, int]]:
    _, found = parse_document(path, data)
    return [(item.code.value, item.span.line, item.span.column) for item in found]


def test_a_markdown_file_is_front_matter_and_body() -> None:
    document, _ = parse_document("a.md", b"---\ntitle: T\n---\nText.\n")
    assert document is not None
    assert document.fields.entries[0][0].text == "title"
    assert (document.body, document.body_line) == ("Text.\n", 4)


def test_front_matter_counts_from_the_top_of_the_file() -> None:
    document, _ = parse_document("a.md", b"---\ntitle: T\ndek: D\n---\n")
    assert document is not None
    assert document.fields.entries[1][0].span.line == 3


def test_a_rule_in_the_body_does_not_end_the_front_matter() -> None:
    document, _ = parse_document("a.md", b"---\na: 1\n---\nx\n\n---\n\ny\n")
    assert document is not None
    assert document.body == "x\n\n---\n\ny\n"


def test_a_yaml_file_is_fields_alone() -> None:
    document, _ = parse_document("a.yaml", b"name: Acme\n")
    assert document is not None
    assert (document.body, document.body_line) == ("", 0)


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    document, found = parse_document("a.md", b"\xef\xbb\xbf---\na: 1\n---\n")
    assert document is not None
    assert found == ()


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_line_ends_are_unified(end: bytes) -> None:
    assert decode("a.md", b"one" + end + b"two") == ("one\ntwo", ())


def test_a_byte_that_is_no_utf8_is_reported_in_its_place() -> None:
    assert faults("---\ntitle: é".encode() + b"\xe9") == [("bad-encoding", 2, 9)]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_reported(codec: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(codec, b"")
    assert faults(mark + "name: Acme".encode(codec)) == [("bad-encoding", 0, 0)]


def test_a_control_character_in_a_body_is_reported_in_its_place() -> None:
    assert faults(b"---\na: 1\n---\nab\x00c") == [("bad-encoding", 4, 3)]


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_reported(data: bytes) -> None:
    assert faults(data) == [("empty-file", 0, 0)]


def test_a_yaml_file_of_comments_is_as_good_as_empty() -> None:
    assert faults(b"# later\n", "content/figures.yaml") == [("empty-file", 0, 0)]


@pytest.mark.parametrize(
    ("text", "line"),
    [("Text.", 1), ("\n---\na: 1\n---\n", 1), ("---\na: 1\n", 1), ("----\na: 1\n---\n", 1)],
)
def test_front_matter_that_is_not_between_two_marks_is_reported(text: str, line: int) -> None:
    assert faults(text.encode()) == [("front-matter", line, 0)]


@pytest.mark.parametrize("text", ["---\n---\n", "---\n- a\n---\n", "---\ntext\n---\n"])
def test_front_matter_without_fields_is_reported(text: str) -> None:
    assert [code for code, _, _ in faults(text.encode())] == ["wrong-type"]


def test_a_yaml_file_without_fields_is_reported() -> None:
    assert faults(b"- a\n", "content/figures.yaml") == [("wrong-type", 1, 1)]


def test_of_a_document_with_a_fault_the_rest_is_kept() -> None:
    document, found = parse_document("a.yaml", b"a: 1\na: 2\nb: 3\n")
    assert document is not None
    assert [key.text for key, _ in document.fields.entries] == ["a", "b"]
    assert len(found) == 1
