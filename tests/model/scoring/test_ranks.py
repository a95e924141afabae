"""Scores → places: ties stay ties, and the range holds every place that unknown cells allow."""

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from alliance_site.model.scoring.declared import RankStyle
from alliance_site.model.scoring.ranks import RankRange, places, rank_ranges, ties

SCORES = {"a": Fraction(3), "b": Fraction(5), "c": Fraction(3), "d": Fraction(1)}


def test_equal_scores_share_a_rank_and_the_next_one_counts_them_all() -> None:
    assert places(SCORES, RankStyle.COMPETITION) == {"a": 2, "b": 1, "c": 2, "d": 4}


def test_dense_ranks_leave_no_gap_after_a_tie() -> None:
    assert places(SCORES, RankStyle.DENSE) == {"a": 2, "b": 1, "c": 2, "d": 3}


def test_a_tie_says_with_how_many_others() -> None:
    assert ties(SCORES) == {"a": 1, "b": 0, "c": 1, "d": 0}


def test_a_rank_is_as_good_and_as_bad_as_unknown_scores_allow() -> None:
    bounds = {"a": (Fraction(2), Fraction(6)), "b": (Fraction(5), Fraction(5))}
    found = rank_ranges(bounds, RankStyle.COMPETITION)
    assert found == {"a": RankRange(1, 2), "b": RankRange(1, 2)}


def test_a_subject_is_no_rival_of_its_own() -> None:
    found = rank_ranges({"a": (Fraction(0), Fraction(9))}, RankStyle.COMPETITION)
    assert found["a"] == RankRange(1, 1)


# Each subject may come to one of a few scores; every combination is tried.
POSSIBLE = st.dictionaries(
    st.sampled_from("abcde"),
    st.sets(st.integers(0, 4).map(Fraction), min_size=1, max_size=3),
    min_size=1,
    max_size=4,
)


def tried(possible: dict[str, set[Fraction]], style: RankStyle) -> dict[str, RankRange]:
    """Rank every combination, and note the best and worst rank of each subject."""
    found: dict[str, list[int]] = {key: [] for key in possible}
    for chosen in product(*possible.values()):
        for key, place in places(dict(zip(possible, chosen, strict=True)), style).items():
            found[key].append(place)
    return {key: RankRange(min(every), max(every)) for key, every in found.items()}


@given(POSSIBLE)
def test_competition_ranges_are_exactly_those_of_brute_force(
    possible: dict[str, set[Fraction]],
) -> None:
    bounds = {key: (min(scores), max(scores)) for key, scores in possible.items()}
    style = RankStyle.COMPETITION
    assert rank_ranges(bounds, style) == tried(possible, style)


@given(POSSIBLE)
def test_no_dense_rank_lies_outside_its_range(possible: dict[str, set[Fraction]]) -> None:
    bounds = {key: (min(scores), max(scores)) for key, scores in possible.items()}
    ranges = rank_ranges(bounds, RankStyle.DENSE)
    for key, found in tried(possible, RankStyle.DENSE).items():
        assert ranges[key].joined(found) == ranges[key]
