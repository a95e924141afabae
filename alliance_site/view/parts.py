"""What the views of several pages are made of.

Everything here is plain values: text to print, addresses with the base path in them, no records.

Never: makes HTML, reads a clock.
"""

from typing import TypeAlias

from alliance_site.chart import Form
from alliance_site.plain import Plain


class Link(Plain, frozen=True):
    """A text and where it leads; `url` holds the base path."""

    text: str
    url: str


class DateView(Plain, frozen=True):
    """A date for `<time>`: ISO 8601, and in words of the site's language."""

    iso: str
    text: str


class LinkFill(Plain, frozen=True):
    """Fills a hole in prose with an address."""

    url: str


class TextFill(Plain, frozen=True):
    """Fills a hole in prose with a record's name."""

    text: str


class FactFill(Plain, frozen=True):
    """Fills a hole in prose with a fact: as printed, as a machine reads it, and where it is kept.

    `url` is empty for a fact that no single record holds, `path` where the address tells which
    fact it is: a figure's own value, or one whose receipt it leads to.
    """

    text: str
    value: str
    url: str
    path: str = ""


class CitationMark(Plain, frozen=True):
    """One note mark: the source's number on this page, and the anchors that lead there and back.

    `anchor` is empty where the list of sources does not lead back.
    """

    number: int
    target: str
    anchor: str
    locator: str
    title: str


class CitationFill(Plain, frozen=True):
    """Fills a hole in prose, or ends a value, with note marks."""

    marks: tuple[CitationMark, ...]


class ImageSource(Plain, frozen=True):
    """An encoding in which a browser may take an image, and the files by their widths."""

    media_type: str
    srcset: str


class ImageFill(Plain, frozen=True):
    """Fills a hole in prose with an image.

    Attributes:
        url: Of the file for whoever takes none of the sources.
        words: What it shows; empty for what only decorates.
        width: In pixels; 0 where there are none, as in an SVG.
        height: The same.
        sizes: How wide it is shown, for `sizes`.
        sources: In the order in which a browser tries them.
    """

    url: str
    words: str
    width: int = 0
    height: int = 0
    sizes: str = ""
    sources: tuple[ImageSource, ...] = ()


Fill: TypeAlias = LinkFill | TextFill | FactFill | CitationFill | ImageFill


class ProseView(Plain, frozen=True):
    """Compiled prose as one page prints it: which text, and what fills its holes.

    Attributes:
        key: The digest of the Markdown; the HTML between the holes is kept under it.
        fills: One for each hole, in order.
        is_inline: A single paragraph, whose `<p>` the template writes.
        text: The same without markup and notes; empty for a body.
    """

    key: str
    fills: tuple[Fill, ...]
    is_inline: bool
    text: str


class QuoteView(Plain, frozen=True):
    """A quote behind a value, and whether the source's archived text has it; may be empty."""

    text: str
    verdict: str
    is_missing: bool = False


class ValueView(Plain, frozen=True, kw_only=True):
    """One statement as a reader sees it.

    Attributes:
        text: The value in words; for an absence, its word ("Not known").
        url: Where the value leads; empty for none.
        mark: `open`, `partly`, `closed` for a level; `unknown` or `na` for an absence; else empty.
        status: "Disputed", "Superseded", "Withdrawn", or empty.
        basis: "Self-reported", "Independent", "Derived", or empty.
        citations: The sources; None where there are none.
        is_unsourced: The author said that no source was found.
        note: What the editors add.
        since: From when the value holds or speaks.
        until: The last day on which it held.
        quotes: The source's own words, where the evidence brings any.
        stale_days: How many days ago it was last checked, where it was to be checked again; else
            empty.
        receipt: How the value was computed; empty where it was stated.
    """

    text: str
    url: str = ""
    mark: str = ""
    status: str = ""
    basis: str = ""
    citations: CitationFill | None = None
    is_unsourced: bool = False
    note: ProseView | None = None
    since: DateView | None = None
    until: DateView | None = None
    quotes: tuple[QuoteView, ...] = ()
    stale_days: str = ""
    receipt: str = ""


class CitedText(Plain, frozen=True):
    """A table cell: a text, empty where none is recorded, and its sources."""

    text: str
    citations: CitationFill | None = None


class RatingView(Plain, frozen=True):
    """What one rater found."""

    rater: str
    value: str
    date: DateView | None
    note: ProseView | None


class ReplyView(Plain, frozen=True):
    """What a subject says to a cell, and what came of it."""

    by: Link | None
    text: ProseView
    date: DateView | None
    outcome: str
    citations: CitationFill | None


class StatedView(Plain, frozen=True):
    """A field: the headline, the statements that say otherwise, and why the headline leads."""

    headline: ValueView
    others: tuple[ValueView, ...] = ()
    reason: str = ""


class FactRow(Plain, frozen=True):
    """A label and what is stated under it."""

    label: str
    value: StatedView


class SourceNote(Plain, frozen=True, kw_only=True):
    """An entry of a page's list of sources.

    Attributes:
        anchor: The id that note marks lead to.
        authors: Formatted names; may be empty.
        container: The newspaper, journal or book that holds it; may be empty.
        medium: What it is, where that is more than a text ("Software"); may be empty.
        url: The work's address; empty where it is named only.
        host: The host of `url`, shown as text.
        page_url: The site's own page about the source.
        locators: Places in it that the page cites.
        backlinks: The anchors of the note marks.
    """

    number: int
    anchor: str
    title: str
    authors: str
    publisher: str
    issued: DateView | None
    url: str
    host: str
    page_url: str
    kind: str
    medium: str
    container: str
    doi: str
    reading: str
    locators: tuple[str, ...]
    backlinks: tuple[str, ...]


class ArticleCard(Plain, frozen=True, kw_only=True):
    """An article in a list: only what a list shows."""

    title: str
    url: str
    kind: str
    published: DateView
    updated: DateView | None
    dek: str


class ObjectiveCard(Plain, frozen=True, kw_only=True):
    """An objective in a list."""

    number: int
    title: str
    url: str
    status: str
    status_mark: str
    status_note: ProseView | None
    evidence_count: int
    receipt: str
    latest: DateView | None


class EventView(Plain, frozen=True, kw_only=True):
    """One event; `anchor` is its id on the timeline."""

    anchor: str
    date: DateView
    title: str
    kind: str
    text: ProseView
    participants: tuple[Link, ...]
    citations: CitationFill | None


class Tally(Plain, frozen=True):
    """How many there are of something, the page that lists them, and the count's receipt."""

    text: str
    count: int
    url: str
    is_current: bool = False
    receipt: str = ""


class Facet(Plain, frozen=True):
    """One way to narrow a list: its title and its choices."""

    title: str
    choices: tuple[Tally, ...]


class Share(Plain, frozen=True):
    """A part of a bar: a word, its mark, how many, and of the whole in percent (one decimal)."""

    text: str
    mark: str
    count: int
    percent: str


class Bar(Plain, frozen=True):
    """A whole in parts, such as one group's answers; `total` is the count of all.

    `receipt` is where it is told how they were counted; empty where they are not counted here.
    """

    title: str
    url: str
    total: int
    shares: tuple[Share, ...]
    receipt: str = ""


class LevelView(Plain, frozen=True):
    """An entry of a legend; `points` is what a level counts, where that is said."""

    mark: str
    text: str
    description: str
    points: str = ""


class ChartView(Plain, frozen=True, kw_only=True):
    """A chart with all that stands round it.

    Attributes:
        id: Its name in addresses.
        title: What it finds, as a sentence that the data make true.
        subtitle: What is measured, in what unit, as of when.
        description: What can be seen, for those who cannot see it.
        form: What is drawn.
        columns: Of the table that says the same.
        rows: The table's rows, first the name.
        note: What must be known to read it, such as why a series breaks; may be empty.
        attribution: The credit that the licence of the data asks for; may be empty.
        source: Where the numbers stand with their own sources; `page` is the chart's own page.
        receipt: How its numbers were computed.
        is_mirrored: Whether the page is read from the right.
    """

    id: str
    title: str
    subtitle: str
    description: str
    form: Form
    note: str
    attribution: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: Link
    page: str
    csv: str
    receipt: str
    is_mirrored: bool
