"""The figures on a page: which they are, and what the page prints; and what a page's text holds.

A figure is marked by a link to its receipt. What it prints is the text of the link, or of the
nearest element round it with the attribute `data-receipt`; where that has an address, no link is
needed. Some figures are computed from the page itself: their receipt is their formula, or the list
whose length they are.

Never: computes a figure.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote

from msgspec import Struct, field

_NUMBER = re.compile(r"[+−-]?\d+(?:[.,\u00a0\u202f\u2019]\d+)*")
_SOURCE_PAGE = re.compile(r"/sources/([a-z0-9-]+)/")
_FIGURE = re.compile(r"/figures/#([a-z0-9-]+)")
_VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "rect", "source", "wbr"})
_FORMULA = "formula-"

OWN = frozenset({"minutes", "text"})
"""Figures that each page may have one of, computed from what it prints; see `view.grounds`."""

FACT = "fact:"
"""How the name of a figure begins that is a value of a record, printed in a text."""


class Printed(Struct):
    """A figure as a page prints it.

    Attributes:
        figure: Its name; of a length, the address of the list; empty where nothing names it.
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


class ReadPage(Struct):
    """What is read of a page.

    Attributes:
        figures: In the order in which their elements end.
        facts: Paths of the facts that its text prints, each once, in order.
        sources: Ids of its list of sources, in order.
        lengths: Id → how many entries the first list there has, of elements that hold one.
        text: The text whose words are counted.
    """

    figures: list[Printed] = field(default_factory=list)
    facts: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)


def numbers_in(text: str) -> tuple[str, ...]:
    """Return the numbers in a text, in order, each with its sign and its separators."""
    return tuple(_NUMBER.findall(text))


def figures_in(html: str, base: str) -> Iterator[Printed]:
    """Yield the figures of a page, in the order in which their elements end.

    Args:
        html: The page.
        base: The base path of the site.
    """
    yield from read_page(html, base).figures


def read_page(html: str, base: str) -> ReadPage:
    """Read what a page prints.

    Args:
        html: The page.
        base: The base path of the site.
    """
    reader = _Reader(base)
    if any(mark in html for mark in ("/receipts/", "data-list", "data-receipt", 'class="fact"')):
        reader.feed(html)
        reader.close()
    return reader.found


class _Element(NamedTuple):
    tag: str
    id: str
    is_list: bool
    has_words: bool
    is_note: bool


class _Open(Struct):
    printed: Printed
    is_container: bool
    depth: int


class _Reader(HTMLParser):
    """Collects the text of elements that hold figures, and what they may be computed from."""

    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found = ReadPage()
        self._base = base
        self._receipts = f"{base}/receipts/"
        self._elements: list[_Element] = []
        self._entries: list[int] = []
        self._open: list[_Open] = []
        self._words = 0
        self._notes = 0
        self._awaits_source = False
        self._fact = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        self._space()
        if self._elements and self._elements[-1].is_list:
            self._entries[-1] += 1
        if tag in _VOID:
            return
        given = {name: value or "" for name, value in attrs}
        if "data-receipt" in given:
            self._begin(self._figure(given["data-receipt"], is_receipt=True), is_container=True)
        if tag == "a":
            self._link(given)
        elif tag == "li" and given.get("id", "").startswith("source-"):
            self._awaits_source = True
        elif tag == "data":
            self._print(given.get("data-fact", ""))
        element = _Element(
            tag,
            given.get("id", ""),
            "data-list" in given,
            "data-words" in given,
            tag == "sup" and given.get("class") == "cite",
        )
        self._words += element.has_words
        self._notes += element.is_note
        self._entries += [0] if element.is_list else []
        self._elements.append(element)

    def _link(self, given: dict[str, str]) -> None:
        address = given.get("href", "")
        kind = given.get("class", "")
        if self._awaits_source and (source := _SOURCE_PAGE.fullmatch(self._within(address))):
            self.found.sources[source[1]] = None
            self._awaits_source = False
        self._fact = ""
        if kind == "fact":
            figure = _FIGURE.fullmatch(self._within(address))
            self._fact = f"figures/{figure[1]}" if figure else self._figure(address)
        name = self._figure(address, is_receipt=kind == "receipt")
        holder = next((item for item in reversed(self._open) if item.is_container), None)
        if not name:
            return
        if holder is None:
            self._begin(name, is_container=False)
        elif not holder.printed.figure:
            holder.printed.figure = name

    def _print(self, told: str) -> None:
        """Take a fact: by what it is called, else by where it leads."""
        path = told or self._fact
        if path:
            self.found.facts[path] = None
        # What the site computes is marked by the link round it.
        if path and not path.startswith(("count/", "score/")):
            self._begin(f"{FACT}{path}", is_container=False)

    def _within(self, address: str) -> str:
        """Take the base path off an address; of another site, nothing is left."""
        return address[len(self._base) :] if address.startswith(f"{self._base}/") else ""

    def _figure(self, address: str, *, is_receipt: bool = False) -> str:
        """Return the figure that an address names; empty for another address."""
        path, _, fragment = address.partition("#")
        if path == self._receipts:
            rule = fragment.removeprefix(_FORMULA)
            return rule if is_receipt and rule in OWN else ""
        if path.startswith(self._receipts):
            return unquote(fragment)
        return (self._within(address) or address) if is_receipt else ""

    def _begin(self, figure: str, *, is_container: bool) -> None:
        line, column = self.getpos()
        printed = Printed(figure, line, column + 1)
        self._open.append(_Open(printed, is_container, len(self._elements)))

    def handle_data(self, data: str) -> None:
        """Take text into every element that is open."""
        for item in self._open:
            item.printed.parts.append(data)
        if self._words and not self._notes:
            self.found.text.append(data)

    def _space(self) -> None:
        self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and whatever was left open in it."""
        if not any(item.tag == tag for item in self._elements):
            return
        while self._close() != tag:
            pass
        self._space()

    def _close(self) -> str:
        element = self._elements.pop()
        self._words -= element.has_words
        self._notes -= element.is_note
        if element.is_list:
            count = self._entries.pop()
            for name in (element.id, *(item.id for item in self._elements)):
                if name:
                    self.found.lengths.setdefault(name, count)
        while self._open and self._open[-1].depth == len(self._elements):
            self.found.figures.append(self._open.pop().printed)
        return element.tag
