"""Turns records into the parts that views are made of: prose with its fills, statements, links.

Never: decides what a page shows (the modules of the page kinds do).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from alliance_site.model import (
    NAME,
    Comparison,
    Markdown,
    PartialDate,
    Quantity,
    Site,
    evidence_of,
    fact_of,
    headline,
    measured_in,
    meter_of,
)
from alliance_site.model.comparison_records import Cell, CellValue, Criterion, Level
from alliance_site.model.records import Absence, Correction, Evidence, HeadlineTest, Statement
from alliance_site.paths import UrlPath, base_path, url_in_site
from alliance_site.prose import Hole, HoleKind
from alliance_site.route import RouteTable, image_key, image_keys, receipt_key, route_question
from alliance_site.view.frame import Frame, NavigationLink
from alliance_site.view.history import (
    HistoryLine,
    NoticeView,
    correction_comment,
    history_line,
    notice_view,
)
from alliance_site.view.index import SiteIndex
from alliance_site.view.jsonld import Entry, breadcrumbs, graph
from alliance_site.view.meter import MeterView, meter_view
from alliance_site.view.notes import Notes
from alliance_site.view.parts import (
    Bar,
    CitationFill,
    DateView,
    FactFill,
    Fill,
    ImageFill,
    LevelView,
    Link,
    LinkFill,
    ProseView,
    QuoteView,
    Share,
    StatedView,
    TextFill,
    ValueView,
)
from alliance_site.view.past import history_of
from alliance_site.view.photographs import image_fill
from alliance_site.view.recorder import RecordedIndex, RecordedNames, Recorder
from alliance_site.view.references import CiteView, cite_page
from alliance_site.view.words import (
    ABSENCES,
    date_view,
    fact_text,
    is_right_to_left,
    number_text,
    quantity_text,
    words,
)

__all__ = [
    "ABSENCES",
    "Composer",
    "Shown",
    "percent",
    "shorten",
    "words",
]

STATUSES = {"disputed": "Disputed", "superseded": "Superseded", "withdrawn": "Withdrawn"}
_NA = Absence.NOT_APPLICABLE
BASES = {"self_reported": "Self-reported", "independent": "Independent", "derived": "Derived"}

UNNOTICED = frozenset({"redirect", "corrections", "changes"})
"""Kinds of page that bear no notice of a correction: a stub, and those that tell of them all."""

NOT_CITED = frozenset({"chart", "receipts", "redirect", "not-found", "search"})
"""Kinds of page that hold no facts of their own."""

DERIVED = ("count/", "score/")
"""How the paths of facts begin that are computed from several records."""

NOT_THEN = "[not known then]"
"""Stands for a fact that was not there, or not known, on the day that the site speaks for."""

QUOTE_VERDICTS: Mapping[bool | None, str] = {
    True: "Found in the archived text.",
    False: "Not found in the archived text of the source.",
    None: "",
}

REASONS = {
    HeadlineTest.STANDING: "it still holds",
    HeadlineTest.RANK: "the editors rank it first",
    HeadlineTest.BASIS: "its basis comes first",
    HeadlineTest.RECENCY: "it is the most recent",
}
"""Why one of several statements is printed first, after "Shown first because"."""

Shown = tuple[str, str, str]
"""How a value is printed: its text, where it leads, its mark."""


class Composer(Struct, frozen=True, dict=True):
    """What every page is composed with: the site, its addresses, and the choices of this build.

    Attributes:
        base_url: Scheme, host and base path of the published site, with a slash at its end.
        stylesheets: Page template → path of its style sheet within the site.
        scripts: Paths of the scripts within the site, in their order.
        as_of: The day the site speaks for.
        recorder: Notes what pages show, while a release is made.
    """

    site: Site
    routes: RouteTable
    base_url: str
    stylesheets: Mapping[str, UrlPath]
    as_of: PartialDate
    recorder: Recorder | None = None
    scripts: tuple[UrlPath, ...] = ()

    @cached_property
    def base(self) -> str:
        """The base path, without a trailing slash."""
        return base_path(self.base_url)

    @cached_property
    def origin(self) -> str:
        """Scheme and host."""
        return self.base_url.rstrip("/").removesuffix(self.base)

    @cached_property
    def index(self) -> SiteIndex:
        """Records by what they are about."""
        recorder = self.recorder
        return SiteIndex(self.site) if recorder is None else RecordedIndex(self.site, recorder)

    @property
    def language(self) -> str:
        """The site's language tag."""
        return self.site.settings.language

    def notes(self) -> Notes:
        """Start the notes of a page."""
        return Notes(self.site, self.base)

    def url(self, key: str) -> str:
        """Return a record's address with the base path."""
        known = self._urls.get(key)
        if known is None:
            url = url_in_site(self.base, self.routes.url(key))
            known = self._urls[key] = url, route_question(key)
        url, question = known
        # Whoever asks second has read it too.
        self.routes.trace.note(question)
        return url

    @cached_property
    def _urls(self) -> dict[str, tuple[str, str]]:
        return {}

    def path(self, url: UrlPath) -> str:
        """Put the base path before a path within the site."""
        return url_in_site(self.base, url)

    def absolute(self, url: str) -> str:
        """Put scheme and host before an address with the base path."""
        return f"{self.origin}{url}"

    def link(self, key: str, text: str = "") -> Link:
        """Link a record by its name, or by a text."""
        return Link(text or self.site.names[key.partition("#")[0]], self.url(key))

    def receipt(self, figure: str) -> str:
        """Return where a figure's receipt stands, by the figure's name."""
        return self.url(receipt_key(figure))

    def recording(self) -> "tuple[Composer, Recorder]":
        """Return the same, with a recorder of what pages show."""
        pages = self.routes.url_by_key.items()
        keys = {self.path(url): key for key, url in pages if "#" not in url}
        recorder = Recorder(self.site, keys)
        site = replace(self.site, names=RecordedNames(self.site.names, recorder))
        return replace(self, site=site, recorder=recorder), recorder

    def shows(self, value: Any) -> None:
        """Note that a page shows statements or a text in a way of its own."""
        if self.recorder is not None:
            self.recorder.note(value)

    def names(self, key: str) -> None:
        """Note that a page shows a record's name."""
        self.shows_field(key, NAME)

    def name_of(self, key: str) -> str:
        """Return a record's name for something other than showing it."""
        names = self.site.names
        return names.unnoted[key] if isinstance(names, RecordedNames) else names[key]

    def names_page(self, url: str) -> None:
        """Note that a page shows what another page, with the base path, is called."""
        if self.recorder is not None:
            self.recorder.note_page(url)

    def shows_field(self, key: str, *paths: str) -> None:
        """Note that a page shows fields, by their names."""
        if self.recorder is not None:
            for path in paths:
                self.recorder.note_field(key, path)

    def shows_record(self, key: str) -> None:
        """Note that a page shows all plain fields of a record."""
        if self.recorder is not None:
            self.recorder.note_record(key)

    def date(self, value: PartialDate) -> DateView:
        """Write a date."""
        return date_view(value, self.language)

    def maybe_date(self, value: PartialDate | None) -> DateView | None:
        """Write a date where there is one."""
        return None if value is None else date_view(value, self.language)

    def number(self, value: Decimal | int) -> str:
        """Write a number."""
        return number_text(Decimal(value), self.language)

    def counted(self, count: int, one: str, many: str) -> str:
        """Write a count with its noun."""
        return f"{self.number(count)} {one if count == 1 else many}"

    # Prose

    def prose(self, text: Markdown, notes: Notes) -> ProseView:
        """Fill the holes of a Markdown text for one page."""
        self.shows(text)
        compiled = self.site.prose[text.key]
        fills = tuple(self._fill(hole, notes) for hole in compiled.holes)
        pieces = []
        if compiled.text_parts:
            pieces.append(compiled.text_parts[0])
            for fill, part in zip(fills, compiled.text_parts[1:], strict=True):
                pieces += (fill.text if isinstance(fill, TextFill | FactFill) else "", part)
        return ProseView(compiled.key, fills, compiled.is_inline, "".join(pieces))

    def feed_prose(self, text: Markdown) -> ProseView:
        """Fill the holes of a text that is read away from its page.

        Links are whole addresses, and there are no note marks: their list stays on the page.
        """
        prose = self.prose(text, self.notes())
        return replace(prose, fills=tuple(self._away(fill) for fill in prose.fills))

    def _away(self, fill: Fill) -> Fill:
        match fill:
            case LinkFill():
                return LinkFill(self.absolute(fill.url))
            case FactFill():
                return replace(fill, url=self.absolute(fill.url) if fill.url else "", path="")
            case CitationFill():
                return CitationFill(())
            case ImageFill():
                return replace(fill, url=self.absolute(fill.url), sources=())
            case TextFill():
                return fill

    def maybe_prose(self, text: Markdown | None, notes: Notes) -> ProseView | None:
        """Fill the holes of a text where there is one."""
        return None if text is None else self.prose(text, notes)

    def text(self, text: Markdown) -> str:
        """Return a text without markup and notes, for descriptions and lists."""
        return self.prose(text, self.notes()).text

    def _fill(self, hole: Hole, notes: Notes) -> Fill:
        first = hole.arguments[0]
        if hole.kind is HoleKind.LINK:
            return LinkFill(self.path(UrlPath(first)) if first.startswith("/") else self.url(first))
        if hole.kind is HoleKind.NAME:
            return TextFill(self.site.names.get(first.partition("#")[0], first))
        if hole.kind is HoleKind.CITATION:
            pairs = zip(hole.arguments[0::2], hole.arguments[1::2], strict=True)
            return notes.cite(pairs) or CitationFill(())
        if hole.kind is HoleKind.IMAGE:
            return self.image(*hole.arguments)
        fact = self.fact(first, hole.arguments[1])
        if fact.value:  # else it was not known then, and the page says so
            notes.print(first)
        return fact

    def image(self, written: str, words: str = "", where: str = "") -> ImageFill:
        """Show an image by its address in a text; `where` is `figure`, or nothing."""
        image = self.site.image(written)
        if image is None:
            # `resolve` has reported it. Only a published package opens without its images.
            return ImageFill(self.path(UrlPath(written)), words)
        return image_fill(image, words, self.path, is_figure=where == "figure")

    def fact(self, path: str, form: str) -> FactFill:
        """Print a fact; `form` is `plain`, `qualified` or `full`."""
        fact = fact_of(self.site, path)
        if fact is None and self.site.clock.is_turned_back:
            return FactFill(NOT_THEN, "", "")
        if fact is None:
            raise LookupError(path)  # `resolve` has reported it; no view is made then
        if fact.field:
            self.shows_field(fact.key, fact.field)
        is_derived = path.startswith(DERIVED)
        url = self.receipt(path) if is_derived else self.url(fact.key) if fact.key else ""
        is_told = is_derived or path == f"figures/{fact.key.removeprefix('figure:')}"
        told = "" if is_told else path
        return FactFill(fact_text(fact, form, self.language), str(fact.value), url, told)

    # Statements

    def cite(self, evidence: Iterable[Evidence] | None, notes: Notes) -> CitationFill | None:
        """Make the marks for pieces of evidence."""
        return notes.cite((item.source, item.locator) for item in evidence or ())

    def refer(self, evidence: Iterable[Evidence] | None, notes: Notes) -> CitationFill | None:
        """Make the marks of a table cell."""
        return notes.refer((item.source, item.locator) for item in evidence or ())

    def value(
        self,
        statement: Statement[Any],
        evidence: tuple[Evidence, ...],
        notes: Notes,
        show: Callable[[Any], Shown] | None = None,
    ) -> ValueView:
        """Show one statement; `evidence` stands behind it where it brings none."""
        if statement.absence is not None:
            is_na = statement.absence is Absence.NOT_APPLICABLE
            shown = (ABSENCES[statement.absence], "", "na" if is_na else "unknown")
        else:
            shown = (show or self.show)(statement.value)
        behind = evidence_of(statement, evidence)
        return ValueView(
            text=shown[0],
            url=shown[1],
            mark=shown[2],
            status=STATUSES.get(statement.status.value, ""),
            basis=BASES[statement.basis.value] if statement.basis else "",
            citations=self.cite(behind, notes),
            is_unsourced=not behind and statement.absence is None,
            note=self.maybe_prose(statement.note, notes),
            since=self.maybe_date(statement.valid.from_),
            until=self.maybe_date(statement.valid.to),
            quotes=tuple(self.quote(item) for item in behind if item.quote),
            stale_days=self._stale_days(statement, behind),
        )

    def _stale_days(self, statement: Statement[Any], behind: tuple[Evidence, ...]) -> str:
        """Say how many days ago a statement past its `review_by` was checked; else nothing."""
        as_of = self.site.clock.as_of
        if statement.review_by is None or statement.review_by.latest() >= as_of:
            return ""
        (measured,) = measured_in(replace(statement, absence=None, value=""), behind)
        return self.number(meter_of(self.site, iter((measured,)), as_of).stale_days)

    def quote(self, evidence: Evidence) -> QuoteView:
        """Show a quote, and whether the archived text of its source has it."""
        has_it = self.index.has_quote(evidence)
        return QuoteView(evidence.quote, QUOTE_VERDICTS[has_it], is_missing=has_it is False)

    def stated(
        self,
        statements: Sequence[Statement[Any]],
        evidence: tuple[Evidence, ...],
        notes: Notes,
        show: Callable[[Any], Shown] | None = None,
    ) -> StatedView:
        """Show a field: its headline first, by the declared rule, then all the others."""
        self.shows(statements)
        first, *others = (self.value(item, evidence, notes, show) for item in statements)
        return StatedView(first, tuple(others), self._reason(statements) if others else "")

    def _reason(self, statements: Sequence[Statement[Any]]) -> str:
        """Say why the first of several statements is the headline."""
        reasons = [REASONS[test] for test in self.site.rule.deciders(statements)]
        if not reasons:
            return "All say the same."
        return f"Shown first because {' and because '.join(reasons)}."

    def show(self, value: Any) -> Shown:
        """Print a plain value by its type."""
        if isinstance(value, PartialDate):
            return self.date(value).text, "", ""
        if isinstance(value, Quantity):
            return quantity_text(value, self.language), "", ""
        if isinstance(value, StrEnum):
            return words(value.value), "", ""
        if isinstance(value, str) and value.startswith(("https://", "http://")):
            return value.split("//", 1)[1].rstrip("/"), value, ""
        return str(value), "", ""

    def show_answer(self, comparison: Comparison, criterion: Criterion) -> Callable[[Any], Shown]:
        """Return how the answers to a criterion are printed: in words, with the level's mark."""
        levels = comparison.levels(criterion.id)

        def show(value: CellValue) -> Shown:
            if isinstance(value, Decimal):
                return f"{self.number(value)} {criterion.unit}".strip(), "", ""
            if isinstance(value, tuple):
                return ", ".join(levels[name].label for name in value), "", ""
            level = levels.get(value)
            return (value, "", "") if level is None else (level.label, "", level.shape.value)

        return show

    # Shapes

    def legend(
        self, levels: Iterable[Level], absences: Iterable[Absence] = (Absence.UNKNOWN,)
    ) -> tuple[LevelView, ...]:
        """List what the marks mean, those for answers that are not there last."""
        found = set(absences)
        entries = [LevelView(item.shape.value, item.label, item.description) for item in levels]
        if found - {_NA}:
            entries.append(
                LevelView(
                    "unknown", ABSENCES[Absence.UNKNOWN], "No source found; never a judgement."
                )
            )
        if _NA in found:
            entries.append(LevelView("na", ABSENCES[_NA], "The question does not arise."))
        return tuple(entries)

    def bar(
        self, title: str, url: str, parts: Iterable[tuple[str, str, int]], receipt: str = ""
    ) -> Bar:
        """Make a bar of (word, mark, count) parts; empty parts are left out."""
        kept = [part for part in parts if part[2]]
        total = sum(count for _, _, count in kept)
        shares = tuple(
            Share(text, mark, count, percent(count, total)) for text, mark, count in kept
        )
        return Bar(title, url, total, shares, receipt)

    def cell_bar(
        self,
        title: str,
        url: str,
        comparison: Comparison,
        cells: Iterable[tuple[str, Cell]],
        receipt: str = "",
    ) -> Bar:
        """Make a bar of the levels that some (criterion, cell) have, in the order of the rubric.

        Numbers, texts and several values at once are no parts of a whole; they are left out.
        """
        counts: dict[tuple[str, str], int] = {
            (level.label, level.shape.value): 0 for level in comparison.file.levels.values()
        }
        absent = Counter[str]()
        others = 0
        for criterion, cell in cells:
            statement = headline(cell.statements)
            value = statement.value if statement else None
            if isinstance(value, str) and value in comparison.levels(criterion):
                level = comparison.levels(criterion)[value]
                part = (level.label, level.shape.value)
                counts[part] = counts.get(part, 0) + 1
            elif value is None:
                absent["na" if statement and statement.absence is _NA else "unknown"] += 1
            else:
                others += 1
        if others and not any(counts.values()):
            absent.clear()  # the absences alone would look like all that is known
        rest = [("Not known", "unknown", absent["unknown"]), (ABSENCES[_NA], "na", absent["na"])]
        parts = [*((*part, count) for part, count in counts.items()), *rest]
        return self.bar(title, url, parts, receipt)

    # Frames

    def _meter(self, key: str) -> MeterView | None:
        """Measure the values of the record whose page it is; None for another page."""
        meter = self.index.meter(key)
        if meter is None:
            return None
        return meter_view("", meter, self.language, self.receipt(f"evidence/{key}"))

    @cached_property
    def images_by_address(self) -> Mapping[str, str]:
        """Address of an image of a page → its key."""
        return {self.routes.url(key): key for key in image_keys(self.routes, self.site)}

    @cached_property
    def notice(self) -> str:
        """What a site says that was turned back to a day; empty for the site as it is."""
        clock = self.site.clock
        if not clock.is_turned_back:
            return ""
        day = self.date(PartialDate.of(clock.as_of)).text
        parts = [f"You are reading the site of {day}: later facts are left out."]
        if clock.known_on is not None:
            known = self.date(PartialDate.of(clock.known_on)).text
            parts = [f"You are reading what was known on {known} about {day}."]
            parts.append("What was recorded later is left out.")
        return " ".join([*parts, "Running text is as it stands today."])

    def frame(
        self,
        key: str,
        kind: str,
        title: str,
        description: str,
        breadcrumb: Sequence[Link] = (),
        section: str = "",
        **options: Any,
    ) -> Frame:
        """Make the frame of a page.

        Args:
            key: The page's key in the route table.
            kind: For `<body data-kind>`.
            title: The page's title.
            description: Plain text; cut at 200 characters, at a word.
            breadcrumb: From below the home page down.
            section: The key of the navigation entry that the page belongs to.
            options: `feed` (its key), `open_graph_type`, `is_indexed`, `authors` (names, for
                citing the page), `issued` (its date, for the same), `published` and `modified`
                (ISO 8601), `has_entries` (structured data follow).
        """
        settings = self.site.settings
        url = self.url(key)
        notices = () if kind in UNNOTICED else self.notices(key)
        home = [] if kind == "home" else [Link("Home", self.url("page:home")), *breadcrumb]
        return Frame(
            kind=kind,
            title=title,
            description=shorten(description, 200),
            language=self.language,
            direction="rtl" if is_right_to_left(self.language) else "ltr",
            url=url,
            canonical=self.absolute(url),
            root=self.url("page:home"),
            site_title=settings.title,
            tagline=settings.tagline,
            publisher=settings.publisher.name,
            publisher_url=settings.publisher.url or "",
            licence=settings.licence,
            licence_url=settings.licence_url or "",
            as_of=self.date(self.as_of),
            notice=self.notice,
            meter=self._meter(key),
            navigation=self._navigation(settings.navigation, {key, section}),
            footer=self._navigation(settings.footer, {key}),
            breadcrumb=tuple(home),
            stylesheet="",
            scripts=tuple(map(self.path, self.scripts)),
            feed=self.url(options.get("feed", "feed")),
            markdown=self.markdown(key),
            search=self.url("page:search"),
            has_search=settings.search,
            open_graph_type=options.get("open_graph_type", "website"),
            is_indexed=options.get("is_indexed", True),
            published=options.get("published", ""),
            modified=options.get("modified", ""),
            structured="" if options.get("has_entries") else graph(self.trail(home, title)),
            image=self._image(key),
            notices=notices,
            corrected=self._corrected(self.absolute(url), notices),
            feedback=self._feedback(self.absolute(url)),
            history=() if kind in UNNOTICED else self._history(key),
            cite=None if kind in NOT_CITED else self._cite(title, url, options),
        )

    def markdown(self, key: str) -> str:
        """Return the address of a page as Markdown; empty where there is none."""
        if not self.index.has_markdown(key):
            return ""
        return self.path(UrlPath(f"{self.routes.url(key)}index.md"))

    def trail(self, breadcrumb: Sequence[Link], title: str) -> tuple[Entry, ...]:
        """Say in structured data where a page stands; nothing of the home page."""
        if not breadcrumb:
            return ()
        return (breadcrumbs([(link.text, self.absolute(link.url)) for link in breadcrumb], title),)

    def _image(self, key: str) -> str:
        """Return the address of a page's image; of the site's own where the page has none."""
        name = image_key(self.routes, self.site, key)
        return self.absolute(self.url(name)) if name else ""

    def corrections_on(self, key: str) -> tuple[Correction, ...]:
        """Return the corrections of what a page, or its record, ever said, newest first."""
        both = (*self.site.notices(self.routes.url(key)), *self.site.notices(key))
        found = {item.id: item for item in both}.values()
        return tuple(sorted(found, key=lambda item: (item.date, item.id), reverse=True))

    def notices(self, key: str) -> tuple[NoticeView, ...]:
        """Say what is corrected of what a page, or its record, ever said, newest first."""
        return tuple(
            notice_view(self.site, item, self.url(f"correction:{item.id}"), self.text(item.reason))
            for item in self.corrections_on(key)
        )

    def _history(self, key: str) -> tuple[HistoryLine, ...]:
        url = self.url("page:changes")
        return tuple(history_line(self.site, step, url) for step in history_of(self.site, key))

    def _corrected(self, canonical: str, notices: Iterable[NoticeView]) -> str:
        """Say the corrections in structured data. Source: schema.org CorrectionComment."""
        comments = [correction_comment(item, self.absolute(item.url)) for item in notices]
        page = {"@type": "WebPage", "@id": canonical, "correction": comments}
        return graph([page] if comments else ())

    def url_if_there(self, key: str) -> str:
        """Return a record's address, or nothing where it has none."""
        self.site.trace.note(f"@{key}")
        return self.url(key) if key in self.routes.url_by_key else ""

    def _cite(self, title: str, url: str, options: Mapping[str, Any]) -> CiteView:
        settings = self.site.settings
        by = options.get("authors") or (settings.publisher.name,)
        issued = options.get("issued")
        return cite_page(title, self.absolute(url), settings.title, by, self.as_of, issued)

    def _feedback(self, canonical: str) -> str:
        """Return where faults of a page are reported; nothing where the site names no place."""
        settings = self.site.settings
        if settings.feedback_url:
            return settings.feedback_url.replace("{url}", quote(canonical, safe=""))
        return self.url(settings.feedback) if settings.feedback else ""

    def _navigation(self, items: Iterable[Any], current: set[str]) -> tuple[NavigationLink, ...]:
        return tuple(
            NavigationLink(item.title, self.url(item.link), item.link in current) for item in items
        )


def percent(count: int, total: int) -> str:
    """Return a share in percent with one decimal, rounded half up."""
    share = Decimal(100 * count) / Decimal(total)
    return str(share.quantize(Decimal("0.1"), ROUND_HALF_UP))


def shorten(text: str, limit: int) -> str:
    """Cut a text at a word, with an ellipsis, when it is longer than `limit` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    # Not every language puts spaces between its words.
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:.–- ") + "…"
