"""Scores by heading as the script that weighs anew reads them: whole numbers over one denominator.

Never: rounds; writes anything for readers.
"""

from collections.abc import Mapping
from math import lcm

from alliance_site.model import Aggregate, Board, Rules, Scenario, Standing, scenarios

MOST_WEIGHED = 30
"""Up to how many headings a reader can weigh."""


def can_weigh(board: Board) -> bool:
    """Say whether there are headings that could weigh more or less."""
    rules = board.rules
    if rules is None or rules.ladder is not None:
        return False
    is_weighed = rules.tree.aggregate in {Aggregate.MEAN, Aggregate.WEIGHTED_MEAN, Aggregate.SUM}
    return is_weighed and 1 < len(rules.tree.parts) <= MOST_WEIGHED


def weighed_scores(board: Board) -> tuple[int, Mapping[str, str]]:
    """Write every subject's scores by heading as whole numbers, for the script that weighs anew.

    Returns:
        What the numbers are divided by; and subject → three ends, set apart by `|`: as printed,
        the worst, the best. Each lists the headings' scores, `-` for none, and after an `@` the
        cap that holds. The worst and the best may have several such lists, set apart by `/`, one
        for each way that a gate could turn out.
    """
    rules = board.rules
    if rules is None or not can_weigh(board):
        return 1, {}
    found = {
        subject: _scenes(rules, board, subject, standing)
        for subject, standing in board.standings.items()
    }
    heads = [item.id for item in rules.tree.parts]
    every = [scene for ends in found.values() for scenes in ends for scene in scenes]
    whole = lcm(
        *(limit.cap.denominator for limit in rules.limits),
        *(value.denominator for scene in every for key in heads if (value := scene.counted[key])),
    )

    def written(scene: Scenario) -> str:
        values = (scene.counted[key] for key in heads)
        numbers = ",".join("-" if value is None else str(int(value * whole)) for value in values)
        return numbers if scene.cap is None else f"{numbers}@{int(scene.cap * whole)}"

    return whole, {
        subject: "|".join("/".join(dict.fromkeys(map(written, scenes))) for scenes in ends)
        for subject, ends in found.items()
    }


def _scenes(
    rules: Rules, board: Board, subject: str, standing: Standing
) -> tuple[tuple[Scenario, ...], ...]:
    """Return a subject's score as printed, its worst ends and its best ends."""
    score = standing.score
    cap = min((rules.limits[place].cap for place in score.limited_by), default=None)
    printed = Scenario(counted=score.counted, cap=cap)
    return ((printed,), *scenarios(rules, board.answers[subject]))
