"""A page as it leaves this room: where it goes, which template renders it, how its view is made.

Views are made when they are needed, and one at a time: a large site's do not fit into memory, and
on several processors each makes its share.

Never: renders.
"""

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from alliance_site.paths import UrlPath
from alliance_site.plain import Plain
from alliance_site.view.pages import PageView


class Page(Struct, frozen=True):
    """One page or feed.

    Attributes:
        url: Its path within the site.
        template: The template's name, such as `pages/home.html`.
        make: Makes the frozen record that the template sees as `view`; a pure function of the
            records and addresses.
        record: Key of the record whose page it is (`org:ibm`); empty for a page of many.
    """

    url: UrlPath
    template: str
    make: Callable[[], Any]
    record: str = ""


CSV, JSON, TEXT = "table.csv", "table.json", "document.txt"
"""In the place of a template's name: the view is a table or a document, written in that form."""


class Summary(Plain, frozen=True, kw_only=True):
    """What other pages and checks need to know of a finished page.

    Attributes:
        url: With the base path; `canonical` with scheme and host too.
        changed: When it last changed, as ISO 8601; may be empty.
        cited: Addresses of the pages of the sources it cites.
    """

    path: UrlPath
    kind: str
    title: str
    description: str
    url: str
    canonical: str
    is_indexed: bool
    changed: str
    cited: tuple[str, ...]


class TableSummary(Plain, frozen=True, kw_only=True):
    """What the page of all tables says of one.

    Attributes:
        rows: How many it has.
    """

    name: str
    description: str
    columns: tuple[str, ...]
    rows: int


Result = Summary | TableSummary


def summarize(page: Page, view: Any) -> Result | None:
    """Sum up a page; None for a feed, which is no page for readers."""
    if isinstance(view, Table) and page.template == CSV:
        return TableSummary(
            name=view.name,
            description=view.description,
            columns=view.columns,
            rows=len(view.rows),
        )
    if not isinstance(view, PageView):
        return None
    frame = view.frame
    dates = (getattr(view, name, None) for name in ("updated", "published"))
    return Summary(
        path=page.url,
        kind=frame.kind,
        title=frame.title,
        description=frame.description,
        url=frame.url,
        canonical=frame.canonical,
        is_indexed=frame.is_indexed,
        changed=next((day.iso for day in dates if day is not None), ""),
        cited=tuple(note.page_url for note in view.sources),
    )


class Document(Plain, frozen=True):
    """A file to download that is written out as it is, such as a list of references."""

    url: UrlPath
    text: str


class Table(Plain, frozen=True):
    """A table to download, as CSV and as JSON.

    Attributes:
        name: Its file's name without ending, below `/data/`.
        description: One line for people.
        columns: Names of the columns, in order.
        rows: Texts; a missing value is the empty text.
    """

    name: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
