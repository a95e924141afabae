"""The costly pure step: Markdown text → HTML with holes, kept by the text's digest.

Never: knows which records exist.
"""

from alliance_site.prose.compile import compile_prose, count_words, prose_key
from alliance_site.prose.compiled import (
    DECORATIVE,
    Heading,
    Hole,
    HoleKind,
    Mention,
    Prose,
    ProseFindings,
    Remark,
    dump_prose,
    load_prose,
)

__all__ = [
    "DECORATIVE",
    "Heading",
    "Hole",
    "HoleKind",
    "Mention",
    "Prose",
    "ProseFindings",
    "Remark",
    "compile_prose",
    "count_words",
    "dump_prose",
    "load_prose",
    "prose_key",
]
