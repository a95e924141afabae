"""Markdown text → compiled prose: CommonMark and tables, with raw HTML off.

Never: looks at a record, opens a file.
"""

import hashlib
import re
from collections.abc import Iterator, MutableMapping, Sequence
from functools import cache
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from alliance_site.diagnostics import Code
from alliance_site.paths import slugify
from alliance_site.prose.compiled import Heading, Hole, HoleKind, Mention, Prose, Remark
from alliance_site.prose.syntax import citation_plugin, figure_plugin

CALLOUTS = {"note": "Note", "warning": "Warning", "dispute": "Disputed"}
RESERVED_ANCHORS = frozenset(
    {"main", "sources", "cite", "corrections", "counterpoint", "unknowns", "method", "history"}
)
"""Anchors that page templates use; a heading of that name gets a number."""

_SENTINEL = re.compile("\0([0-9]+)\0")
_CLING = "\0cling\0"
"""Stands before a note mark, so that the space before it goes: a mark clings to its word."""
_HOLE = re.compile("\0[0-9]+\0")
_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"\s+")
_RAW_HTML = re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>|<!--")
_WORD = re.compile(r"\w[\w'’.-]*")


def prose_key(text: str, *, is_body: bool) -> str:
    """Return the digest under which the compiled form of a text is kept."""
    return hashlib.sha256(f"{'body' if is_body else 'field'}\0{text}".encode()).hexdigest()


def compile_prose(text: str, *, is_body: bool) -> Prose:
    """Compile Markdown.

    Args:
        text: The Markdown; unified line ends.
        is_body: Whether it is the body of a file; a field has no footnotes, and loses the `<p>`
            when it is a single paragraph.
    """
    environment: dict[str, Any] = {"holes": [], "remarks": []}
    parser = _parser(is_body)
    tokens = parser.parse(text, environment)
    headings = _anchor_headings(tokens)
    is_inline = not is_body and _is_one_paragraph(tokens)
    if is_inline:
        tokens = tokens[1:2]
    html = parser.renderer.render(tokens, parser.options, environment)
    html = html.replace(f" {_CLING}", "").replace(_CLING, "")
    holes: list[Hole] = environment["holes"]
    pieces = _SENTINEL.split(html)
    order = [int(number) for number in pieces[1::2]]
    plain = _SENTINEL.split(_plain_text(html))
    mentions, remarks = _mentions(tokens)
    return Prose(
        key=prose_key(text, is_body=is_body),
        parts=tuple(pieces[0::2]),
        holes=tuple(holes[number] for number in order),
        text_parts=() if is_body else tuple(plain[0::2]),
        mentions=mentions,
        headings=headings,
        words=len(_WORD.findall(" ".join(plain[0::2]))),
        is_inline=is_inline,
        remarks=remarks,
    )


@cache
def _parser(is_body: bool) -> MarkdownIt:  # noqa: FBT001 - a cache key
    parser = MarkdownIt(
        "commonmark", {"html": False, "linkify": False, "typographer": False}, renderer_cls=_Html
    )
    parser.enable(["table", "strikethrough"])
    parser.use(myst_role_plugin).use(citation_plugin).use(figure_plugin).use(deflist_plugin)
    # Both plugins register a renderer of their own, which would win over a method of the class.
    parser.add_render_rule("myst_role", _Html.myst_role)
    for name, label in CALLOUTS.items():
        parser.use(container_plugin, name, render=_callout(name, label))
    if is_body:
        parser.use(footnote_plugin)
    return parser


def _is_one_paragraph(tokens: Sequence[Token]) -> bool:
    return [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]


def _anchor_headings(tokens: Sequence[Token]) -> tuple[Heading, ...]:
    """Give every heading a unique `id`, and list them."""
    used = set(RESERVED_ANCHORS)
    headings = []
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type != "heading_open":
            continue
        text = "".join(_inline_text(inline.children or []))
        slug = slugify(_SENTINEL.sub("", text))
        anchor, count = slug, 1
        while anchor in used:
            anchor, count = f"{slug}-{count}", count + 1
        used.add(anchor)
        opening.attrSet("id", anchor)
        headings.append(Heading(int(opening.tag[1]), anchor, _SENTINEL.sub("", text).strip()))
    return tuple(headings)


def _inline_text(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.type in {"softbreak", "hardbreak"}:
            yield " "
        elif child.type == "myst_role":
            yield "\0fact\0"
        elif child.type == "image":
            yield from _inline_text(child.children or [])
        elif child.type not in {"citation", "footnote_ref"}:
            yield child.content


def _plain_text(html: str) -> str:
    """Strip the markup; every hole keeps its place in the order."""
    without_tags = _TAG.sub(lambda tag: "".join(_HOLE.findall(tag[0])), html)
    return unescape(_SPACES.sub(" ", without_tags)).strip()


def _is_external(href: str) -> bool:
    return href.startswith(("https://", "http://", "mailto:", "#"))


def _mentions(tokens: Sequence[Token]) -> tuple[tuple[Mention, ...], tuple[Remark, ...]]:
    """List what the text refers to, and what is wrong with it, in the order of the text."""
    seen: dict[str, int] = {}
    mentions: list[Mention] = []
    remarks: list[Remark] = []

    def mention(kind: HoleKind, needle: str, *arguments: str) -> None:
        mentions.append(Mention(Hole(kind, arguments), needle, seen.get(needle, 0)))
        seen[needle] = seen.get(needle, 0) + 1

    for token in tokens:
        if token.type == "fence" and (language := token.info.split(" ")[0]):
            remarks += _language_remark(language)
        for child in token.children or []:
            if child.type == "citation":
                flat = [part for item in child.meta["items"] for part in item]
                mention(HoleKind.CITATION, child.content, *flat)
            elif child.type == "myst_role":
                mention(HoleKind.FACT, f"`{child.content}`", *_fact(child))
            elif child.type == "link_open" and not _is_external(str(child.attrs["href"])):
                mention(HoleKind.LINK, f"({child.attrs['href']}", str(child.attrs["href"]))
            elif child.type == "image" and not _is_external(str(child.attrs["src"])):
                mention(HoleKind.LINK, f"({child.attrs['src']}", str(child.attrs["src"]))
            elif child.type == "text" and (match := _RAW_HTML.search(child.content)):
                message = f"`{match[0]}` is raw HTML, which is printed as text"
                remarks.append(Remark(Code.RAW_HTML.value, message, match[0]))
    return tuple(mentions), tuple(remarks)


def _language_remark(language: str) -> list[Remark]:
    from alliance_site.prose.highlight import is_known_language  # noqa: PLC0415 - only for code

    if is_known_language(language):
        return []
    message = f"`{language}` is no language that the highlighter knows"
    return [Remark(Code.UNKNOWN_LANGUAGE.value, message, language)]


def _fact(token: Token) -> tuple[str, str]:
    path, _, form = str(token.content).partition("|")
    is_fact = token.meta["name"] == "fact"
    return (path.strip() if is_fact else f"{{{token.meta['name']}}}", form.strip())


class _Html(RendererHTML):
    """Renders tokens; a hole is written as its number between two NULs, which no text can hold."""

    def hole(self, env: MutableMapping[str, Any], kind: HoleKind, *arguments: str) -> str:
        env["holes"].append(Hole(kind, arguments))
        return f"\0{len(env['holes']) - 1}\0"

    def citation(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        items = [part for item in tokens[idx].meta["items"] for part in item]
        return f"{_CLING}{self.hole(env, HoleKind.CITATION, *items)}"

    def myst_role(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        token = tokens[idx]
        if token.meta["name"] != "fact":
            return f"<code>{escape(token.content)}</code>"
        return self.hole(env, HoleKind.FACT, *_fact(token))

    def link_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        token = tokens[idx]
        href = str(token.attrs["href"])
        if _is_external(href):
            rel = ' rel="external"' if href.startswith("http") else ""
            return f'<a href="{escape(href)}"{rel}>'
        opening = f'<a href="{self.hole(env, HoleKind.LINK, href)}">'
        token.meta["is_named"] = tokens[idx + 1].type == "link_close"
        return opening + self.hole(env, HoleKind.NAME, href) if token.meta["is_named"] else opening

    def link_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        opening = _opening_link(tokens, idx)
        host = urlsplit(str(opening.attrs["href"])).hostname if opening else None
        text = "".join(token.content for token in tokens[:idx])
        if host is None or host in text:
            return "</a>"
        return f'</a> <span class="host">({escape(host.removeprefix("www."))})</span>'

    def image(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        token = tokens[idx]
        src = str(token.attrs["src"])
        address = escape(src) if _is_external(src) else self.hole(env, HoleKind.LINK, src)
        alternative = "".join(_inline_text(token.children or []))
        image = f'<img src="{address}" alt="{escape(alternative)}" loading="lazy">'
        title = token.attrs.get("title")
        is_figure = env.get("in_figure")
        caption = f"<figcaption>{escape(str(title))}</figcaption>" if title and is_figure else ""
        return image + caption

    def figure_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        env["in_figure"] = True
        return "<figure>"

    def figure_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        env["in_figure"] = False
        return "</figure>\n"

    def fence(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        from alliance_site.prose.highlight import highlight_code  # noqa: PLC0415 - only for code

        language = tokens[idx].info.split(" ")[0]
        code = highlight_code(tokens[idx].content, language or "text")
        name = f' class="language-{escape(language)}"' if language else ""
        return f'<pre class="code" tabindex="0"><code{name}>{code}</code></pre>\n'

    def code_block(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        content = escape(tokens[idx].content, quote=False)
        return f'<pre class="code" tabindex="0"><code>{content}</code></pre>\n'

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        env["tables"] = env.get("tables", 0) + 1
        label = f"Table {env['tables']}"
        return f'<div class="scroll" role="region" aria-label="{label}" tabindex="0"><table>\n'

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return "</table></div>\n"

    def th_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return f'<th scope="col"{_alignment(tokens[idx])}>'

    def td_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return f"<td{_alignment(tokens[idx])}>"


def _alignment(token: Token) -> str:
    style = str(token.attrs.get("style", ""))
    return f' class="{style.removeprefix("text-align:")}"' if style else ""


def _opening_link(tokens: Sequence[Token], idx: int) -> Token | None:
    opening = next((token for token in reversed(tokens[:idx]) if token.type == "link_open"), None)
    is_web = opening is not None and str(opening.attrs["href"]).startswith("http")
    return opening if is_web else None


def _callout(name: str, label: str) -> Any:
    def render(
        self: RendererHTML,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,
        env: MutableMapping[str, Any],
    ) -> str:
        if tokens[idx].nesting < 0:
            return "</aside>\n"
        title = tokens[idx].info.strip().removeprefix(name).strip() or label
        return f'<aside class="callout {name}"><p class="callout-title">{escape(title)}</p>\n'

    return render
