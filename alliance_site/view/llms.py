"""`llms.txt`: what the site is and where a program finds it as plain text.

Never: lists what is not there.
"""

from collections.abc import Iterable, Iterator

from alliance_site.paths import UrlPath
from alliance_site.plain import Plain
from alliance_site.view.composer import Composer
from alliance_site.view.markdown import markdown_url
from alliance_site.view.parts import Link

_TITLES = {
    "alliance": "Alliances",
    "comparison": "Comparisons",
    "objective": "Objectives",
    "article": "Analysis, newest first",
    "org": "Organisations",
    "page": "About the site",
}
_ARTICLES = 50
"""How many articles are listed; the feeds and the sitemap have all others."""


class LlmsView(Plain, frozen=True, kw_only=True):
    """`/llms.txt`. Source: llmstxt.org."""

    title: str
    tagline: str
    licence: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]


def llms_view(composer: Composer) -> LlmsView:
    """Make the list."""
    settings = composer.site.settings
    found: dict[str, list[Link]] = {prefix: [] for prefix in _TITLES}
    for key in composer.index.markdown_keys:
        found[key.partition(":")[0]].append(_link(composer, key))
    found["article"] = found["article"][:_ARTICLES]
    groups = [(_TITLES[prefix], tuple(links)) for prefix, links in found.items() if links]
    return LlmsView(
        title=settings.title,
        tagline=settings.tagline,
        licence=settings.licence,
        groups=(*groups, ("Data", tuple(_data(composer)))),
    )


def _link(composer: Composer, key: str) -> Link:
    url = composer.path(markdown_url(composer.routes.url(key)))
    return Link(composer.site.names[key], composer.absolute(url))


def _data(composer: Composer) -> Iterable[Link]:
    yield from _absolute(
        composer,
        (
            ("Every table as CSV and JSON", composer.url("page:data")),
            ("All sources as CSL-JSON", composer.path(UrlPath("/data/sources.csl.json"))),
            ("Sitemap", composer.url("sitemap")),
            ("Feed with full texts", composer.url("feed")),
        ),
    )


def _absolute(composer: Composer, pairs: Iterable[tuple[str, str]]) -> Iterator[Link]:
    for text, url in pairs:
        yield Link(text, composer.absolute(url))
