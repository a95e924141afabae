"""Gives each page the style sheet of its template: no page loads what only others need.

Never: decides what a style sheet holds.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from alliance_site.view.composer import Composer
from alliance_site.view.page import Page
from alliance_site.view.pages import PageView


def styled(composer: Composer, pages: Iterable[Page]) -> Iterator[Page]:
    """Yield pages as they are, but that the views of those for readers name their style sheet."""
    for page in pages:
        sheet = composer.stylesheets.get(page.template)
        if sheet is None:
            yield page
        else:
            make = partial(_styled, page, composer.path(sheet))
            yield replace(page, make=make)


def _styled(page: Page, stylesheet: str) -> Any:
    view = page.make()
    if not isinstance(view, PageView):
        return view
    return replace(view, frame=replace(view.frame, stylesheet=stylesheet))
