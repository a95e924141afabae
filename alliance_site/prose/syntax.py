"""Our additions to CommonMark: citations, record links, figures with captions.

`[@source, p. 3; @other]` is Pandoc's citation. Facts are MyST roles (`mdit_py_plugins.myst_role`).

Never: renders HTML.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore, normalize, text_join
from markdown_it.rules_inline import StateInline, strikethrough
from markdown_it.token import Token

_CITATION = re.compile(r"\[(@[^\[\]\n]+)\]")
_ITEM = re.compile(r"@([a-z0-9][a-z0-9-]*)\s*(?:,\s*(.*))?")


def citation_plugin(md: MarkdownIt) -> None:
    """Read `[@id, locator; @id]` as one token `citation`; its `meta` holds (id, locator) pairs.

    Source: Pandoc User's Guide, Citation syntax.
    """
    md.inline.ruler.before("link", "citation", _citation)


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    match = _CITATION.match(state.src, state.pos)
    if match is None:
        return False
    items = [_ITEM.fullmatch(part.strip()) for part in match[1].split(";")]
    if None in items:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.content = match[0]
        token.meta = {"items": [(item[1], (item[2] or "").strip()) for item in items if item]}
    state.pos = match.end()
    return True


def figure_plugin(md: MarkdownIt) -> None:
    """Make a paragraph that holds only an image with a title a figure, the title its caption.

    A caption is prose: it links, cites and prints facts.
    """
    md.core.ruler.after("inline", "figure", _figures)


def _figures(state: StateCore) -> None:
    found: list[Token] = []
    for token in state.tokens:
        if token.type == "paragraph_close" and _lone_image(found[-1]):
            opening = found[-2]
            opening.type, opening.tag = "figure_open", "figure"
            token.type, token.tag = "figure_close", "figure"
            found += _caption(found[-1], state)
        found.append(token)
    state.tokens = found


def _caption(image: Token, state: StateCore) -> tuple[Token, ...]:
    """Read the title of a lone image as a line of prose."""
    children: list[Token] = []
    title = str((image.children or [])[0].attrs["title"])
    state.md.inline.parse(title, state.md, state.env, children)
    return (
        Token("figcaption_open", "figcaption", 1),
        Token("inline", "", 0, content=title, children=children),
        Token("figcaption_close", "figcaption", -1),
    )


def _lone_image(inline: Token) -> bool:
    children = inline.children or []
    return (
        inline.type == "inline"
        and len(children) == 1
        and children[0].type == "image"
        and "title" in children[0].attrs
    )


def shortcut_plugin(md: MarkdownIt) -> None:
    """Parse what most texts are made of in fewer steps; what comes out is the same.

    A paragraph of one line that begins with a letter can be nothing else, so no other rule is
    asked. Plain text ends only at a sign with which a rule of ours begins; where there is none of
    these, it is the whole of a line. Rules that do nothing
    while raw HTML is off are not asked, nor is a text without a tilde searched for what is struck
    through. An address that can be nothing but what it is, is not taken apart and put together
    again; nor is a text looked through for line ends, or for escapes, that it does not have.
    """
    md.core.ruler.at("normalize", _normalize)
    md.core.ruler.at("inline", _inline)
    md.core.ruler.at("text_join", _text_join)
    normalize_link = md.normalizeLink
    md.normalizeLink = lambda url: (  # type: ignore[method-assign]  # as its documentation says
        url if _SIMPLE_ADDRESS.fullmatch(url) else normalize_link(url)
    )
    md.disable(["html_block", "html_inline"])
    md.block.ruler.before("table", "one_line", _one_line)
    md.inline.ruler2.at("strikethrough", _strike)
    md.inline.terminator_re = _BEGINNINGS


_SIMPLE_ADDRESS = re.compile(
    r"(?:https?://[a-z0-9]+(?:[.-][a-z0-9]+)*/|[a-z]+:(?=[a-z0-9]))?[A-Za-z0-9/_.-]*"
)
"""What markdown-it's way with addresses leaves as it is."""


def _normalize(state: StateCore) -> None:
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if token.content and not _BEGINNINGS.search(token.content):
            token.children.append(Token("text", "", 0, content=token.content))
        else:
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _text_join(state: StateCore) -> None:
    if "\\" in state.src or "&" in state.src:
        text_join(state)


def _strike(state: StateInline) -> None:
    if "~" in state.src:
        strikethrough.postProcess(state)


_BEGINNINGS = re.compile(r"[\n\\`~*_\[\]!<&{^]")


def _one_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - as above
    """Read a paragraph of one line."""
    begins = state.bMarks[start] + state.tShift[start]
    after = start + 1
    if (
        silent
        or not state.src[begins].isalpha()
        or state.is_code_block(start)
        or not (after >= end or state.isEmpty(after) or _begins_item(state, after))
        or _may_define(state, after + 1, end)
    ):
        return False
    state.line = after
    state.push("paragraph_open", "p", 1).map = [start, after]
    inline = state.push("inline", "", 0)
    inline.content = mdTrim(state.getLines(start, after, state.blkIndent, keepLastLF=False))
    inline.map, inline.children = [start, after], []
    state.push("paragraph_close", "p", -1)
    return True


def _begins_item(state: StateBlock, line: int) -> bool:
    """Say whether a line can be nothing but the next item of a list that this block is in."""
    begins, indent = state.bMarks[line] + state.tShift[line], state.sCount[line]
    return (
        0 <= indent < state.blkIndent
        and indent - state.listIndent < _CODE_INDENT
        and state.src[begins] in _BULLETS
        and state.src[begins + 1 : begins + 2] == " "
    )


_BULLETS = frozenset("-*+")
_CODE_INDENT = 4


def _may_define(state: StateBlock, line: int, end: int) -> bool:
    """Say whether a line may be the definition of what stands two lines above it."""
    begins = state.bMarks[line] + state.tShift[line] if line < end else 0
    return line < end and state.src[begins : begins + 1] in {":", "~"}
