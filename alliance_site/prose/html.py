"""Markdown tokens → HTML, with a numbered mark in the place of every hole.

Never: parses; looks at a record.
"""

import re
from collections.abc import Iterator, MutableMapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from alliance_site.prose.compiled import DECORATIVE, Hole, HoleKind

SENTINEL = re.compile("\0([0-9]+)\0")
"""A hole in HTML: its number between two NULs, which no text can hold (CommonMark, 2.3)."""

CLING = "\0cling\0"
"""Stands before a note mark, so that the space before it goes: a mark clings to its word."""


CALLOUTS = {"note": "Note", "warning": "Warning", "dispute": "Disputed"}
"""The names of callouts, with what stands above one that has no title of its own."""

LITERAL = "literal"
"""The role of a text that stands for itself: a number that is none of the site's figures."""


def is_external(href: str) -> bool:
    """Say whether an address is whole, or a place on the same page: nothing to fill in."""
    return href.startswith(("https://", "http://", "mailto:", "#"))


def fact_of_role(token: Token) -> tuple[str, str]:
    """Return path and format of a role; a role that is no fact keeps its name in braces."""
    path, _, form = str(token.content).partition("|")
    is_fact = token.meta["name"] == "fact"
    return (path.strip() if is_fact else f"{{{token.meta['name']}}}", form.strip())


def inline_text(children: Sequence[Token]) -> Iterator[str]:
    """Yield the text of inline tokens without markup and notes."""
    for child in children:
        if child.type in {"softbreak", "hardbreak"}:
            yield " "
        elif child.type == "image":
            yield from inline_text(child.children or [])
        elif child.type not in {"citation", "footnote_ref", "myst_role"}:
            yield child.content


def words_for(image: Token) -> str:
    """Return the words that stand for an image, as its author wrote them."""
    return "".join(inline_text(image.children or [])).strip()


class ProseHtml(RendererHTML):
    """Renders tokens; the methods are named after the token types they render."""

    def renderInline(  # noqa: N802 - markdown-it's name
        self, tokens: Sequence[Token], options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Render what stands in a line; most of it is text."""
        out, rules = [], self.rules
        for idx, token in enumerate(tokens):
            if token.type == "text":
                out.append(escapeHtml(token.content))
            elif (rule := rules.get(token.type)) is not None:
                out.append(rule(tokens, idx, options, env))
            else:
                out.append(self.renderToken(tokens, idx, options, env))
        return "".join(out)

    def renderToken(  # noqa: N802 - markdown-it's name
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Render a tag; what comes out is the same, in fewer steps for one without attributes."""
        token = tokens[idx]
        if token.attrs or token.hidden or not token.nesting:
            return super().renderToken(tokens, idx, options, env)
        if not token.block:
            return f"<{token.tag}>" if token.nesting > 0 else f"</{token.tag}>"
        if token.nesting < 0:
            return f"</{token.tag}>\n"
        before = "\n" if idx and tokens[idx - 1].hidden else ""
        inner = tokens[idx + 1] if idx + 1 < len(tokens) else None
        clings = inner is not None and (
            inner.type == "inline" or inner.hidden or (inner.nesting < 0 and inner.tag == token.tag)
        )
        return f"{before}<{token.tag}>" if clings else f"{before}<{token.tag}>\n"

    def hole(self, env: MutableMapping[str, Any], kind: HoleKind, *arguments: str) -> str:
        """Leave a hole, and remember what fills it."""
        env["holes"].append(Hole(kind, arguments))
        return f"\0{len(env['holes']) - 1}\0"

    def citation(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Leave a hole for note marks."""
        items = [part for item in tokens[idx].meta["items"] for part in item]
        return f"{CLING}{self.hole(env, HoleKind.CITATION, *items)}"

    def myst_role(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Leave a hole for a fact."""
        token = tokens[idx]
        if token.meta["name"] == LITERAL:
            return escape(token.content)
        if token.meta["name"] != "fact":
            return f"<code>{escape(token.content)}</code>"
        return self.hole(env, HoleKind.FACT, *fact_of_role(token))

    def link_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Open a link; one to a record is a hole."""
        token = tokens[idx]
        href = str(token.attrs["href"])
        if is_external(href):
            rel = ' rel="external"' if href.startswith("http") else ""
            return f'<a href="{escape(href)}"{rel}>'
        opening = f'<a href="{self.hole(env, HoleKind.LINK, href)}">'
        token.meta["is_named"] = tokens[idx + 1].type == "link_close"
        return opening + self.hole(env, HoleKind.NAME, href) if token.meta["is_named"] else opening

    def link_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Close a link; one to another site shows its host."""
        opening = _opening_link(tokens, idx)
        address = str(opening.attrs["href"]) if opening else ""
        host = urlsplit(address).hostname if "//" in address else None
        if host is None or host in "".join(token.content for token in tokens[:idx]):
            return "</a>"
        return f'</a> <span class="host">({escape(host.removeprefix("www."))})</span>'

    def image(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Show an image; one of the site is a hole."""
        token = tokens[idx]
        src = str(token.attrs["src"])
        words = words_for(token)
        alternative = "" if words == DECORATIVE else words
        if is_external(src):
            return f'<img src="{escape(src)}" alt="{escape(alternative)}" loading="lazy">'
        where = "figure" if env.get("in_figure") else ""
        return self.hole(env, HoleKind.IMAGE, src, alternative, where)

    def figure_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Open a figure."""
        env["in_figure"] = True
        return "<figure>"

    def figure_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Close a figure."""
        env["in_figure"] = False
        return "</figure>\n"

    def fence(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Show code in colours."""
        from alliance_site.prose.highlight import highlight_code  # noqa: PLC0415 - only for code

        language = tokens[idx].info.split(" ")[0]
        code = highlight_code(tokens[idx].content, language or "text")
        name = f' class="language-{escape(language)}"' if language else ""
        return f'<pre class="code" tabindex="0"><code{name}>{code}</code></pre>\n'

    def code_block(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Show code without colours."""
        content = escape(tokens[idx].content, quote=False)
        return f'<pre class="code" tabindex="0"><code>{content}</code></pre>\n'

    def table_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Open a table, in a region that scrolls by keyboard too."""
        env["tables"] = env.get("tables", 0) + 1
        label = f"Table {env['tables']}"
        return f'<div class="scroll" role="region" aria-label="{label}" tabindex="0"><table>\n'

    def table_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Close a table and its region."""
        return "</table></div>\n"

    def th_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Open a column's head; an empty one heads nothing, and is a plain cell."""
        if not tokens[idx + 1].content:
            return "<td>"
        return f'<th scope="col"{_alignment(tokens[idx])}>'

    def th_close(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Close a column's head."""
        return "</th>\n" if tokens[idx - 1].content else "</td>\n"

    def callout(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Open or close a callout; its title is what stands behind its name, or its label."""
        if tokens[idx].nesting < 0:
            return "</aside>\n"
        name, _, title = tokens[idx].info.strip().partition(" ")
        shown = escape(title.strip() or CALLOUTS[name])
        return f'<aside class="callout {name}"><p class="callout-title">{shown}</p>\n'

    def td_open(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """Open a cell."""
        return f"<td{_alignment(tokens[idx])}>"


def _alignment(token: Token) -> str:
    style = str(token.attrs.get("style", ""))
    return f' class="{style.removeprefix("text-align:")}"' if style else ""


def _opening_link(tokens: Sequence[Token], idx: int) -> Token | None:
    back = range(idx - 1, -1, -1)
    opening = next((tokens[at] for at in back if tokens[at].type == "link_open"), None)
    is_web = opening is not None and str(opening.attrs["href"]).startswith("http")
    return opening if is_web else None
