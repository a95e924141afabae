"""Archived texts of sources, and whether a quote is in one.

White space and typographic variants are folded, so that a quote may be set as a page sets it:
quotation marks, dashes, ligatures, no-break spaces, soft hyphens. Letters, digits and their case
are not.

Never: opens a file; judges what a quote proves.
"""

import re
import unicodedata
from functools import cached_property

from msgspec import Struct

_SPACES = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_VARIANTS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)


class Archive(Struct, frozen=True, dict=True):
    """A text file below `content/archive/`: the words of a source, as far as they are kept.

    Attributes:
        path: The input's path.
        digest: SHA-256 of its bytes, in hexadecimal.
    """

    path: str
    digest: str
    text: str

    @cached_property
    def folded(self) -> str:
        """The text, folded; a source is often quoted a hundred times."""
        return fold(self.text)


def fold(text: str) -> str:
    """Fold white space and typographic variants. Source: Unicode normalisation form KC."""
    plain = text.translate(_INVISIBLE).translate(_VARIANTS)
    normal = unicodedata.normalize("NFKC", plain).translate(_VARIANTS)
    return _SPACES.sub(" ", normal).strip()


def nearest_passage(quote: str, folded: str) -> str:
    """Return the passage of a folded text that is most like a quote; empty where none is.

    The longest run of words that both have is found, and as much around it as the quote has.
    """
    from difflib import SequenceMatcher  # noqa: PLC0415 - where a text is not found as it stands

    wanted, words = fold(quote).split(" "), folded.split(" ")
    matcher = SequenceMatcher(None, words, wanted, autojunk=False)
    match = matcher.find_longest_match()
    if not match.size:
        return ""
    start = max(match.a - match.b, 0)
    return " ".join(words[start : start + len(wanted)])
