"""The bytes of an image → what its header says: its size as it is seen, and what it tells besides.

Never: decides how an image is shown; keeps its pixels.
"""

import struct
import warnings
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 40_000_000
"""Larger ones are not decoded: that is 120 MB in memory, and far more than any page shows."""

_ORIENTATION, _GPS = 0x0112, 0x8825
_TURNED = frozenset({5, 6, 7, 8})
"""Orientations under which width and height change places. Source: Exif 2.32, 4.6.4."""

_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    KeyError,
    TypeError,
    struct.error,
    zlib.error,
)
"""What Pillow raises for damaged files; its plugins have no common error."""


class ImageHeader(Struct, frozen=True):
    """What is known of an image without showing it.

    Attributes:
        form: As Pillow names it: `JPEG`, `PNG`, `WEBP`, `GIF` …; `SVG` for a drawing.
        width: In pixels, upright; 0 for an SVG, which has no pixels.
        height: The same.
        is_moving: Whether it has several frames.
        has_location: Whether it says where it was taken.
    """

    form: str
    width: int = 0
    height: int = 0
    is_moving: bool = False
    has_location: bool = False


def read_image_header(data: bytes) -> ImageHeader | None:
    """Read the header of an image, and see whether all of it is there.

    Returns:
        None for what is no image, or a damaged one. An image of more than `MOST_PIXELS` is not
        looked at any further than its size.
    """
    if data.lstrip()[:1] == b"<" and b"<svg" in data[:_START]:
        return ImageHeader("SVG")
    # Importing Pillow takes as long as all else that a small edit needs.
    from PIL import Image  # noqa: PLC0415 - only where an image is new

    with warnings.catch_warnings():
        # Pillow warns of what is large and of Exif that is damaged; we say so ourselves.
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(data)) as image:
                return _header(image)
        except Image.DecompressionBombError:
            return ImageHeader("", MOST_PIXELS, 2)
        except _BROKEN:
            return None


_START = 4096
"""Within so many bytes an SVG has its first tag."""


def _header(image: "Image") -> ImageHeader:
    width, height = image.size
    form = str(image.format)
    if width * height > MOST_PIXELS:
        return ImageHeader(form, width, height)
    exif = image.getexif()
    if exif.get(_ORIENTATION) in _TURNED:
        width, height = height, width
    is_moving = bool(getattr(image, "is_animated", False))
    has_location = bool(exif.get_ifd(_GPS)) or b"GPSLatitude" in _xmp(image)
    # Decoded at an eighth where the form allows it: enough to know that nothing is cut off.
    image.draft("RGB", (1, 1))
    image.load()
    return ImageHeader(form, width, height, is_moving, has_location)


def _xmp(image: "Image") -> bytes:
    found = image.info.get("xmp", image.info.get("XML:com.adobe.xmp", b""))
    return found.encode() if isinstance(found, str) else bytes(found)
