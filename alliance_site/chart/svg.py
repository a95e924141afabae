"""Scenes → SVG text: short, deterministic, without ids, styled by classes alone.

A class says what a thing is (`grid`, `bar`, `label`) or means (`open`, `closed`); the style sheet
says how that looks in light, in the dark, on paper and under forced colours. What must not rest on
colour is in the shapes: a full dot, a half one, a ring, a dotted ring.

Never: knows what is shown; writes a colour.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from alliance_site.chart.scene import Box, Dot, Item, Line, Scene, Text

_ANCHORS = {"start": "", "middle": " m", "end": " e"}


def number(value: float) -> str:
    """Write a length as a whole number: at the sizes that charts are shown at, no eye sees less.

    Raises:
        ValueError: The value is no length: not a number, or infinite.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is no length")
    return str(round(value))


def svg(scene: Scene, layout: str, title: str, description: str) -> Markup:
    """Write a scene.

    Args:
        scene: What to draw.
        layout: The class that says for which width it is meant: `narrow` or `wide`.
        title: The accessible name.
        description: The accessible description; may be empty.
    """
    said = Markup("<desc>{}</desc>").format(description) if description else ""
    return Markup(
        '<svg class="{}" role="img" viewBox="0 0 {} {}"><title>{}</title>{}{}</svg>\n'
    ).format(
        layout,
        number(scene.width),
        number(math.ceil(scene.height)),
        title,
        said,
        Markup("").join(_items(scene.items)),
    )


def _items(items: Sequence[Item]) -> Iterator[Markup]:
    """Write items; the grid comes first, beneath all else, and lines of one kind make one path."""
    grid = [item for item in items if isinstance(item, Line) and item.kind == "grid"]
    others = [item for item in items if not (isinstance(item, Line) and item.kind == "grid")]
    for classes, run in groupby((*grid, *others), _classes_of_line):
        if classes:
            places = "".join(_path(item) for item in run if isinstance(item, Line))
            yield Markup('<path class="{}" d="{}"/>').format(classes, places)
        else:
            yield from (_item(item) for item in run if not isinstance(item, Line))


def _classes_of_line(item: Item) -> str:
    return _classes(item.kind, item.mark) if isinstance(item, Line) else ""


def _item(item: Text | Box | Dot) -> Markup:
    match item:
        case Text():
            return _text(item)
        case Box():
            return _element(
                "rect",
                _classes(item.kind, item.mark),
                x=item.x,
                y=item.y,
                width=item.width,
                height=item.height,
            )
        case Dot():
            return _dot(item)


def _classes(kind: str, mark: str, anchor: str = "") -> str:
    return f"{kind} {mark}{anchor}".strip() if mark else f"{kind}{anchor}"


def _element(name: str, classes: str, **lengths: float) -> Markup:
    written = "".join(f' {key}="{number(value)}"' for key, value in lengths.items())
    return Markup(f'<{name} class="{escape(classes)}"{written}/>')  # noqa: S704 - lengths and a class


def _text(item: Text) -> Markup:
    classes = _classes(item.kind, item.mark, _ANCHORS[item.anchor])
    x, y = number(item.x), number(item.y)
    if item.is_steep:
        place = Markup('transform="translate({} {})rotate(-90)"').format(x, y)
    else:
        place = Markup('x="{}" y="{}"').format(x, y)
    return Markup('<text class="{}" {}>{}</text>').format(classes, place, item.text)


def _path(item: Line) -> str:
    return "M" + " ".join(f"{number(x)} {number(y)}" for x, y in item.points)


def _dot(item: Dot) -> Markup:
    whole = _element("circle", _classes("dot", item.mark), cx=item.x, cy=item.y, r=item.radius)
    if item.mark == "partly":
        x, top, bottom = (number(at) for at in (item.x, item.y - item.radius, item.y + item.radius))
        r = number(item.radius)
        half = Markup('<path class="half" d="M{} {}A{} {} 0 0 0 {} {}z"/>')
        return whole + half.format(x, top, r, r, x, bottom)
    return whole
