"""Opens a site in a process: from heads and choices to what pages are composed with.

Never: reads a file whose records nobody asks for.
"""

import os
from collections.abc import Callable, Hashable, Mapping
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from alliance_site.build.library import DiskLibrary
from alliance_site.build.options import BuildOptions
from alliance_site.diagnostics import UsageError
from alliance_site.model import (
    NO_IMAGES,
    Catalog,
    Clock,
    Comparison,
    DocumentHead,
    Head,
    Images,
    Library,
    PartialDate,
    Site,
    make_catalog,
    open_site,
    settings_of,
)
from alliance_site.model.records import SiteSettings
from alliance_site.paths import UrlPath
from alliance_site.route import RouteTable, make_routes
from alliance_site.view import Composer

SETTINGS = "content/site.yaml"


class Opening(Struct, frozen=True, kw_only=True):
    """What a site is opened with; it can be sent to another process.

    Attributes:
        heads: Of every content file.
        clock: The days the site speaks for.
        faulty: Keys of records that could not be made.
        notices: Where the notices of corrections stand, once that is known.
        images: Those that texts show, and might show.
    """

    heads: tuple[DocumentHead, ...]
    clock: Clock
    with_drafts: bool
    faulty: frozenset[str] = frozenset()
    notices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    images: Images = NO_IMAGES

    @property
    def ground(self) -> tuple[Hashable, ...]:
        """What it is opened with, besides heads."""
        images = (tuple(self.images.shown.items()), self.images.files)
        return (self.clock, self.with_drafts, self.faulty, self.notices, images)

    @property
    def choices(self) -> "Opening":
        """What is chosen, without what files say."""
        return Opening(heads=(), clock=self.clock, with_drafts=self.with_drafts)


class Routing(Struct, frozen=True, kw_only=True):
    """What pages need besides the site; it can be sent to another process.

    Attributes:
        stylesheets: Page template → path of its style sheet within the site.
        listed: Key and address of what follows from what records say, and not from their ids.
        speaks_for: The day that pages name.
    """

    base_url: str
    stylesheets: Mapping[str, UrlPath]
    scripts: tuple[UrlPath, ...]
    listed: tuple[tuple[str, str], ...]
    speaks_for: PartialDate


def read_settings(library: Library) -> SiteSettings | None:
    """Return the site's settings; None where they could not be made."""
    settings, _ = settings_of([library.document(SETTINGS)])
    return settings


def open_library(opening: Opening, library: DiskLibrary) -> Site:
    """Open the site.

    Raises:
        ValueError: Its settings could not be made.
    """
    settings = read_settings(library)
    if settings is None:
        raise ValueError(SETTINGS)

    def make() -> Catalog:
        catalog = make_catalog(
            opening.heads,
            settings,
            as_of=opening.clock.as_of,
            with_drafts=opening.with_drafts,
            notices=opening.notices,
            images=opening.images,
        )
        order = library.remember(
            "order of articles", catalog.digest_of_listings, catalog.put_in_order
        )
        return replace(catalog.without(opening.faulty), ordered=order)

    catalog = library.catalog(opening.ground, opening.heads, make)
    ground = f"{opening.clock!r} {catalog.documents[SETTINGS].digest}"

    def remember(head: Head, make: Callable[[], Comparison]) -> Comparison:
        return library.remember(f"comparison {head.id}", f"{head.digest} {ground}", make)

    return open_site(catalog, settings, library, opening.clock, remember=remember)


def route(routing: Routing, site: Site, routes: RouteTable | None) -> Composer:
    """Give everything its address; collisions have been reported."""
    if routes is None:
        routes, _ = make_routes(site, routing.listed)
    return Composer(
        site=site,
        routes=routes,
        base_url=routing.base_url,
        stylesheets=routing.stylesheets,
        scripts=routing.scripts,
        as_of=routing.speaks_for,
    )


def day_of(options: BuildOptions, settings: SiteSettings) -> date:
    """Decide the build's date: asked for, the environment's, the site's own, or today.

    Raises:
        UsageError: The environment names no day.
    """
    if options.as_of is not None:
        return options.as_of
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        message = f"SOURCE_DATE_EPOCH is `{epoch}`, expected seconds since 1970"
        if not (epoch.isascii() and epoch.isdigit()):
            raise UsageError(message)
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError) as error:
            raise UsageError(message) from error
    return settings.as_of.latest() if settings.as_of else datetime.now(UTC).date()


def check_known_on(options: BuildOptions, settings: SiteSettings) -> None:
    """Refuse a day before the site began, when nothing was recorded.

    Raises:
        UsageError: It is one.
    """
    founded = settings.founded
    if options.known_on is not None and options.known_on < founded.earliest():
        raise UsageError(
            f"--known-on is {options.known_on}, but this site began on {founded}: nothing was "
            "recorded before"
        )


def day_named(options: BuildOptions, site: Site, as_of: date) -> PartialDate:
    """Return the day that pages name: the build's date, where somebody has set it.

    Where nobody has, that would be today, and every page would be another one each day; they name
    the day of the newest article then.
    """
    if options.as_of or os.environ.get("SOURCE_DATE_EPOCH") or site.settings.as_of:
        return PartialDate.of(as_of)
    days = (item.updated or item.published for item in site.catalog.order)
    return max(days, default=site.settings.founded)


def base_url_of(options: BuildOptions, settings: SiteSettings) -> str:
    """Return the site's address with a slash at its end.

    Raises:
        UsageError: It is none.
    """
    url = options.base_url if options.base_url is not None else settings.url
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in {"https", "http"} and bool(parts.hostname)
    except ValueError:
        is_whole = False
    if not is_whole or {"?", "#"} & set(url):
        raise UsageError(f"the base URL is `{url}`, expected one such as https://example.org/path/")
    return f"{url.rstrip('/')}/"
