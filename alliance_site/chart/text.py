"""How wide a text is, near enough to lay out labels, and what to do when it is too wide.

A chart is drawn before anybody knows the reader's fonts, so widths are estimates on the safe
side: a real system font is narrower in nearly every case.

Never: knows a font file.
"""

import unicodedata
from functools import cache

NARROW = frozenset("iljftrI.,:;'`|!()[]{}-/\\ ’·")
WIDE = frozenset("mwMW@%—…")

LABEL_SIZE = 13
"""Font size of every text, in units of the drawing; the style sheet says the same."""

LINE_HEIGHT = 16


_BOLD = 1.12


def width_of(text: str, *, is_bold: bool = False) -> float:
    """Estimate the width of a text, in units of the drawing, on the safe side."""
    return LABEL_SIZE * (_BOLD if is_bold else 1) * sum(map(_em, text))


@cache
def _em(character: str) -> float:
    if character in NARROW:
        return 0.36
    if character in WIDE:
        return 0.95
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.0
    if character.islower():
        return 0.6
    return 0.64 if character.isdigit() else 0.7


def shorten(text: str, width: float, *, is_bold: bool = False) -> str:
    """Cut a text to a width, with an ellipsis for what is left out."""
    if width_of(text, is_bold=is_bold) <= width:
        return text
    room = width - width_of("…", is_bold=is_bold)
    kept = ""
    for character in text:
        room -= width_of(character, is_bold=is_bold)
        if room < 0:
            break
        kept += character
    return f"{kept.rstrip()}…"


def wrap(text: str, width: float, most: int = 2, *, is_bold: bool = False) -> tuple[str, ...]:
    """Break a text into lines at its spaces; the last line allowed is cut.

    Returns:
        From one to `most` lines, none wider than `width`.
    """
    lines: list[str] = []
    line = ""
    words = text.split()
    for place, word in enumerate(words):
        longer = f"{line} {word}".strip()
        if not line or width_of(longer, is_bold=is_bold) <= width:
            line = longer
        elif len(lines) == most - 1:
            line = " ".join((line, *words[place:]))
            break
        else:
            lines.append(line)
            line = word
    return tuple(shorten(item, width, is_bold=is_bold) for item in (*lines, line))
