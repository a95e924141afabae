"""Charts that are read line by line: bars, shares, dot plots, ranges, bullets → scenes.

A name stands before its line where half the lines' room is left for the data, and else above it.

Never: knows what the numbers are about.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from alliance_site.chart.forms import Bars, Bullets, DotPlot, Ranges, Series, Shares, Tick, Whole
from alliance_site.chart.placing import Scale, spread
from alliance_site.chart.scene import Box, Dot, Item, Line, Scene, Text
from alliance_site.chart.text import LABEL_SIZE, LINE_HEIGHT, shorten, width_of, wrap
from alliance_site.plain import Plain

_GAP = 10.0
_INSET = 8.0
"""Room for half a dot at either end of an axis."""

_MOST_FOR_NAMES = 0.42
"""How much of the width names may take before they stand above their lines."""

_CENTRE = 0.35 * LABEL_SIZE
"""From the middle of a line to the base line of the text on it."""


class RowFrame(Plain, frozen=True):
    """Where names and data stand in a chart of rows."""

    width: float
    names: float
    is_beside: bool

    @property
    def start(self) -> float:
        """Where the data begin."""
        return self.names + _GAP if self.is_beside else 0.0


def row_frame(labels: Sequence[str], width: float, *, is_compact: bool = False) -> RowFrame:
    """Decide where the names of a chart's rows stand.

    Args:
        labels: The names.
        width: Of the whole chart.
        is_compact: Break long names beside their lines even where the chart is narrow.
    """
    needed = max((width_of(label) for label in labels), default=0.0)
    most = _MOST_FOR_NAMES * width
    if needed <= most:
        return RowFrame(width, needed, is_beside=True)
    fits = is_compact and all(_is_whole(label, most) for label in labels)
    is_beside = fits or width >= _LEAST_FOR_COLUMNS
    return RowFrame(width, most if is_beside else width, is_beside=is_beside)


def _is_whole(label: str, width: float) -> bool:
    """Say whether a name fits on two lines without being cut."""
    return " ".join(wrap(label, width)) == " ".join(label.split())


_LEAST_FOR_COLUMNS = 480
"""Below this width a long name is not broken beside its line but stands above it."""


class Row(Plain, frozen=True):
    """A line of the chart: its name, and the middle of its data."""

    items: tuple[Item, ...]
    middle: float
    bottom: float


def lay_out_row(frame: RowFrame, label: str, top: float, height: float, note: str = "") -> Row:
    """Lay out a name with a note under it, and leave `height` for the data."""
    names = wrap(label, frame.names)
    notes = wrap(note, frame.names) if note else ()
    lines = (*names, *notes)
    if frame.is_beside:
        tall = max(height, len(lines) * LINE_HEIGHT + 4)
        middle = top + tall / 2
        first = middle + _CENTRE - (len(lines) - 1) * LINE_HEIGHT / 2
        return Row(tuple(_lines(names, notes, first)), middle, top + tall)
    texts = _lines(names, notes, top + LINE_HEIGHT - 2)
    below = top + len(lines) * LINE_HEIGHT
    return Row(tuple(texts), below + height / 2, below + height + 4)


def _lines(names: Sequence[str], notes: Sequence[str], first: float) -> Iterator[Text]:
    for at, line in enumerate(names):
        yield Text(0, first + at * LINE_HEIGHT, line)
    for at, line in enumerate(notes, len(names)):
        yield Text(0, first + at * LINE_HEIGHT, line, "axis")


def lay_out_bars(chart: Bars, width: float) -> Scene:
    """Draw bars from zero, each with its value at its end."""
    frame = row_frame([bar.label for bar in chart.bars], width, is_compact=True)
    values = max((width_of(bar.text, is_bold=True) for bar in chart.bars), default=0.0)
    top = max((bar.value for bar in chart.bars), default=Decimal(0))
    scale = Scale(Decimal(0), max(top, Decimal(1)), frame.start, width - values - 6)
    items: list[Item] = []
    y = 0.0
    for bar in chart.bars:
        row = lay_out_row(frame, bar.label, y, 24)
        end = scale(bar.value)
        items += row.items
        items.append(Box(frame.start, row.middle - 8, max(end - frame.start, 1.0), 16))
        items.append(Text(max(end, frame.start + 1) + 6, row.middle + _CENTRE, bar.text, "value"))
        y = row.bottom
    return Scene(width, max(y, 1.0), tuple(items))


# Shares


def lay_out_shares(chart: Shares, width: float) -> Scene:
    """Draw wholes as bars of one length, parted, with the counts in the parts or beneath them."""
    parts = (part for row in chart.wholes for part in row.parts if part.count > 0)
    kinds = {part.text: Series(part.text, part.mark) for part in parts}
    items, y = lay_out_key(tuple(kinds.values()), width)
    for row in chart.wholes:
        name = shorten(row.label, width - width_of(row.note) - _GAP, is_bold=True)
        items.append(Text(0, y + LABEL_SIZE, name, "value"))
        items.append(Text(width, y + LABEL_SIZE, row.note, "axis", "end"))
        made, y = _parts(row, width, y + 20)
        items += made
    return Scene(width, max(y, 1.0), tuple(items))


_PART_HEIGHT = 28.0
_PART_GAP = 2.0


def _parts(row: Whole, width: float, top: float) -> tuple[list[Item], float]:
    total = sum(part.count for part in row.parts)
    shown = [part for part in row.parts if part.count > 0]
    if not shown:
        return [], top
    room = width - _PART_GAP * (len(shown) - 1)
    x = 0.0
    items: list[Item] = []
    outside: list[tuple[float, str]] = []
    for part in shown:
        size = room * part.count / total
        text, middle = str(part.count), x + size / 2
        items.append(Box(x, top, size, _PART_HEIGHT, part.mark or "plain"))
        if width_of(text, is_bold=True) + 6 <= size:
            base = top + _PART_HEIGHT / 2 + _CENTRE
            items.append(Text(middle, base, text, "inside", "middle", part.mark or "plain"))
        else:
            outside.append((middle, text))
        x += size + _PART_GAP
    bottom = top + _PART_HEIGHT
    if outside:
        sizes = [width_of(text) + 6 for _, text in outside]
        centres = spread([at for at, _ in outside], sizes, 0, width)
        bottom += LINE_HEIGHT
        items += [
            Text(at, bottom - 2, text, "axis", "middle")
            for at, (_, text) in zip(centres, outside, strict=True)
        ]
    return items, bottom + 14


def lay_out_key(
    series: Sequence[Series], width: float, start: float = 0.0
) -> tuple[list[Item], float]:
    """Write what the marks mean, in as many lines as it takes.

    Returns:
        The key, and where what comes below it may begin.
    """
    items: list[Item] = []
    x, y = start, 0.0
    for one in series:
        text = shorten(one.text, width - start - 18)
        needed = 18 + width_of(text)
        if x > start and x + needed > width:
            x, y = start, y + 20
        items.append(Dot(x + 6, y + 9, one.mark))
        items.append(Text(x + 18, y + 9 + _CENTRE, text))
        x += needed + 14
    return items, y + 28 if series else 0.0


# Dots on an axis


def lay_out_dot_plot(chart: DotPlot, width: float) -> Scene:
    """Draw a line for each row, from the lowest of its values to the highest, and their dots."""
    frame = row_frame([row.label for row in chart.rows], width)
    scale = _axis_scale(chart.ticks, frame)
    items, top = lay_out_key(chart.series, width)
    # Like beside like: what is alike is written shorter, and a line lies beneath every dot.
    names: list[Item] = []
    lines: list[Item] = []
    dots: list[Dot] = []
    y = top + LINE_HEIGHT + 4
    for row in chart.rows:
        laid = lay_out_row(frame, row.label, y, 26, row.note)
        names += laid.items
        known = [scale(value) for value in row.values if value is not None]
        if known and min(known) < max(known):
            ends = ((min(known), laid.middle), (max(known), laid.middle))
            lines.append(Line(ends, "link"))
        dots += _dots(
            chart.series,
            [None if at is None else scale(at) for at in row.values],
            laid.middle,
        )
        y = laid.bottom
    marks = [one.mark for one in reversed(chart.series)]
    dots.sort(key=lambda dot: marks.index(dot.mark))
    axis = _axis(chart.ticks, scale, frame, (top, y))
    return Scene(width, y, (*items, *axis, *names, *lines, *dots))


_CLOSE = 7.0


def _dots(series: Sequence[Series], places: Sequence[float | None], middle: float) -> Iterator[Dot]:
    """Draw the first group on top; one that it would hide is drawn larger, beneath it."""
    known = [(one.mark, at) for one, at in zip(series, places, strict=True) if at is not None]
    for rank, (mark, at) in reversed([*enumerate(known)]):
        is_hidden = any(abs(at - other) < _CLOSE for _, other in known[:rank])
        yield Dot(at, middle, mark, 9 if is_hidden else 6)


def lay_out_ranges(chart: Ranges, width: float) -> Scene:
    """Draw each value on the line of all that it may be, with the words at the end."""
    frame = row_frame([item.label for item in chart.ranges], width)
    words = max((width_of(item.text, is_bold=True) for item in chart.ranges), default=0.0)
    words = min(words, 0.35 * width)
    scale = _axis_scale(chart.ticks, RowFrame(width - words - _GAP, frame.names, frame.is_beside))
    items: list[Item] = []
    y = LINE_HEIGHT + 4.0
    for item in chart.ranges:
        row = lay_out_row(frame, item.label, y, 26)
        items += row.items
        ends = ((scale(item.low), row.middle), (scale(item.high), row.middle))
        items.append(Line(ends, "link"))
        items.append(Dot(scale(item.value), row.middle))
        text = shorten(item.text, words, is_bold=True)
        items.append(Text(width, row.middle + _CENTRE, text, "value", "end"))
        y = row.bottom
    return Scene(width, y, (*_axis(chart.ticks, scale, frame, (0.0, y)), *items))


def _axis_scale(ticks: Sequence[Tick], frame: RowFrame) -> Scale:
    low = min((tick.at for tick in ticks), default=Decimal(0))
    high = max((tick.at for tick in ticks), default=Decimal(1))
    return Scale(low, high, frame.start + _INSET, frame.width - _INSET)


def _axis(
    ticks: Sequence[Tick], scale: Scale, frame: RowFrame, span: tuple[float, float]
) -> Iterator[Item]:
    top, bottom = span
    for tick in ticks:
        x = scale(tick.at)
        half = width_of(tick.text) / 2
        centre = min(max(x, half), max(frame.width - half, half))
        yield Text(centre, top + LABEL_SIZE - 2, tick.text, "axis", "middle")
        yield Line(((x, top + LINE_HEIGHT), (x, bottom)), "grid")


# Bullets


def lay_out_bullets(chart: Bullets, width: float) -> Scene:
    """Draw what was promised as a frame and what was done as its filling, with the words."""
    frame = row_frame([item.label for item in chart.bullets], width)
    words = max((width_of(item.text, is_bold=True) for item in chart.bullets), default=0.0)
    words = min(words, 0.4 * width)
    most = max((max(item.promised, item.done) for item in chart.bullets), default=Decimal(0))
    scale = Scale(Decimal(0), max(most, Decimal(1)), frame.start + 1, width - words - _GAP)
    items: list[Item] = []
    y = 0.0
    for item in chart.bullets:
        row = lay_out_row(frame, item.label, y, 26)
        items += row.items
        start, done, promised = frame.start + 1, scale(item.done), scale(item.promised)
        items.append(Box(start, row.middle - 8, max(promised - start, 1.0), 16, kind="track"))
        if item.done > 0:
            items.append(Box(start, row.middle - 5, done - start, 10))
        at = max(done, promised) + 6
        items.append(
            Text(at, row.middle + _CENTRE, shorten(item.text, words, is_bold=True), "value")
        )
        y = row.bottom
    for line in _unmeasured(chart, width):
        items.append(Text(0, y + LABEL_SIZE + 4, line, "axis"))
        y += LINE_HEIGHT + 4
    return Scene(width, max(y, 1.0), tuple(items))


def _unmeasured(chart: Bullets, width: float) -> Iterator[str]:
    if chart.unmeasured:
        yield shorten(chart.unmeasured_text, width)
    for name in chart.unmeasured:
        yield shorten(f"– {name}", width)
