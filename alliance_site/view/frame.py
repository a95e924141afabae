"""The part of every page that is not its own: head, navigation, breadcrumb, footer.

Never: knows what a page says.
"""

from alliance_site.plain import Plain
from alliance_site.view.history import HistoryLine, NoticeView
from alliance_site.view.meter import GroundsView, MeterView
from alliance_site.view.parts import DateView, Link
from alliance_site.view.references import CiteView


class NavigationLink(Plain, frozen=True):
    """An entry of a navigation; `is_current` marks the page itself or the section it is in."""

    text: str
    url: str
    is_current: bool


class Frame(Plain, frozen=True, kw_only=True):
    """What `base.html` needs.

    Attributes:
        kind: The page's kind, for `<body data-kind>`.
        title: The page's own title, its `<h1>`.
        description: One or two sentences for search results and cards.
        url: Its address with the base path; `canonical` the same with scheme and host.
        root: The address of the home page.
        breadcrumb: From the home page down, without the page itself; empty on the home page.
        stylesheet: The fingerprinted address of the style sheet of its template (see `styles`).
        scripts: Those of the scripts, the theme's before the site's own.
        notice: What the page says of a site turned back to a day; empty for the site as it is.
        markdown: The address of the page as Markdown; empty where there is none.
        search: The address of the list of all pages, on which `has_search` says one can search.
        meter: What the values of the page rest on; None where it has none of its own.
        grounds: What its text rests on; None where that is not said, or rests on nothing.
        open_graph_type: `article` or `website`.
        image: What other sites show beside a link to the page, with scheme and host; empty for
            none.
        is_indexed: Whether search engines may list the page.
        published: When an article came out, ISO 8601; `modified` when it last changed.
        structured: JSON-LD on what the page is about; may be empty.
        cite: How the page is cited; None where there is nothing on it to cite.
        feedback: Where faults of the page are reported; empty where the site names no place.
        notices: Corrections of what the page ever said, newest first.
        corrected: The same as JSON-LD; empty where there is none.
        history: Releases that changed the page's record, the latest first.
    """

    kind: str
    title: str
    description: str
    language: str
    direction: str
    url: str
    canonical: str
    root: str
    site_title: str
    tagline: str
    publisher: str
    publisher_url: str
    licence: str
    licence_url: str
    as_of: DateView
    notice: str
    meter: MeterView | None
    navigation: tuple[NavigationLink, ...]
    footer: tuple[NavigationLink, ...]
    breadcrumb: tuple[Link, ...]
    stylesheet: str
    scripts: tuple[str, ...]
    feed: str
    markdown: str
    search: str
    has_search: bool
    open_graph_type: str
    is_indexed: bool
    published: str
    modified: str
    structured: str
    image: str
    feedback: str = ""
    grounds: GroundsView | None = None
    cite: CiteView | None = None
    notices: tuple[NoticeView, ...] = ()
    corrected: str = ""
    history: tuple[HistoryLine, ...] = ()
