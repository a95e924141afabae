"""A finished page → what is searched of it: title, kind, date and plain text.

It reads HTML that our own templates made, so that a site with templates of its own is searched by
what its readers see.

Never: parses HTML that it did not make; decides how pages are ranked.
"""

import hashlib
import html
import json
import re

from msgspec import Struct

_HEAD = re.compile(
    r'<title>(?P<title>.*?)</title>(?P<head>.*?)<body data-kind="(?P<kind>[^"]*)"', re.DOTALL
)
_MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
_OWN = "search"
"""The kind of the page that readers search on: it names all others, so it would always be found."""

_NOINDEX = '<meta name="robots" content="noindex">'
_PUBLISHED = re.compile(r'<meta property="article:published_time" content="([^"]*)"')

_LEFT_OUT = re.compile(
    r"<(nav|script|style|svg|form|button)\b.*?</\1>"  # no text of the page
    r"|<section\b[^>]* data-pagefind-ignore\b.*?</section>"  # what has pages of its own
    r'|<section class="sources.*?</section>'  # each source has a page of its own
    r'|<section class="cite_this.*?</section>'  # the page's own title and address again
    r"|<details><summary>(?:BibTeX|CSL-JSON)</summary>.*?</details>",
    re.DOTALL,
)
_INLINE = re.compile(
    r'<sup class="cite">.*?</sup>|'
    r"</?(?:a|abbr|b|cite|code|data|del|em|i|ins|q|span|strong|sup|time)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]+>")


class SearchRecord(Struct, frozen=True, kw_only=True):
    """What is searched of a page.

    Attributes:
        url: Within the site, without the base path.
        kind: As in `<body data-kind>`.
        date: ISO 8601; empty where the page has none.
    """

    url: str
    title: str
    kind: str
    date: str
    text: str

    def digest(self) -> str:
        """Digest all of it."""
        parts = [self.url, self.title, self.kind, self.date, self.text]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def search_record(url: str, page: str, site_title: str) -> SearchRecord | None:
    """Take from a page what is searched; None for one that is not to be found.

    Args:
        url: Its address within the site.
        page: Its HTML.
        site_title: What stands behind every title.
    """
    head, main = _HEAD.search(page), _MAIN.search(page)
    if head is None or main is None or _NOINDEX in head["head"] or head["kind"] == _OWN:
        return None
    published = _PUBLISHED.search(head["head"])
    title = html.unescape(head["title"]).removesuffix(f" – {site_title}")
    return SearchRecord(
        url=url,
        title=title,
        kind=head["kind"],
        date=published[1] if published else "",
        text=_plain(main[1]),
    )


def _plain(markup: str) -> str:
    spaced = _TAG.sub(" ", _INLINE.sub("", _LEFT_OUT.sub(" ", markup)))
    return " ".join(html.unescape(spaced).split())
