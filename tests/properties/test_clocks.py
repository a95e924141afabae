"""The two clocks: nothing recorded later is shown, and a past day lacks what came later.

Every dated thing of the drawn site carries its date as a word of its own (`began-2024-03-01`,
`noted-2024-03-01`), so that the pages and tables can be searched for it.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_site.model import Clock, PartialDate
from alliance_site.route import make_routes
from alliance_site.view import Composer, all_pages
from tests.small_site import BASE, COMPARISON, site_of

pytestmark = pytest.mark.hypothesis

FIRST = date(2024, 1, 1)
DAYS = st.integers(0, 12).map(lambda weeks: FIRST + timedelta(weeks=weeks))

Pair = tuple[date, date]
"""When a thing came about, and when it was recorded."""

PAIRS = st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=4)


def words(pair: Pair, number: int) -> str:
    return f"no-{number} began-{pair[0]} noted-{pair[1]}"


def statements(pairs: list[Pair], indent: str) -> str:
    return "".join(
        f"{indent}- value: {words(pair, number)}\n"
        f"{indent}  valid: {{from: {pair[0]}}}\n"
        f"{indent}  recorded: {pair[1]}\n"
        f"{indent}  rank: {'normal' if number else 'preferred'}\n"
        f"{indent}  evidence: none\n"
        for number, pair in enumerate(pairs)
    )


def organization(name: str, pairs: list[Pair]) -> str:
    began, noted = pairs[0]
    notable = "".join(
        f"  - {{text: '{words(pair, number)}', date: {pair[0]}, recorded: {pair[1]}, "
        "evidence: launch-note}\n"
        for number, pair in enumerate(pairs)
    )
    return (
        f"name: {name}\nclassification: company\nsummary: A maker.\nevidence: launch-note\n"
        f"headquarters:\n{statements(pairs, '  ')}notable:\n{notable}"
        f"memberships:\n  - {{alliance: commons, role: member, start_date: {began}, "
        f"recorded: {noted}, note: '{words(pairs[0], 0)}', evidence: launch-note}}\n"
    )


def site_files(pairs: list[Pair]) -> dict[str, str]:
    """Write a site in which every kind of thing came about, and was recorded, on the days drawn."""
    began, noted = pairs[0]
    events = "".join(
        f"event-{number}: {{date: {pair[0]}, recorded: {pair[1]}, title: '{words(pair, number)}', "
        "text: It happened., kind: meeting, evidence: launch-note}\n"
        for number, pair in enumerate(pairs)
    )
    figures = "".join(
        f"figure-{number}: {{label: '{words(pair, number)}', value: {number + 1}, unit: ships, "
        f"date: {pair[0]}, recorded: {pair[1]}, evidence: launch-note}}\n"
        for number, pair in enumerate(pairs)
    )
    deliverables = "".join(
        f"  - {{title: '{words(pair, number)}', date: {pair[0]}, recorded: {pair[1]}, "
        "evidence: launch-note}\n"
        for number, pair in enumerate(pairs)
    )
    objective = (
        f"---\nalliance: commons\nnumber: 1\ntitle: {words(pairs[0], 0)}\nfirst_seen: {began}\n"
        f"recorded: {noted}\nevidence: launch-note\nstatus: under-way\n"
        f"deliverables:\n{deliverables}---\nText.\n"
    )
    sources = (
        f"late-note: {{type: webpage, title: 'a note noted-{noted}', publisher: The Commons, "
        f"kind: primary, read: full, recorded: {noted}}}\n"
    )
    cells = (
        f"cells:\n  weights: {{value: open, valid: {{from: {began}}}, recorded: {noted}, "
        f"note: '{words(pairs[0], 0)}'}}\n  code: partly\nevidence: [launch-note, late-note]\n"
    )
    return {
        **BASE,
        **COMPARISON,
        "organizations/gamma.yaml": organization("Gamma", pairs),
        "events.yaml": events,
        "figures.yaml": figures,
        "objectives/chart.md": objective,
        "sources.yaml": BASE["sources.yaml"] + sources,
        "comparisons/openness/cells/acme.yaml": cells,
        "pages/all.md": (
            "---\ntitle: All\ndek: All of it.\n---\n{fact}`figures/figure-0` [](event:event-0) "
            "[](objective:chart) [](org:gamma) [@late-note]\n"
        ),
    }


def shown(files: Mapping[str, str], clock: Clock) -> dict[str, str]:
    """Make every page and table of a site, as text."""
    site = site_of(files, clock)
    routes, faults = make_routes(site)
    assert faults == ()
    composer = Composer(
        site=site,
        routes=routes,
        base_url="https://commons.example/",
        stylesheets={},
        as_of=PartialDate.of(clock.as_of),
    )
    return {page.url: repr(view) for page, view in all_pages(composer)}


def days_in(pages: Mapping[str, str], word: str) -> set[date]:
    found = re.findall(rf"{word}-(\d{{4}}-\d\d-\d\d)", " ".join(pages.values()))
    return {date.fromisoformat(day) for day in found}


@given(PAIRS, DAYS)
def test_known_on_shows_all_that_was_recorded_by_then_and_nothing_later(
    pairs: list[Pair], known_on: date
) -> None:
    pages = shown(site_files(pairs), Clock(date(2024, 12, 31), known_on))
    assert days_in(pages, "noted") == {noted for _, noted in pairs if noted <= known_on}


@given(PAIRS, DAYS)
def test_as_of_shows_all_that_had_come_about_and_nothing_later(
    pairs: list[Pair], as_of: date
) -> None:
    pages = shown(site_files(pairs), Clock(as_of, is_rewound=True))
    assert days_in(pages, "began") == {began for began, _ in pairs if began <= as_of}


@given(PAIRS, DAYS)
def test_the_site_of_a_day_is_the_site_without_the_statements_that_came_later(
    pairs: list[Pair], as_of: date
) -> None:
    there = [pair for pair in pairs if pair[0] <= as_of] or pairs[:1]
    whole = {**BASE, "organizations/acme.yaml": held("Acme", pairs)}
    without = {**BASE, "organizations/acme.yaml": held("Acme", there)}
    clock = Clock(as_of, is_rewound=True)
    assert shown(whole, clock) == shown(without, clock)


def held(name: str, pairs: list[Pair]) -> str:
    return (
        f"name: {name}\nclassification: company\nsummary: A maker.\nevidence: launch-note\n"
        f"headquarters:\n{statements(sorted(pairs), '  ')}"
    )


@given(PAIRS)
def test_a_clock_that_stands_after_everything_leaves_nothing_out(pairs: list[Pair]) -> None:
    day = date(2024, 12, 31)
    notice = re.compile(r"notice='[^']*'")
    late = shown(site_files(pairs), Clock(day, day, is_rewound=True))
    now = shown(site_files(pairs), Clock(day))
    # The published settings name the clock itself.
    settings = "/data/records/site.json"
    assert late.pop(settings) != now.pop(settings)
    assert {url: notice.sub("", text) for url, text in late.items()} == {
        url: notice.sub("", text) for url, text in now.items()
    }


@given(PAIRS, DAYS)
def test_every_page_of_a_past_day_says_which_day_it_is(pairs: list[Pair], as_of: date) -> None:
    pages = shown(site_files(pairs), Clock(as_of, is_rewound=True))
    framed = [text for text in pages.values() if "frame=Frame(" in text]
    assert framed
    notice = f"You are reading the site of {as_of.day} {as_of:%B} {as_of.year}: "
    assert all(notice in text for text in framed)
