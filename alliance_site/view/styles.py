"""Gives each page the style sheet of its template: no page loads what only others need.

Never: decides what a style sheet holds.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from msgspec.structs import replace

from alliance_site.view.composer import Composer
from alliance_site.view.page import Page
from alliance_site.view.pages import PageView


def styled(composer: Composer, pages: Iterable[Page]) -> Iterator[Page]:
    """Yield pages as they are, but that the views of those for readers name their style sheet."""
    sheets = {name: composer.path(sheet) for name, sheet in composer.stylesheets.items()}
    for page in pages:
        sheet = sheets.get(page.template)
        if sheet is None:
            yield page
        else:
            yield Page(page.url, page.template, partial(_styled, page, sheet), page.record)


def _styled(page: Page, stylesheet: str) -> Any:
    view = page.make()
    if not isinstance(view, PageView):
        return view
    return replace(view, frame=replace(view.frame, stylesheet=stylesheet))
