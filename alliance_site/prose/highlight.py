"""Code → HTML with Pygments' short class names, which the style sheet colours for both schemes.

Never: writes a colour.
"""

from functools import cache

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_FORMATTER = HtmlFormatter(nowrap=True)


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return None


def is_known_language(language: str) -> bool:
    """Say whether there is a lexer of that name."""
    return _lexer(language) is not None


def highlight_code(code: str, language: str) -> str:
    """Return the code as HTML; plain text where the language is unknown."""
    lexer = _lexer(language) or get_lexer_by_name("text")
    return highlight(code, lexer, _FORMATTER)
