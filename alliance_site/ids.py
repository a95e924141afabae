"""Names and titles → ids: a-z, 0-9 and single hyphens; and the ids of pages that every site has.

Never: knows the records of a site.
"""

import re
import unicodedata

__all__ = ["INTRODUCED", "PAGE_LISTS", "id_of"]

_BREAK = re.compile(r"[^a-z0-9]+")
_SPELLED = str.maketrans(
    {
        "æ": "ae",
        "ð": "d",
        "đ": "d",
        "ə": "e",
        "ħ": "h",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ł": "l",
        "ŋ": "ng",
        "œ": "oe",
        "ø": "o",
        "þ": "th",
        "ŧ": "t",
    }
)
"""Letters of Latin alphabets that are no other letter with an accent."""


def id_of(text: str) -> str:
    """Make an id of a name: `Łódź & Ærø ` → `lodz-aero`.

    Letters lose their accents, letters such as ø and ß are spelled, all else becomes hyphens.

    Returns:
        The id; empty where the text has no Latin letter and no digit.
    """
    # Case is folded, and not lowered, as that spells the sharp s.
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_SPELLED)
    return _BREAK.sub("-", plain.encode("ascii", "ignore").decode()).strip("-")


PAGE_LISTS = (
    "home",
    "members",
    "organizations",
    "objectives",
    "comparisons",
    "arguments",
    "articles",
    "timeline",
    "sources",
    "figures",
    "corrections",
    "changes",
    "method",
    "data",
    "charts",
    "receipts",
    "search",
)
"""Pages that every site has, as `page:<name>` names them."""

INTRODUCED = frozenset({"method"})
"""Those of them that begin with the text of the site's own page of that name."""
