"""The note marks of one page, the list of sources they lead to, and the facts that it prints.

Never: reads a record other than a source.
"""

from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from alliance_site.model import Grounds, Site
from alliance_site.view.parts import CitationFill, CitationMark, SourceNote
from alliance_site.view.references import MEDIA
from alliance_site.view.words import date_view

KINDS = {
    "primary": "primary source",
    "press": "press",
    "analysis": "analysis",
    "dataset": "dataset",
    "filing": "filing",
    "index": "index",
    "social": "discussion",
}
READINGS = {"full": "read in full", "excerpt": "read in part"}


def host_of(url: str) -> str:
    """Return the host a reader would recognise."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


class Notes(Struct):
    """Numbers the sources of a page in the order in which it cites them.

    `is_dense` where hundreds of marks stand together: nobody goes back to each, so that they have
    no anchors.
    """

    site: Site
    base: str
    is_dense: bool = False
    _facts: dict[str, None] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _marks: dict[str, list[CitationMark]] = field(default_factory=dict)
    _anchored: Counter[str] = field(default_factory=Counter)

    def cite(self, items: Iterable[tuple[str, str]]) -> CitationFill | None:
        """Make the marks for some (source, locator) pairs; None for none."""
        # A source that was not known on the site's day is cited in prose all the same.
        known = [item for item in dict.fromkeys(items) if item[0] in self.site.sources]
        marks = tuple(self._mark(source, locator) for source, locator in known)
        return CitationFill(marks) if marks else None

    def dense(self) -> "Notes":
        """Return what makes marks without anchors on the same page."""
        return replace(self, is_dense=True)

    def refer(self, items: Iterable[tuple[str, str]]) -> CitationFill | None:
        """Make the marks of a table cell, which have no anchors."""
        pairs = dict.fromkeys(items)
        marks = tuple(self._plain_mark(source, locator) for source, locator in pairs)
        return CitationFill(marks) if marks else None

    def print(self, fact: str) -> None:
        """Note that the page prints a fact, by its path."""
        self._facts[fact] = None

    def grounds(self) -> Grounds:
        """Return what the page's text rests on, as far as it was composed with these notes."""
        return Grounds(facts=tuple(self._facts), sources=tuple(self._numbers))

    def _plain_mark(self, source: str, locator: str) -> CitationMark:
        number = self._numbers.setdefault(source, len(self._numbers) + 1)
        title = self.site.sources[source].title
        mark = CitationMark(number, f"source-{number}", "", locator, title)
        self._marks.setdefault(source, []).append(mark)
        return mark

    def _mark(self, source: str, locator: str) -> CitationMark:
        if self.is_dense:
            return self._plain_mark(source, locator)
        number = self._numbers.setdefault(source, len(self._numbers) + 1)
        marks = self._marks.setdefault(source, [])
        self._anchored[source] += 1
        mark = CitationMark(
            number=number,
            target=f"source-{number}",
            anchor=f"cite-{number}-{self._anchored[source]}",
            locator=locator,
            title=self.site.sources[source].title,
        )
        marks.append(mark)
        return mark

    def entries(self) -> tuple[SourceNote, ...]:
        """Return the list of sources, by number."""
        return tuple(self._entry(source) for source in self._numbers)

    def _entry(self, source_id: str) -> SourceNote:
        source = self.site.sources[source_id]
        marks = self._marks[source_id]
        url = (source.url or "") if source.linkable else ""
        language = self.site.settings.language
        return SourceNote(
            number=self._numbers[source_id],
            anchor=f"source-{self._numbers[source_id]}",
            title=source.title,
            authors=names_text(source.author),
            publisher=source.publisher,
            issued=date_view(source.issued, language) if source.issued else None,
            url=url,
            host=host_of(url),
            page_url=f"{self.base}/sources/{source_id}/",
            kind=KINDS[source.kind.value],
            medium=MEDIA.get(source.type.value, ""),
            container=source.container_title,
            doi=source.doi,
            reading=READINGS[source.read.value],
            locators=tuple(dict.fromkeys(mark.locator for mark in marks if mark.locator)),
            backlinks=tuple(mark.anchor for mark in marks if mark.anchor),
        )


def names_text(names: Iterable[object]) -> str:
    """Write authors as a list a reader reads: `A. Wan, K. Klyman and others` stays as given."""
    written = []
    for name in names:
        literal = getattr(name, "literal", "")
        given, family = getattr(name, "given", ""), getattr(name, "family", "")
        written.append(literal or f"{given} {family}".strip())
    if len(written) > 1:
        return f"{', '.join(written[:-1])} and {written[-1]}"
    return "".join(written)
