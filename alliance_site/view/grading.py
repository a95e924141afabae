"""How a criterion is graded, in sentences: what may be answered, and how it counts.

Never: scores.
"""

from collections.abc import Iterator
from decimal import Decimal

from alliance_site.model import Aggregate, Comparison
from alliance_site.model.comparison_records import Criterion, CriterionType, Direction
from alliance_site.view.composer import Composer

_WEIGHED = frozenset({Aggregate.WEIGHTED_MEAN, Aggregate.SUM})


def grading(composer: Composer, comparison: Comparison, criterion: Criterion) -> Iterator[str]:
    """Yield what a reader must know of a criterion or heading beside its levels."""
    if criterion.id not in comparison.headings:
        yield from _kind(composer, criterion)
    yield from _asked(comparison, criterion)
    yield from _counted(composer, comparison, criterion)


def _kind(composer: Composer, criterion: Criterion) -> Iterator[str]:
    match criterion.type:
        case CriterionType.NUMBER:
            yield _number(composer, criterion)
        case CriterionType.TEXT:
            yield "Answered in words, which are shown and not scored."
        case CriterionType.MULTI:
            yield "Several answers may hold at once; what they count is added up."
        case CriterionType.BOOL:
            yield "Answered with yes or no."
        case CriterionType.LEVEL:
            pass


def _number(composer: Composer, criterion: Criterion) -> str:
    unit = f" in {criterion.unit}" if criterion.unit else ""
    span, points = criterion.range, criterion.points
    if span is None:
        return f"Answered with a number{unit}, which is shown and not scored."
    number = composer.number
    ends = f" from {number(span.from_)} to {number(span.to)}"
    less = "; less is better" if criterion.direction is Direction.LOWER else ""
    scaled = f"; it counts {number(points.from_)} to {number(points.to)} points" if points else ""
    return f"Answered with a number{unit}{ends}{less}{scaled}."


def _asked(comparison: Comparison, criterion: Criterion) -> Iterator[str]:
    if criterion.applies_to:
        groups, subjects = comparison.file.groups, comparison.subject_by_id
        names = [
            groups[key].title if key in groups else subjects[key].name
            for key in criterion.applies_to
        ]
        yield f"Asked of {', '.join(names)} only."
    giver = comparison.scoring.inherits.get(criterion.id)
    if giver is not None:
        title = comparison.criterion_by_id[giver.criterion].title
        yield f"Where it has no answer of its own, that to “{title}” counts."


def _counted(composer: Composer, comparison: Comparison, criterion: Criterion) -> Iterator[str]:
    scoring = comparison.scoring
    if any(item.criterion == criterion.id for item in scoring.left_out):
        yield "Shown, and not counted in the score."
        return
    above = scoring.nodes.get(criterion.parent or "")
    aggregate = scoring.aggregate if above is None else above.aggregate or scoring.aggregate
    own = scoring.nodes.get(criterion.id)
    weight = criterion.weight if own is None or own.weight is None else own.weight
    if aggregate in _WEIGHED and weight != Decimal(1):
        beside = "its heading" if criterion.parent else "the whole"
        yield f"It weighs {composer.number(weight)} in the score of {beside}."
