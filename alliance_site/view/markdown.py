"""Pages as Markdown, for readers that are programs: the same words, sources and dates, no frame.

Members, objectives, alliances, comparisons and the site's own pages have one each, and so do the
newest articles; older ones do without, so that a large archive is not written twice.

Never: says what the page beside it does not.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from alliance_site.model import Markdown
from alliance_site.paths import UrlPath
from alliance_site.plain import Plain
from alliance_site.prose import DECORATIVE, Hole, HoleKind
from alliance_site.view.composer import Composer, words
from alliance_site.view.history import NoticeView
from alliance_site.view.notes import Notes
from alliance_site.view.page import Page
from alliance_site.view.parts import SourceNote

TEMPLATE = "feeds/page.md"


class MarkdownView(Plain, frozen=True, kw_only=True):
    """A page as Markdown; `sections` are (heading, text) pairs, the first without a heading."""

    title: str
    canonical: str
    about: str
    sections: tuple[tuple[str, str], ...]
    sources: tuple[SourceNote, ...]


def markdown_url(url: UrlPath) -> UrlPath:
    """Say where a page's Markdown is: `index.md` beside it."""
    return UrlPath(f"{url}index.md")


def markdown_pages(composer: Composer) -> Iterator[Page]:
    """Make the Markdown of articles and of the site's own pages."""
    articles, pages = composer.index.markdown_texts
    for key in (*articles, *pages):
        prefix, _, name = key.partition(":")
        make: Callable[[], MarkdownView] = (
            partial(_article, composer, name)
            if prefix == "article"
            else partial(_text, composer, name)
        )
        yield Page(markdown_url(composer.routes.url(key)), TEMPLATE, make)


def _article(composer: Composer, name: str) -> MarkdownView:
    item = composer.site.articles[name]
    notes = composer.notes()
    authors = ", ".join(composer.site.settings.authors[name].name for name in item.authors)
    about = [words(item.kind.value), f"By {authors}", f"Published {item.published}"]
    about += [f"updated {item.updated}"] if item.updated else []
    short = "\n".join(f"- {markdown(composer, text, notes)}" for text in item.in_short)
    sections = [
        ("", markdown(composer, item.dek, notes)),
        ("In short", short),
        ("", markdown(composer, item.body, notes)),
        *_maybe(
            composer,
            notes,
            (
                ("What speaks against this", item.counterpoint),
                ("What we do not know", item.unknowns),
                ("How we did this", item.method),
                ("Interests", item.disclosure),
            ),
        ),
        corrected(composer.notices(f"article:{item.id}")),
    ]
    return MarkdownView(
        title=item.title,
        canonical=composer.absolute(composer.url(f"article:{item.id}")),
        about=". ".join(about),
        sections=tuple(section for section in sections if section[1]),
        sources=notes.entries(),
    )


def _text(composer: Composer, name: str) -> MarkdownView:
    item, key = composer.site.pages[name], f"page:{name}"
    notes = composer.notes()
    sections = (
        ("", markdown(composer, item.dek, notes)),
        ("", markdown(composer, item.body, notes)),
        corrected(composer.notices(key)),
    )
    return MarkdownView(
        title=item.title,
        canonical=composer.absolute(composer.url(key)),
        about=f"Updated {item.updated}" if item.updated else "",
        sections=tuple(section for section in sections if section[1]),
        sources=notes.entries(),
    )


def corrected(notices: Iterable[NoticeView]) -> tuple[str, str]:
    """Say what is corrected of what a page ever said, as a section; an empty one for nothing."""
    lines = []
    for item in notices:
        finder = f" Found by: {item.found_by}." if item.found_by else ""
        lines.append(
            f"- {item.date.text}: {item.label}: it said “{item.was}”, it says “{item.now}”. "
            f"{item.reason}{finder}"
        )
    return "Corrections", "\n".join(lines)


def _maybe(
    composer: Composer, notes: Notes, parts: Iterable[tuple[str, Markdown | None]]
) -> Iterator[tuple[str, str]]:
    for heading, text in parts:
        if text is not None:
            yield heading, markdown(composer, text, notes)


def markdown(composer: Composer, text: Markdown, notes: Notes) -> str:
    """Return a text as its author wrote it, with all that is ours alone put into plain Markdown.

    Links to records become whole addresses, facts their values, citations footnotes.
    """
    source = text.text
    compiled = composer.site.prose[text.key]
    places: dict[str, int] = {}
    found = []
    for mention in compiled.mentions:
        start, end = _place(source, mention.needle, places.get(mention.needle, 0))
        if start >= 0:  # else it is written by way of a reference, and stays as it is
            places[mention.needle] = end
            found.append(_replaced(composer, mention.hole, source, (start, end), notes))
    pieces: list[str] = []
    done = 0
    # A footnote is written where its author liked, and read at the end.
    for start, shown, end in sorted(found):
        if start >= done:
            pieces += (source[done:start], shown)
            done = end
    return "".join((*pieces, source[done:])).strip()


def _place(source: str, needle: str, after: int) -> tuple[int, int]:
    """Find where a hole is written next; in a table its upright strokes are escaped."""
    escaped = needle.replace("|", "\\|")
    places = [
        (start, start + len(form))
        for form in {needle, escaped}
        if (start := source.find(form, after)) >= 0
    ]
    return min(places, default=(-1, -1))


def _replaced(
    composer: Composer, hole: Hole, source: str, place: tuple[int, int], notes: Notes
) -> tuple[int, str, int]:
    """Say which stretch of a text a hole takes, and what stands there instead."""
    start, end = place
    first = hole.arguments[0]
    if hole.kind is HoleKind.CITATION:
        pairs = zip(hole.arguments[0::2], hole.arguments[1::2], strict=True)
        cited = notes.cite(pairs)
        return start, "".join(f"[^s{mark.number}]" for mark in cited.marks) if cited else "", end
    if hole.kind is HoleKind.FACT:
        role = "{fact}"
        opening = start - len(role) if source[:start].endswith(role) else start
        return opening, composer.fact(first, hole.arguments[1]).text, end
    closing = ")" if source[start:end].endswith(")") else ""
    if hole.kind is HoleKind.IMAGE:
        shown = f"]({composer.absolute(composer.image(first).url)}{closing}"
        words = f"{DECORATIVE}]" if source[:start].endswith(f"![{DECORATIVE}]") else "]"
        return start - len(words), shown, end
    address = composer.path(UrlPath(first)) if first.startswith("/") else composer.url(first)
    shown = f"({composer.absolute(address)}{closing}"
    if source[:start].endswith("[]"):
        name = composer.site.names.get(first.partition("#")[0], first)
        return start - 2, f"[{name}]{shown}", end
    return start, shown, end
