"""Scenes → SVG text: short, deterministic, without ids, styled by classes alone.

A class says what a thing is (`grid`, `bar`, `label`) or means (`open`, `closed`); the style sheet
says how that looks in light, in the dark, on paper and under forced colours. What must not rest on
colour is in the shapes: a full dot, a half one, a ring, a dotted ring; a square, a diamond.

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
    # `Markup.format` costs ten times what a text does, and a drawing is made of hundreds.
    said = f"<desc>{escape(description)}</desc>" if description else ""
    size = f"{number(scene.width)} {number(math.ceil(scene.height))}"
    drawn = "".join(_items(scene.items))
    return Markup(  # noqa: S704 - every text in it is escaped
        f'<svg class="{escape(layout)}" role="img" viewBox="0 0 {size}">'
        f"<title>{escape(title)}</title>{said}{drawn}</svg>\n"
    )


def _items(items: Sequence[Item]) -> Iterator[str]:
    """Write items; the grid comes first, beneath all else, and paths of one kind make one path."""
    grid = [item for item in items if isinstance(item, Line) and item.kind == "grid"]
    others = [item for item in items if not (isinstance(item, Line) and item.kind == "grid")]
    for classes, run in groupby((*grid, *others), _classes_of_path):
        if classes:
            places = "".join(_path(item) for item in run if isinstance(item, Line | Dot))
            yield f'<path class="{escape(classes)}" d="{places}"/>'
        else:
            yield from (_item(item) for item in run if not isinstance(item, Line))


_CORNERED = frozenset({"square", "diamond"})


def _classes_of_path(item: Item) -> str:
    if isinstance(item, Line):
        return _classes(item.kind, item.mark)
    is_cornered = isinstance(item, Dot) and item.mark in _CORNERED
    return _classes("dot", item.mark) if is_cornered else ""


def _item(item: Text | Box | Dot) -> str:
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


def _element(name: str, classes: str, **lengths: float) -> str:
    written = "".join(f' {key}="{number(value)}"' for key, value in lengths.items())
    return f'<{name} class="{escape(classes)}"{written}/>'


def _text(item: Text) -> str:
    classes = escape(_classes(item.kind, item.mark, _ANCHORS[item.anchor]))
    x, y = number(item.x), number(item.y)
    place = f'transform="translate({x} {y})rotate(-90)"' if item.is_steep else f'x="{x}" y="{y}"'
    return f'<text class="{classes}" {place}>{escape(item.text)}</text>'


def _path(item: Line | Dot) -> str:
    if isinstance(item, Line):
        return "M" + " ".join(f"{number(x)} {number(y)}" for x, y in item.points)
    if item.mark == "square":
        # Half a side, and half a diagonal within the circle: the two look equally large.
        half, side = 0.8 * item.radius, number(1.6 * item.radius)
        return f"M{number(item.x - half)} {number(item.y - half)}h{side}v{side}h-{side}z"
    r = number(item.radius)
    return f"M{number(item.x - item.radius)} {number(item.y)}l{r}-{r} {r} {r}-{r} {r}z"


def _dot(item: Dot) -> str:
    whole = _element("circle", _classes("dot", item.mark), cx=item.x, cy=item.y, r=item.radius)
    if item.mark == "partly":
        x, top, bottom = (number(at) for at in (item.x, item.y - item.radius, item.y + item.radius))
        r = number(item.radius)
        return f'{whole}<path class="half" d="M{x} {top}A{r} {r} 0 0 0 {x} {bottom}z"/>'
    return whole
