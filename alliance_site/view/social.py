"""What the image of a page says, which other sites show beside a link to it.

Never: draws it (that is `render`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from alliance_site.chart import Form
from alliance_site.model import headline_value, members_of
from alliance_site.plain import Plain
from alliance_site.route import image_keys
from alliance_site.typeface import is_drawable
from alliance_site.view.cards import facet_label, role_line
from alliance_site.view.charts import make_chart
from alliance_site.view.composer import Composer, shorten, words
from alliance_site.view.page import Page

DRAWN = "(image)"
"""What stands in the place of a template's name for what is drawn, and not written."""


class SocialImageView(Plain, frozen=True, kw_only=True):
    """An image of 1200 by 630 pixels. Source: Open Graph protocol, `og:image`.

    Attributes:
        kind: What kind of page it is of.
        title: The page's title; that of a chart's page is what the chart finds.
        fact: One thing to know of it; may be empty.
        form: The chart to draw in its lower half, in the place of the fact.
    """

    kind: str
    title: str
    fact: str
    site_title: str
    form: Form | None = None


def social_images(composer: Composer) -> Iterator[Page]:
    """Yield the images of all pages that have one, as the route table says."""
    return _images(composer, image_keys(composer.routes, composer.site))


def social_images_at(composer: Composer, wanted: Iterable[str]) -> Iterator[Page]:
    """Yield the images at some addresses."""
    names = composer.images_by_address
    return _images(composer, (names[url] for url in wanted if url in names))


def _images(composer: Composer, names: Iterable[str]) -> Iterator[Page]:
    for name in names:
        url = composer.routes.url(name)
        prefix, _, record = name.removeprefix("image:").partition(":")
        if prefix != "chart" or make_chart(composer, record) is not None:
            yield Page(url, DRAWN, partial(_social_image, composer, prefix, record))


def _social_image(composer: Composer, prefix: str, record: str) -> SocialImageView:
    kind, title, fact = _MAKERS[prefix](composer, record)
    chart = make_chart(composer, record) if prefix == "chart" else None
    title = chart.title if chart is not None else title
    can_show = chart is not None and all(is_drawable(text) for text in _texts(chart.form))
    return SocialImageView(
        kind=kind if is_drawable(kind) else "",
        title=shorten(title if is_drawable(title) else composer.site.settings.title, 140),
        fact=shorten(fact, 160) if is_drawable(fact) else "",
        site_title=composer.site.settings.title,
        form=chart.form if chart is not None and can_show else None,
    )


def _texts(value: Any) -> Iterator[str]:
    """Yield every text within a form."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, Plain):
        for name in value.__struct_fields__:
            yield from _texts(getattr(value, name))


_Words = tuple[str, str, str]
"""Kind, title and fact."""


def _of_page(composer: Composer, _: str) -> _Words:
    settings = composer.site.settings
    return "", settings.title, settings.tagline


def _of_article(composer: Composer, record: str) -> _Words:
    article = composer.site.articles[record]
    return words(article.kind.value), article.title, composer.text(article.dek)


def _of_organization(composer: Composer, record: str) -> _Words:
    organization = composer.site.organizations[record]
    what = [
        facet_label(composer, facet, str(headline_value(getattr(organization, facet)) or ""))
        for facet in ("classification", "country")
    ]
    role = role_line(composer, organization)
    return role or "Organisation", organization.name, ", ".join(item for item in what if item)


def _of_alliance(composer: Composer, record: str) -> _Words:
    alliance = composer.site.alliances[record]
    count = len(members_of(composer.site, record))
    named = f"{composer.number(count)} members named in a source"
    return "Alliance", alliance.name, named if count else ""


def _of_objective(composer: Composer, record: str) -> _Words:
    objective = composer.site.objectives[record]
    status = headline_value(objective.status)
    state = words(status.value) if status is not None else "Not known"
    count = len(objective.deliverables)
    pieces = "1 piece of evidence" if count == 1 else f"{count} pieces of evidence"
    return f"Objective {objective.number}", objective.title, f"{state}: {pieces}"


def _of_comparison(composer: Composer, record: str) -> _Words:
    comparison = composer.site.comparisons[record]
    chart = make_chart(composer, f"{record}-groups")
    return (
        f"Comparison: {comparison.file.title}",
        comparison.file.question,
        chart.title if chart else "",
    )


def _of_chart(_: Composer, __: str) -> _Words:
    return "Chart", "", ""


_MAKERS: Mapping[str, Callable[[Composer, str], _Words]] = {
    "alliance": _of_alliance,
    "article": _of_article,
    "chart": _of_chart,
    "comparison": _of_comparison,
    "objective": _of_objective,
    "org": _of_organization,
    "page": _of_page,
}
