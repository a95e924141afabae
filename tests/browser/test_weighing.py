"""The reader's weights: the page gives the numbers that Python gives, to the last digit shown."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from alliance_site.model import Comparison, rank, rounded, under
from alliance_site.view.words import number_text
from tests.browser.conftest import NewPage, Serve
from tests.browser.stress_site import write_files
from tests.small_site import BASE, COMPARISON, site_of

HEADINGS = ("first", "second", "third")
SUBJECTS = ("ann", "bob", "cid", "dot", "eve", "fay", "gus")
# One column a subject, one line a criterion: open, partly, closed, not known, not applicable.
ANSWERS = {
    "first-a": "opc?o-o",
    "first-b": "oocp?-p",
    "first-c": "ccp?o-c",
    "second-a": "p?oocpo",
    "second-b": "opoc?cp",
    "third-a": "-pocc?p",
    "third-b": "-cop?oc",
    "third-c": "-pp?cop",
}
LEVELS = {"o": "open", "p": "partly", "c": "closed"}
ABSENCES = {"?": "{absence: unknown}", "-": "{absence: not_applicable}"}

SCORINGS = {
    "weighted": """\
aggregate: weighted-mean
nodes: {first: {weight: 3}, second: {weight: 2}, third: {weight: 3}}
unknown: bounds
scale: 100
rounding: {digits: 1, mode: half-even}
gates:
  - {criterion: first-b, is: [closed], cap: 60}
  - {criterion: second, below: 40, cap: 45.5}
""",
    "summed": """\
aggregate: sum
unknown: zero
scale: 1000
rounding: {digits: 0, mode: half-up}
rank: dense
""",
    "plain": """\
aggregate: mean
unknown: exclude
rounding: {digits: 3, mode: half-up}
""",
}


def comparison_files(name: str, scoring: str) -> Iterator[tuple[str, str]]:
    """Write one comparison, by the names of its files."""
    folder = f"comparisons/{name}"
    head, _, rest = COMPARISON["comparisons/openness/comparison.yaml"].partition("subjects:\n")
    subjects = "".join(
        f"  - {{id: {key}, name: {key}, group: {'inside' if key < 'd' else 'outside'}}}\n"
        for key in SUBJECTS
    )
    editions = rest.partition("editions:\n")[2]
    title = head.replace("title: Openness", f"title: {name}")
    yield f"{folder}/comparison.yaml", f"{title}subjects:\n{subjects}editions:\n{editions}"
    criteria = [f"  - {{id: {key}, title: {key}}}\n" for key in HEADINGS]
    criteria += [
        f"  - {{id: {key}, title: {key}, parent: {key.partition('-')[0]}}}\n" for key in ANSWERS
    ]
    yield f"{folder}/criteria.yaml", "criteria:\n" + "".join(criteria)
    yield f"{folder}/scoring.yaml", scoring
    for place, subject in enumerate(SUBJECTS):
        cells = "".join(
            f"  {key}: {LEVELS.get(marks[place]) or ABSENCES[marks[place]]}\n"
            for key, marks in ANSWERS.items()
        )
        yield f"{folder}/cells/{subject}.yaml", f"cells:\n{cells}evidence: launch-note\n"


FILES = {
    path: text
    for name, scoring in SCORINGS.items()
    for path, text in comparison_files(name, scoring)
}


@pytest.fixture(scope="session")
def small_site(serve: Serve) -> str:
    """The address of a site with the comparisons above."""
    return serve("weighed", lambda content: write_files({**BASE, **FILES}, content)).address


READ = """weights => {
  const fields = [...document.querySelectorAll('.weighing input[type=number]')];
  fields.forEach((field, place) => (field.value = weights[place]));
  fields[0].dispatchEvent(new Event('input', {bubbles: true}));
  const table = document.querySelector('.ranking table');
  const heads = [...table.tHead.rows[0].cells].map(cell => cell.textContent);
  return [...table.tBodies[0].rows].map(row => {
    const texts = [...row.cells].map(cell => cell.textContent.trim());
    const name = row.cells[0].querySelector('a').textContent;
    const [place, between] = texts[1].split(/ +/);
    return [name, place, between ?? '–', texts[2], texts[heads.indexOf('Could be')] ?? '–'];
  });
}"""


def by_python(comparison: Comparison, weights: Mapping[str, Fraction]) -> dict[str, list[str]]:
    """Rank by some weights, and write what the page should show of each subject."""
    edition = comparison.latest.id
    board = comparison.boards[edition]
    assert board.rules is not None
    rounding = comparison.scoring.rounding
    shown: dict[str, list[str]] = {}

    def written(value: Fraction | None) -> str:
        return "–" if value is None else number_text(rounded(value, rounding), "en")

    found = rank(under(board.rules, weights), comparison.scoring, board.answers)
    has_unknown = any(item.score.is_open for item in board.standings.values())
    for key, standing in found.items():
        score, span = standing.score, standing.range
        tie = "=" if standing.ties else ""
        between, could_be = "–", "–"
        if span is not None and not span.best == span.worst == standing.rank:
            between = f"{span.best}–{span.worst}"
        ends = (written(score.low), written(score.high))
        if has_unknown and score.low != score.high and ends[0] != ends[1]:
            could_be = f"{ends[0]}–{ends[1]}"
        place = "–" if standing.rank is None else f"{standing.rank}{tie}"
        name = comparison.subject_by_id[key].name
        shown[name] = [place, between, written(score.value), could_be]
    return shown


WEIGHTS = st.one_of(
    st.integers(0, 20).map(str),
    st.decimals(0, 1000, places=3).map(lambda number: f"{number:.3f}"),
    st.sampled_from(["0", "1", "0.5", "33.3", "1000"]),
)


def compare(page: Page, comparison: Comparison, vector: list[str]) -> None:
    board = comparison.boards[comparison.latest.id]
    assert board.rules is not None
    heads = [item.id for item in board.rules.tree.parts]
    weights = {key: Fraction(Decimal(text)) for key, text in zip(heads, vector, strict=True)}
    rows: list[list[Any]] = page.evaluate(READ, vector)
    expected = by_python(comparison, weights)
    assert {row[0]: row[1:] for row in rows} == expected
    places = [int(row[1].rstrip("=")) if row[1] != "–" else 10**6 for row in rows]
    assert places == sorted(places)


def rows_of(page: Page) -> list[str]:
    """Give the rows of the first ranking as they stand."""
    script = "[...document.querySelector('.ranking tbody').rows].map(row => row.outerHTML)"
    rows: list[str] = page.evaluate(script)
    return rows


def is_default(page: Page, vector: list[str]) -> bool:
    script = (
        "[...document.querySelectorAll('.weighing input[type=number]')].map(f => f.defaultValue)"
    )
    return bool(page.evaluate(script) == vector)


@pytest.mark.parametrize("name", SCORINGS)
def test_any_weights_give_the_numbers_that_python_gives(
    small_site: str, new_page: NewPage, name: str
) -> None:
    comparison = site_of(FILES).comparisons[name]
    page = new_page()
    page.goto(f"{small_site}comparisons/{name}/")

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(WEIGHTS, min_size=3, max_size=3))
    def agrees(vector: list[str]) -> None:
        if any(Decimal(text) for text in vector) and not is_default(page, vector):
            compare(page, comparison, vector)

    agrees()


def test_the_real_comparison_agrees_with_python_too(
    real_site: str, new_page: NewPage, site_root: Path
) -> None:
    content = site_root / "content"
    files = {
        path.relative_to(content).as_posix(): path.read_text("utf-8")
        for path in sorted(content.rglob("*.*"))
    }
    unlike = {"alliances/commons.md": "", "organizations/acme.yaml": ""}
    comparison = site_of({**unlike, **files}, date(2026, 12, 31)).comparisons["open-versus-closed"]
    page = new_page()
    page.goto(f"{real_site}comparisons/open-versus-closed/")
    for vector in (["1", "1", "1", "1"], ["10", "0", "0.125", "3"], ["0", "0", "0", "7"]):
        compare(page, comparison, vector)


def test_weights_stand_in_the_address_and_come_back_from_it(
    small_site: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{small_site}comparisons/weighted/")
    rows = page.evaluate(READ, ["1", "0", "2.5"])
    assert page.url.endswith("?w=1_0_2.5")
    page.reload()
    assert page.locator(".weighing output").inner_text().startswith("Ranked by your weights")
    assert page.evaluate(READ, ["1", "0", "2.5"]) == rows


def test_the_site_s_own_weights_bring_the_built_ranking_back(
    small_site: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(f"{small_site}comparisons/weighted/")
    built = rows_of(page)
    page.evaluate(READ, ["9", "0", "0"])
    assert rows_of(page) != built
    page.get_by_role("button", name="The site's weights").click()
    page.wait_for_function("!location.search")
    assert rows_of(page) == built


@pytest.mark.parametrize(
    ("vector", "said"),
    [(["0", "0", "0"], "sum to nothing"), (["", "1", "1"], "from 0 to 1,000")],
)
def test_weights_that_rank_nobody_are_refused_and_the_ranking_stands(
    small_site: str, new_page: NewPage, vector: list[str], said: str
) -> None:
    page = new_page()
    page.goto(f"{small_site}comparisons/weighted/")
    built = rows_of(page)
    page.evaluate(READ, vector)
    assert said in page.locator(".weighing output").inner_text()
    assert rows_of(page) == built


def test_without_a_script_the_ranking_stands_and_no_form_is_offered(
    small_site: str, new_page: NewPage
) -> None:
    page = new_page(javascript=False)
    page.goto(f"{small_site}comparisons/weighted/")
    assert page.locator(".ranking tbody tr").first.is_visible()
    assert not page.locator(".weighing").is_visible()


# Filters


@pytest.mark.parametrize("text", ["Inside", "first", "Partly", "Not known"])
def test_a_filter_in_place_shows_what_its_page_shows_at_the_same_address(
    small_site: str, new_page: NewPage, text: str
) -> None:
    shown = """() => [...document.querySelectorAll('.matrix tbody tr')]
      .filter(row => !row.hidden)
      .map(row => [row.cells[0].innerText.trim(), ...[...row.cells].slice(1)
      .filter(cell => !cell.hidden)
      .map(cell => cell.querySelector('a:not([hidden])') ? cell.innerText.trim() : '')])"""
    page = new_page()
    page.goto(f"{small_site}comparisons/weighted/")
    link = page.locator(".filters a", has_text=text).first
    address = link.get_attribute("href")
    link.click()
    in_place = page.evaluate(shown)
    assert address is not None
    assert page.url.endswith(address)
    page.reload()
    assert page.evaluate(shown) == in_place
