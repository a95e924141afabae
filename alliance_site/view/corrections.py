"""Corrections: the page of them all, and each as it stands there and with its article.

Never: decides which pages a value stood on (that is `model`).
"""

from collections.abc import Iterable, Sequence

from alliance_site.model.records import Correction
from alliance_site.paths import UrlPath
from alliance_site.view.cards import feed_links
from alliance_site.view.composer import Composer, words
from alliance_site.view.history import correction_label, said
from alliance_site.view.notes import Notes
from alliance_site.view.page import Summary
from alliance_site.view.pages import CorrectionsView, CorrectionView
from alliance_site.view.parts import Link

_SOURCE_PAGES = "/sources/"


def corrections_view(composer: Composer, summaries: Sequence[Summary]) -> CorrectionsView:
    """Make the page of corrections, newest first.

    Args:
        composer: Of the site.
        summaries: Of the pages that are made before this one.
    """
    site, notes = composer.site, composer.notes()
    stood_on, titles = site.noticed(), Titles(composer, summaries)
    dek = "What this site got wrong, what holds instead, and why."
    return CorrectionsView(
        frame=composer.frame("page:corrections", "corrections", "Corrections", dek),
        corrections=tuple(
            correction_view(composer, item, notes, stood_on.get(item.id, ()), titles)
            for item in composer.index.corrections
        ),
        since=composer.date(site.settings.founded),
        released=composer.maybe_date(next((item.date for item in site.releases.heads()), None)),
        feeds=feed_links(composer, "corrections-feed", "corrections-feed-json"),
        sources=notes.entries(),
    )


class Titles:
    """The titles of pages by their addresses; those of sources, which come later, by their keys."""

    def __init__(self, composer: Composer, summaries: Iterable[Summary]) -> None:
        """Take the pages that are made so far."""
        self._composer = composer
        self._titles = {item.path: item.title for item in summaries}

    def link(self, page: str) -> Link | None:
        """Link a page by its title; None where there is no such page any more."""
        path = UrlPath(page)
        if page.startswith(_SOURCE_PAGES):
            return self._source(path, page.removeprefix(_SOURCE_PAGES).rstrip("/"))
        title = self._titles.get(path)
        return None if title is None else Link(title, self._composer.path(path))

    def _source(self, path: UrlPath, name: str) -> Link | None:
        key, names = f"source:{name}" if name else "page:sources", self._composer.site.names
        return Link(names[key], self._composer.path(path)) if key in names else None


def correction_view(
    composer: Composer,
    correction: Correction,
    notes: Notes,
    stood_on: Iterable[str] = (),
    titles: Titles | None = None,
) -> CorrectionView:
    """Show a correction.

    Args:
        composer: Of the site.
        correction: What is shown.
        notes: Of the page.
        stood_on: Addresses of the pages on which the value stood, where they are shown.
        titles: What those pages are called.
    """
    was, now = said(composer.site, correction)
    pages = {page: titles.link(page) for page in stood_on} if titles is not None else {}
    return CorrectionView(
        anchor=correction.id,
        date=composer.date(correction.date),
        severity=words(correction.severity.value),
        target=composer.link(correction.target),
        label=correction_label(composer.site, correction),
        was=was,
        now=now,
        reason=composer.prose(correction.reason, notes),
        found_by=correction.found_by,
        pages=tuple(link for link in pages.values() if link is not None),
        gone=tuple(page for page, link in pages.items() if link is None),
    )
