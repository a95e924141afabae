"""The three kinds of path, which are never mixed up, and the conversions between them.

An input path is relative to the site's folder (`content/organizations/ibm.yaml`). A URL path is
absolute within the site, without the base path (`/organizations/ibm/`). An output path is relative
to the output folder (`organizations/ibm/index.html`). All use forward slashes.

Never: touches a disk, knows which pages there are.
"""

import re
from typing import NewType
from urllib.parse import quote, urlsplit

__all__ = [
    "InputPath",
    "OutputPath",
    "UrlPath",
    "base_path",
    "output_path",
    "slugify",
    "url_in_site",
]

InputPath = NewType("InputPath", str)
UrlPath = NewType("UrlPath", str)
OutputPath = NewType("OutputPath", str)


def output_path(url: UrlPath) -> OutputPath:
    """Say which file answers a URL path.

    A path that ends in a slash is a page, and is answered by `index.html` in a folder of its own:
    every host and the simplest file server serve it, relative addresses work, and no ending that
    might change one day stands in the address. Others name their file.
    """
    relative = url.removeprefix("/")
    return OutputPath(f"{relative}index.html" if url.endswith("/") else relative)


def base_path(base_url: str) -> str:
    """Return the path under which a site lives, without a trailing slash; empty at the root.

    `https://x.github.io/alliance-site/` gives `/alliance-site`.
    """
    return urlsplit(base_url).path.rstrip("/")


def url_in_site(base: str, url: UrlPath) -> str:
    """Join a base path and a URL path, percent-encoded as an `href` needs it."""
    whole = f"{base}{url}"
    return whole if _NEEDS_NO_QUOTES.fullmatch(whole) else quote(whole, safe=_SAFE)


_SAFE = "/#?=&:@!$'()*+,;~-._%"
_NEEDS_NO_QUOTES = re.compile(r"[A-Za-z0-9/#._-]*")
"""Nearly every address; asking costs a tenth of quoting."""


_NOT_WORD = re.compile(r"[^\w\- ]+")
_SPACES = re.compile(r"[\s_]+")


def slugify(text: str) -> str:
    """Make the fragment of a heading: lower case, punctuation dropped, spaces to hyphens."""
    return _SPACES.sub("-", _NOT_WORD.sub("", text.lower()).strip()) or "section"
