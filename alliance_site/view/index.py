"""Records by what they are about, put together once for all pages.

Never: makes a part of a view.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from alliance_site.model import (
    PAGE_LISTS,
    Measured,
    Meter,
    ObjectiveSet,
    Site,
    TracedSet,
    fold,
    measured_cells,
    measured_in,
    members_of,
    site_meters,
    trace,
)
from alliance_site.model.records import (
    Argument,
    Article,
    Correction,
    Event,
    Evidence,
    Objective,
    Organization,
)
from alliance_site.view.resting import RestingValue, values_by_source

RELATED_COUNT = 4
_MEASURED = {"org": "organizations", "alliance": "alliances", "objective": "objectives"}
"""Kinds of record whose page shows what its values rest on."""
MARKDOWN_COUNT = 500
"""How many of the newest articles have Markdown beside them."""


def by_name(organizations: Iterable[Organization]) -> tuple[Organization, ...]:
    """Order organisations by name, upper and lower case alike."""
    return tuple(sorted(organizations, key=lambda item: (item.name.casefold(), item.id)))


@dataclass(frozen=True)
class SiteIndex:
    """What several pages would otherwise look for in all records."""

    site: Site

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """Articles by the day they came out, newest first; those of one day by id."""
        by_id = sorted(self.site.articles.values(), key=lambda item: item.id)
        return tuple(sorted(by_id, key=lambda item: item.published, reverse=True))

    @cached_property
    def markdown_keys(self) -> Mapping[str, None]:
        """The pages that have Markdown beside them, by key, in the order of `llms.txt`."""
        site = self.site
        newest = self.articles[:MARKDOWN_COUNT]
        return dict.fromkeys(
            (
                *(f"alliance:{key}" for key in site.alliances),
                *(f"comparison:{key}" for key in site.comparisons),
                *(f"objective:{item.id}" for item in self.objectives),
                *(f"article:{item.id}" for item in newest),
                *(f"org:{item.id}" for item in by_name(site.organizations.values())),
                *(f"page:{key}" for key in site.pages if key not in PAGE_LISTS),
            )
        )

    @cached_property
    def articles_by_tie(self) -> Mapping[str, tuple[Article, ...]]:
        """What an article is about, or its topic → such articles, newest first."""
        found: dict[str, list[Article]] = defaultdict(list)
        for article in self.articles:
            for tie in dict.fromkeys(_ties(article)):
                found[tie].append(article)
        return {tie: tuple(items) for tie, items in found.items()}

    @cached_property
    def articles_by_topic_count(self) -> Counter[str]:
        """How many articles there are on each topic."""
        return Counter(topic for item in self.articles for topic in set(item.topics))

    @cached_property
    def arguments_by_topic(self) -> Mapping[str, tuple[Argument, ...]]:
        """Topic → arguments, by id."""
        found: dict[str, list[Argument]] = defaultdict(list)
        for argument in self.site.arguments.values():
            found[argument.topic].append(argument)
        return {topic: tuple(items) for topic, items in found.items()}

    @cached_property
    def members(self) -> tuple[Organization, ...]:
        """Members of the site's alliance, by name."""
        return by_name(members_of(self.site))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Events by date, those of one date by id."""
        return tuple(sorted(self.site.events.values(), key=lambda item: (item.date, item.id)))

    @cached_property
    def objectives(self) -> tuple[Objective, ...]:
        """Objectives by alliance and number."""
        found = self.site.objectives.values()
        return tuple(sorted(found, key=lambda item: (item.alliance, item.number, item.id)))

    @cached_property
    def contributors(self) -> Mapping[str, tuple[Organization, ...]]:
        """Objective → organisations that contribute to it, by name."""
        found: dict[str, list[Organization]] = defaultdict(list)
        for organization in by_name(self.site.organizations.values()):
            for objective in organization.contributes_to:
                found[objective].append(organization)
        return {objective: tuple(items) for objective, items in found.items()}

    @cached_property
    def lineages(self) -> Mapping[str, tuple[TracedSet, ...]]:
        """Alliance → its sets of aims, the earliest first, each aim with what it came from."""
        found: dict[str, list[ObjectiveSet]] = defaultdict(list)
        for item in self.site.objective_sets.values():
            found[item.alliance].append(item)
        return {alliance: trace(sets) for alliance, sets in found.items()}

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """Corrections, newest first."""
        found = self.site.corrections.values()
        return tuple(sorted(found, key=lambda item: (item.date, item.id), reverse=True))

    @cached_property
    def values_by_source(self) -> Mapping[str, tuple[RestingValue, ...]]:
        """Source → the values that rest on it."""
        return values_by_source(self.site)

    @cached_property
    def meters(self) -> tuple[tuple[str, Meter], ...]:
        """The evidence meter of the whole site, by what the values are of."""
        return site_meters(self.site, self.site.clock.as_of)

    def measured(self, key: str) -> Iterable[Measured]:
        """Return the values of one record, as the evidence meter sees them."""
        prefix, _, name = key.partition(":")
        collection = _MEASURED.get(prefix)
        if collection is not None:
            return measured_in(getattr(self.site, collection)[name])
        if prefix == "subject":
            comparison, _, subject = name.partition("/")
            cells = self.site.comparisons[comparison].cells
            return measured_cells({at: cells[at] for at in cells if at[1] == subject})
        return measured_in(tuple(self.site.figures.values())) if key == "page:figures" else ()

    @cached_property
    def _folded_archives(self) -> Mapping[str, str]:
        return {key: fold(item.text) for key, item in self.site.archives.items()}

    def has_quote(self, evidence: Evidence) -> bool | None:
        """Say whether a quote is in its source's archived text; None where that is not kept."""
        text = self._folded_archives.get(evidence.source)
        return None if text is None else fold(evidence.quote) in text

    def articles_about(self, key: str) -> tuple[Article, ...]:
        """Return the articles about a record, newest first."""
        return self.articles_by_tie.get(key, ())

    def articles_on(self, topic: str) -> tuple[Article, ...]:
        """Return the articles on a topic, newest first."""
        return self.articles_by_tie.get(f"topic:{topic}", ())

    def related(self, article: Article) -> tuple[Article, ...]:
        """Return the articles that share most with one, newer ones first among equals."""
        shared: Counter[str] = Counter()
        for tie in dict.fromkeys(_ties(article)):
            shared.update(item.id for item in self.articles_by_tie[tie])
        del shared[article.id]
        best = sorted(shared, key=lambda other: (-shared[other], self._places[other]))
        return tuple(self.site.articles[other] for other in best[:RELATED_COUNT])

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {article.id: place for place, article in enumerate(self.articles)}


def _ties(article: Article) -> Iterable[str]:
    yield from article.about
    yield from (f"topic:{topic}" for topic in article.topics)
