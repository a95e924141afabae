"""How photographs are shown: in which widths and encodings, and how those are written.

The view names the files, the encoder makes them; both must say the same, so it stands here, in the
ground that every room shares. An address names the digest of all of this (`WAY`).

Never: opens an image.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

__all__ = [
    "ENCODINGS",
    "SIZES",
    "SIZES_OF_FIGURE",
    "WAY",
    "WIDTHS",
    "Encoding",
    "fallback_of",
    "options_of",
    "sizes_for",
]


class Encoding(StrEnum):
    """A way to write an image; the value is the ending of the file's name."""

    AVIF = "avif"
    WEBP = "webp"
    JPEG = "jpg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        """Its name for a browser. Source: IANA, media types."""
        return f"image/{'jpeg' if self is Encoding.JPEG else self.value}"


ENCODINGS = (Encoding.AVIF, Encoding.WEBP)
"""What a browser is offered besides the original's own encoding, the smallest first."""

WIDTHS = (480, 768, 1104, 1472)
"""In pixels: a phone; a phone of two pixels a point; a figure of 46rem at 1.5 and at 2."""

_FALLBACK_WIDTH = 1104
"""The widest that is handed to what knows no `srcset`: old browsers, readers of feeds."""

SIZES = "(min-width: 36.5rem) 34rem, calc(100vw - 2.5rem)"
"""How wide an image in a line of text is shown: the measure and the edges of `css/tokens.css`."""

SIZES_OF_FIGURE = f"(min-width: 70rem) 46rem, {SIZES}"
"""The same of a figure, which stands out of the text where there is room (`css/base.css`)."""

_LEAST_STEP = 0.9
"""A width this near to the widest saves nothing."""


def sizes_for(width: int, height: int) -> tuple[tuple[int, int], ...]:
    """Choose the sizes in which an image is offered, in pixels, the smallest first.

    Args:
        width: Of the original, upright.
        height: The same.

    Returns:
        At least one; none is wider than the original.
    """
    widest = min(width, WIDTHS[-1])
    widths = (*(item for item in WIDTHS if item <= widest * _LEAST_STEP), widest)
    return tuple((item, max(1, round(height * item / width))) for item in widths)


def fallback_of(sizes: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Choose the size for whoever takes none of the encodings that browsers are offered."""
    return max((item for item in sizes if item[0] <= _FALLBACK_WIDTH), default=sizes[0])


# What is drawn (a screenshot, a diagram) has edges that a photograph has not; but in another size
# it has so many shades of them that a lossless encoding is three times as large. One thread, since
# libavif cuts an image into other tiles for more of them.
_AVIF = {"speed": 6, "max_threads": 1}
_OPTIONS: Mapping[tuple[Encoding, bool], Mapping[str, object]] = {
    (Encoding.AVIF, False): {"quality": 60, **_AVIF},
    (Encoding.AVIF, True): {"quality": 80, "subsampling": "4:4:4", **_AVIF},
    (Encoding.WEBP, False): {"quality": 78, "method": 4},
    (Encoding.WEBP, True): {"quality": 88, "method": 4},
    (Encoding.JPEG, False): {"quality": 80, "optimize": True, "progressive": True},
    (Encoding.PNG, True): {"optimize": True},
}


def options_of(encoding: Encoding, *, is_drawn: bool) -> Mapping[str, object]:
    """Return what Pillow is told when it saves an image.

    Args:
        encoding: Of the file to write.
        is_drawn: Whether the original is a PNG: drawn, and not taken with a camera.
    """
    return _OPTIONS[encoding, is_drawn]


def _digest(parts: Iterable[object]) -> str:
    return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()


WAY = _digest((WIDTHS, _FALLBACK_WIDTH, _LEAST_STEP, sorted(_OPTIONS.items())))
"""Digest of all that decides the bytes of a file besides the original and the encoder's code."""
