"""Values that fields hold beyond plain text: partial dates, quantities, Markdown.

Never: knows which record a value belongs to, or how a page shows it.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from msgspec import Struct

from alliance_site.diagnostics import Span
from alliance_site.prose import prose_key

_MONTHS = 12
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~?)", re.ASCII)


class PartialDate(Struct, frozen=True, order=True, array_like=True, gc=False):
    """A day, a month or a year, perhaps approximate; earlier sorts first, vaguer before finer.

    Source: EDTF level 0, and level 1's `~`, written after the date.
    """

    year: int
    month: int = 0
    day: int = 0
    is_approximate: bool = False

    @classmethod
    def parse(cls, text: str) -> "PartialDate | None":
        """Read `2023`, `2023-12` or `2023-12-05`, perhaps with a `~`; None if it is no date."""
        match = _DATE.fullmatch(text)
        if match is None:
            return None
        year, month, day = (int(part or 0) for part in match.group(1, 2, 3))
        if year == 0 or (match[2] and not 1 <= month <= _MONTHS):
            return None
        if match[3] and not 1 <= day <= monthrange(year, month)[1]:
            return None
        return cls(year, month, day, bool(match[4]))

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        """Make one from a full date."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        """Write it as ISO 8601 does, without the mark of approximation."""
        if not self.month:
            return f"{self.year:04}"
        if not self.day:
            return f"{self.year:04}-{self.month:02}"
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    def has_come(self, as_of: date) -> bool:
        """Say whether the first day it may mean has come on a day."""
        if self.year != as_of.year:  # which decides for nearly all
            return self.year < as_of.year
        return self.earliest() <= as_of

    def earliest(self) -> date:
        """Return the first day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """Return the last day it may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")


def parse_number(text: str) -> Decimal | None:
    """Read a number in digits; None where a text is none, or has more digits than any fact."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


QUALIFIERS = ("more than", "less than", "at least", "at most", "about", "estimated")


class Quantity(Struct, frozen=True):
    """A number as its source gives it, with the words that limit it (`more than 50`)."""

    number: Decimal
    qualifier: str = ""

    @classmethod
    def parse(cls, text: str) -> "Quantity | None":
        """Read `57`, `2.267` or `more than 50`; None if there is no number."""
        qualifier, _, number = text.rpartition(" ")
        if qualifier and qualifier not in QUALIFIERS:
            return None
        value = parse_number(number)
        return None if value is None else cls(value, qualifier)

    def __str__(self) -> str:
        """Write it as content does."""
        return f"{self.qualifier} {self.number}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Markdown:
    """Markdown that an editor wrote.

    Attributes:
        text: The Markdown itself.
        raw: The same as it stands in the file, so that a place in it can be pointed at.
        span: Where `raw` begins.
        is_body: Whether it is the body of a file, which may hold headings and footnotes.
    """

    text: str
    raw: str = field(default="", compare=False)
    span: Span = field(default=Span(path=""), compare=False)
    is_body: bool = False
    _key: str = field(default="", init=False, repr=False, compare=False)

    @property
    def key(self) -> str:
        """The digest under which its compiled form is kept."""
        if not self._key:
            object.__setattr__(self, "_key", prose_key(self.text, is_body=self.is_body))
        return self._key

    def span_of(self, needle: str, occurrence: int = 0, line: int = 0) -> Span:
        """Point at the n-th `needle` in the file; at the beginning when it is not found.

        Args:
            needle: As the text has it.
            occurrence: How many equal ones stand before it, from `line` on.
            line: The line of a body, from 0, from which it is looked for; the lines of a field are
                not those of its text.
        """
        raw = self.raw
        start = _start_of_line(raw, line) - 1 if self.is_body and line else -1
        is_found = False
        for _ in range(occurrence + 1):
            found = raw.find(needle, start + 1)
            if found < 0:
                break
            start = found
            is_found = True
        if not is_found:
            return self.span
        before = raw[:start]
        lines = before.count("\n")
        column = start - before.rfind("\n") if lines else self.span.column + start
        return Span(
            path=self.span.path,
            line=self.span.line + lines,
            column=column,
            end_column=column + len(needle.partition("\n")[0]),
        )


def _start_of_line(text: str, line: int) -> int:
    """Return where a line begins, counted from 0; the last one where there are not so many."""
    start = 0
    for _ in range(line):
        start = text.find("\n", start) + 1 or start
    return start


class TextElsewhere(Markdown):
    """A text that is read whenever it is asked for; its key, and where it stands, are at hand.

    Pages are made of what a body is compiled to; its own words are asked for where one is at fault.
    """

    __slots__ = ("_read",)
    _read: Callable[[], str]

    def __init__(self, span: Span, key: str, read: Callable[[], str]) -> None:
        """Stand for the body of a file.

        Args:
            span: Where it begins.
            key: Its key.
            read: Returns it.
        """
        described = {"span": span, "is_body": True, "_key": key, "_read": read}
        for name, value in described.items():
            object.__setattr__(self, name, value)

    @property
    def text(self) -> str:
        """The Markdown itself."""
        return self._read()

    @property
    def raw(self) -> str:
        """The same: what is read elsewhere stands in its file as it is."""
        return self.text
