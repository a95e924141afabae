"""A photograph → the same in other sizes and encodings: upright, in sRGB, without what it tells.

The bytes hold no Exif, no XMP, no thumbnail and no colour profile: an image without one is sRGB to
every browser. Nothing here depends on how many processors there are. Pillow is imported when an
image is encoded.

Never: decides which sizes there are; loads a file.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

from alliance_site.pictures import ENCODINGS, Encoding, options_of

if TYPE_CHECKING:
    from PIL.Image import Image

_BITS_OVER = 1 / 256
"""From 16 bits a pixel to the 8 that are shown."""


def encodings_here() -> tuple[Encoding, ...]:
    """Return which encodings this Pillow writes, of those that browsers are offered."""
    from PIL import features  # noqa: PLC0415 - only where there are photographs

    return tuple(item for item in ENCODINGS if features.check(item.value))


def encode_pictures(data: bytes, wanted: Iterable[tuple[Encoding, int, int]]) -> Iterator[bytes]:
    """Write an image in some encodings, widths and heights.

    Args:
        data: A JPEG, PNG or WebP that `read_image_header` has found whole.
        wanted: In any order; none larger than the original.

    Yields:
        The bytes of each, in that order.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - only where an image is encoded

    with Image.open(BytesIO(data)) as opened:
        is_drawn = opened.format == "PNG"
        image = _in_srgb(_in_eight_bits(ImageOps.exif_transpose(opened)))
    # What it tells besides (comment, resolution, profile) would be written with it.
    image.info.clear()
    sized: dict[tuple[int, int], Image.Image] = {}
    for encoding, width, height in wanted:
        size = (width, height)
        if size not in sized:
            sized[size] = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=_GAP)
        yield _written(sized[size], encoding, options_of(encoding, is_drawn=is_drawn))


_COLOURS = 256
"""Of a PNG, which is for whoever knows no WebP: a fifth of the bytes that all shades would take."""

_GAP = 3
"""How much larger than wanted an image may stay before the good filter; nobody sees more."""


def _written(image: "Image", encoding: Encoding, options: Any) -> bytes:
    from PIL import Image  # noqa: PLC0415 - only where an image is encoded

    if encoding is Encoding.PNG:
        image = image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    written = BytesIO()
    image.save(written, encoding.name, **options)
    return written.getvalue()


def _in_eight_bits(image: "Image") -> "Image":
    """Turn a mode that only PNG has into one that all encoders and colour profiles know."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * _BITS_OVER).convert("L")
    if image.mode in {"L", "RGB", "RGBA", "CMYK"} and not image.has_transparency_data:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_srgb(image: "Image") -> "Image":
    """Turn an image into RGB, with its transparency, as its colour profile says."""
    from PIL import ImageCms  # noqa: PLC0415 - only where an image is encoded

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    profile = image.info.get("icc_profile")
    if profile:
        # A profile that is damaged, or not for this kind of image, is none to browsers either.
        with suppress(ImageCms.PyCMSError):
            source = ImageCms.getOpenProfile(BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileName(source):
                srgb = ImageCms.createProfile("sRGB")
                turned = ImageCms.profileToProfile(image, source, srgb, outputMode=mode)
                image = image if turned is None else turned
    return image if image.mode == mode else image.convert(mode)
