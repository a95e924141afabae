"""What is wrong with a text itself: what looks like our syntax and is none, and what is lost.

Only running text is looked at: nothing in a code span or a code block is syntax.

Never: looks at a record; changes what is printed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from alliance_site.diagnostics import Code
from alliance_site.prose.compiled import HoleKind, Remark
from alliance_site.prose.html import CALLOUTS, words_for

_RAW_HTML = re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>|<!--")
_QUOTE_MARKS = "> \t"

_SLIP = re.compile(
    r"""
      (?P<citation>\[(?:[^\[\]]*\s)?-?@[^\]]*\]?)
    | (?P<note>\[\^[^\]\s]+\])
    | (?P<link>(?:!?\[[^\[\]]*)?\]\([^()]*\)?)
    | (?P<gap>\]\ \([a-z-]+:[a-z0-9#/-]+\))
    | (?P<role>\{\s*(?:fact|literal)\s*\}[\ `]{0,2})
    """,
    re.VERBOSE,
)
"""What is left in running text of a citation, a footnote, a link or a role that was not read."""


def remarks_on(
    tokens: Sequence[Token], text: str, html: str, environment: Mapping[str, Any], *, is_body: bool
) -> tuple[Remark, ...]:
    """List what is wrong with a text, each once.

    Args:
        tokens: What it was parsed to.
        text: The Markdown itself.
        html: What the tokens were rendered to: most texts have no mark left in it, and are not
            looked through.
        environment: What the parser and the renderer noted beside.
        is_body: Whether it is the body of a file, which may have footnotes.
    """
    found: list[Remark] = []
    has_images = any(hole.kind is HoleKind.IMAGE for hole in environment["holes"])
    if has_images or any(mark in html for mark in _MARKS_LEFT):
        found += _of_blocks(tokens, text, is_body=is_body)
    if "tables" in environment:
        found += _lost_cells(tokens, text)
    if "footnotes" in environment:
        found += _lost_notes(environment["footnotes"]["refs"])
    return tuple(dict.fromkeys(found))


_MARKS_LEFT = ("[", "{", "](", "&lt;", "] (", ":::", "<img", "<h1", "<pre")
"""What a slip leaves in HTML, and what stands there for all that is looked at more closely."""


def _of_blocks(tokens: Sequence[Token], text: str, *, is_body: bool) -> Iterator[Remark]:
    line = 0
    for token in tokens:
        if token.map is not None:
            line = token.map[0]
        if token.type == "inline":
            yield from _of_line(token, line, is_body=is_body)
        elif token.type == "fence" and (language := token.info.split(" ")[0]):
            yield from _language_remark(language, line)
        elif token.tag == "h1" and token.type == "heading_open":
            yield _second_title(text, line)


def _of_line(inline: Token, line: int, *, is_body: bool) -> Iterator[Remark]:
    """Yield what is wrong with a paragraph, a heading or a cell of a table."""
    source = inline.content
    if source.startswith(":::"):
        yield _no_callout(source, line)
    for child in inline.children or []:
        content = child.content
        if child.type == "image":
            yield from _image_remarks(child, source, line)
        if child.type != "text":
            continue
        if "<" in content and (tag := _written(_RAW_HTML, content, source)):
            yield _raw_html(tag, line)
        yield from _slips(content, source, line, is_body=is_body)


def _slips(text: str, source: str, line: int, *, is_body: bool) -> Iterator[Remark]:
    for slip in _SLIP.finditer(text):
        kind, needle = str(slip.lastgroup), _unescaped(slip[0], source)
        if needle:
            message, hint = _SLIPS[kind](slip[0])
            if kind == "note" and not is_body:
                hint = "only the body of a file has footnotes; a field cites: `[@source-id]`"
            yield Remark(
                Code.UNREAD_MARKUP.value,
                f"`{_shown(slip[0])}` {message}, and would be printed as it stands",
                needle,
                f"{hint}; a backslash before it prints it",
                is_error=True,
                line=line,
            )


def _unescaped(wanted: str, source: str) -> str:
    """Return what of a text its source has, in no code and without a backslash before it.

    Returns:
        The text, or its end from an address on where marks of emphasis stand before; empty for
        nothing.
    """
    source = _CODE_SPAN.sub("", source)
    for start in dict.fromkeys((0, max(wanted.find("]("), 0))):
        needle = wanted[start:]
        if needle in source:
            return needle if re.search(rf"(?<!\\){re.escape(needle)}", source) else ""
    return ""


_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


def _written(pattern: re.Pattern[str], text: str, source: str) -> str:
    """Return the first match in a text that its source does not write as an escape."""
    return next((m[0] for m in pattern.finditer(text) if _unescaped(m[0], source)), "")


_MOST_SHOWN = 60


def _shown(text: str) -> str:
    text = text.strip().replace("`", "'")
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def _of_citation(slip: str) -> tuple[str, str]:
    inner = slip.strip("[]")
    before, _, cited = inner.partition("@")
    wanted = re.sub(r"^\s+", "", cited)
    source, comma, locator = wanted.partition(",")
    wanted = f"[@{source.strip().lower()}{comma}{locator}".rstrip(", ") + "]"
    if not slip.endswith("]"):
        return "is a citation that is not closed in its line", f"write `{_shown(wanted)}`"
    if before.strip("- "):
        hint = f"write `{_shown(wanted)}`, and what stands before it in front of the bracket"
        return "does not begin with the source that it cites", hint
    hint = f"write `{_shown(wanted)}`" if _CITATION.fullmatch(wanted) else _HOW_TO_CITE
    return "is not written as a citation", hint


_CITATION = re.compile(r"\[@[a-z0-9][a-z0-9-]*(?:,[^@;]*)?\]")
_HOW_TO_CITE = "write `[@source-id, p. 2]`, several as `[@one; @two]`"


def _of_note(slip: str) -> tuple[str, str]:
    return "names a footnote that is not there", f"add a line `{slip}: …`, or take the mark out"


def _of_link(slip: str) -> tuple[str, str]:
    label, _, address = slip.partition("](")
    what = "an image" if label.startswith("!") else "a link"
    target = address.removesuffix(")").strip()
    if _RUN.match(target):
        return f"is {what} that browsers would run or read as data", "link to a page"
    if not slip.endswith(")"):
        return f"is {what} that is not closed", "close its address with `)`"
    record = re.fullmatch(r"([a-z-]+):\s+([a-z0-9-]+)", target)
    if record is not None:
        return f"is not written as {what}", f"write `({record[1]}:{record[2]})`, without a space"
    if " " in target.partition('"')[0].strip():
        return f"is {what} with a space in its address", "write the space as `%20`"
    return f"is not written as {what}", "write `[text](address)`, a title after it in quotes"


_RUN = re.compile("(?:javascript|vbscript|file|data):", re.IGNORECASE)
"""What the parser takes for no link. Source: markdown-it, `validateLink`."""


def _of_gap(slip: str) -> tuple[str, str]:
    return "is not written as a link", f"write `{slip.replace(' ', '')}`, without a space"


def _of_role(_: str) -> tuple[str, str]:
    hint = "write ``{fact}`figures/id` ``, the path in backticks right behind the brace"
    return "is not written as a role", hint


_SLIPS = {
    "citation": _of_citation,
    "note": _of_note,
    "link": _of_link,
    "gap": _of_gap,
    "role": _of_role,
}


def _no_callout(source: str, line: int) -> Remark:
    mark = source.partition("\n")[0]
    names = ", ".join(f"`::: {name}`" for name in CALLOUTS)
    return Remark(
        Code.UNREAD_MARKUP.value,
        f"`{_shown(mark)}` begins no callout, and would be printed as it stands",
        mark,
        f"write {names}, and `:::` alone to end it",
        is_error=True,
        line=line,
    )


def _image_remarks(image: Token, source: str, line: int) -> Iterator[Remark]:
    """Say that an image has no words, or is another site's.

    It stands in the text with an address or by reference.
    """
    src = str(image.attrs["src"])
    if src.startswith(("https://", "http://")):
        yield Remark(
            Code.THIRD_PARTY.value,
            f"the image `{src}` is fetched from another site by everyone who reads the page",
            src,
            line=line,
        )
    if not words_for(image):
        message = f"the image `{src}` has no words for readers who do not see it"
        needle = f"![]({src}" if f"![]({src}" in source else src
        yield Remark(Code.MISSING_ALT.value, message, needle, line=line)


def _raw_html(tag: str, line: int) -> Remark:
    if tag != "<!--":
        message = f"`{tag}` is raw HTML, which is printed as text"
        return Remark(Code.RAW_HTML.value, message, tag, line=line)
    return Remark(
        Code.RAW_HTML.value,
        "a comment in HTML is raw HTML, which every reader sees",
        tag,
        r"write a note to other editors after `#` among the fields, or `\<!--` to print it",
        is_error=True,
        line=line,
    )


def _language_remark(language: str, line: int) -> list[Remark]:
    from alliance_site.prose.highlight import is_known_language  # noqa: PLC0415 - only for code

    if is_known_language(language):
        return []
    message = f"`{language}` is no language that the highlighter knows"
    return [Remark(Code.UNKNOWN_LANGUAGE.value, message, language, line=line)]


def _second_title(text: str, line: int) -> Remark:
    written = text.split("\n")[line].lstrip(_QUOTE_MARKS)
    return Remark(
        Code.SECOND_TITLE.value,
        f"`{_shown(written)}` is a heading of the first level, which the page's title has already",
        written,
        line=line,
    )


def _lost_cells(tokens: Sequence[Token], text: str) -> Iterator[Remark]:
    """Yield the cells that a row has beyond the columns of its table, which Markdown drops.

    Source: GitHub Flavored Markdown, 4.10.
    """
    lines, columns = text.split("\n"), 0
    for token in tokens:
        if token.type == "thead_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and token.map is not None:
            line = token.map[0]
            row = lines[line].strip(_QUOTE_MARKS).removeprefix("|").removesuffix("|")
            # A head has as many cells as its table has columns; it is the row that begins it.
            if not columns or row.count("|") < columns:
                continue
            cells = escapedSplit(row)
            if lost := next((cell.strip() for cell in cells[columns:] if cell.strip()), ""):
                yield Remark(
                    Code.LOST_TEXT.value,
                    f"the row has {len(cells)} cells and its table {columns} columns, so no reader "
                    f"sees `{_shown(lost)}`",
                    lost,
                    "add a column to the head, or take the cell out; in a cell `|` is written "
                    "`\\|`",
                    line=line,
                )


def _lost_notes(notes: Mapping[str, int]) -> Iterator[Remark]:
    """Yield the footnotes that no mark in the text names, which Markdown drops."""
    for label, number in notes.items():
        if number < 0:
            mark = f"[^{label.removeprefix(':')}]"
            yield Remark(
                Code.LOST_TEXT.value,
                f"the footnote `{mark}` is named nowhere in the text, so no reader sees it",
                f"{mark}:",
                f"write `{mark}` where it belongs, or take the note out",
            )
