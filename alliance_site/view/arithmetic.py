"""How a score comes of its parts, written out in numbers.

Never: decides how anything is scored; rounds, but for the result beside the exact one.
"""

from decimal import Decimal
from fractions import Fraction

from alliance_site.model import Aggregate, Board, Comparison, Node
from alliance_site.view.answers import shown
from alliance_site.view.composer import Composer

MOST_PARTS = 12
"""With more parts than this below the whole, a calculation is no line any more."""

_TIMES = "\N{MULTIPLICATION SIGN}"
_DECIMALS = 1000
"""A fraction that is a whole number of thousandths is written as a decimal."""


def weights_text(composer: Composer, comparison: Comparison, board: Board) -> str:
    """Say what each heading weighs in a weighted mean; nothing where that is no short line."""
    tree = board.rules.tree if board.rules else None
    if tree is None or tree.aggregate is not Aggregate.WEIGHTED_MEAN:
        return ""
    if len(tree.parts) > MOST_PARTS:
        return ""
    titles = comparison.criterion_by_id
    parts = (f"{titles[part.id].title} {_exact(composer, part.weight)}" for part in tree.parts)
    return ", ".join(parts)


def calculation(composer: Composer, comparison: Comparison, board: Board, subject: str) -> str:
    """Write how a subject's score comes of its headings, part for part.

    The numbers are exact, so that the line holds; the score as printed stands at its end where
    that is another. Empty on a ladder, where nothing counts, and where the parts are too many.
    """
    rules, score = board.rules, board.standings[subject].score
    if rules is None or rules.ladder is not None or len(rules.tree.parts) > MOST_PARTS:
        return ""
    tree = rules.tree
    counted = [
        (part.weight, value) for part in tree.parts if (value := score.counted[part.id]) is not None
    ]
    made = score.counted[tree.id]
    if not counted[1:] or made is None or score.value is None:
        return ""  # of one part nothing is computed
    line = f"{_sum(composer, tree, counted)} = {_exact(composer, made)}"
    if score.value != made:
        line = f"{line}, held at {_exact(composer, score.value)}"
    printed = shown(composer, comparison, score.value)
    return line if printed == _exact(composer, score.value) else f"{line}, shown as {printed}"


def _sum(composer: Composer, tree: Node, counted: list[tuple[Fraction, Fraction]]) -> str:
    values = [_exact(composer, value) for _, value in counted]
    products = [
        value if weight == 1 else f"{value} {_TIMES} {_exact(composer, weight)}"
        for value, (weight, _) in zip(values, counted, strict=True)
    ]
    match tree.aggregate:
        case Aggregate.SUM:
            return " + ".join(products)
        case Aggregate.WEIGHTED_MEAN:
            weight = sum((weight for weight, _ in counted), Fraction(0))
            return f"({' + '.join(products)}) ÷ {_exact(composer, weight)}"
        case Aggregate.MINIMUM:
            heard = (text for text, (weight, _) in zip(values, counted, strict=True) if weight)
            return f"the least of {', '.join(heard)}"
        case _:
            return f"({' + '.join(values)}) ÷ {len(values)}"


def _exact(composer: Composer, value: Fraction) -> str:
    """Write a fraction exactly: as a number where few digits do, else as `33 1/3`."""
    whole, rest = divmod(abs(value), 1)
    sign = "−" if value < 0 else ""
    if not rest * _DECIMALS % 1:
        number = Decimal(abs(value.numerator)) / Decimal(value.denominator)
        return f"{sign}{composer.number(number)}"
    part = f"{rest.numerator}/{rest.denominator}"
    return f"{sign}{composer.number(int(whole))} {part}" if whole else f"{sign}{part}"
