"""What a chart shows, as plain values: one frozen record for each form of chart.

Texts come as a reader should see them, in the language of the site; numbers are `Decimal`, so
that a chart can be digested like everything else a page says. A `mark` is one of `open`,
`partly`, `closed`, `unknown`, `na` for an answer, `square`, `diamond`, `other` for a group, or
empty where a thing is only counted: no shape stands for an answer and for a group.

Never: knows what the numbers are about.
"""

from decimal import Decimal
from typing import TypeAlias

from alliance_site.plain import Plain


class Tick(Plain, frozen=True):
    """A labelled place on an axis."""

    at: Decimal
    text: str


class Bar(Plain, frozen=True):
    """A count and its name; `text` is the value as printed."""

    label: str
    value: Decimal
    text: str


class Bars(Plain, frozen=True):
    """How many, ranked: horizontal bars from zero in the order given, the value at the end."""

    bars: tuple[Bar, ...]


class Part(Plain, frozen=True):
    """A part of a whole: its word, its mark, how many."""

    text: str
    mark: str
    count: int


class Whole(Plain, frozen=True):
    """A whole in parts; `note` stands beside its name, such as the count of all."""

    label: str
    note: str
    parts: tuple[Part, ...]


class Shares(Plain, frozen=True):
    """How a few wholes are spread over the same parts: bars of 100 % with the counts in them."""

    wholes: tuple[Whole, ...]


class Series(Plain, frozen=True):
    """What a kind of dot stands for."""

    text: str
    mark: str


class DotRow(Plain, frozen=True):
    """One line of a dot plot: a value for each series, or None where there is none.

    `note` says what the values rest on, where that is less than in other lines.
    """

    label: str
    values: tuple[Decimal | None, ...]
    note: str = ""


class DotPlot(Plain, frozen=True):
    """How two groups differ, point by point: two dots and a line each, in the order given."""

    series: tuple[Series, ...]
    rows: tuple[DotRow, ...]
    ticks: tuple[Tick, ...]


class Range(Plain, frozen=True):
    """A value and how far it may be off; `text` is all of it as printed."""

    label: str
    low: Decimal
    value: Decimal
    high: Decimal
    text: str


class Ranges(Plain, frozen=True):
    """How sure: a dot for each value on the line of all that it may be."""

    ranges: tuple[Range, ...]
    ticks: tuple[Tick, ...]


class Bullet(Plain, frozen=True):
    """So much done of so much promised; `text` says it in words."""

    label: str
    done: Decimal
    promised: Decimal
    text: str


class Bullets(Plain, frozen=True):
    """Promise against delivery; what cannot be measured is listed under `unmeasured`, by name."""

    bullets: tuple[Bullet, ...]
    unmeasured_text: str = ""
    unmeasured: tuple[str, ...] = ()


class Point(Plain, frozen=True):
    """A value at a time.

    Attributes:
        x: When, in years.
        y: How much.
        text: The value as printed; empty where it is not to be written.
        is_least: The value is a lower bound, such as "more than 200".
    """

    x: Decimal
    y: Decimal
    text: str = ""
    is_least: bool = False


class Course(Plain, frozen=True):
    """How something went: runs of points that may be joined by a line.

    Attributes:
        label: What it is.
        mark: How it is drawn.
        runs: Points of one run can be compared with each other; between runs there is a gap.
        is_step: The value holds until the next point.
        is_joined: Whether the points are joined at all.
    """

    label: str
    mark: str
    runs: tuple[tuple[Point, ...], ...]
    is_step: bool = False
    is_joined: bool = True


class Break(Plain, frozen=True):
    """Where a series breaks: values on either side cannot be compared."""

    x: Decimal
    text: str


class Lines(Plain, frozen=True):
    """How things changed over time, each named at its end; `values` are the ticks from zero up."""

    courses: tuple[Course, ...]
    ticks: tuple[Tick, ...]
    values: tuple[Tick, ...]
    breaks: tuple[Break, ...] = ()


class Multiples(Plain, frozen=True):
    """The same for many: one small panel each, all with the same axes.

    `top` is the end of the axis of values, as printed; every axis begins at zero.
    """

    panels: tuple[Course, ...]
    ticks: tuple[Tick, ...]
    top: Tick
    breaks: tuple[Break, ...] = ()
    key: tuple[Series, ...] = ()


class Slope(Plain, frozen=True):
    """One who is followed from the first time to the second."""

    label: str
    start: Decimal
    end: Decimal
    start_text: str
    end_text: str
    mark: str = ""


class Slopes(Plain, frozen=True):
    """Who moved between two times."""

    start: str
    end: str
    slopes: tuple[Slope, ...]
    key: tuple[Series, ...] = ()


class Lane(Plain, frozen=True):
    """A line of a strip: a name, and when something happened, with its mark."""

    label: str
    points: tuple[tuple[Decimal, str], ...]


class Strip(Plain, frozen=True):
    """What happened when: a dot for each event, in lanes; `notes` are dates worth a line."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    notes: tuple[Tick, ...] = ()


class MatrixLine(Plain, frozen=True):
    """Who is in what: a mark for each column; the empty mark is none."""

    label: str
    marks: tuple[str, ...]


class Matrix(Plain, frozen=True):
    """Who belongs to what: a dot where a row and a column meet."""

    columns: tuple[str, ...]
    lines: tuple[MatrixLine, ...]


Form: TypeAlias = (
    Bars | Shares | DotPlot | Ranges | Bullets | Lines | Multiples | Slopes | Strip | Matrix
)
