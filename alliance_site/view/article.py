"""Articles: the list and its older pages, topics, one page each, the feed.

Never: decides an address.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from alliance_site.model.records import Article
from alliance_site.route import PAGE_SIZE, article_pages
from alliance_site.view.cards import article_card, feed_links
from alliance_site.view.composer import Composer, words
from alliance_site.view.corrections import correction_view
from alliance_site.view.grounds import grounded, minutes_to_read, own_receipt, words_printed
from alliance_site.view.page import Page
from alliance_site.view.pages import (
    ArticlesView,
    ArticleView,
    AuthorView,
    TopicView,
)
from alliance_site.view.parts import ArticleCard, Link, Tally
from alliance_site.view.structured import article as entry_of_article
from alliance_site.view.structured import described
from alliance_site.view.words import is_right_to_left


def articles_pages(composer: Composer) -> Iterator[Page]:
    """Make the list of articles.

    Pages are numbered from the oldest, so that a new article changes the front page alone until
    that is full.
    """
    ids = composer.index.articles.ids
    last = article_pages(len(ids))
    oldest_first = ids[::-1]
    for number in range(last, -1, -1):
        start = PAGE_SIZE * (number - 1 if number else last)
        chunk = oldest_first[start : start + PAGE_SIZE if number else None][::-1]
        key = f"articles:{number}" if number else "page:articles"
        make = partial(_articles_view, composer, chunk, number, last)
        yield Page(composer.routes.url(key), "pages/articles.html", make)


def _articles_view(
    composer: Composer, chunk: Sequence[str], number: int, last: int
) -> ArticlesView:
    """Make the view of a list page; number 0 is the front page, with the newest articles."""
    key = f"articles:{number}" if number else "page:articles"
    crumbs = (composer.link("page:articles", "Analysis"),) if number else ()
    title = f"Analysis, page {number} from the oldest" if number else "Analysis"
    older = (number - 1 if number else last) or None
    newer = None if not number else number + 1 if number < last else 0
    dek = (
        "Analyses, news and explainers, newest first. Each names its sources, what speaks against "
        "it, and what is not known."
    )
    return ArticlesView(
        frame=composer.frame(key, "articles", title, dek, crumbs, section="page:articles"),
        dek=dek,
        # An older page stays as it is when an article is added: it counts nothing.
        topics=() if number else _topic_tallies(composer),
        articles=tuple(article_card(composer, item) for item in composer.site.listings_of(chunk)),
        newer=_list_link(composer, newer, "Newer"),
        older=_list_link(composer, older, "Older"),
        feeds=feed_links(composer, "feed", "feed-json"),
    )


def _list_link(composer: Composer, number: int | None, text: str) -> Link | None:
    if number is None:
        return None
    return Link(text, composer.url(f"articles:{number}" if number else "page:articles"))


def _topic_tallies(composer: Composer, current: str = "") -> tuple[Tally, ...]:
    """Count articles and arguments by topic, in the order of the vocabulary; empty topics too."""
    # Every topic's page shows those of all topics.
    tallies = composer.index.ask("topic tallies", lambda: tuple(_tallies(composer)))
    topics = composer.site.settings.vocabularies.topics
    return tuple(
        replace(tally, is_current=True) if topic == current else tally
        for topic, tally in zip(topics, tallies, strict=True)
    )


def _tallies(composer: Composer) -> Iterator[Tally]:
    index = composer.index
    for topic, label in composer.site.settings.vocabularies.topics.items():
        yield Tally(
            label,
            index.article_count_on(topic) + len(index.arguments_by_topic.get(topic, ())),
            composer.url(f"topic:{topic}"),
            receipt=composer.receipt(f"count/topics/{topic}"),
        )


def topic_pages(composer: Composer) -> Iterator[Page]:
    """Make one page a topic."""
    for topic in composer.site.settings.vocabularies.topics:
        make = partial(_topic_view, composer, topic)
        yield Page(composer.routes.url(f"topic:{topic}"), "pages/topic.html", make)


def _topic_view(composer: Composer, topic: str) -> TopicView:
    label = composer.site.settings.vocabularies.topics[topic]
    found = composer.index.articles_on(topic)
    arguments = composer.index.arguments_by_topic.get(topic, ())
    return TopicView(
        frame=composer.frame(
            f"topic:{topic}",
            "topic",
            f"Topic: {label}",
            f"{label}: {_of_topic(composer, len(found), len(arguments))} on this site.",
            (composer.link("page:articles", "Analysis"),),
            section="page:articles",
            feed=f"feed:{topic}",
        ),
        articles=tuple(article_card(composer, item) for item in found),
        arguments=tuple(composer.link(f"argument:{item.id}") for item in arguments),
        topics=_topic_tallies(composer, topic),
        feeds=feed_links(composer, f"feed:{topic}", f"feed-json:{topic}"),
    )


def _of_topic(composer: Composer, articles: int, arguments: int) -> str:
    """Say what there is of a topic; what there is none of is left out, unless there is nothing."""
    counts = [
        composer.counted(articles, "article", "articles") if articles or not arguments else "",
        composer.counted(arguments, "argument", "arguments") if arguments else "",
    ]
    return " and ".join(filter(None, counts))


def article_page_views(composer: Composer) -> Iterator[Page]:
    """Make one page an article."""
    for article_id in composer.site.articles:
        yield _article_page(composer, article_id)


def article_pages_at(composer: Composer, wanted: Iterable[str]) -> Iterator[Page]:
    """Make the pages of articles at some addresses."""
    for url in wanted:
        article_id = url.strip("/").rpartition("/")[2]
        if article_id in composer.site.articles:
            yield _article_page(composer, article_id)


def _article_page(composer: Composer, article_id: str) -> Page:
    key = f"article:{article_id}"
    make = partial(_article_view, composer, article_id)
    # Which articles there are has been asked, and what is said of one does not move it.
    return Page(composer.routes.url_by_key[key], "pages/article.html", make, record=key)


def _article_view(composer: Composer, article_id: str) -> ArticleView:
    site, notes = composer.site, composer.notes()
    article = site.articles[article_id]
    key = f"article:{article.id}"
    in_short = tuple(composer.prose(item, notes) for item in article.in_short)
    body = composer.prose(article.body, notes)
    compiled = site.prose[body.key]
    dek = composer.prose(article.dek, notes)
    language = "" if article.language == composer.language else article.language or ""
    view = ArticleView(
        frame=composer.frame(
            key,
            "article",
            article.title,
            dek.text,
            (composer.link("page:articles", "Analysis"),),
            section="page:articles",
            open_graph_type="article",
            is_indexed=not article.draft,
            issued=article.published,
            published=composer.date(article.published).iso,
            modified=composer.date(article.updated or article.published).iso,
            has_entries=True,
            authors=tuple(site.settings.authors[item].name for item in article.authors),
        ),
        kind=words(article.kind.value),
        title=article.title,
        dek=dek,
        authors=tuple(_author(composer, item) for item in article.authors),
        published=composer.date(article.published),
        updated=composer.maybe_date(article.updated),
        checked=composer.maybe_date(article.checked),
        minutes=minutes_to_read(words_printed(composer, body)),
        minutes_receipt=own_receipt(composer, "minutes"),
        is_draft=article.draft,
        language=language,
        direction=("rtl" if is_right_to_left(language) else "ltr") if language else "",
        in_short=in_short,
        body=body,
        headings=compiled.headings,
        counterpoint=composer.maybe_prose(article.counterpoint, notes),
        unknowns=composer.maybe_prose(article.unknowns, notes),
        method=composer.maybe_prose(article.method, notes),
        disclosure=composer.maybe_prose(article.disclosure, notes),
        corrections=tuple(
            correction_view(composer, item, notes) for item in composer.corrections_on(key)
        ),
        about=tuple(composer.link(item) for item in article.about),
        topics=tuple(composer.link(f"topic:{item}") for item in article.topics),
        related=_related(composer, article),
        sources=notes.entries(),
    )
    view = grounded(composer, view, notes, key)
    return described(composer, view, entry_of_article(composer, article, view.sources))


def _author(composer: Composer, author_id: str) -> AuthorView:
    author = composer.site.settings.authors[author_id]
    return AuthorView(name=author.name, description=author.description, url=author.url or "")


def _related(composer: Composer, article: Article) -> tuple[ArticleCard, ...]:
    """Make the cards of the articles that share most topics and subjects."""
    return tuple(article_card(composer, item) for item in composer.index.related(article.id))
