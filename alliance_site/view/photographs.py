"""An image in a text → its picture: in which files a browser may take it, and how large it is.

Never: decides an address, or which files there are.
"""

from collections.abc import Callable
from itertools import groupby

from alliance_site.model import SiteImage
from alliance_site.paths import UrlPath
from alliance_site.pictures import SIZES, SIZES_OF_FIGURE
from alliance_site.route import picture_files
from alliance_site.view.parts import ImageFill, ImageSource


def image_fill(
    image: SiteImage, words: str, address_of: Callable[[UrlPath], str], *, is_figure: bool
) -> ImageFill:
    """Show an image.

    Args:
        image: The file.
        words: What it shows.
        address_of: Puts the base path before a path within the site.
        is_figure: Whether it stands in a figure of its own.
    """
    files, header = picture_files(image), image.header
    if not files or header is None:
        size = (0, 0) if header is None else (header.width, header.height)
        return ImageFill(address_of(UrlPath(image.address)), words, *size)
    *offered, fallback = files
    # The largest says best how high it is for its width.
    largest = max(files, key=lambda item: item.width)
    return ImageFill(
        url=address_of(fallback.url),
        words=words,
        width=largest.width,
        height=largest.height,
        sizes=SIZES_OF_FIGURE if is_figure else SIZES,
        sources=tuple(
            ImageSource(
                encoding.media_type,
                ", ".join(f"{address_of(item.url)} {item.width}w" for item in group),
            )
            for encoding, group in groupby(offered, key=lambda item: item.encoding)
        ),
    )
