"""A page as it leaves this room: where it goes, which template renders it, what it says.

Never: renders.
"""

from dataclasses import dataclass
from typing import Any

from alliance_site.paths import UrlPath


@dataclass(frozen=True, slots=True)
class Page:
    """One page or feed.

    Attributes:
        url: Its path within the site.
        template: The template's name, such as `pages/home.html`.
        view: The frozen record that the template sees as `view`.
    """

    url: UrlPath
    template: str
    view: Any


@dataclass(frozen=True, slots=True)
class Table:
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
