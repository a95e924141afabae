"""The figures on a page: which they are, and what the page prints.

A figure is marked by a link to its receipt. What it prints is the text of the link, or of the
nearest element round it with the attribute `data-receipt`; where that has an address, no link is
needed.

Never: computes a figure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

_NUMBER = re.compile(r"[+−-]?\d+(?:[.,\u00a0\u202f\u2019]\d+)*")
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "rect", "source", "wbr"})


@dataclass(slots=True)
class Printed:
    """A figure as a page prints it.

    Attributes:
        figure: Its name; empty where nothing names it.
        text: All that stands in its element.
        line: Where the element begins, from 1; `column` from 1.
    """

    figure: str
    line: int
    column: int
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What is printed, in one line."""
        return " ".join("".join(self.parts).split())


def numbers_in(text: str) -> tuple[str, ...]:
    """Return the numbers in a text, in order, each with its sign and its separators."""
    return tuple(_NUMBER.findall(text))


def figures_in(html: str, base: str) -> Iterator[Printed]:
    """Yield the figures of a page, in the order in which their elements end.

    Args:
        html: The page.
        base: The base path of the site.
    """
    if "/receipts/" in html:
        reader = _Reader(f"{base}/receipts/")
        reader.feed(html)
        reader.close()
        yield from reader.found


@dataclass(slots=True)
class _Open:
    tag: str
    printed: Printed
    is_container: bool
    depth: int = 0


class _Reader(HTMLParser):
    """Collects the text of elements that hold figures."""

    def __init__(self, receipts: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Printed] = []
        self._receipts = receipts
        self._open: list[_Open] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if tag in _VOID:
            self.handle_data(" ")
            return
        for item in self._open:
            item.depth += item.tag == tag
        given = dict(attrs)
        if "data-receipt" in given:
            self._begin(tag, self._figure(given["data-receipt"] or ""), is_container=True)
        figure = self._figure(given.get("href") or "") if tag == "a" else ""
        if figure:
            self._name(tag, figure)

    def _figure(self, address: str) -> str:
        """Return the figure that an address names; empty for another address."""
        path, _, fragment = address.partition("#")
        is_receipt = path.startswith(self._receipts) and path != self._receipts
        return unquote(fragment) if is_receipt else ""

    def _name(self, tag: str, figure: str) -> None:
        holder = next((item for item in reversed(self._open) if item.is_container), None)
        if holder is None:
            self._begin(tag, figure, is_container=False)
        elif not holder.printed.figure:
            holder.printed.figure = figure

    def _begin(self, tag: str, figure: str, *, is_container: bool) -> None:
        line, column = self.getpos()
        self._open.append(_Open(tag, Printed(figure, line, column + 1), is_container))

    def handle_data(self, data: str) -> None:
        """Take text into every element that is open."""
        for item in self._open:
            item.printed.parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        for item in self._open:
            item.depth -= item.tag == tag
        while self._open and self._open[-1].depth < 0:
            self.found.append(self._open.pop().printed)
        for item in self._open:
            item.printed.parts.append(" ")
