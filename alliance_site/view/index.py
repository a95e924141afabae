"""Records by what they are about, put together once for all pages.

Never: makes a part of a view.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from alliance_site.ids import PAGE_LISTS
from alliance_site.model import (
    Listings,
    Measured,
    Meter,
    ObjectiveSet,
    Site,
    TracedSet,
    fold,
    headline_value,
    measured_cells,
    measured_comparison,
    measured_in,
    members_of,
    meter_of,
    site_meters,
    trace,
)
from alliance_site.model.records import (
    Argument,
    Correction,
    Event,
    Evidence,
    Objective,
    Organization,
)
from alliance_site.view.comparison_index import ComparisonIndex
from alliance_site.view.parts_measured import (
    OF_COMPARISONS,
    measured_members,
    measured_profile,
    shown_cells,
)
from alliance_site.view.past import Step, steps_of
from alliance_site.view.question import Question
from alliance_site.view.resting import RestingValue, values_by_source

RELATED_COUNT = 4
_MEASURED = {"alliance": "alliances", "objective": "objectives"}
"""Kinds of record whose page shows what its own values rest on."""
LISTED = {
    "page:arguments": "arguments",
    "page:figures": "figures",
    "page:objectives": "objective_sets",
    "page:timeline": "events",
}
"""Pages that show what the values of a whole collection rest on."""
_MARKDOWN = frozenset({"alliance", "comparison", "objective", "org"})
"""Kinds of record all of whose pages have Markdown beside them."""
MARKDOWN_COUNT = 500
"""How many of the newest articles have Markdown beside them."""


def by_name(organizations: Iterable[Organization]) -> tuple[Organization, ...]:
    """Order organisations by name, upper and lower case alike."""
    return tuple(sorted(organizations, key=lambda item: (item.name.casefold(), item.id)))


T = TypeVar("T")


class SiteIndex:
    """What several pages would otherwise look for in all records."""

    def __init__(self, site: Site) -> None:
        """Begin with no question answered."""
        self.site = site
        self._answers: dict[str, tuple[Any, frozenset[str]]] = {}
        self._last: tuple[str, Any, frozenset[str]] = ("", None, frozenset())

    def ask(self, name: str, answer: Callable[[], T]) -> T:
        """Return the answer to a question about the whole site; it is found once.

        Args:
            name: Of the question, with what it is asked of.
            answer: Finds the answer.
        """
        trace = self.site.trace
        known = self._answers.get(name)
        if known is None:
            known = self._answers[name] = trace.record(answer)
        found: T = known[0]
        trace.note_all(known[1])
        return found

    def ask_in_turn(self, name: str, answer: Callable[[], T]) -> T:
        """Return the answer to a question that pages ask one after the other; only the last stays.

        Args:
            name: Of the question, with what it is asked of.
            answer: Finds the answer.
        """
        trace = self.site.trace
        if self._last[0] != name:
            self._last = (name, *trace.record(answer))
        _, found, keys = self._last
        trace.note_all(keys)
        return found  # type: ignore[no-any-return]  # what `answer` returned for this name

    @property
    def articles(self) -> Listings:
        """Articles by the day they came out, newest first; those of one day by id."""
        return self.site.listings()

    @Question
    def markdown_keys(self) -> tuple[str, ...]:
        """The pages that have Markdown beside them, by key, in the order of `llms.txt`."""
        site = self.site
        articles, pages = self.markdown_texts
        organizations = [f"org:{key}" for key in site.organizations]
        return (
            *(f"alliance:{key}" for key in site.alliances),
            *(f"comparison:{key}" for key in site.comparisons),
            *(f"objective:{item.id}" for item in self.objectives),
            *articles,
            *sorted(organizations, key=lambda key: (site.names[key].casefold(), key)),
            *pages,
        )

    @Question
    def markdown_texts(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The articles, and the site's own pages, that have Markdown beside them, by key."""
        newest = self.articles.ids[:MARKDOWN_COUNT]
        pages = (f"page:{key}" for key in self.site.pages if key not in PAGE_LISTS)
        return tuple(f"article:{key}" for key in newest), tuple(pages)

    @Question
    def markdown_records(self) -> tuple[str, ...]:
        """The other records that have Markdown beside their pages, by key; no record is read."""
        site = self.site
        return (
            *(f"alliance:{key}" for key in site.alliances),
            *(f"comparison:{key}" for key in site.comparisons),
            *(f"objective:{key}" for key in site.objectives),
            *(f"org:{key}" for key in site.organizations),
        )

    def has_markdown(self, key: str) -> bool:
        """Say whether a page has Markdown beside it."""
        prefix, _, name = key.partition(":")
        if prefix == "article":
            return self.site.is_newest(name, MARKDOWN_COUNT)
        if prefix == "page":
            return name not in PAGE_LISTS and name in self.site.pages
        return prefix in _MARKDOWN

    @Question
    def arguments_by_topic(self) -> Mapping[str, tuple[Argument, ...]]:
        """Topic → arguments, by id."""
        found: dict[str, list[Argument]] = defaultdict(list)
        for argument in self.site.arguments.values():
            found[argument.topic].append(argument)
        return {topic: tuple(items) for topic, items in found.items()}

    @Question
    def members(self) -> tuple[Organization, ...]:
        """Members of the site's alliance, by name."""
        return by_name(members_of(self.site))

    @Question
    def events(self) -> tuple[Event, ...]:
        """Events by date, those of one date by id."""
        return tuple(sorted(self.site.events.values(), key=lambda item: (item.date, item.id)))

    @Question
    def objectives(self) -> tuple[Objective, ...]:
        """Objectives by alliance and number."""
        found = self.site.objectives.values()
        return tuple(sorted(found, key=lambda item: (item.alliance, item.number, item.id)))

    @Question
    def contributors(self) -> Mapping[str, tuple[Organization, ...]]:
        """Objective → organisations that contribute to it, by name."""
        found: dict[str, list[Organization]] = defaultdict(list)
        for organization in by_name(self.site.organizations.values()):
            for objective in organization.contributes_to:
                found[objective].append(organization)
        return {objective: tuple(items) for objective, items in found.items()}

    @Question
    def lineages(self) -> Mapping[str, tuple[TracedSet, ...]]:
        """Alliance → its sets of aims, the earliest first, each aim with what it came from."""
        found: dict[str, list[ObjectiveSet]] = defaultdict(list)
        for item in self.site.objective_sets.values():
            found[item.alliance].append(item)
        return {alliance: trace(sets) for alliance, sets in found.items()}

    @Question
    def corrections(self) -> tuple[Correction, ...]:
        """Corrections, newest first."""
        found = self.site.corrections.values()
        return tuple(sorted(found, key=lambda item: (item.date, item.id), reverse=True))

    @Question
    def values_by_source(self) -> Mapping[str, tuple[RestingValue, ...]]:
        """Source → the values that rest on it."""
        return values_by_source(self.site)

    @Question
    def meters(self) -> tuple[tuple[str, Meter], ...]:
        """The evidence meter of the whole site, by what the values are of."""
        return site_meters(self.site, self.site.clock.as_of)

    def meter(self, key: str) -> Meter | None:
        """Count over the values that a page shows of records; None where it shows none."""
        return self.ask(f"meter {key}", lambda: self._meter(key))

    def _meter(self, key: str) -> Meter | None:
        found = tuple(self.measured(key))
        return meter_of(self.site, iter(found), self.site.clock.as_of) if found else None

    def measured(self, key: str) -> Iterable[Measured]:
        """Return the values that a page shows of records, as the evidence meter sees them.

        Args:
            key: Of the page; of a record, all its values are meant, and of an organisation the
                answers that its page shows too.
        """
        prefix, _, name = key.partition(":")
        if prefix == "org":
            return measured_profile(self.site, name)
        collection = _MEASURED.get(prefix)
        if collection is not None:
            return measured_in(getattr(self.site, collection)[name])
        if prefix == "comparison":
            return measured_comparison(self.site.comparisons[name])
        if prefix in OF_COMPARISONS:
            comparison, _, part = name.partition("/")
            cells = shown_cells(self.site, self.site.comparisons[comparison], prefix, part)
            return measured_cells(cells)
        if prefix == "members" or key == "page:members":
            facet, _, value = name.partition("/") if prefix == "members" else ("", "", "")
            return measured_members(self.listed_members(facet, value))
        return measured_in(self._listed(key))

    def _listed(self, key: str) -> tuple[Any, ...]:
        """Return the records that a page lists in full; empty of one that lists none so."""
        prefix, _, name = key.partition(":")
        if prefix == "topic":
            return self.arguments_by_topic.get(name, ())
        listed = LISTED.get(key)
        return tuple(getattr(self.site, listed).values()) if listed else ()

    def listed_members(self, facet: str, value: str) -> tuple[Organization, ...]:
        """Return the members of whom a facet has a value, by name; all, where no facet is named."""
        if not facet:
            return self.members
        return tuple(
            item
            for item in self.members
            if str(headline_value(getattr(item, facet)) or "") == value
        )

    def has_quote(self, evidence: Evidence) -> bool | None:
        """Say whether a quote is in its source's archived text; None where that is not kept."""
        source = evidence.source
        text = self.ask(f"archived text of {source}", lambda: self._archived(source))
        return None if text is None else fold(evidence.quote) in text

    def _archived(self, source: str) -> str | None:
        archive = self.site.archives.get(source)
        return None if archive is None else archive.folded

    def comparison(self, key: str) -> ComparisonIndex:
        """Return what many pages of a comparison ask."""
        return ComparisonIndex(self.site, self, key)

    @Question
    def steps(self) -> tuple[Step, ...]:
        """What each release changed, the first first."""
        return steps_of(self.site)

    def articles_about(self, key: str) -> Listings:
        """Return the articles about a record, newest first."""
        return self.site.listings_tied(key)

    def articles_on(self, topic: str) -> Listings:
        """Return the articles on a topic, newest first."""
        return self.site.listings_tied(f"topic:{topic}")

    def article_count_on(self, topic: str) -> int:
        """Count the articles on a topic."""
        return self.site.count_tied(f"topic:{topic}")

    def related(self, article: str) -> Listings:
        """Return the articles that share most with one, newer ones first among equals."""
        return self.site.listings_related(article, RELATED_COUNT)
