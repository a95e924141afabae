"""Feeds of articles with their whole text, of all and of each topic, as Atom and as JSON Feed.

Never: decides an address.
"""

from collections.abc import Callable, Iterator
from functools import partial

from alliance_site.model import Listings, PartialDate
from alliance_site.model.records import Article
from alliance_site.view.composer import Composer
from alliance_site.view.page import Page
from alliance_site.view.pages import FeedEntry, FeedView

FEED_COUNT = 20
"""How many articles a feed holds, the newest first."""

_TEMPLATES = (("feed", "feeds/feed.xml"), ("feed-json", "feeds/feed.json"))


def feed_pages(composer: Composer) -> Iterator[Page]:
    """Make both feeds of all articles, and both of each topic.

    Which articles stand in one is asked when its view is made, so that it rests on no other topic.
    """
    settings, index = composer.site.settings, composer.index
    for name, template in _TEMPLATES:
        make = partial(
            _feed_view, composer, name, "page:home", settings.title, lambda: index.articles
        )
        yield Page(composer.routes.url(name), template, make)
    for topic, label in settings.vocabularies.topics.items():
        # Both in turn, as both hold the same entries.
        for name, template in _TEMPLATES:
            make = partial(
                _feed_view,
                composer,
                f"{name}:{topic}",
                f"topic:{topic}",
                f"{settings.title}: {label}",
                partial(index.articles_on, topic),
            )
            yield Page(composer.routes.url(f"{name}:{topic}"), template, make)


def _feed_view(
    composer: Composer, key: str, home: str, title: str, articles: Callable[[], Listings]
) -> FeedView:
    """Make a feed of the newest of some articles."""
    settings = composer.site.settings

    def newest() -> tuple[PartialDate, tuple[FeedEntry, ...]]:
        found = [composer.site.articles[key] for key in articles().ids[:FEED_COUNT]]
        days = (item.updated or item.published for item in found)
        return max(days, default=settings.founded), tuple(_feed_entry(composer, i) for i in found)

    changed, entries = composer.index.ask_in_turn(f"feed of {home}", newest)
    return FeedView(
        title=title,
        subtitle=settings.tagline if home == "page:home" else "",
        url=composer.absolute(composer.url(key)),
        home=composer.absolute(composer.url(home)),
        language=settings.language,
        updated=rfc3339(changed),
        publisher=settings.publisher.name,
        licence=settings.licence,
        entries=entries,
    )


def _feed_entry(composer: Composer, article: Article) -> FeedEntry:
    settings = composer.site.settings
    return FeedEntry(
        title=article.title,
        url=composer.absolute(composer.url(f"article:{article.id}")),
        published=rfc3339(article.published),
        updated=rfc3339(article.updated or article.published),
        summary=composer.text(article.dek),
        authors=tuple(settings.authors[item].name for item in article.authors),
        content=composer.feed_prose(article.body),
    )


def rfc3339(value: PartialDate) -> str:
    """Write the first moment of a date, as feeds do. Source: RFC 3339."""
    return f"{value.earliest().isoformat()}T00:00:00Z"
