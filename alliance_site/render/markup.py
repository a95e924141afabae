"""Prose and note marks → HTML: the holes of compiled prose filled for one page.

Never: sees a record.
"""

from collections.abc import Mapping

from markupsafe import Markup, escape

from alliance_site.prose import Prose
from alliance_site.view import (
    CitationFill,
    CitationMark,
    FactFill,
    Fill,
    ImageFill,
    LinkFill,
    ProseView,
    TextFill,
)

Shelf = Mapping[str, Prose]
"""Compiled texts by their keys."""


def inline_html(prose: ProseView, shelf: Shelf) -> Markup:
    """Fill the holes; a single paragraph comes without its `<p>`."""
    parts = shelf[prose.key].parts
    pieces = [parts[0]]
    for fill, part in zip(prose.fills, parts[1:], strict=True):
        pieces += (_fill_html(fill), part)
    return Markup("".join(pieces))  # noqa: S704 - the parts are HTML of our own making


def block_html(prose: ProseView, shelf: Shelf) -> Markup:
    """Fill the holes; a single paragraph gets its `<p>`."""
    inner = inline_html(prose, shelf)
    return Markup("<p>{}</p>").format(inner) if prose.is_inline else inner


def citation_html(citations: CitationFill | None) -> Markup:
    """Write note marks; nothing for none."""
    if citations is None or not citations.marks:
        return Markup("")
    marks = "".join(_mark_html(mark) for mark in citations.marks)
    return Markup(f'<sup class="cite">{marks}</sup>')  # noqa: S704 - each mark is escaped


_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def json_text(text: str) -> Markup:
    """Write JSON for the inside of a `<script>`, which no text in it can end.

    Source: HTML, restrictions for contents of script elements; all three signs can stand only in
    JSON's strings, where an escape says the same.
    """
    return Markup(text.translate(_IN_SCRIPT))  # noqa: S704 - nothing in it is markup any more


def _mark_html(mark: CitationMark) -> str:
    # A page of a large comparison has hundreds of marks, and `Markup.format` costs ten times this.
    anchor = f' id="{escape(mark.anchor)}"' if mark.anchor else ""
    number = mark.number
    return f'<a href="#{escape(mark.target)}"{anchor} aria-label="Source {number}">{number}</a>'


def _fill_html(fill: Fill) -> str:
    match fill:
        case LinkFill():
            return str(escape(fill.url))
        case TextFill():
            return str(escape(fill.text))
        case CitationFill():
            return citation_html(fill)
        case ImageFill():
            return _image_html(fill)
        case FactFill():
            # `verify` asks which value it is, and most addresses name a record alone.
            path = f' data-fact="{escape(fill.path)}"' if fill.path else ""
            data = f'<data value="{escape(fill.value)}"{path}>{escape(fill.text)}</data>'
            return f'<a class="fact" href="{escape(fill.url)}">{data}</a>' if fill.url else data


_SOURCE = Markup('<source type="{}" srcset="{}" sizes="{}">')


def _image_html(fill: ImageFill) -> Markup:
    """Write an image; with its size, so that nothing moves when it comes."""
    size = Markup(' width="{}" height="{}"').format(fill.width, fill.height) if fill.width else ""
    image = Markup('<img src="{}"{} alt="{}" loading="lazy" decoding="async">').format(
        fill.url, size, fill.words
    )
    if not fill.sources:
        return image
    sources = Markup("").join(
        _SOURCE.format(item.media_type, item.srcset, fill.sizes) for item in fill.sources
    )
    return Markup("<picture>{}{}</picture>").format(sources, image)
