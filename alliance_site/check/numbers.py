"""Numbers that stand in prose as digits although the site keeps them as figures.

A literal is held against a figure by three things: the number, the noun that follows it (a word of
the figure's unit or label), and what else the sentence says (a further word of the label or its
date, and no other year than the figure's). With the same number it *repeats* the figure silently,
and will stay behind when that changes. With another number it *contradicts* the figure, where the
sentence speaks of the same thing beyond doubt: most words of the label, the unit, and the day.

Years, days, versions, names with digits and what stands in code, links or roles are no literals.
Texts that belong to a figure (its notes and those of its statements) may say its number.

Never: changes a text; reads HTML.
"""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from alliance_site.diagnostics import Code, Diagnostic, Severity
from alliance_site.model import KINDS, Markdown, PartialDate, Quantity, Site, shape_of
from alliance_site.model.records import Figure, Statement

_MASKED = re.compile(
    r"```.*?```|~~~.*?~~~"  # code
    r"|\{[\w-]+\}`[^`\n]*`|`[^`\n]*`"  # roles, code
    r"|\[@[^\]]*\]"  # citations
    r"|\]\([^)\n]*\)|<https?:[^>\s]*>|https?://\S+",  # addresses
    re.DOTALL,
)
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n\s*\n|\s*\|\s*|\n(?=\s*(?:[-*+]|\d+\.)\s)")
_NUMBER = re.compile(
    r"(?<![\w.,/-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w-])|(?<![\w.,/-])\d+(?:\.\d+)?(?![\w-]|[.,]\d)"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'-]*|\d+")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_STOP = frozenset(
    (
        *("a", "about", "according", "ai", "all", "an", "and", "as", "at", "by", "for", "from"),
        *("in", "into", "is", "it", "its", "later", "more", "of", "on", "one", "or", "per"),
        *("released", "than", "that", "the", "their", "this", "to", "total", "was", "were"),
        *("which", "with", "year"),
    )
)
_FOLLOWING = 4
"""How many words after a number may hold its noun."""
_LOOK_AHEAD = 80
"""How many characters these may take."""
_TELLING = 3
"""A number of so many significant digits needs no second word of the label."""
_FEWEST_TERMS, _MOST_OF = 2, Decimal("0.6")
"""How many words of a label, and which part of them, speak of the same thing beyond doubt."""


class Known(Struct, frozen=True):
    """A number that the site keeps.

    Attributes:
        path: The fact's path, as prose writes it.
        unit: Stems of the unit's words.
        terms: Stems of the label's words.
        names: Those of them that are names; a sentence about the figure has one of them.
        date: What the number is of; None where nothing says so.
    """

    path: str
    number: Decimal
    qualifier: str
    unit: frozenset[str]
    unit_text: str
    terms: frozenset[str]
    names: frozenset[str]
    date: PartialDate | None

    @property
    def nouns(self) -> frozenset[str]:
        """The words that may follow its number."""
        return self.unit | self.terms


class Literal(Struct, frozen=True):
    """A number in a sentence.

    Attributes:
        written: As it stands in the text.
        at: Where it begins in the text.
        following: Stems of the words after it, in order.
        before: The text of the sentence before it.
        stems: Stems of all words of the sentence.
        years: The years that the sentence names, and its months, as (year, month or 0).
    """

    written: str
    number: Decimal
    at: int
    following: tuple[str, ...]
    before: str
    stems: frozenset[str]
    dates: frozenset[tuple[int, int]]


def check_numbers(site: Site) -> Iterator[Diagnostic]:
    """Yield every literal in prose that repeats or contradicts a figure; all of it warnings."""
    known = tuple(known_numbers(site))
    if not known:
        return
    by_number: dict[Decimal, list[Known]] = defaultdict(list)
    for item in known:
        by_number[item.number].append(item)
    nouns = frozenset().union(*(item.nouns for item in known))
    for text, about in _texts(site):
        for literal in literals_in(text.text, nouns, about):
            yield from _check_literal(literal, text, known, by_number)


def known_numbers(site: Site) -> Iterator[Known]:
    """Yield the numbers of all figures, each statement of its own."""
    for figure in site.figures.values():
        for statement in figure.value:
            if statement.value is not None:
                yield _known(figure, statement, statement.value)


def _known(figure: Figure, statement: Statement[Quantity], quantity: Quantity) -> Known:
    is_headline = statement is figure.value[0]
    suffix = "" if is_headline or statement.id is None else f"/{statement.id}"
    return Known(
        path=f"figures/{figure.id}{suffix}",
        number=quantity.number,
        qualifier=quantity.qualifier,
        unit=frozenset(_unit_stems(figure.unit)),
        unit_text=figure.unit,
        terms=frozenset(_stems(figure.label)),
        names=frozenset(_names(figure.label)),
        date=statement.valid.from_ or figure.date,
    )


def _unit_stems(unit: str) -> Iterator[str]:
    """Yield the stems of a unit; the `100` of a score is one, and so is what it counts."""
    yield from _stems(unit)
    if "100" in unit:
        yield from ("100", "point")


def _names(label: str) -> Iterator[str]:
    """Yield the stems of a label's names: words with a capital that does not begin it."""
    for place, word in enumerate(_WORD.findall(label)):
        is_name = word[:1].isupper() if place else word[1:2].isupper()
        if is_name:
            yield from _stems(word)


def _texts(site: Site) -> Iterator[tuple[Markdown, frozenset[str]]]:
    """Yield the prose of all records but figures, and of the settings.

    With each the stems of the name of the organisation or event that it is about: its sentences
    need not name it.
    """
    for kind in KINDS:
        if kind.collection not in {"figures", "corrections", "sources"}:
            is_about = kind.collection in {"organizations", "events"}
            for key, record in getattr(site, kind.collection).items():
                name = site.names[f"{kind.prefix}:{key}"] if is_about else ""
                about = frozenset(_stems(name))
                yield from ((text, about) for text in _markdown_in(record))
    for comparison in site.comparisons.values():
        yield from ((text, frozenset()) for text in _markdown_in(comparison.file))
    yield from ((text, frozenset()) for text in _markdown_in(site.settings))


def _markdown_in(value: Any) -> Iterator[Markdown]:
    if isinstance(value, Markdown):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _markdown_in(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _markdown_in(item)
    elif shape_of(type(value)) == "record":
        for name in value.__struct_fields__:
            yield from _markdown_in(getattr(value, name))


def _check_literal(
    literal: Literal,
    text: Markdown,
    known: Sequence[Known],
    by_number: Mapping[Decimal, Sequence[Known]],
) -> Iterator[Diagnostic]:
    equal = [item for item in by_number.get(literal.number, ()) if _has_noun(literal, item)]
    same = [item for item in equal if _repeats(literal, item)]
    if same:
        best = max(same, key=lambda item: (len(item.terms & literal.stems), item.path))
        yield _diagnostic(Code.REPEATED_NUMBER, "repeats", literal, best, text)
    elif not equal:
        other = next((item for item in known if _contradicts(literal, item)), None)
        if other is not None:
            yield _diagnostic(Code.CONTRADICTED_NUMBER, "contradicts", literal, other, text)


def literals_in(
    text: str, nouns: frozenset[str], about: frozenset[str] = frozenset()
) -> Iterator[Literal]:
    """Yield the numbers of a Markdown text that may stand for a figure, in order.

    Args:
        text: The Markdown.
        nouns: Stems of the words one of which must follow a number.
        about: Stems of what the whole text is about, as if every sentence said it.
    """
    masked = _MASKED.sub(lambda match: re.sub(r"[^\n]", "\0", match[0]), text)
    found = [match for match in _NUMBER.finditer(masked) if _has_any(nouns, masked, match)]
    if not found:
        return
    ends = [*(match.start() for match in _SENTENCE.finditer(masked)), len(masked)]
    for match in found:
        place = bisect(ends, match.start())
        start = ends[place - 1] if place else 0
        sentence, at = masked[start : ends[place]], match.start() - start
        before, after = sentence[:at], sentence[at + len(match[0]) :]
        following = tuple(_stem(word) for word in _WORD.findall(after)[:_FOLLOWING])
        is_whole = match[0] in nouns and before.rstrip().endswith(" of")
        if nouns.isdisjoint(following) or is_whole or _is_date(before, match[0], after):
            continue
        yield Literal(
            written=match[0],
            number=Decimal(match[0].replace(",", "")).normalize(),
            at=match.start(),
            following=following,
            before=before,
            stems=frozenset(_stems(sentence)) | about,
            dates=frozenset(_dates(sentence)),
        )


def _has_any(nouns: frozenset[str], masked: str, match: re.Match[str]) -> bool:
    """Look ahead a little way, before the sentence is looked for."""
    ahead = masked[match.end() : match.end() + _LOOK_AHEAD]
    return any(_stem(word) in nouns for word in _WORD.findall(ahead)[:_FOLLOWING])


def _is_date(before: str, number: str, after: str) -> bool:
    """Say whether a number is a year or a day, by the words beside it."""
    is_day = after.lstrip().lower().startswith(_MONTHS)
    is_year = re.fullmatch(r"(?:19|20)\d\d", number) is not None
    return is_day or is_year or before.rstrip().lower().endswith(_MONTHS)


def _dates(sentence: str) -> Iterator[tuple[int, int]]:
    pattern = rf"(?:({'|'.join(_MONTHS)})\s+)?((?:19|20)\d\d)\b"
    for month, year in re.findall(pattern, sentence.lower()):
        yield int(year), _MONTHS.index(month) + 1 if month else 0


def _stems(text: str) -> Iterator[str]:
    for word in _WORD.findall(text):
        stem = _stem(word)
        if stem not in _STOP and not stem.isdigit() and stem not in _MONTHS:
            yield stem


def _stem(word: str) -> str:
    """Fold case and the plural, so that `logos` is `logo`."""
    folded = word.lower().removesuffix("'s").removesuffix("'")
    if folded.endswith("ies"):
        return f"{folded[:-3]}y"
    return folded[:-1] if len(folded) > len("its") and folded.endswith("s") else folded


def _has_noun(literal: Literal, known: Known) -> bool:
    """Say whether a word of the unit or the label follows the number."""
    return not known.nouns.isdisjoint(literal.following)


def _is_about(literal: Literal, known: Known) -> bool:
    """Say whether the sentence has a name of the label, where that has any."""
    return not known.names or not known.names.isdisjoint(literal.stems)


def _fits_date(literal: Literal, known: Known) -> bool:
    """Say whether the sentence names no date, or the figure's."""
    return not literal.dates or known.date is None or _names_date(literal, known.date)


def _names_date(literal: Literal, day: PartialDate) -> bool:
    return any(
        year == day.year and (not month or not day.month or month == day.month)
        for year, month in literal.dates
    )


def _repeats(literal: Literal, known: Known) -> bool:
    if not _fits_date(literal, known):
        return False
    digits = len(literal.number.as_tuple().digits)
    if digits >= _TELLING and not known.unit.isdisjoint(literal.following):
        return True
    shared = known.terms & literal.stems
    names_day = known.date is not None and _names_date(literal, known.date)
    says_more = len(shared) >= _FEWEST_TERMS or bool(shared - set(literal.following))
    return (says_more or names_day) and _is_about(literal, known)


def _contradicts(literal: Literal, known: Known) -> bool:
    shared = known.terms & literal.stems
    is_same_thing = len(shared) >= _FEWEST_TERMS and len(shared) >= _MOST_OF * len(known.terms)
    is_same_unit = not known.unit.isdisjoint(literal.following)
    is_same_day = known.date is not None and _names_date(literal, known.date)
    return is_same_thing and is_same_unit and is_same_day and _is_about(literal, known)


def _diagnostic(
    code: Code, word: str, literal: Literal, known: Known, text: Markdown
) -> Diagnostic:
    kept = f"{known.qualifier} {known.number:,}".strip()
    span = text.span_of(literal.written, text.text.count(literal.written, 0, literal.at))
    return Diagnostic(
        code=code,
        message=f"`{literal.written}` {word} `{known.path}`, which is {kept} {known.unit_text}",
        span=span,
        hint=f"write {_role(literal, known)}, or {{literal}}`{literal.written}` if it is not that",
        severity=Severity.WARNING,
    )


def _role(literal: Literal, known: Known) -> str:
    """Write the role that prints the figure in the place of the literal."""
    is_qualified = known.qualifier and literal.before.rstrip().endswith(known.qualifier)
    return f"{{fact}}`{known.path}{' | qualified' if is_qualified else ''}`"
