"""What each figure should be, computed again, each once; and which are printed otherwise.

Never: reuses a number that was published.
"""

import json
from collections.abc import Callable, Iterator
from functools import cached_property

from alliance_site.diagnostics import Code, Diagnostic, Span
from alliance_site.model import Grounds
from alliance_site.prose import count_words
from alliance_site.verify.figures import FACT, OWN, Printed, ReadPage, numbers_in
from alliance_site.view import (
    Composer,
    fact_forms,
    grounds_line,
    grounds_view,
    minutes_to_read,
    receipt_of,
)

Numbers = tuple[str, ...]
"""The numbers of a text, in order."""

_INDEX = "index.html"
_OWN_TITLES = {"minutes": "minutes to read this page", "text": "what this page rests on"}


class Known:
    """Figures that were computed again."""

    def __init__(self, composer: Composer, read: Callable[[str], bytes]) -> None:
        """Begin with none.

        Args:
            composer: Of the published records.
            read: Gives the bytes of a published file.
        """
        self._composer = composer
        self._read = read
        self._forms: dict[str, tuple[Numbers, ...]] = {}
        self._titles: dict[str, str] = {}
        self._lengths: dict[str, dict[str, int]] = {}
        self._waiting: list[tuple[str, Printed]] = []

    def check(self, path: str, page: ReadPage) -> Iterator[Diagnostic]:
        """Yield figures that a page prints otherwise than the data give them.

        Lengths of lists wait until all pages are read; see `check_lengths`.

        Args:
            path: Of the page.
            page: What it prints.
        """
        self._lengths[_address(path)] = page.lengths
        for item in page.figures:
            if item.figure.startswith(("#", "/")):
                self._waiting.append((path, item))
            elif item.figure in OWN:
                wanted = self._own(path, page, item.figure)
                yield from _compared(path, item, item.figure, _OWN_TITLES[item.figure], wanted)
            else:
                wanted = self._of_records(item.figure)
                title = self._titles[item.figure]
                yield from _compared(path, item, item.figure.removeprefix(FACT), title, wanted)

    def check_lengths(self) -> Iterator[Diagnostic]:
        """Yield lengths that are printed otherwise than the lists are long."""
        for path, item in self._waiting:
            page, _, name = item.figure.partition("#")
            length = self._length(page or _address(path), name)
            wanted = () if length is None else ((self._composer.number(length),), (str(length),))
            yield from _compared(path, item, item.figure, "length of a list", wanted)

    def _length(self, page: str, name: str) -> int | None:
        """Return how long a list on a page is, or in a file of JSON; None where there is none."""
        if not page.endswith(".json"):
            return self._lengths.get(page, {}).get(name)
        try:
            listed = json.loads(self._read(page.removeprefix("/")))
        except (FileNotFoundError, ValueError):
            return None
        return len(listed) if isinstance(listed, list) else None

    def _of_records(self, figure: str) -> tuple[Numbers, ...]:
        if figure not in self._forms:
            if figure.startswith(FACT):
                path = figure.removeprefix(FACT)
                texts, title = fact_forms(self._composer, path), "a value of the records"
            else:
                receipt = receipt_of(self._composer, figure)
                texts, title = (receipt.texts, receipt.title) if receipt else ((), "")
            self._forms[figure] = tuple(numbers_in(text) for text in texts)
            self._titles[figure] = title
        return self._forms[figure]

    def _own(self, path: str, page: ReadPage, figure: str) -> tuple[Numbers, ...]:
        """Compute a figure from the page on which it stands, and the records."""
        if figure == "minutes":
            return ((str(minutes_to_read(count_words("".join(page.text)))),),)
        sources = (item for item in page.sources if item in self._composer.site.sources)
        grounds = Grounds(facts=tuple(page.facts), sources=tuple(sources))
        shown = grounds_view(self._composer, grounds, self._keys.get(_address(path), ""))
        return () if shown is None else (numbers_in(grounds_line(shown)),)

    @cached_property
    def _keys(self) -> dict[str, str]:
        """Address within the site → the key of the page there."""
        urls = self._composer.routes.url_by_key.items()
        return {url: key for key, url in reversed(list(urls))}


def _address(path: str) -> str:
    """Return the address within the site of a page by its path."""
    return f"/{path.removesuffix(_INDEX)}"


def _compared(
    path: str, item: Printed, name: str, title: str, wanted: tuple[Numbers, ...]
) -> Iterator[Diagnostic]:
    """Compare what is printed with all that it might be."""
    printed = numbers_in(item.text)
    if not wanted:
        yield _altered(path, item, f"`{name}` is no figure of this site")
    elif printed not in wanted:
        computed = " ".join(_nearest(printed, wanted))
        shown = " ".join(printed)
        yield _altered(
            path, item, f"`{name}` ({title}) prints `{shown}`, the data give `{computed}`"
        )


def _nearest(printed: Numbers, forms: tuple[Numbers, ...]) -> Numbers:
    """Return the form that has most in common with what is printed."""

    def shared(form: Numbers) -> tuple[bool, int]:
        same = sum(a == b for a, b in zip(printed, form, strict=False))
        return len(form) == len(printed), same

    return max(forms, key=shared)


def _altered(path: str, item: Printed, message: str) -> Diagnostic:
    return Diagnostic(
        code=Code.ALTERED_FIGURE,
        message=message,
        span=Span(path=path, line=item.line, column=item.column),
        hint="either the page or the data were altered; the receipt says what it is computed from",
    )
