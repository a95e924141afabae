"""Room 3: records → URLs: every address of the site, and the collisions among them.

To change an address, change this module alone. An organisation keeps its address when it joins or
leaves an alliance: the address is its identity, the membership a dated fact about it.

Never: looks at templates; knows the base path.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from msgspec import Struct, field

from alliance_site.diagnostics import Code, Diagnostic, Span
from alliance_site.ids import INTRODUCED, PAGE_LISTS
from alliance_site.model import (
    Comparison,
    Site,
    SiteImage,
    Trace,
    filtered_groups,
    filtered_values,
    groupings,
    headline_value,
    members_of,
    pairs_of,
    table_parts,
)
from alliance_site.model.records import SocialImages
from alliance_site.paths import UrlPath, slugify
from alliance_site.pictures import WAY, Encoding, fallback_of, sizes_for
from alliance_site.typeface import is_drawable

__all__ = [
    "ALL_REFERENCES",
    "FACETS",
    "LISTS",
    "PAGE_SIZE",
    "RECEIPT_LISTS",
    "PictureFile",
    "RouteTable",
    "article_pages",
    "chart_ids",
    "facet_values",
    "former_addresses",
    "image_key",
    "image_keys",
    "listed_routes",
    "make_routes",
    "picture_files",
    "receipt_key",
    "reference_urls",
]

FACETS = ("classification", "country", "sector")
"""By which values of members there are pre-built lists, and the word in their address."""

PAGE_SIZE = 30
"""How many articles a list page holds."""

MOST_ARTICLE_IMAGES = 1000
"""Up to how many articles have each an image of its own, where the site does not ask for all."""

_PLURALS = {
    "org": "organizations",
    "alliance": "alliances",
    "objective": "objectives",
    "comparison": "comparisons",
    "article": "articles",
    "source": "sources",
    "topic": "topics",
}
_ANCHORED = {
    "event": "/timeline/",
    "argument": "/arguments/",
    "figure": "/figures/",
    "objective-set": "/objectives/",
    "correction": "/corrections/",
}
LISTS = {
    "article": "page:articles",
    "argument": "page:arguments",
    "comparison": "page:comparisons",
    "correction": "page:corrections",
    "criterion": "page:comparisons",
    "event": "page:timeline",
    "figure": "page:figures",
    "objective": "page:objectives",
    "objective-set": "page:objectives",
    "org": "page:organizations",
    "source": "page:sources",
    "subject": "page:comparisons",
}
"""Where a link leads to a record that the site knows and does not show."""
_OWN_ADDRESS = {"home": "/"}
_FIXED = {
    "404": "/404.html",
    "feed": "/feed.xml",
    "feed-json": "/feed.json",
    "llms": "/llms.txt",
    "changes-feed": "/changes.xml",
    "changes-feed-json": "/changes.json",
    "corrections-feed": "/corrections.xml",
    "corrections-feed-json": "/corrections.json",
    "robots": "/robots.txt",
    "sitemap": "/sitemap.xml",
}


def route_question(key: str) -> str:
    """Return what is noted when the address of a record is asked for: whether there is one."""
    return f"@{key.partition('#')[0]}"


class RouteTable(Struct, frozen=True, eq=False):
    """Every address.

    Attributes:
        url_by_key: `org:ibm` → `/organizations/ibm/`; a record without a page of its own has an
            address with a fragment (`figure:x` → `/figures/#x`).
        key_by_former: Former address → the key it now belongs to.
        trace: Notes what is asked for.
    """

    url_by_key: Mapping[str, UrlPath]
    key_by_former: Mapping[UrlPath, str]
    trace: Trace = field(default_factory=Trace)

    def url(self, key: str) -> UrlPath:
        """Return an address; a fragment in the key is kept."""
        self.trace.note(route_question(key))
        name, hash_mark, fragment = key.partition("#")
        return UrlPath(f"{self.url_by_key[name]}{hash_mark}{fragment}")


def former_addresses(routes: RouteTable) -> Mapping[UrlPath, str]:
    """Return former addresses with the keys they now belong to, and note that they were read."""
    routes.trace.note("former ")
    return routes.key_by_former


def make_routes(
    site: Site, listed: Iterable[tuple[str, str]] | None = None
) -> tuple[RouteTable, tuple[Diagnostic, ...]]:
    """Give every record and page its address.

    Args:
        site: All records; none is read but to report a fault.
        listed: What `listed_routes` gives, where that is known already.

    Returns:
        The table, and an error for each address that two would share.
    """
    known = listed_routes(site) if listed is None else listed
    urls = {key: UrlPath(url) for key, url in (*_routes(site), *known)}
    redirects: dict[UrlPath, str] = {}
    faults = list(_taken(site))
    pages = {key: url for key, url in urls.items() if "#" not in url}
    owner = {url: key for key, url in reversed(pages.items())}
    for key, url in pages.items() if len(owner) < len(pages) else ():
        if owner[url] != key:
            faults.append(_collision(url, key, owner[url], _span_of(site, key)))
    # Who follows a link to what is not shown (an article that is not out) finds those that are.
    urls |= {
        key: urls[LISTS[prefix]]
        for key in sorted(site.catalog.names.keys() - urls.keys())
        if (prefix := key.partition(":")[0]) in LISTS
    }
    for key, former in _former(site):
        url = UrlPath(_record_url(key.partition(":")[0], former))
        if redirects.get(url) == key:
            faults.append(_written_twice(key, former, _span_of(site, key)))
        elif url in owner or url in redirects:
            other = owner.get(url) or redirects[url]
            faults.append(_collision(url, key, other, _span_of(site, key)))
        redirects[url] = key
    table = RouteTable(MappingProxyType(urls), MappingProxyType(redirects), site.trace)
    return table, tuple(faults)


def _taken(site: Site) -> Iterator[Diagnostic]:
    """Yield the site's own pages that would take the place of one that every site has."""
    for key in PAGE_LISTS:
        if key in site.catalog.heads["pages"] and key not in INTRODUCED:
            url = _OWN_ADDRESS.get(key, f"/{key}/")
            yield Diagnostic(
                code=Code.ROUTE_COLLISION,
                message=f"the page `{key}` has the name of one that every site has, at {url}",
                span=_span_of(site, f"page:{key}"),
                hint=f"rename the file; only {_INTRODUCED_IN_WORDS} takes a text of the site's own",
            )


_INTRODUCED_IN_WORDS = ", ".join(f"`{key}`" for key in sorted(INTRODUCED))


def _span_of(site: Site, key: str) -> Span:
    """Say where a collision is reported: at the record; at the settings for a page of many."""
    prefix, _, name = key.partition(":")
    if prefix == "comparison":
        return site.comparisons[name].file.span
    if prefix in {"group", "pair", "part", "sides", "value"}:
        return site.comparisons[name.partition("/")[0]].file.span
    if prefix in {"criterion", "subject"}:
        comparison = site.comparisons[name.partition("/")[0]]
        items = comparison.criteria if prefix == "criterion" else comparison.file.subjects
        return next(item.span for item in items if item.id == name.partition("/")[2])
    collection = _WITH_PAGES.get(prefix, "")
    record = getattr(site, collection).get(name) if collection else None
    span: Span = site.settings.span if record is None else record.span
    return span


def reference_urls(source_url: UrlPath) -> tuple[UrlPath, UrlPath]:
    """Return where a source is described as BibTeX and as CSL-JSON: below its page, by its id."""
    name = source_url.rstrip("/").rpartition("/")[2]
    return UrlPath(f"{source_url}{name}.bib"), UrlPath(f"{source_url}{name}.csl.json")


ALL_REFERENCES = (UrlPath("/data/sources.bib"), UrlPath("/data/sources.csl.json"))
"""Where all sources are described as BibTeX and as CSL-JSON."""


def facet_values(site: Site, facet: str) -> tuple[str, ...]:
    """Return the values by which members can be listed, in the order of their ids."""
    values = (headline_value(getattr(item, facet)) for item in members_of(site))
    return tuple(sorted({str(value) for value in values if value is not None}))


def article_pages(count: int) -> int:
    """Return how many older list pages there are beside the front page.

    They are numbered from the oldest, so that a new article changes none of them; the front page
    holds from one page's worth of articles up to nearly two.
    """
    return max(count // PAGE_SIZE - 1, 0)


def _record_url(prefix: str, record_id: str) -> str:
    return f"/{record_id}/" if prefix == "page" else f"/{_PLURALS[prefix]}/{record_id}/"


def _routes(site: Site) -> Iterator[tuple[str, str]]:
    """Yield every key whose address follows from ids, with that address."""
    for prefix, collection in _WITH_PAGES.items():
        for key in site.catalog.heads[collection]:
            # A page of a name that every site has is no second page; `_taken` reports it.
            if not (prefix == "page" and key in PAGE_LISTS):
                yield f"{prefix}:{key}", _record_url(prefix, key)
    yield from _comparison_routes(site)
    yield from _list_routes(site)
    yield from ((f"receipts:{name}", f"/receipts/{name}/") for name in RECEIPT_LISTS)


_WITH_PAGES = {
    "org": "organizations",
    "alliance": "alliances",
    "objective": "objectives",
    "article": "articles",
    "source": "sources",
    "page": "pages",
}
"""The kinds of record that have a page each: the prefix of their keys, and their collection."""


def _image_routes(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the address of each page's image, beside the page, under `image:` and the page's key.

    A page whose name the typeface cannot write has none. Those of comparisons follow from their
    questions, and stand in `listed_routes`.
    """
    if not _has_images(site):
        return
    yield "image:page:home", "/card.png"
    for chart in chart_ids(site):
        yield f"image:chart:{chart}", f"/charts/{chart}/card.png"
    prefixes = [*_WITH_IMAGES, *(["article"] if _has_article_images(site) else [])]
    for prefix in prefixes:
        for key, head in site.catalog.heads[_WITH_PAGES[prefix]].items():
            if is_drawable(head.name):
                yield f"image:{prefix}:{key}", f"{_record_url(prefix, key)}card.png"


def _has_images(site: Site) -> bool:
    settings = site.settings
    return settings.social_images is not SocialImages.NONE and is_drawable(settings.title)


def _has_article_images(site: Site) -> bool:
    is_asked = site.settings.social_images is SocialImages.ALL
    return is_asked or site.has_few_articles(MOST_ARTICLE_IMAGES)


def image_key(routes: RouteTable, site: Site, key: str) -> str:
    """Return the key of a page's image; of the site's own where the page has none, or empty."""
    if key.startswith("article:"):
        site.has_few_articles(MOST_ARTICLE_IMAGES)
    site.trace.note(f"@{key}")
    names = (f"image:{key}", "image:page:home")
    return next((name for name in names if name in routes.url_by_key), "")


def image_keys(routes: RouteTable, site: Site) -> Iterator[str]:
    """Yield the keys of all images, and note what decides which there are."""
    site.trace.note("names ")
    site.has_few_articles(MOST_ARTICLE_IMAGES)
    for collection in ("alliances", "comparisons", "objectives"):
        site.trace.note(f"all {collection}")
    yield from (name for name in routes.url_by_key if name.startswith("image:"))


def _list_routes(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the addresses of pages that no one record owns, and of records without a page."""
    yield from _FIXED.items()
    yield from ((f"chart:{chart}", f"/charts/{chart}/") for chart in chart_ids(site))
    yield from _image_routes(site)
    for name in PAGE_LISTS:
        yield f"page:{name}", _OWN_ADDRESS.get(name, f"/{name}/")
    for topic in site.settings.vocabularies.topics:
        yield f"topic:{topic}", f"/topics/{topic}/"
        yield f"feed:{topic}", f"/topics/{topic}/feed.xml"
        yield f"feed-json:{topic}", f"/topics/{topic}/feed.json"
    for prefix, url in _ANCHORED.items():
        for key in site.catalog.heads[f"{prefix.replace('-', '_')}s"]:
            yield f"{prefix}:{key}", f"{url}#{key}"
    for number in range(1, article_pages(len(site.catalog.heads["articles"])) + 1):
        yield f"articles:{number}", f"/articles/page/{number}/"


_SITE_CHARTS = (
    "alliances",
    "members-by-country",
    "members-by-kind",
    "members-by-sector",
    "objectives",
    "timeline",
)
_WITH_IMAGES = ("alliance", "objective", "org")
_COMPARISON_CHARTS = ("criteria", "editions", "groups", "moves")


def chart_ids(site: Site) -> Iterator[str]:
    """Yield the ids of all charts that a site may have; one that would say nothing is not made."""
    yield from _SITE_CHARTS
    for alliance in site.alliances:
        yield f"{alliance}-growth"
    for comparison in site.comparisons:
        for name in _COMPARISON_CHARTS:
            yield f"{comparison}-{name}"


def _comparison_routes(site: Site) -> Iterator[tuple[str, str]]:
    for key in site.catalog.heads["comparisons"]:
        home = f"/comparisons/{key}/"
        yield f"comparison:{key}", home
        yield f"receipts:comparisons/{key}", f"/receipts/comparisons/{key}/"
        for term in site.catalog.terms_of(key):
            prefix, _, name = term.partition(":")
            if prefix in _TERM_FOLDERS:
                yield term, f"{home}{_TERM_FOLDERS[prefix]}/{name.partition('/')[2]}/"


def listed_routes(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the addresses that follow from what records say, and not from their ids alone.

    They are lists of members by a value, and pages that show a comparison in part, or two of its
    subjects side by side.
    """
    for facet in FACETS:
        for value in facet_values(site, facet):
            yield f"members:{facet}/{value}", f"/members/{facet}/{value.lower()}/"
    for key, comparison in site.comparisons.items():
        if _has_images(site) and is_drawable(comparison.file.question):
            yield f"image:comparison:{key}", f"/comparisons/{key}/card.png"
        for name, url in _arranged_routes(site, comparison):
            yield name, f"/comparisons/{key}/{url}"


def _arranged_routes(site: Site, comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Yield the pages that show a comparison in part, or two of it side by side."""
    key = comparison.id
    for part in table_parts(comparison):
        end = "" if part.place == 1 else f"{part.place}/"
        yield f"part:{key}/{part.id}/{part.place}", f"table/{part.id}/{end}"
    for group in filtered_groups(comparison):
        yield f"group:{key}/{group}", f"groups/{group}/"
    for value in filtered_values(comparison):
        yield f"value:{key}/{value}", f"values/{value.replace('_', '-')}/"
    for a, b in pairs_of(comparison):
        yield f"pair:{key}/{a}/{b}", f"pairs/{a}/{b}/"
    for one, other in groupings(site, comparison):
        yield f"sides:{key}/{one.id}/{other.id}", f"groups/{one.id}/{other.id}/"


def receipt_key(figure: str) -> str:
    """Return the key of a figure's receipt: of the page that holds it, with its anchor there.

    Args:
        figure: Its name, such as `count/members/country/US` or `score/openness/2024/acme`.
    """
    first, second, *rest = f"{figure}/".split("/")
    if first == "count":
        name = f"comparisons/{rest[0]}" if second == "cells" else _COUNTS.get(second, first)
    else:
        name = first if first in RECEIPT_LISTS else f"comparisons/{second}"
    return f"receipts:{name}#{figure}"


RECEIPT_LISTS = ("articles", "chart", "count", "evidence", "members", "release", "resting")
"""The families of figures that have a page of receipts each; others have one a comparison."""

_COUNTS = {
    "alliance-members": "members",
    "articles": "articles",
    "compared-members": "members",
    "countries": "members",
    "launch-members": "members",
    "members": "members",
    "topics": "articles",
}
"""What is counted → the page of the receipt, where it stands apart: of articles there may be very
many, and which members there are is asked of every organisation."""

_TERM_FOLDERS = {"criterion": "criteria", "subject": "subjects"}


def _former(site: Site) -> Iterator[tuple[str, str]]:
    """Yield each key with the former ids that now belong to it."""
    for prefix, collection in (*_WITH_PAGES.items(), ("comparison", "comparisons")):
        for key, head in site.catalog.heads[collection].items():
            for former in head.former_ids:
                yield f"{prefix}:{key}", former


def _collision(url: str, key: str, other: str, span: Span) -> Diagnostic:
    return Diagnostic(
        code=Code.ROUTE_COLLISION,
        message=f"`{key}` would have the address {url}, which belongs to `{other}`",
        span=span,
        hint="rename one of them, or remove the former id",
    )


def _written_twice(key: str, former: str, span: Span) -> Diagnostic:
    return Diagnostic(
        code=Code.ROUTE_COLLISION,
        message=f"`{former}` stands twice in the `former_ids` of `{key}`",
        span=span,
        hint="take one of them out",
    )


class PictureFile(Struct, frozen=True):
    """A file that a picture is offered as."""

    url: UrlPath
    encoding: Encoding
    width: int
    height: int


def picture_files(image: SiteImage) -> tuple[PictureFile, ...]:
    """Return the files that an image is offered as: by encoding, then by width, the fallback last.

    Each is named for the original's bytes and for the way in which it is made of them, so that
    browsers may keep it for ever. None for an image that is shown as it is.
    """
    own, header = image.own_encoding, image.header
    if own is None or header is None:
        return ()
    stem = slugify(image.address.rpartition("/")[2].rpartition(".")[0])
    name = hashlib.sha256(f"{image.digest} {WAY}".encode()).hexdigest()[:10]
    sizes = sizes_for(header.width, header.height)
    offered = ((encoding, size) for encoding in image.encodings for size in sizes)
    return tuple(
        PictureFile(UrlPath(f"/assets/{stem}-{name}-{size[0]}.{encoding}"), encoding, *size)
        for encoding, size in (*offered, (own, fallback_of(sizes)))
    )
