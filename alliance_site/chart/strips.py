"""Strips: what happened when, in lanes → scenes.

Never: knows what happened.
"""

from collections.abc import Sequence

from alliance_site.chart.forms import Strip
from alliance_site.chart.placing import Scale
from alliance_site.chart.planes import time_axis, times_of
from alliance_site.chart.rows import RowFrame, lay_out_row, row_frame
from alliance_site.chart.scene import Dot, Item, Line, Scene, Text
from alliance_site.chart.text import LINE_HEIGHT, shorten, width_of

_DOT = 5.0
_ROOM = 2 * _DOT + 1


def lay_out_strip(chart: Strip, width: float) -> Scene:
    """Draw a lane for each name, with a dot for each event at its date.

    Dots that would cover each other are stacked: none is moved from its date.
    """
    frame = row_frame([lane.label for lane in chart.lanes], width)
    low, high = times_of(chart.ticks, [at for lane in chart.lanes for at, _ in lane.points])
    across = Scale(low, high, frame.start + 10, width - 10)
    top = LINE_HEIGHT + 6.0 if chart.notes else 2.0
    items: list[Item] = []
    y = top
    for lane in chart.lanes:
        places = sorted((across(at), mark) for at, mark in lane.points)
        floors = _floors([x for x, _ in places])
        tall = max(24.0, (max(floors, default=0) + 1) * _ROOM + 6)
        row = lay_out_row(frame, lane.label, y, tall)
        items += row.items
        lowest = row.middle + max(floors, default=0) * _ROOM / 2
        items += [
            Dot(x, lowest - floor * _ROOM, mark, _DOT)
            for (x, mark), floor in zip(places, floors, strict=True)
        ]
        y = row.bottom
    axis = [
        *time_axis(chart.ticks, across, (top, y), (frame.start, width)),
        *_notes(chart, across, frame, (top, y)),
    ]
    return Scene(width, y + LINE_HEIGHT + 6, (*axis, *items))


def _floors(places: Sequence[float]) -> list[int]:
    """Say on which floor of its stack each dot stands, so that none touches another.

    Args:
        places: In ascending order.
    """
    ends: list[float] = []
    floors = []
    for x in places:
        floor = next((at for at, end in enumerate(ends) if end + _ROOM <= x), len(ends))
        ends[floor : floor + 1] = [x]
        floors.append(floor)
    return floors


def _notes(chart: Strip, across: Scale, frame: RowFrame, span: tuple[float, float]) -> list[Item]:
    """Draw a line at each date worth one, and its words above, where there is room for them."""
    top, bottom = span
    items: list[Item] = []
    free = 0.0
    for note in chart.notes:
        x = across(note.at)
        text = shorten(note.text, frame.width, is_bold=True)
        half = width_of(text, is_bold=True) / 2
        centre = min(max(x, half), frame.width - half)
        items.append(Line(((x, top - 4), (x, bottom)), "zero"))
        if centre - half >= free:
            items.append(Text(centre, top - 8, text, "value", "middle"))
            free = centre + half + 8
    return items
