"""The two ends of this room: a form of chart → a scene for one width, and → SVG for all widths.

Never: knows what the numbers are about.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup
from msgspec.structs import replace

from alliance_site.chart.forms import (
    Bars,
    Bullets,
    DotPlot,
    Form,
    Lines,
    Matrix,
    Multiples,
    Ranges,
    Shares,
    Slopes,
    Strip,
)
from alliance_site.chart.planes import (
    lay_out_lines,
    lay_out_matrix,
    lay_out_multiples,
    lay_out_slopes,
)
from alliance_site.chart.rows import (
    lay_out_bars,
    lay_out_bullets,
    lay_out_dot_plot,
    lay_out_ranges,
    lay_out_shares,
)
from alliance_site.chart.scene import Scene, mirrored
from alliance_site.chart.strips import lay_out_strip
from alliance_site.chart.svg import svg

LAYOUTS: Mapping[str, float] = {"narrow": 320.0, "wide": 720.0}
"""The widths that a chart is drawn at, by the class of the drawing; the page shows one of them."""

_LAY_OUT: Mapping[type, Callable[[Any, float], Scene]] = {
    Bars: lay_out_bars,
    Bullets: lay_out_bullets,
    DotPlot: lay_out_dot_plot,
    Lines: lay_out_lines,
    Matrix: lay_out_matrix,
    Multiples: lay_out_multiples,
    Ranges: lay_out_ranges,
    Shares: lay_out_shares,
    Slopes: lay_out_slopes,
    Strip: lay_out_strip,
}

# What a form lists, line by line; the others cannot be cut.
_LISTS: Mapping[type, str] = {
    Bars: "bars",
    Bullets: "bullets",
    DotPlot: "rows",
    Matrix: "lines",
    Multiples: "panels",
    Ranges: "ranges",
    Shares: "wholes",
    Slopes: "slopes",
    Strip: "lanes",
}


def lay_out(form: Form, width: float) -> Scene:
    """Lay a chart out for one width, in units of the drawing."""
    return _LAY_OUT[type(form)](form, width)


def lay_out_top(form: Form, width: float, height: float) -> tuple[Scene, int]:
    """Lay out as many of a chart's lines, from the first, as fit into a height.

    Returns:
        The scene, which has at least one line, and how many lines were left out.
    """
    name = _LISTS.get(type(form))
    scene = lay_out(form, width)
    if name is None:
        return scene, 0
    listed: tuple[Any, ...] = getattr(form, name)
    kept = len(listed)
    while scene.height > height and kept > 1:
        kept -= 1
        fewer: dict[str, Any] = {name: listed[:kept]}
        scene = lay_out(replace(form, **fewer), width)
    return scene, len(listed) - kept


def draw(
    form: Form,
    title: str,
    description: str = "",
    *,
    layouts: Iterable[str] = tuple(LAYOUTS),
    is_mirrored: bool = False,
) -> Markup:
    """Draw a chart as SVG, once for each layout.

    Args:
        form: What it shows.
        title: Its accessible name: what the chart finds.
        description: What can be seen in it, in words.
        layouts: Keys of `LAYOUTS`; the style sheet shows the one that fits.
        is_mirrored: Whether the page is read from the right.
    """
    drawn = []
    for layout in layouts:
        scene = lay_out(form, LAYOUTS[layout])
        scene = mirrored(scene) if is_mirrored else scene
        drawn.append(svg(scene, layout, title, description))
    return Markup("").join(drawn)
