"""What the page of changes says, and the feeds of changes and corrections.

Never: reads a record.
"""

from alliance_site.plain import Plain
from alliance_site.view.history import ChangeLine
from alliance_site.view.pages import PageView
from alliance_site.view.parts import DateView, Link, Tally


class ChangeRow(Plain, frozen=True):
    """A change of a record."""

    record: Link
    change: ChangeLine


class ChangeGroup(Plain, frozen=True):
    """Changes of one kind."""

    title: str
    rows: tuple[ChangeRow, ...]


class ReleaseView(Plain, frozen=True, kw_only=True):
    """One release: what it changed; of the first, what it held."""

    anchor: str
    title: str
    date: DateView
    is_first: bool
    page_count: str
    value_count: str
    receipt: str
    counts: tuple[Tally, ...]
    groups: tuple[ChangeGroup, ...]
    new_pages: tuple[Link, ...]
    gone_pages: tuple[str, ...]


class DatedGroup(Plain, frozen=True):
    """What the records date to one day: who joined, say."""

    date: DateView
    verb: str
    links: tuple[Link, ...]


class ChangesView(PageView, frozen=True, kw_only=True):
    """`/changes/`; before the first release the page says since when there are none."""

    dek: str
    releases: tuple[ReleaseView, ...]
    dated: tuple[DatedGroup, ...]
    since: DateView
    feeds: tuple[Link, ...]


class NoteEntry(Plain, frozen=True):
    """An entry of a feed of notes; `lines` are plain text."""

    title: str
    url: str
    updated: str
    lines: tuple[str, ...]


class NoteFeedView(Plain, frozen=True, kw_only=True):
    """`/changes.xml`, `/corrections.xml`, and both as `.json`.

    Source: RFC 4287 (Atom); JSON Feed 1.1.
    """

    title: str
    url: str
    page: str
    home: str
    language: str
    updated: str
    publisher: str
    entries: tuple[NoteEntry, ...]
