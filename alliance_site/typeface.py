"""The typeface of images: Source Sans 3, as its package brings it, and what can be written in it.

It has Latin, Greek, Cyrillic and Vietnamese. What it lacks would come out as empty boxes, so a
page whose name it cannot write has no image of its own.

Never: opens the file.
"""

__all__ = ["FONT_FILE", "FONT_PACKAGE", "is_drawable"]

FONT_PACKAGE = "fontpkg_source_sans_3"
FONT_FILE = ("files", "SourceSans3[wght].ttf")

_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x218, 0x21B),
    (0x386, 0x3CE),
    (0x400, 0x45F),
    (0x1E9E, 0x1EF9),
    (0x2010, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x20AC, 0x20AC),
)
"""Code points that the typeface has, by first and last; a test asks the font itself."""


def is_drawable(text: str) -> bool:
    """Say whether every character of a text is in the typeface."""
    return all(
        any(first <= ord(character) <= last for first, last in _RANGES) for character in text
    )
