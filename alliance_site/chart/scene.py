"""A drawing before it is written: what stands where, on a plane whose origin is the upper left.

Lengths are in units of the drawing; a text is `LABEL_SIZE` units high. A scene is written as SVG
for pages and drawn as pixels for cards, from the same numbers.

Never: knows what is shown.
"""

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec.structs import replace

from alliance_site.chart.text import LABEL_SIZE, width_of
from alliance_site.plain import Plain

Anchor: TypeAlias = Literal["start", "middle", "end"]
BOLD_KINDS = frozenset({"value", "inside"})

_TURNED: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}


class Text(Plain, frozen=True):
    """A line of text; `y` is its base line, `mark` colours it, `is_steep` turns it upwards."""

    x: float
    y: float
    text: str
    kind: Literal["label", "value", "axis", "inside"] = "label"
    anchor: Anchor = "start"
    mark: str = ""
    is_steep: bool = False


class Line(Plain, frozen=True):
    """A line from one point through others."""

    points: tuple[tuple[float, float], ...]
    kind: Literal["grid", "zero", "link", "series", "break", "leader"]
    mark: str = ""


class Box(Plain, frozen=True):
    """A rectangle; `kind` is `track` for what is there to be filled."""

    x: float
    y: float
    width: float
    height: float
    mark: str = ""
    kind: Literal["bar", "track"] = "bar"


class Dot(Plain, frozen=True):
    """A mark in the shape that its word has: full, half, hollow, dotted, square, diamond."""

    x: float
    y: float
    mark: str = ""
    radius: float = 6


Item: TypeAlias = Text | Line | Box | Dot


class Scene(Plain, frozen=True):
    """Everything of a drawing, in the order in which it is painted."""

    width: float
    height: float
    items: tuple[Item, ...]


def mirrored(scene: Scene) -> Scene:
    """Turn left and right round, for a language that is written from the right."""
    return replace(scene, items=tuple(_mirror(item, scene.width) for item in scene.items))


def _mirror(item: Item, width: float) -> Item:
    match item:
        case Text():
            anchor = item.anchor if item.is_steep else _TURNED[item.anchor]
            return replace(item, x=width - item.x, anchor=anchor)
        case Line():
            return replace(item, points=tuple((width - x, y) for x, y in item.points))
        case Box():
            return replace(item, x=width - item.x - item.width)
        case Dot():
            return replace(item, x=width - item.x)


def extent_of(item: Item) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of an item; a text's are estimates on the safe side."""
    match item:
        case Text():
            return _extent_of_text(item)
        case Line():
            across, down = zip(*item.points, strict=True)
            return min(across), min(down), max(across), max(down)
        case Box():
            return item.x, item.y, item.x + item.width, item.y + item.height
        case Dot():
            r = item.radius
            return item.x - r, item.y - r, item.x + r, item.y + r


def _extent_of_text(item: Text) -> tuple[float, float, float, float]:
    length = width_of(item.text, is_bold=item.kind in BOLD_KINDS)
    before = {"start": 0.0, "middle": length / 2, "end": length}[item.anchor]
    above, below = 0.8 * LABEL_SIZE, 0.25 * LABEL_SIZE
    if item.is_steep:
        return item.x - above, item.y - length + before, item.x + below, item.y + before
    return item.x - before, item.y - above, item.x - before + length, item.y + below


def texts_of(scene: Scene) -> Iterator[Text]:
    """Yield the texts of a scene."""
    for item in scene.items:
        if isinstance(item, Text):
            yield item
