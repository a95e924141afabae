"""The image of a page → PNG: its title, its kind, one fact or its chart, and the site's name.

Pillow is imported here at once, so this module is, only when an image is drawn. Text is set
in Source Sans 3, which comes as a package; letters are laid out one after the other, so that the
same bytes come of every machine with the same Pillow.

Never: loads a file; decides what an image says.
"""

from collections.abc import Iterator
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from alliance_site.chart import LABEL_SIZE, Box, Dot, Form, Line, Scene, Text, lay_out_top
from alliance_site.view import SocialImageView

SIZE = (1200, 630)
_EDGE = 72
_ROOM = SIZE[0] - 2 * _EDGE

# The colours of the light scheme in `static/css/tokens.css`.
_PAPER, _INK, _DIM = (253, 252, 249), (26, 26, 26), (86, 86, 86)
_TONES = {
    "open": (0, 114, 178),
    "partly": (138, 109, 0),
    "closed": (179, 71, 0),
    "unknown": (107, 107, 107),
    "na": (107, 107, 107),
    "other": (107, 107, 107),
    "square": (0, 114, 178),
    "diamond": (179, 71, 0),
    "band": (240, 239, 236),
}
_ACCENT = (11, 79, 158)
_GRID = (213, 210, 203)
_TINT = (222, 214, 186)
_LEVELS = 15
"""Steps from paper to ink in an image of text alone; the last of 16 colours is the accent."""

_FULL, _MUCH, _SOME = _LEVELS - 1, 12, 10
"""How much ink a text has: the colours of the palette."""

_REGULAR, _BOLD = 400, 700
_RUN_LENGTHS = 3
"""`Z_RLE` of zlib, which Python does not name."""
_MEASURED = 100
_SAFE = 1.02
"""Letters are set on whole pixels, which makes a line of many a little wider than measured."""


class SocialImages:
    """Draws images; made once in each process.

    Args:
        font: The bytes of a variable TrueType font with an axis of weights.
    """

    def __init__(self, font: bytes) -> None:
        """Remember the font; sizes of it are made when they are needed."""
        self._bytes = font
        self._font = cache(self._make_font)
        self._word = cache(self._measure_word)
        self._letter = cache(self._draw_letter)

    def _make_font(self, size: int, weight: int) -> ImageFont.FreeTypeFont:
        font = ImageFont.truetype(BytesIO(self._bytes), size, layout_engine=ImageFont.Layout.BASIC)
        font.set_variation_by_axes([weight])
        return font

    def draw(self, view: SocialImageView) -> bytes:
        """Draw an image of 1200 by 630 pixels, as PNG with a small palette."""
        if view.form is not None:
            return self._draw_chart(view)
        return self._draw_text(view)

    def _draw_text(self, view: SocialImageView) -> bytes:
        # Colours are steps of ink, so that the edge of a letter is drawn in one between.
        image = Image.new("L", SIZE, 0)
        pen = ImageDraw.Draw(image)
        y = 96
        if view.kind:
            self._write(pen, y, self._cut(view.kind, 30, _BOLD), _SOME, (30, _BOLD))
            y += 56
        size, lines = self._title(view.title, 3)
        for line in lines:
            self._write(pen, y, line, _FULL, (size, _BOLD))
            y += round(size * 1.16)
        for at, line in enumerate(self._lines(view.fact, 34, _REGULAR, 3)):
            self._write(pen, y + 26 + at * 44, line, _MUCH, (34, _REGULAR))
        site = self._cut(view.site_title, 30, _BOLD)
        self._write(pen, SIZE[1] - 86, site, _FULL, (30, _BOLD))
        pen.rectangle((0, 0, SIZE[0], 15), _LEVELS)
        image.putpalette(_palette())
        return _png(image)

    def _draw_chart(self, view: SocialImageView) -> bytes:
        image = Image.new("RGB", SIZE, _PAPER)
        pen = ImageDraw.Draw(image)
        pen.rectangle((0, 0, SIZE[0], 15), _ACCENT)
        size, lines = self._title(view.title, 2, largest=46)
        y = 48
        for line in lines:
            self._write(pen, y, line, _INK, (size, _BOLD))
            y += round(size * 1.16)
        floor = SIZE[1] - 72
        if view.form is not None:
            scale, scene, left_out = _fitted(view.form, floor - y - 24)
            self._paint(pen, scene, scale, (_EDGE, y + 24))
            if left_out:
                more = f"and {left_out} more"
                pen.text(
                    (SIZE[0] - _EDGE, SIZE[1] - 56), more, _DIM, self._font(26, _REGULAR), "ra"
                )
        site = self._cut(view.site_title, 28, _BOLD)
        self._write(pen, SIZE[1] - 58, site, _INK, (28, _BOLD))
        return _png(image.quantize(48, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE))

    # Text

    def _write(
        self,
        pen: ImageDraw.ImageDraw,
        y: int,
        text: str,
        ink: int | tuple[int, int, int],
        font: tuple[int, int],
    ) -> None:
        """Write a line at the left edge, in a size and a weight.

        A letter that was drawn once is put there again: to draw it takes ten times as long.
        """
        x = _EDGE
        for letter in text:
            shape, left, top, width = self._letter(letter, *font)
            if shape is not None:
                pen.bitmap((x + left, y + top), shape, ink)
            x += width

    def _draw_letter(
        self, letter: str, size: int, weight: int
    ) -> tuple[Image.Image | None, int, int, int]:
        """Draw a letter; return it with its place beside the pen, and how far the pen goes on."""
        font = self._font(size, weight)
        left, top, right, bottom = map(int, font.getbbox(letter))
        shape = None
        if left < right and top < bottom:
            shape = Image.new("L", (right - left, bottom - top), 0)
            ImageDraw.Draw(shape).text((-left, -top), letter, 255, font)
        return shape, left, top, int(font.getlength(letter))

    def _measure_word(self, word: str, weight: int) -> float:
        return self._font(_MEASURED, weight).getlength(word) / _MEASURED

    def _width(self, text: str, size: int, weight: int) -> float:
        """Measure a text word by word: a word's width at one size tells it at every other."""
        words = [self._word(word, weight) for word in text.split(" ")]
        return _SAFE * size * (sum(words) + self._word(" ", weight) * (len(words) - 1))

    def _cut(self, text: str, size: int, weight: int) -> str:
        if self._width(text, size, weight) <= _ROOM:
            return text
        while text and self._width(f"{text}…", size, weight) > _ROOM:
            text = text[:-1]
        return f"{text.rstrip()}…"

    def _lines(self, text: str, size: int, weight: int, most: int) -> list[str]:
        lines, line = [], ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self._width(longer, size, weight) > _ROOM:
                lines.append(line)
                line = word
            else:
                line = longer
        lines += [line] if line else []
        kept = lines[:most]
        if len(lines) > most:
            kept[-1] = f"{kept[-1].rstrip(',;: ')} …"
        return [self._cut(item, size, weight) for item in kept]

    def _title(self, text: str, most: int, largest: int = 68) -> tuple[int, list[str]]:
        """Choose the largest size in which a title fits on so many lines."""
        for size in range(largest, 36, -8):
            lines = self._lines(text, size, _BOLD, 99)
            if len(lines) <= most and not any(line.endswith("…") for line in lines):
                return size, lines
        return 40, self._lines(text, 40, _BOLD, most)

    # Charts

    def _paint(
        self, pen: ImageDraw.ImageDraw, scene: Scene, scale: float, origin: tuple[int, int]
    ) -> None:
        left, top = origin

        def at(x: float, y: float) -> tuple[float, float]:
            return left + x * scale, top + y * scale

        # The grid lies beneath all else, as in the SVG.
        ordered = sorted(scene.items, key=lambda item: not _is_grid(item))
        for item in ordered:
            match item:
                case Line():
                    points = [at(x, y) for x, y in item.points]
                    pen.line(points, _line_colour(item), round(scale * _WIDTHS[item.kind]))
                case Box():
                    x, y = at(item.x, item.y)
                    box = (x, y, x + item.width * scale, y + item.height * scale)
                    pen.rectangle(box, *_box_colours(item))
                case Dot():
                    _paint_dot(pen, at(item.x, item.y), item.radius * scale, item.mark)
                case Text():
                    self._paint_text(pen, item, at(item.x, item.y), scale)

    def _paint_text(
        self,
        pen: ImageDraw.ImageDraw,
        item: Text,
        place: tuple[float, float],
        scale: float,
    ) -> None:
        if item.is_steep:
            return  # a turned name is in the chart's table; a card has no room to read it
        weight = _BOLD if item.kind in {"value", "inside"} else _REGULAR
        anchor = {"start": "ls", "middle": "ms", "end": "rs"}[item.anchor]
        font = self._font(round(LABEL_SIZE * scale), weight)
        pen.text(place, item.text, _text_colour(item), font, anchor)


_SCALES = (1.5, 1.35, 1.2, 1.05)


def _fitted(form: Form, height: int) -> tuple[float, Scene, int]:
    """Choose the largest scale at which all of a chart fits; where none does, cut it.

    Returns:
        Pixels to a unit of the drawing, the drawing, and how many of its lines were left out.
    """
    for scale in _SCALES:
        scene, left_out = lay_out_top(form, _ROOM / scale, height / scale)
        if not left_out and scene.height * scale <= height:
            return scale, scene, 0
    return _SCALES[0], *lay_out_top(form, _ROOM / _SCALES[0], height / _SCALES[0])


_WIDTHS = {"grid": 1, "zero": 1, "link": 2, "series": 2.5, "break": 1, "leader": 1}


def _is_grid(item: object) -> bool:
    return isinstance(item, Line) and item.kind == "grid"


def _line_colour(item: Line) -> tuple[int, int, int]:
    if item.kind == "grid":
        return _GRID
    if item.kind == "series":
        return _TONES.get(item.mark, _INK)
    return _INK if item.kind == "zero" else _TONES["unknown"]


def _box_colours(item: Box) -> tuple[tuple[int, int, int] | None, tuple[int, int, int], int]:
    """Return filling, outline and its width."""
    if item.mark == "band":
        return _TONES["band"], _TONES["band"], 1
    if item.kind == "track":
        return None, _INK, 2
    tone = _TONES.get(item.mark, _ACCENT)
    if item.mark in {"closed", "unknown", "na"}:
        return _PAPER, tone, 3
    return _TINT if item.mark == "partly" else tone, tone, 3


def _text_colour(item: Text) -> tuple[int, int, int]:
    if item.kind == "inside":
        return _PAPER if item.mark == "open" else _INK
    if item.kind == "axis":
        return _DIM
    return _TONES.get(item.mark, _INK)


def _paint_dot(
    pen: ImageDraw.ImageDraw, place: tuple[float, float], radius: float, mark: str
) -> None:
    x, y = place
    box = (x - radius, y - radius, x + radius, y + radius)
    tone = _TONES.get(mark, _ACCENT)
    if mark == "square":
        half = 0.8 * radius
        pen.rectangle((x - half, y - half, x + half, y + half), tone)
        return
    if mark == "diamond":
        pen.polygon([(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)], tone)
        return
    is_hollow = mark in {"partly", "closed", "unknown", "na", "ring"}
    pen.ellipse(box, _PAPER if is_hollow else tone, tone, 3)
    if mark == "partly":
        pen.pieslice(box, 90, 270, tone)


def _palette() -> list[int]:
    return [channel for colour in _ramp() for channel in colour]


def _ramp() -> Iterator[tuple[int, int, int]]:
    for step in range(_LEVELS):
        share = step / (_LEVELS - 1)
        red, green, blue = (
            round(paper + (ink - paper) * share) for paper, ink in zip(_PAPER, _INK, strict=True)
        )
        yield red, green, blue
    yield _ACCENT


def _png(image: Image.Image) -> bytes:
    written = BytesIO()
    # Run lengths are all there is to find in flat areas: faster than any level, and smaller than
    # the first three.
    image.save(written, "PNG", compress_type=_RUN_LENGTHS)
    return written.getvalue()
