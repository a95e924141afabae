"""The bytes of the typeface that images are set in.

Never: draws.
"""

from alliance_site.typeface import FONT_FILE, FONT_PACKAGE


def read_font() -> bytes:
    """Read the font; some hundred kilobytes, so only where an image is to be drawn."""
    from importlib.resources import files  # noqa: PLC0415 - takes longer to load than to use

    return files(FONT_PACKAGE).joinpath(*FONT_FILE).read_bytes()
