"""Why a text is no YAML: the slips of an editor's hand, named in an editor's words.

A parser says at which character it gave up, and in its own words why. What led there is mostly one
of a few slips, which the line shows, or the one before.

Never: reads a text that is YAML.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Slip(NamedTuple):
    """A slip: where it is, what was found, and what to do.

    Attributes:
        line: From 0.
        column: The first character, from 0.
        end: One past the last.
    """

    line: int
    column: int
    end: int
    message: str
    hint: str


_ODD = re.compile("[\u00a0\u00ad\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2064\u3000\ufeff]")
"""Spaces that are not the space bar's, and characters that nobody sees."""


def odd_character(text: str) -> str:
    """Name the first odd space or invisible character in a text; empty where there is none."""
    found = _ODD.search(text)
    return "" if found is None else f"U+{ord(found[0]):04X} ({unicodedata.name(found[0]).lower()})"


ODD_HINT = "write a plain space; such characters come from copying out of other programs"


def find_slip(lines: Sequence[str], line: int, problem: str) -> Slip | None:
    """Find what led to an error; None where it is no slip that is known.

    Args:
        lines: Of the text.
        line: The one, from 0, at which the parser gave up.
        problem: What it said.
    """
    above = next((n for n in range(line - 1, -1, -1) if lines[n].strip()), line)
    for number in (line, above):
        found = _odd_space(lines, number) or _no_space_after_dash(lines, number)
        if found is not None:
            return found
    if "could not find expected `:`" in problem or "mapping values" in problem:
        for number in (above, line):
            if found := _no_space_after_colon(lines, number):
                return found
    return _starts_with_bracket(lines, line) or _indented_below_value(lines, line, above)


_KEY = r"[A-Za-z_][\w-]*"
_PLACE = re.compile(rf"[ ]*(?:-[ ]+)*(?:{_KEY}:)?")


def _odd_space(lines: Sequence[str], line: int) -> Slip | None:
    """Look before the text of a line, and behind its key."""
    text = lines[line]
    for found in _ODD.finditer(text):
        if _PLACE.fullmatch(_ODD.sub(" ", text[: found.start()])):
            message = f"character {odd_character(found[0])} stands where a space is expected"
            return Slip(line, found.start(), found.end(), message, ODD_HINT)
    return None


def _no_space_after_dash(lines: Sequence[str], line: int) -> Slip | None:
    found = re.match(rf"([ ]*)-({_KEY}:)(?:\s|$)", lines[line])
    if found is None:
        return None
    message = f"`-{found[2]}` has no space after the `-` that begins an entry of a list"
    start = len(found[1])
    return Slip(line, start, start + 1, message, f"write `- {found[2]} …`")


def _no_space_after_colon(lines: Sequence[str], line: int) -> Slip | None:
    found = re.match(rf"([ ]*(?:-[ ]+)?)({_KEY}):([^\s:/][^:]*)$", lines[line])
    if found is None:
        return None
    message = f"`{found[2]}:{found[3][:20].strip()}` has no space after the `:` that ends a key"
    start = len(found[1])
    return Slip(
        line, start, start + len(found[2]) + 1, message, f"write `{found[2]}: {found[3].strip()}`"
    )


def _starts_with_bracket(lines: Sequence[str], line: int) -> Slip | None:
    """Look for a text in Markdown that begins with a link, a citation or a fact."""
    found = re.match(rf"([ ]*(?:-[ ]+)*(?:{_KEY}:[ ]+)?)([\[{{])(.*)", lines[line])
    if found is None:
        return None
    close = {"[": "]", "{": "}"}[found[2]]
    _, _, rest = found[3].partition(close)
    is_ours = found[3].startswith(("@", "fact}", "literal}"))
    if not is_ours and not re.match(r"[^\s,#\]}:]|[ ]+[^\s,#\]}:]", rest):
        return None
    start = len(found[1])
    what = "a list" if found[2] == "[" else "keys with values"
    message = f"a text begins with `{found[2]}`, which begins {what} in YAML"
    hint = f"put quotes around the whole text: `'{found[2]}…'`"
    return Slip(line, start, start + 1, message, hint)


def _indented_below_value(lines: Sequence[str], line: int, above: int) -> Slip | None:
    key = re.match(rf"([ ]+)({_KEY}):(?:\s|$)", lines[line])
    upper = re.match(rf"([ ]*(?:-[ ]+)*)({_KEY}):[ ]+[^\s#|>]", lines[above])
    if key is None or upper is None or above == line or len(key[1]) <= len(upper[1]):
        return None
    message = f"`{key[2]}` is indented below `{upper[2]}`, which has a value already"
    hint = f"begin it below the `{upper[2][0]}` of `{upper[2]}`; a text that goes on needs quotes"
    return Slip(line, len(key[1]), len(key[1]) + len(key[2]) + 1, message, hint)


CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
"""The first and the last line of a conflict. Source: git-merge, how conflicts are presented."""


def conflict_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines, from 0, that a merge left in a text for people to settle."""
    if "<<<<<<<" in text or ">>>>>>>" in text:
        for found in CONFLICT.finditer(text):
            yield text.count("\n", 0, found.start()), found[0]
