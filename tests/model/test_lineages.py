"""Sets of aims: what descends from what, and that nothing vanishes without a word."""

from hypothesis import given
from hypothesis import strategies as st

from alliance_site.model import Aim, Fate, ObjectiveSet, PartialDate, trace
from alliance_site.model.lineages import check_lineages
from alliance_site.model.records import Absence, AllianceId, Slug, Statement
from tests.small_pages import view_at
from tests.small_site import site_of

SETS = """\
launch:
  alliance: commons
  title: Three aims
  date: 2024-01-15
  evidence: launch-note
  aims:
    - {id: charts, title: Open charts, objective: charts}
    - {id: pilots, title: Pilots, successor: [people], fate: merged}
    - {id: crews, title: Crews, successor: [people], fate: merged}
reform:
  alliance: commons
  title: Two aims
  date: 2024-03
  evidence: launch-note
  aims:
    - {id: charts, title: Open charts, fate: {absence: unknown, note: Nobody says.}}
    - {id: people, title: People, successor: [skills], fate: renamed}
today:
  alliance: commons
  title: Two aims
  date: 2024-06
  evidence: launch-note
  aims:
    - {id: skills, title: Skills}
    - {id: locks, title: Locks}
"""
OBJECTIVE = (
    "---\nalliance: commons\nnumber: 1\ntitle: Open charts\nfirst_seen: 2024-01-15\n"
    "status: announced\nevidence: launch-note\n---\nText.\n"
)
FILES = {"objective-sets.yaml": SETS, "objectives/charts.md": OBJECTIVE}


def test_aims_are_traced_to_where_they_were_first_and_last_seen() -> None:
    seen = {
        (str(item.set.id), str(aim.aim.id)): (str(aim.first_seen), str(aim.last_seen))
        for item in trace(site_of(FILES).objective_sets.values())
        for aim in item.aims
    }
    assert seen["launch", "pilots"] == ("2024-01-15", "2024-06")
    assert seen["launch", "charts"] == ("2024-01-15", "2024-03")
    assert seen["today", "skills"] == ("2024-01-15", "2024-06")
    assert seen["today", "locks"] == ("2024-06", "2024-06")


def test_the_page_of_objectives_says_what_became_of_every_aim() -> None:
    first, second, third = view_at("/objectives/", FILES).lineage
    fates = [(aim.title, aim.fate.headline.text) for aim in (*first.aims, *second.aims)]
    assert fates == [
        ("Open charts", "Kept"),
        ("Pilots", "Merged with others"),
        ("Crews", "Merged with others"),
        ("Open charts", "Not known"),
        ("People", "Renamed"),
    ]
    assert [link.text for link in second.aims[1].carries_on] == ["Pilots", "Crews"]
    assert [aim.is_new for aim in third.aims] == [False, True]
    assert third.aims[0].fate is None


def test_an_objective_says_what_it_became_and_where_its_trace_ends() -> None:
    rows = view_at("/objectives/charts/", FILES).facts
    later = [row.value.headline for row in rows if row.label == "In later sets"]
    assert [(item.text, item.since.text) for item in later] == [
        ("Open charts", "March 2024"),
        ("Not known", "June 2024"),
    ]


IDS = st.sets(st.sampled_from("abcdef"), min_size=1, max_size=4)


def aims(ids: set[str], more: dict[str, Aim]) -> tuple[Aim, ...]:
    return tuple(more.get(key) or Aim(id=Slug(key), title=key) for key in sorted(ids))


def made(day: int, found: tuple[Aim, ...]) -> ObjectiveSet:
    return ObjectiveSet(
        id=Slug(f"set-{day}"),
        alliance=AllianceId("commons"),
        title="A set",
        date=PartialDate(2024, 1, day),
        aims=found,
        evidence=(),
    )


@given(IDS, IDS)
def test_exactly_the_aims_that_the_next_set_lacks_are_told_as_vanished(
    first: set[str], second: set[str]
) -> None:
    sets = (made(2, aims(second, {})), made(1, aims(first, {})))
    found = [item.message.split("`")[1] for item in check_lineages(sets)]
    assert found == sorted(first - second)


@given(IDS, IDS)
def test_a_fate_for_each_that_is_gone_leaves_nothing_to_tell(
    first: set[str], second: set[str]
) -> None:
    target = min(second)
    gone = sorted(first - second)
    fates: list[tuple[Statement[Fate], tuple[Slug, ...]]] = [
        (Statement(value=Fate.MERGED), (Slug(target),)),
        (Statement(value=Fate.DROPPED), ()),
        (Statement(absence=Absence.UNKNOWN), ()),
    ]
    more = {
        key: Aim(id=Slug(key), title=key, fate=(fate,), successor=successor)
        for number, key in enumerate(gone)
        for fate, successor in [fates[number % 3]]
    }
    sets = (made(1, aims(first, more)), made(2, aims(second, {})))
    assert list(check_lineages(sets)) == []
    earlier, later = trace(sets)
    merged = [item.aim.id for item in earlier.aims if item.aim.id in gone and item.successors]
    (heir,) = [item for item in later.aims if item.aim.id == target]
    assert {item.id for item in heir.predecessors} == {*merged, *({target} & first)}
