"""Photographs for tests, drawn here: an edge in each corner shows which side is up."""

import struct
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageDraw

RED, GREEN, BLUE, SAND = (200, 30, 30), (30, 140, 60), (30, 60, 190), (214, 200, 160)
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def drawn(width: int = 1600, height: int = 1000, mode: str = "RGB") -> Image.Image:
    """Draw a field with a red block at the upper left, and a blue one at the lower right."""
    image = Image.new("RGB", (width, height), SAND)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, width // 4, height // 4), RED)
    pen.rectangle((width * 3 // 4, height * 3 // 4, width, height), BLUE)
    return image.convert(mode)


def photograph(
    width: int = 1600, height: int = 1000, form: str = "JPEG", mode: str = "RGB", **options: Any
) -> bytes:
    """Write what is drawn; `options` are those of Pillow's `save`."""
    written = BytesIO()
    drawn(width, height, mode).save(written, form, **options)
    return written.getvalue()


def exif(**tags: Any) -> Image.Exif:
    """Make the Exif of a camera that says how it was held, who made it, and where."""
    made = Image.Exif()
    made[MAKE] = "A camera"
    if "orientation" in tags:
        made[ORIENTATION] = tags["orientation"]
    if tags.get("is_located"):
        made[GPS] = {1: "N", 2: (59.0, 0.0, 0.0), 3: "E", 4: (10.0, 0.0, 0.0)}
    return made


def swapped_profile() -> bytes:
    """Make the profile of a device that shows red where sRGB shows blue, and blue for red."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    places = {}
    for entry in range(struct.unpack_from(">I", data, 128)[0]):
        start = 132 + 12 * entry
        places[bytes(data[start : start + 4])] = start
    for tag, name in ((b"rXYZ", b"bXYZ"), (b"bXYZ", b"rXYZ")):
        data[places[tag] : places[tag] + 4] = name
    # It must not be taken for sRGB by its name.
    return bytes(data).replace("sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be"))


def opened(data: bytes) -> Image.Image:
    """Open an image."""
    return Image.open(BytesIO(data))


def colour_at(data: bytes, x: float, y: float) -> tuple[int, int, int]:
    """Return the colour at a place, given in shares of width and height."""
    image = opened(data).convert("RGB")
    red, green, blue = image.getpixel((int(x * image.width), int(y * image.height)))  # type: ignore[misc]  # RGB has three
    return int(red), int(green), int(blue)


def is_near(colour: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    """Say whether two colours look alike, as they do after a lossy encoder."""
    return all(abs(one - two) < 24 for one, two in zip(colour, other, strict=True))
