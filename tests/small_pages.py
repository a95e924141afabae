"""Small sites as pages: the views and tables made of a few files, in one place."""

from dataclasses import dataclass
from typing import Any

from alliance_site.model import PartialDate
from alliance_site.paths import UrlPath
from alliance_site.route import make_routes
from alliance_site.view import (
    Composer,
    Summary,
    Table,
    all_pages,
    summarize,
)
from tests.small_site import TODAY, Files, site_of

BASE_URL = "https://commons.example/"


@dataclass(frozen=True)
class Made:
    """A page with its view."""

    url: str
    template: str
    view: Any
    summary: Summary | None


def composer_of(files: Files | None = None, base_url: str = BASE_URL) -> Composer:
    """Make a composer for some files that hold no errors."""
    site = site_of(files)
    routes, faults = make_routes(site)
    assert faults == ()
    return Composer(
        site=site,
        routes=routes,
        base_url=base_url,
        stylesheets={"pages/home.html": UrlPath("/assets/home.css")},
        as_of=PartialDate.of(TODAY),
    )


def pages_of(files: Files | None = None, base_url: str = BASE_URL) -> list[Made]:
    """Make every page of a small site."""
    made: list[Made] = []
    for page, view in all_pages(composer_of(files, base_url)):
        summary = summarize(page, view)
        told = summary if isinstance(summary, Summary) else None
        made.append(Made(page.url, page.template, view, told))
    return made


def view_at(url: str, files: Files | None = None, base_url: str = BASE_URL) -> Any:
    """Return the view of the page at an address."""
    return next(page.view for page in pages_of(files, base_url) if page.url == url)


def rows_of(name: str, files: Files | None = None) -> list[dict[str, str]]:
    """Return the rows of a table, by column."""
    table: Table = view_at(f"/data/{name}.csv", files)
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]
