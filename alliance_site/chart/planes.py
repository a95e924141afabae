"""Charts with two axes, or none: lines, small multiples, slopes, matrices → scenes.

Never: knows what the numbers are about.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from alliance_site.chart.forms import (
    Break,
    Course,
    Lines,
    Matrix,
    Multiples,
    Point,
    Series,
    Slopes,
    Tick,
)
from alliance_site.chart.placing import Scale, spread
from alliance_site.chart.rows import lay_out_key
from alliance_site.chart.scene import Box, Dot, Item, Line, Scene, Text
from alliance_site.chart.text import LABEL_SIZE, LINE_HEIGHT, shorten, width_of, wrap

_CENTRE = 0.35 * LABEL_SIZE
_BELOW = LINE_HEIGHT + 6.0
"""Room for the labels of an axis."""

_WIDE = 480.0
"""From this width a chart of lines is drawn taller."""


def times_of(ticks: Sequence[Tick], points: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the first and the last time that a chart must hold."""
    all_times = [*(tick.at for tick in ticks), *points] or [Decimal(0), Decimal(1)]
    return min(all_times), max(all_times)


def time_axis(
    ticks: Sequence[Tick], scale: Scale, span: tuple[float, float], room: tuple[float, float]
) -> Iterator[Item]:
    """Draw a line at each tick over `span`, and its label within `room` where there is some."""
    top, bottom = span
    free = room[0]
    for tick in ticks:
        x, half = scale(tick.at), width_of(tick.text) / 2
        yield Line(((x, top), (x, bottom)), "grid")
        centre = min(max(x, room[0] + half), room[1] - half)
        if centre - half >= free:
            yield Text(centre, bottom + LABEL_SIZE + 3, tick.text, "axis", "middle")
            free = centre + half + 6


def _points(courses: Sequence[Course]) -> list[Point]:
    return [point for course in courses for run in course.runs for point in run]


def _path(run: Sequence[Point], across: Scale, down: Scale, *, is_step: bool) -> Line | None:
    if len(run) <= 1:
        return None
    places = [(across(point.x), down(point.y)) for point in run]
    if is_step:
        first, rest = places[0], pairwise(places)
        corners = [corner for (_, y), (x, other) in rest for corner in ((x, y), (x, other))]
        places = [first, *corners]
    return Line(tuple(places), "series")


# Lines


def lay_out_lines(chart: Lines, width: float) -> Scene:
    """Draw each course with its dots and values.

    A course is named at its end; where one is not joined by a line, all are named in a key, since
    its last dot may stand anywhere.
    """
    has_key = not all(course.is_joined for course in chart.courses)
    key = [Series(course.label, course.mark) for course in chart.courses]
    items, top = lay_out_key(key, width) if has_key else ([], 4.0)
    needed = (width_of(item.label, is_bold=True) for item in chart.courses)
    names = 0.0 if has_key else min(max(needed, default=0.0), 0.3 * width) + 8
    points = _points(chart.courses)
    low, high = times_of(chart.ticks, [point.x for point in points])
    left = max((width_of(tick.text) for tick in chart.values), default=0.0) + 8
    # An arrow for a lower bound, and the words above it, take more room than words alone.
    head = 38 if any(point.is_least for point in points) else 26
    right, ceiling = width - names, top + head
    floor = ceiling + (200.0 if width >= _WIDE else 170.0)
    across = Scale(low, high, left + 8, right - 8)
    largest = max((tick.at for tick in chart.values), default=Decimal(1))
    down = Scale(Decimal(0), largest, floor, ceiling)
    for tick in chart.values:
        y = down(tick.at)
        items.append(Line(((left, y), (right, y)), "grid" if tick.at else "zero"))
        items.append(Text(left - 6, y + _CENTRE, tick.text, "axis", "end"))
    items += time_axis(chart.ticks, across, (ceiling, floor), (left, right))
    items += _breaks(chart.breaks, across, (ceiling, floor), width)
    room = _Room((left, top + 2, right, floor), *_taken(points, across, down))
    for course in chart.courses:
        items += _course(course, (across, down), room)
    if not has_key:
        items += _names(chart.courses, down, names - 8, width)
    return Scene(width, floor + _BELOW, tuple(items))


_Box = tuple[float, float, float, float]


class _Room:
    """Where values may be written: inside a box, beside what is drawn and what is written.

    Attributes:
        inside: Left, top, right and floor; above the plot, the top leaves room for a value.
        drawn: Dots and arrows, on which a value lies only where no place beside them is free.
        written: The values so far, on which none may lie.
    """

    def __init__(self, inside: _Box, *drawn: _Box) -> None:
        self.inside = inside
        self.drawn = drawn
        self.written: list[_Box] = []


def _taken(points: Sequence[Point], across: Scale, down: Scale) -> Iterator[_Box]:
    """Yield what dots and arrows cover."""
    for point in points:
        x, y = across(point.x), down(point.y)
        yield x - 6, y - (18 if point.is_least else 6), x + 6, y + 6


def _course(course: Course, scales: tuple[Scale, Scale], room: _Room) -> Iterator[Item]:
    across, down = scales
    for run in course.runs:
        line = _path(run, across, down, is_step=course.is_step) if course.is_joined else None
        if line is not None:
            yield Line(line.points, "series", course.mark)
    for point in (point for run in course.runs for point in run):
        x, y = across(point.x), down(point.y)
        if point.is_least:
            # More than this: the line goes on upwards, to the end of its arrow.
            tip = max(y - 18, 2.0)
            yield Line(((x, y - 5), (x, tip)), "link")
            yield Line(((x - 4, tip + 5), (x, tip), (x + 4, tip + 5)), "link")
        yield Dot(x, y, course.mark, 5)
        if point.text:
            yield from _value(point, (x, y), room)


def _value(point: Point, place: tuple[float, float], room: _Room) -> Iterator[Text]:
    """Write a value above its dot, beneath it or beside it, where nothing stands yet.

    Where dots are crowded it may lie on one; where other values leave no place it is left out.
    """
    x, y = place
    left, top, right, floor = room.inside
    half = width_of(point.text, is_bold=True) / 2
    above = y - (24 if point.is_least else 10)
    aside = half + 10
    wanted = (
        *((x, above), (x, y + 20)),
        *((x + aside, y + _CENTRE), (x - aside, y + _CENTRE)),
        *((x, above - LINE_HEIGHT), (x + aside, above), (x - aside, above)),
    )
    boxes: list[tuple[_Box, Text]] = []
    for at, base in wanted:
        centre = min(max(at, left + half), right - half)
        box = (centre - half - 2, base - 11, centre + half + 2, base + 3)
        # Beneath the floor stand the labels of the axis.
        is_inside = top <= box[1] and box[3] <= floor + 2
        if is_inside and not any(_touch(box, other) for other in room.written):
            boxes.append((box, Text(centre, base, point.text, "value", "middle")))
    free = (item for item in boxes if not any(_touch(item[0], other) for other in room.drawn))
    found = next(free, boxes[0] if boxes else None)
    if found is not None:
        room.written.append(found[0])
        yield found[1]


def _touch(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _names(courses: Sequence[Course], down: Scale, names: float, width: float) -> Iterator[Text]:
    """Write each course's name beside its last point, apart from the others."""
    shown = [course for course in courses if _points([course])]
    lines = [wrap(course.label, names, 3, is_bold=True) for course in shown]
    ends = [down(_points([course])[-1].y) for course in shown]
    sizes = [len(item) * LINE_HEIGHT + 4.0 for item in lines]
    for course, text, middle in zip(
        shown, lines, spread(ends, sizes, 0, down.start + 10), strict=True
    ):
        first = middle + _CENTRE - (len(text) - 1) * LINE_HEIGHT / 2
        for at, line in enumerate(text):
            yield Text(width - names, first + at * LINE_HEIGHT, line, "value", mark=course.mark)


def _breaks(
    breaks: Sequence[Break], across: Scale, span: tuple[float, float], width: float
) -> Iterator[Item]:
    for item in breaks:
        x = across(item.x)
        yield Line(((x, span[0] - 12), (x, span[1])), "break")
        text = shorten(item.text, width)
        half = width_of(text) / 2
        yield Text(min(max(x, half), width - half), span[0] - 16, text, "axis", "middle")


# Small multiples


def lay_out_multiples(chart: Multiples, width: float) -> Scene:
    """Draw a panel for each course, all with the same axes; the first names them."""
    across_count = max(int(width // 150), 1)
    gap = 18.0
    panel = (width - gap * (across_count - 1)) / across_count
    items, lead = lay_out_key(chart.key, width)
    notes = [line for item in chart.breaks if item.text for line in wrap(item.text, width)]
    for at, line in enumerate(notes):
        items.append(Text(0, lead + at * LINE_HEIGHT + LABEL_SIZE, line, "axis"))
    lead += len(notes) * LINE_HEIGHT + (8 if notes else 0)
    tall = 148.0
    for place, course in enumerate(chart.panels):
        left = (place % across_count) * (panel + gap)
        top = lead + (place // across_count) * tall
        items += _panel(chart, course, (left, top, panel, tall - 14), is_first=place == 0)
    rows = -(-len(chart.panels) // across_count)
    return Scene(width, max(lead + rows * tall, 1.0), tuple(items))


def _panel(
    chart: Multiples, course: Course, box: tuple[float, float, float, float], *, is_first: bool
) -> Iterator[Item]:
    left, top, width, tall = box
    points = _points([course])
    low, high = times_of(chart.ticks, [point.x for point in points])
    across = Scale(low, high, left + 16, left + width - 16)
    floor = top + tall - _BELOW
    down = Scale(Decimal(0), chart.top.at, floor, top + 36)
    yield Text(left, top + LABEL_SIZE, shorten(course.label, width, is_bold=True), "value")
    yield Line(((left, floor), (left + width, floor)), "zero")
    ceiling = down(chart.top.at)
    yield Line(((left, ceiling), (left + width, ceiling)), "grid")
    if is_first:
        text = shorten(chart.top.text, width / 2)
        yield Text(left, ceiling - 4, text, "axis")
    for item in chart.breaks:
        x = across(item.x)
        yield Line(((x, ceiling), (x, floor)), "break")
    yield from _panel_ticks(chart.ticks, across, floor, (left, left + width))
    for run in course.runs:
        line = _path(run, across, down, is_step=course.is_step)
        if line is not None:
            yield Line(line.points, "series", course.mark)
        for point in run:
            x, y = across(point.x), down(point.y)
            yield Dot(x, y, course.mark, 5)
            half = width_of(point.text, is_bold=True) / 2
            centre = min(max(x, left + half), left + width - half)
            base = y - 8 if y - 8 - LABEL_SIZE > top + LABEL_SIZE + 2 else y + 18
            yield Text(centre, base, point.text, "value", "middle")


def _panel_ticks(
    ticks: Sequence[Tick], across: Scale, floor: float, room: tuple[float, float]
) -> Iterator[Text]:
    """Name the first and the last time only: a small panel has no room for more."""
    for tick in (ticks[0], ticks[-1]) if len(ticks) > 1 else ticks:
        half = width_of(tick.text) / 2
        centre = min(max(across(tick.at), room[0] + half), room[1] - half)
        yield Text(centre, floor + LABEL_SIZE + 3, tick.text, "axis", "middle")


# Slopes

_SLOPE_GAP = 18.0
"""How far values stand apart."""

_LEADER = 16.0
"""How far a value stands from its dot, for a line that leads from one to the other."""


def lay_out_slopes(chart: Slopes, width: float) -> Scene:
    """Draw a line from each one's first value to its second, with name and value at its end."""
    items, lead = lay_out_key(chart.key, width)
    top = lead + 34.0
    tall = max(len(chart.slopes) * 36.0, 160.0)
    values = max((width_of(item.start_text, is_bold=True) for item in chart.slopes), default=0.0)
    ends = max((width_of(item.end_text, is_bold=True) for item in chart.slopes), default=0.0)
    names = max((width_of(item.label) for item in chart.slopes), default=0.0)
    names = min(names, 0.45 * width)
    left, right = values + _LEADER + 12, width - names - ends - _LEADER - 20
    low = min((min(item.start, item.end) for item in chart.slopes), default=Decimal(0))
    high = max((max(item.start, item.end) for item in chart.slopes), default=Decimal(1))
    scale = Scale(low, high, top + tall - _SLOPE_GAP / 2, top + _SLOPE_GAP / 2)
    # A value is written once for all that begin at it: names stand at the ends alone.
    starts = tuple({(scale(item.start), item.start_text): None for item in chart.slopes})
    finals = tuple((scale(item.end), item.end_text) for item in chart.slopes)
    room = (top, top + tall)
    half = width / 2 - 4
    items += (
        Text(0, lead + LABEL_SIZE, shorten(chart.start, half), "axis"),
        Text(width, lead + LABEL_SIZE, shorten(chart.end, half), "axis", "end"),
        Line(((left, lead + 22), (left, top + tall)), "grid"),
        Line(((right, lead + 22), (right, top + tall)), "grid"),
    )
    for item in chart.slopes:
        line = ((left, scale(item.start)), (right, scale(item.end)))
        items.append(Line(line, "series", item.mark))
        items.append(Dot(*line[0], item.mark, 5))
        items.append(Dot(*line[1], item.mark, 5))
    items += _led(starts, (left - 6, left - 6 - _LEADER), left - 10 - _LEADER, room)
    end = right + 10 + _LEADER + ends
    written = list(_led(finals, (right + 6, right + 6 + _LEADER), end, room))
    items += written
    bases = (text.y for text in written if isinstance(text, Text))
    for item, base in zip(chart.slopes, bases, strict=True):
        items.append(Text(end + 6, base, shorten(item.label, names), mark=item.mark))
    return Scene(width, top + tall + 6, tuple(items))


def _led(
    values: Sequence[tuple[float, str]],
    line: tuple[float, float],
    at: float,
    room: tuple[float, float],
) -> Iterator[Line | Text]:
    """Write values of (height, text) apart, each with a line that leads to it from its own dot."""
    heights = [height for height, _ in values]
    places = spread(heights, [_SLOPE_GAP] * len(values), *room)
    for (height, text), place in zip(values, places, strict=True):
        yield Line(((line[0], height), (line[1], place)), "leader")
        yield Text(at, place + _CENTRE, text, "value", "end")


# Matrices


def lay_out_matrix(chart: Matrix, width: float) -> Scene:
    """Draw a dot where a row and a column meet; column names are turned where they need it."""
    names = max((width_of(line.label) for line in chart.lines), default=0.0)
    names = min(names, 0.5 * width)
    count = max(len(chart.columns), 1)
    column = min((width - names - 10) / count, 110.0)
    start = names + 10
    is_flat = all(
        len(wrap(name, column - 8, 9)) <= _MOST_HEAD_LINES
        and all(width_of(word) <= column - 8 for word in name.split())
        for name in chart.columns
    )
    head = 2.0 * LINE_HEIGHT + 6 if is_flat else _steep_height(chart.columns)
    items: list[Item] = []
    for place, name in enumerate(chart.columns):
        x = start + column * (place + 0.5)
        items += _head(name, x, head, column - 8) if is_flat else _steep(name, x, head)
    row_height = 24.0
    for place, line in enumerate(chart.lines):
        middle = head + row_height * (place + 0.5)
        if place % 2 == 0:
            band = start + column * count
            items.append(Box(0, middle - row_height / 2, band, row_height, "band", "track"))
        items.append(Text(0, middle + _CENTRE, shorten(line.label, names)))
        items += [
            Dot(start + column * (at + 0.5), middle, mark)
            for at, mark in enumerate(line.marks[:count])
            if mark
        ]
    return Scene(width, head + row_height * len(chart.lines) + 2, tuple(items))


_MOST_HEAD_LINES = 2
_MOST_STEEP = 170.0


def _steep_height(columns: Sequence[str]) -> float:
    return min(max((width_of(name) for name in columns), default=0.0), _MOST_STEEP) + 10


def _head(name: str, x: float, head: float, room: float) -> Iterator[Text]:
    lines = wrap(name, room)
    for at, line in enumerate(lines):
        base = head - 8 - (len(lines) - 1 - at) * LINE_HEIGHT
        yield Text(x, base, line, "axis", "middle")


def _steep(name: str, x: float, head: float) -> Iterator[Text]:
    yield Text(x + _CENTRE, head - 6, shorten(name, _MOST_STEEP), "axis", is_steep=True)
