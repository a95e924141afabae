"""The images that texts show: which they are, and what is wrong with them.

Never: opens one.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from msgspec import Struct, field

from alliance_site.diagnostics import Code, Diagnostic, Severity, Span, nearest
from alliance_site.pictures import Encoding
from alliance_site.read import MOST_PIXELS, ImageHeader

MOST_BYTES = 20_000_000

_OWN_ENCODINGS = {"JPEG": Encoding.JPEG, "PNG": Encoding.PNG, "WEBP": Encoding.WEBP}


class SiteImage(Struct, frozen=True, kw_only=True):
    """A file of `static/` that a text shows.

    Attributes:
        address: Within the site, not percent-encoded.
        path: Of the input.
        digest: SHA-256 of its bytes.
        size_bytes: How many there are.
        header: None for a file that is no image.
        encodings: In which other encodings it can be offered, the smallest first.
    """

    address: str
    path: str
    digest: str
    size_bytes: int
    header: ImageHeader | None
    encodings: tuple[Encoding, ...] = ()

    @property
    def own_encoding(self) -> Encoding | None:
        """The encoding of a photograph or drawing that is offered in several sizes.

        None for what is shown as it is: what moves, what has no pixels, what browsers know least.
        """
        header = self.header
        return None if header is None or header.is_moving else _OWN_ENCODINGS.get(header.form)


class Images(Struct, frozen=True):
    """The images of a site.

    Attributes:
        shown: Address → an image that a text shows; what is not there is left out.
        files: Addresses of all files that may be images, sorted.
    """

    shown: Mapping[str, SiteImage] = field(default_factory=dict)
    files: tuple[str, ...] = ()


NO_IMAGES = Images()


def dump_header(header: ImageHeader | None) -> list[object]:
    """Turn a header into a list, to be kept as JSON."""
    if header is None:
        return []
    return [header.form, header.width, header.height, header.is_moving, header.has_location]


def load_header(kept: Sequence[Any]) -> ImageHeader | None:
    """Make a header of what `dump_header` gave.

    Raises:
        ValueError, TypeError: It is something else.
    """
    if not kept:
        return None
    form, width, height, is_moving, has_location = kept
    return ImageHeader(str(form), int(width), int(height), bool(is_moving), bool(has_location))


def image_address(written: str) -> str:
    """Return the address of an image's file, as it is written in a text."""
    return unquote(written)


def check_image(
    written: str, image: SiteImage | None, known: Sequence[str], span: Span
) -> Iterator[Diagnostic]:
    """Yield what is wrong with an image that a text shows.

    Args:
        written: Its address in the text.
        image: The file; None where there is none.
        known: The addresses of other files that it might be.
        span: Where it is written.
    """
    if image is None:
        yield _missing(written, known, span)
        return
    header = image.header
    if header is None:
        yield Diagnostic(
            code=Code.UNREADABLE_IMAGE,
            message=f"{image.path} is no image, or a damaged one",
            span=span,
            hint=Code.UNREADABLE_IMAGE.hint,
        )
    elif size := _too_much(image, header):
        yield Diagnostic(
            code=Code.HUGE_IMAGE,
            message=f"{image.path} has {size}",
            span=span,
            hint=Code.HUGE_IMAGE.hint,
        )
    elif header.has_location:
        yield Diagnostic(
            code=Code.IMAGE_LOCATION,
            message=f"{image.path} says where it was taken, and is published as it is",
            span=span,
            hint=Code.IMAGE_LOCATION.hint,
            severity=Severity.WARNING,
        )


def _missing(written: str, known: Sequence[str], span: Span) -> Diagnostic:
    is_whole = written.startswith("/") and not written.startswith("//")
    message = f"`{written}` is no file of this site"
    if not is_whole:
        message = (
            f"`{written}` is no address of an image, expected one such as `/images/launch.jpg`"
        )
    guess = nearest(image_address(written), known)
    hint = f"did you mean `{guess}`?" if guess else Code.MISSING_IMAGE.hint
    return Diagnostic(code=Code.MISSING_IMAGE, message=message, span=span, hint=hint)


def _too_much(image: SiteImage, header: ImageHeader) -> str:
    """Say how large an image is that is too large; empty for others."""
    pixels = header.width * header.height
    if pixels > MOST_PIXELS:
        size = f"{header.width} by {header.height} pixels" if header.form else "too many pixels"
        return f"{size}, expected at most {MOST_PIXELS // 1_000_000} million"
    if image.size_bytes > MOST_BYTES:
        megabytes = round(image.size_bytes / 1_000_000)
        return f"{megabytes} MB, expected at most {MOST_BYTES // 1_000_000}"
    return ""
