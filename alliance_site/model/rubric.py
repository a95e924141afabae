"""What a criterion may be answered, and what each answer counts.

Never: looks at a subject.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from types import MappingProxyType

from msgspec.structs import replace

from alliance_site.diagnostics import Code, Diagnostic, Span, nearest
from alliance_site.model.comparison_records import (
    CellValue,
    ComparisonFile,
    Criterion,
    CriterionType,
    Direction,
    Interval,
    Level,
    Mark,
    RawValue,
)
from alliance_site.model.records import Absence
from alliance_site.model.scoring.rounding import exact
from alliance_site.model.values import parse_number

_YES_AND_NO: Mapping[str, Level] = MappingProxyType(
    {
        "yes": Level(label="Yes", points=Decimal(1), mark=Mark.OPEN),
        "no": Level(label="No", points=Decimal(0), mark=Mark.CLOSED),
    }
)
_BOOLEANS = {"true": "yes", "false": "no"}


def levels_of(file: ComparisonFile, criterion: Criterion) -> Mapping[str, Level]:
    """Return the levels of a criterion: its own, else the comparison's; none of a number or text.

    A question of yes or no has those two, whatever the comparison's own levels are.
    """
    if criterion.type in {CriterionType.NUMBER, CriterionType.TEXT}:
        return {}
    if criterion.rubric:
        return criterion.rubric
    return _YES_AND_NO if criterion.type is CriterionType.BOOL else file.levels


def marked(levels: Mapping[str, Level]) -> Mapping[str, Level]:
    """Give levels that say nothing else the mark that fits their points among the others."""
    if all(level.mark is not None for level in levels.values()):
        return levels
    points = [level.points for level in levels.values()]
    ends = {min(points): Mark.CLOSED, max(points): Mark.OPEN} if len(set(points)) > 1 else {}
    return {
        key: level if level.mark else replace(level, mark=ends.get(level.points, Mark.PARTLY))
        for key, level in levels.items()
    }


def is_scored(criterion: Criterion) -> bool:
    """Say whether answers have points: a text has none, nor has a number without a range."""
    if criterion.type is CriterionType.NUMBER:
        return criterion.range is not None
    return criterion.type is not CriterionType.TEXT


def points_of(levels: Mapping[str, Level], criterion: Criterion, value: CellValue) -> Fraction:
    """Return what a value of the criterion's kind counts, exactly."""
    if isinstance(value, Decimal):
        return _number_points(criterion, value)
    names = (value,) if isinstance(value, str) else value
    return sum((exact(levels[name].points) for name in names), Fraction(0))


def _number_points(criterion: Criterion, value: Decimal) -> Fraction:
    """Map a number from its range to its points; `lower` turns the range round."""
    span = criterion.range or Interval(from_=value, to=value + 1)
    points = criterion.points or span
    share = exact(value - span.from_) / exact(span.to - span.from_)
    if criterion.direction is Direction.LOWER:
        share = 1 - share
    return exact(points.from_) + share * exact(points.to - points.from_)


def extremes(levels: Mapping[str, Level], criterion: Criterion) -> tuple[Fraction, Fraction]:
    """Return the fewest and the most points an answer can count."""
    if criterion.range is not None and criterion.type is CriterionType.NUMBER:
        ends = (
            _number_points(criterion, end) for end in (criterion.range.from_, criterion.range.to)
        )
        low, high = sorted(ends)
        return low, high
    points = [exact(level.points) for level in levels.values()]
    if criterion.type is not CriterionType.MULTI:
        return min(points), max(points)
    zero = Fraction(0)
    return sum((item for item in points if item < 0), zero), sum(
        (item for item in points if item > 0), zero
    )


def possible_values(
    levels: Mapping[str, Level], criterion: Criterion, asked: frozenset[str]
) -> Iterator[CellValue]:
    """Yield the answers between which all answers to a criterion with levels lie.

    Args:
        levels: Of the criterion.
        criterion: A level, yes or no, or several values.
        asked: The levels that matter by themselves. Of several values, those are combined in every
            way; of all others those that add points, or those that take points away, are there.
    """
    if criterion.type is not CriterionType.MULTI:
        yield from levels
        return
    others = [key for key in levels if key not in asked]
    best = tuple(key for key in others if levels[key].points > 0)
    worst = tuple(key for key in others if levels[key].points < 0)
    for count in range(len(asked) + 1):
        for chosen in combinations(sorted(asked), count):
            yield from ((*chosen, *best), (*chosen, *worst))


def read_value(
    file: ComparisonFile, criterion: Criterion, raw: RawValue, span: Span
) -> tuple[CellValue | None, Diagnostic | None]:
    """Read a cell's value as its criterion's kind; a diagnostic where it is none of that kind."""
    if criterion.type is CriterionType.MULTI:
        wrong = next(_outside(file, criterion, raw.texts, span), None)
        return (None if wrong else raw.texts), wrong
    if len(raw.texts) > 1:
        message = f"`{criterion.id}` holds {len(raw.texts)} values, expected one"
        hint = "say `type: multi` in criteria.yaml, or write statements that disagree as mappings"
        return None, Diagnostic(code=Code.WRONG_TYPE, message=message, span=span, hint=hint)
    text = raw.texts[0]
    match criterion.type:
        case CriterionType.TEXT:
            return text, None
        case CriterionType.NUMBER:
            return _read_number(criterion, text, span)
        case CriterionType.BOOL:
            text = _BOOLEANS.get(text, text)
        case CriterionType.LEVEL:
            pass
    wrong = next(_outside(file, criterion, (text,), span), None)
    return (None if wrong else text), wrong


def _read_number(
    criterion: Criterion, text: str, span: Span
) -> tuple[CellValue | None, Diagnostic | None]:
    number, interval = parse_number(text), criterion.range
    if number is None:
        message = f"`{criterion.id}` is `{text}`, expected a number"
        hint = _absence_hint(text)
        return None, Diagnostic(code=Code.BAD_VALUE, message=message, span=span, hint=hint)
    if interval is not None and not interval.from_ <= number <= interval.to:
        message = (
            f"`{text}` is outside the range of `{criterion.id}`, {interval.from_} to {interval.to}"
        )
        return None, Diagnostic(code=Code.OUTSIDE_RUBRIC, message=message, span=span)
    return number, None


def _outside(
    file: ComparisonFile, criterion: Criterion, texts: Sequence[str], span: Span
) -> Iterator[Diagnostic]:
    levels = levels_of(file, criterion)
    for text in texts:
        if text not in levels:
            guess = nearest(text, levels)
            listed = ", ".join(f"`{level}`" for level in levels)
            whose = "this comparison" if levels is file.levels else f"`{criterion.id}`"
            yield Diagnostic(
                code=Code.OUTSIDE_RUBRIC,
                message=f"`{text}` is no level of {whose}, expected {listed}",
                span=span,
                hint=_absence_hint(text) or (f"did you mean `{guess}`?" if guess else ""),
            )


def _absence_hint(text: str) -> str:
    """Say how the absence of an answer is written, where a text names one."""
    name = text.strip().lower().replace("-", "_").replace(" ", "_")
    named = {"n/a": Absence.NOT_APPLICABLE, "na": Absence.NOT_APPLICABLE, "?": Absence.UNKNOWN}
    known = next((item for item in Absence if item.value == name), named.get(name))
    return f"to say that there is no answer, write `{{absence: {known.value}}}`" if known else ""
