"""Bytes of a content file → a document: its fields as nodes, and its body.

Never: knows which fields a record has; opens a file.
"""

from collections.abc import Iterator

from msgspec import Struct

from alliance_site.diagnostics import Code, Diagnostic, Span
from alliance_site.read.yaml_nodes import CONTROL, Mapping, parse_yaml
from alliance_site.read.yaml_slips import conflict_lines

_FENCE = "---"


class Document(Struct, frozen=True):
    """A content file that could be read.

    Attributes:
        fields: The YAML mapping: the whole file, or a Markdown file's front matter.
        body: The Markdown below the front matter; empty in a YAML file.
        body_line: The line at which `body` begins.
        text: A YAML file as a whole.
    """

    path: str
    fields: Mapping
    body: str = ""
    body_line: int = 0
    text: str = ""


def parse_document(path: str, data: bytes) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Decode and parse one file, by its ending (`.yaml` or `.md`).

    Returns:
        The document, or None when nothing can be made of it, and what is wrong.
    """
    text, faults = decode(path, data)
    if text is None:
        return None, faults
    if not text.strip():
        return None, (_whole_file(Code.EMPTY_FILE, path, "the file is empty"),)
    if conflicts := tuple(_conflicts(path, text)):
        return None, conflicts
    if path.endswith(".md"):
        return _parse_markdown_file(path, text)
    node, diagnostics = parse_yaml(text, path)
    if isinstance(node, Mapping):
        return Document(path, node, text=text), diagnostics
    if node is not None:
        diagnostics += (_expected_mapping(path, node.span),)
    elif not diagnostics:
        diagnostics = (_whole_file(Code.EMPTY_FILE, path, "the file holds only comments"),)
    return None, diagnostics


def _conflicts(path: str, text: str) -> Iterator[Diagnostic]:
    """Yield the marks of a merge that was not settled; nothing else is asked of such a file."""
    for line, written in conflict_lines(text):
        yield Diagnostic(
            code=Code.MERGE_CONFLICT,
            message=f"`{written[:40]}` marks what a merge has left to be settled",
            span=Span(path=path, line=line + 1, column=1, end_column=len(written) + 1),
            hint=Code.MERGE_CONFLICT.hint,
        )


def decode(path: str, data: bytes) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Decode UTF-8, with or without a byte order mark, and unify line ends.

    Returns:
        The text, or None, and what is wrong: bytes that are no UTF-8, characters that no page may
        hold.

    Source: HTML Living Standard, control characters; XML 1.0, production 2.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _unify_lines(data[: error.start].decode("utf-8-sig"))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        span = Span(path=path, line=line, column=column, end_column=column + 1)
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        hint = "save the file as UTF-8"
        if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            message, span = "the file is UTF-16, expected UTF-8", Span(path=path)
        return None, (Diagnostic(code=Code.BAD_ENCODING, message=message, span=span, hint=hint),)
    text = _unify_lines(text)
    if bad := CONTROL.search(text):
        return None, (_bad_character(path, text, bad.start()),)
    return text, ()


def _unify_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bad_character(path: str, text: str, position: int) -> Diagnostic:
    line_start = text.rfind("\n", 0, position) + 1
    column = position - line_start + 1
    return Diagnostic(
        code=Code.BAD_ENCODING,
        message=f"character U+{ord(text[position]):04X} is not allowed in text",
        span=Span(
            path=path,
            line=text.count("\n", 0, position) + 1,
            column=column,
            end_column=column + 1,
        ),
        hint="delete it; such characters come from copying out of other programs",
    )


def _parse_markdown_file(path: str, text: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        return None, (
            Diagnostic(
                code=Code.FRONT_MATTER,
                message=f"the file starts with `{lines[0][:40]}`, expected `---`",
                span=Span(path=path, line=1),
                hint="put the fields between two lines of `---` at the top",
            ),
        )
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), 0)
    if not end:
        return None, (
            Diagnostic(
                code=Code.FRONT_MATTER,
                message="the front matter has no closing `---`",
                span=Span(path=path, line=1),
                hint="add a line of `---` where the fields end",
            ),
        )
    node, diagnostics = parse_yaml("\n".join(lines[1:end]) + "\n", path, first_line=2)
    if not isinstance(node, Mapping):
        if not diagnostics:
            span = node.span if node else Span(path=path, line=1)
            diagnostics = (_expected_mapping(path, span),)
        return None, diagnostics
    return Document(path, node, "\n".join(lines[end + 1 :]), end + 2), diagnostics


def _expected_mapping(path: str, span: Span) -> Diagnostic:
    return Diagnostic(
        code=Code.WRONG_TYPE,
        message="the file holds no fields, expected lines of `key: value`",
        span=Span(path=path, line=span.line, column=span.column),
        hint="write one field a line, such as `name: IBM`",
    )


def _whole_file(code: Code, path: str, message: str) -> Diagnostic:
    return Diagnostic(code=code, message=message, span=Span(path=path), hint=code.hint)
