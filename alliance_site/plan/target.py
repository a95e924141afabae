"""The kinds of output.

Never: holds the bytes of an output.
"""

from dataclasses import dataclass
from typing import TypeAlias

from alliance_site.paths import InputPath, OutputPath
from alliance_site.view import Page, Table


@dataclass(frozen=True, slots=True)
class PageTarget:
    """A page or feed: a template over a view."""

    path: OutputPath
    page: Page


@dataclass(frozen=True, slots=True)
class TableTarget:
    """A table as a file; `ending` is `csv` or `json`."""

    path: OutputPath
    table: Table
    ending: str


@dataclass(frozen=True, slots=True)
class AssetTarget:
    """Files of `static/`, one or several put together, as they are.

    Attributes:
        inputs: The files, in the order in which they are joined.
        digests: Their SHA-256, in the same order.
    """

    path: OutputPath
    inputs: tuple[InputPath, ...]
    digests: tuple[str, ...]


Target: TypeAlias = PageTarget | TableTarget | AssetTarget
