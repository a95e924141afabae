"""Numbers in prose: what repeats or contradicts a figure, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_site.check import check_numbers
from tests.small_site import site_of

FIGURES = """\
ships:
  label: Ships in the harbour
  unit: ships
  date: 2024-01-15
  value:
    - {id: counted, value: 1234, rank: preferred, evidence: launch-note}
    - {id: said, value: about 1000, evidence: launch-note}
score:
  label: Openness score of Acme
  unit: of 100
  date: 2024-05
  value: 64
  evidence: launch-note
price:
  label: Price of the pier
  unit: million euros
  value: 2.5
  evidence: launch-note
"""


def found(text: str) -> list[tuple[str, str]]:
    page = f"---\ntitle: About\ndek: Who we are.\n---\n{text}\n"
    site = site_of({"figures.yaml": FIGURES, "pages/about.md": page})
    return [
        (item.code.value.partition("-")[0], item.message.split("`")[3])
        for item in check_numbers(site)
    ]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("The harbour has 1,234 ships.", "figures/ships"),
        ("There are 1234 old wooden ships.", "figures/ships"),
        ("About 1,000 ships lie in the harbour.", "figures/ships/said"),
        ("Acme scored 64 of 100.", "figures/score"),
        ("Acme has an openness of 64 points.", "figures/score"),
        ("The price of the pier was 2.5 million euros.", "figures/price"),
        ("| harbour | 1,234 ships |\n| --- | --- |\n| a | b |", "figures/ships"),
    ],
)
def test_a_literal_repeats_the_figure_that_it_is(text: str, path: str) -> None:
    assert found(text) == [("repeated", path)]


@pytest.mark.parametrize(
    "text",
    [
        "In 1987 the harbour had no ships.",
        "In May 1999 the harbour had 1,234 ships.",
        "Globex scored 64 of 100.",
        "Acme lost 64 ships.",
        "Acme wrote 36 pages of 100.",
        "`The harbour has 1,234 ships.`",
        "The harbour has [many](https://ships.example/1234) ships.",
        "The harbour has {fact}`figures/ships` ships.",
        "The harbour has {literal}`1,234` ships.",
        "The harbour of model A-1234 ships.",
        "The pier cost 12.5 million euros.",
    ],
)
def test_what_only_looks_like_a_figure_is_let_be(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In January 2024 the harbour had 1,235 ships.", [("contradicted", "figures/ships")]),
        (
            "In January 2024 the harbour had about 1,000 ships.",
            [("repeated", "figures/ships/said")],
        ),
        ("In 2023 the harbour had 1,235 ships.", []),
        ("The harbour had 1,235 ships.", []),
    ],
)
def test_another_number_contradicts_only_of_the_same_thing_on_the_same_day(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == expected


WORDS = st.lists(st.sampled_from(["the", "harbour", "holds", "some", "ships", "and"]), max_size=8)


@given(WORDS, WORDS)
def test_a_text_bound_to_the_data_is_never_found(before: list[str], after: list[str]) -> None:
    bound = " ".join([*before, "{fact}`figures/ships`", *after])
    meant = " ".join([*before, "{literal}`1,234`", *after])
    assert found(f"{bound}.\n\n{meant}.") == []
