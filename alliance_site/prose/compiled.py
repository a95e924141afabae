"""What Markdown is compiled to: HTML with holes for all that depends on other records.

The HTML of a text depends on the text alone, so it is kept by the text's digest. What changes with
other records (where a link leads, what a fact says, which number a citation bears) is a hole, and
is filled when a page is rendered.

Never: knows which records exist.
"""

from collections.abc import Iterable
from enum import StrEnum

import msgspec
from msgspec import Struct

from alliance_site.plain import Plain

DECORATIVE = '""'
"""Written as the words for an image, says that it shows nothing: `alt=""`, as in HTML."""


class HoleKind(StrEnum):
    """What fills a hole.

    Arguments: `LINK` and `NAME` the target as written; `CITATION` source and locator, in turn, of
    each work cited; `FACT` path and format; `IMAGE` the address as written, the words for it, and
    `figure` where it stands in one.
    """

    LINK = "link"
    NAME = "name"
    CITATION = "citation"
    FACT = "fact"
    IMAGE = "image"


class Hole(Struct, frozen=True, array_like=True):
    """A place in compiled prose that another record decides."""

    kind: HoleKind
    arguments: tuple[str, ...]


class Mention(Struct, frozen=True, array_like=True):
    """A hole as the author wrote it, so that a fault can be shown in its place.

    `needle` occurs in the text; `occurrence` counts from 0 the equal ones before it.
    """

    hole: Hole
    needle: str
    occurrence: int


class Heading(Plain, frozen=True):
    """A heading of a body, for the list of what is on the page."""

    level: int
    anchor: str
    text: str


class Remark(Struct, frozen=True, array_like=True):
    """A fault of the text itself.

    Attributes:
        code: A diagnostic code's value.
        needle: Occurs in the text, from `line` on, where the fault is.
        hint: What to do, where the code's own hint does not say it.
        is_error: Whether it stops a build; the others are warnings.
        line: Of the text, from 0, in which the block begins that has it.
    """

    code: str
    message: str
    needle: str
    hint: str = ""
    is_error: bool = False
    line: int = 0


class ProseFindings(Struct, frozen=True):
    """What a check asks of compiled Markdown; see `Prose`."""

    mentions: tuple[Mention, ...]
    remarks: tuple[Remark, ...]


class Prose(Struct, frozen=True, kw_only=True, array_like=True):
    """Compiled Markdown.

    Attributes:
        key: The digest of the text it was compiled from.
        parts: HTML between the holes; one more than there are holes.
        holes: In the order of the text.
        text_parts: The same without markup, for descriptions and titles; parallel to `parts`.
        mentions: Every hole that stands in the text, in order.
        headings: In order, with unique anchors.
        words: How many words a reader reads.
        is_inline: Whether it is a single paragraph, whose `<p>` is then left out.
        remarks: What is wrong with the text itself.
    """

    key: str
    parts: tuple[str, ...]
    holes: tuple[Hole, ...]
    text_parts: tuple[str, ...]
    mentions: tuple[Mention, ...]
    headings: tuple[Heading, ...]
    words: int
    is_inline: bool
    remarks: tuple[Remark, ...]

    @property
    def findings(self) -> ProseFindings:
        """What a check asks of it."""
        return ProseFindings(self.mentions, self.remarks)


def dump_prose(texts: Iterable[Prose]) -> bytes:
    """Write compiled texts as JSON, to be kept."""
    return msgspec.json.encode(list(texts))


def load_prose(kept: bytes) -> dict[str, Prose]:
    """Read what `dump_prose` wrote, by key; nothing where it is something else."""
    try:
        return {item.key: item for item in _READER.decode(kept)}
    except msgspec.DecodeError:
        return {}


_READER = msgspec.json.Decoder(list[Prose])
