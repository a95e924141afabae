"""Markdown text → compiled prose: CommonMark and tables, with raw HTML off.

Never: looks at a record, opens a file.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from html import unescape
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from alliance_site.paths import slugify
from alliance_site.prose.compiled import Heading, Hole, HoleKind, Mention, Prose
from alliance_site.prose.html import (
    CALLOUTS,
    CLING,
    LITERAL,
    SENTINEL,
    ProseHtml,
    fact_of_role,
    inline_text,
    is_external,
)
from alliance_site.prose.remarks import remarks_on
from alliance_site.prose.syntax import citation_plugin, figure_plugin, shortcut_plugin

RESERVED_ANCHORS = frozenset(
    {
        "cite",
        "corrections",
        "counterpoint",
        "evidence-meter",
        "headline-rule",
        "history",
        "lineage",
        "main",
        "method",
        "sources",
        "unknowns",
    }
)
"""Anchors that page templates use; a heading of that name gets a number."""

_NUMBERED_ANCHOR = re.compile(r"source-\d+|cite-\d+-\d+|fn\d+|fnref\d+")
"""Anchors of sources, note marks and footnotes, which have a number already."""

_CLINGING = re.compile(rf"\s*{CLING}")
_HOLE = re.compile("\0[0-9]+\0")
_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"\s+")


def prose_key(text: str, *, is_body: bool) -> str:
    """Return the digest under which the compiled form of a text is kept."""
    said = f"{'body' if is_body else 'field'}\0{text}".encode()
    return hashlib.sha256(said).hexdigest()[:_KEPT_DIGITS]


_KEPT_DIGITS = 32


def compile_prose(text: str, *, is_body: bool) -> Prose:
    """Compile Markdown.

    Args:
        text: The Markdown; unified line ends.
        is_body: Whether it is the body of a file; a field has no footnotes, and loses the `<p>`
            when it is a single paragraph.
    """
    environment: dict[str, Any] = {"holes": []}
    parser = _parser(is_body)
    # The container plugin looks one sign past a text that ends within a quote (`>:::note\n>`).
    tokens = parser.parse(f"{text}\n", environment)
    headings = _anchor_headings(tokens)
    is_inline = not is_body and _is_one_paragraph(tokens)
    html = parser.renderer.render(tokens[1:2] if is_inline else tokens, parser.options, environment)
    if CLING in html:
        html = _CLINGING.sub("", html)
    holes: list[Hole] = environment["holes"]
    pieces = SENTINEL.split(html)
    order = [int(number) for number in pieces[1::2]]
    # The text of a body is nobody's title or description: counting its words is all it is for.
    plain = [] if is_body else SENTINEL.split(_plain_text(html))
    counted = unescape(_TAG.sub(" ", html)) if is_body else " ".join(plain[0::2])
    return Prose(
        key=prose_key(text, is_body=is_body),
        parts=tuple(pieces[0::2]),
        holes=tuple(holes[number] for number in order),
        text_parts=tuple(plain[0::2]),
        mentions=_mentions(tokens, text),
        headings=headings,
        words=count_words(SENTINEL.sub(" ", counted)),
        is_inline=is_inline,
        remarks=remarks_on(tokens, text, html, environment, is_body=is_body),
    )


def count_words(text: str) -> int:
    """Count the words of a text without markup: what has a letter or a digit between its signs."""
    if not text.isascii():
        # What else there is stands for a letter, for a space, or for an apostrophe.
        text = text.replace("’", "'")
        for sign in {*text} - _ASCII:
            text = text.replace(sign, "a" if sign.isalnum() else " ")
    # In a tenth of the time of `\w[\w'’.-]*`: what may stand within a word is left out, what is no
    # part of one becomes a space.
    return len(text.encode().translate(_SPACED, _WITHIN).split())


_WITHIN = b"'.-"
_ASCII = frozenset(map(chr, range(128)))
_SPACED = bytes(
    code if chr(code).isalnum() or chr(code) == "_" else ord(" ") for code in range(128)
) + bytes(128)


@cache
def _parser(is_body: bool) -> MarkdownIt:  # noqa: FBT001 - a cache key
    return plain_parser(is_body=is_body).use(shortcut_plugin)


def plain_parser(*, is_body: bool) -> MarkdownIt:
    """Make the parser of our Markdown, without the shortcuts that change nothing but its speed."""
    parser = MarkdownIt(
        "commonmark",
        {"html": False, "linkify": False, "typographer": False},
        renderer_cls=ProseHtml,
    )
    parser.enable(["table", "strikethrough"])
    parser.use(myst_role_plugin).use(citation_plugin).use(deflist_plugin)
    # Both plugins register a renderer of their own, which would win over a method of the class.
    parser.add_render_rule("myst_role", ProseHtml.myst_role)
    parser.use(container_plugin, "callout", validate=_is_callout, render=ProseHtml.callout)
    if is_body:
        parser.use(footnote_plugin)
    # The last, so that it comes before what collects footnotes: a caption may have one.
    parser.use(figure_plugin)
    return parser


def _is_callout(words: str, _: str) -> bool:
    return words.strip().split(" ", 1)[0] in CALLOUTS


def _is_one_paragraph(tokens: Sequence[Token]) -> bool:
    return [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]


def _anchor_headings(tokens: Sequence[Token]) -> tuple[Heading, ...]:
    """Give every heading a unique `id`, and list them."""
    used = set(RESERVED_ANCHORS)
    headings = []
    for opening, inline in pairwise(tokens):
        if opening.type != "heading_open":
            continue
        text = "".join(inline_text(inline.children or []))
        slug = slugify(text)
        anchor, count = slug, 1
        while anchor in used or _NUMBERED_ANCHOR.fullmatch(anchor):
            anchor, count = f"{slug}-{count}", count + 1
        used.add(anchor)
        opening.attrSet("id", anchor)
        headings.append(Heading(int(opening.tag[1]), anchor, text.strip()))
    return tuple(headings)


def _plain_text(html: str) -> str:
    """Strip the markup; every hole keeps its place in the order."""
    without_tags = _TAG.sub(lambda tag: "".join(_HOLE.findall(tag[0])), html)
    return unescape(_SPACES.sub(" ", without_tags)).strip()


def _mentions(tokens: Sequence[Token], text: str) -> tuple[Mention, ...]:
    """List the holes as the author wrote them, in the order of the text."""
    seen: Counter[str] = Counter()
    found = []
    for token in tokens:
        for child in token.children or []:
            if child.type not in _MAY_LEAVE_HOLE:
                continue
            hole, needle = _hole_of(child)
            if hole is not None:
                # A longer address may begin alike; a title may stand before the parenthesis.
                needle = f"{needle})" if needle[0] == "(" and f"{needle})" in text else needle
                found.append(Mention(hole, needle, seen[needle]))
                seen[needle] += 1
    return tuple(found)


_MAY_LEAVE_HOLE = frozenset({"citation", "image", "link_open", "myst_role"})


def _hole_of(token: Token) -> tuple[Hole | None, str]:
    """Return the hole an inline token leaves, and how it is written; None for most."""
    if token.type == "citation":
        flat = tuple(part for item in token.meta["items"] for part in item)
        return Hole(HoleKind.CITATION, flat), token.content
    if token.type == "myst_role" and token.meta["name"] != LITERAL:
        return Hole(HoleKind.FACT, fact_of_role(token)), f"`{token.content}`"
    kind, attribute = _ADDRESSED.get(token.type, (HoleKind.LINK, ""))
    address = token.attrs.get(attribute)
    if address is None or is_external(str(address)):
        return None, ""
    return Hole(kind, (str(address),)), f"({address}"


_ADDRESSED = {"link_open": (HoleKind.LINK, "href"), "image": (HoleKind.IMAGE, "src")}
