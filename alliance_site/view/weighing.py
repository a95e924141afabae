"""The reader's own weights: what the form needs to know.

Never: weighs (the script does, and `model` for the built ranking).
"""

from decimal import Decimal
from fractions import Fraction

from alliance_site.model import Aggregate, Comparison
from alliance_site.view.comparison_views import WeighedHeading, WeighingView
from alliance_site.view.composer import Composer
from alliance_site.view.weighed import can_weigh
from alliance_site.view.words import separators


def weighing_view(composer: Composer, comparison: Comparison) -> WeighingView | None:
    """Say how a reader may weigh the headings of the newest edition; None where there is no way."""
    board = comparison.boards[comparison.latest.id]
    if not can_weigh(board) or board.rules is None:
        return None
    decimal, thousands = separators(composer.language)
    is_sum = board.rules.tree.aggregate is Aggregate.SUM
    is_equal = board.rules.tree.aggregate is Aggregate.MEAN
    rounding = comparison.scoring.rounding
    return WeighingView(
        ranking=f"edition-{comparison.latest.id}",
        headings=tuple(
            WeighedHeading(
                item.id,
                comparison.criterion_by_id[item.id].title,
                "1" if is_equal else _plain(item.weight),
            )
            for item in board.rules.tree.parts
        ),
        mode="sum" if is_sum else "mean",
        denominator=str(composer.index.comparison(comparison.id).weighed[0]),
        digits=rounding.digits,
        rounding=rounding.mode.value,
        rank=comparison.scoring.rank.value,
        decimal=decimal,
        thousands=thousands,
    )


def _plain(weight: Fraction) -> str:
    """Write a weight as digits; all declared ones are decimals."""
    return str(Decimal(weight.numerator) / weight.denominator)
