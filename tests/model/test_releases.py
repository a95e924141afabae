"""The ledger: a chain of releases, each with what differs from the one before."""

from collections.abc import Iterable
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from alliance_site.model import PartialDate
from alliance_site.model.releases import (
    Published,
    Release,
    check_chain,
    in_chain,
    next_release,
    parse_release,
    release_text,
    state_after,
)
from alliance_site.model.shown import NAME, FieldNames, apply_texts, changed_texts, is_shown

DAY = PartialDate(2026, 1, 2)

KEYS = st.sampled_from(["org:a", "org:b", "subject:c/a", "subject:c/b"])
PATHS = st.sampled_from(["name", "cells/1/x", "cells/1/y", "cells/2/x", "notes/n/text"])
TEXTS = st.lists(st.text(max_size=5), min_size=1, max_size=2).map(tuple)
VALUES = st.dictionaries(KEYS, st.dictionaries(PATHS, TEXTS, min_size=1))
PAGES = st.dictionaries(
    st.sampled_from(["/", "/a/", "/b/"]),
    st.sampled_from([(), ("org:a .",), ("org:a *", "org:b name"), ("org:b name",)]),
)
STATES = st.builds(Published, values=VALUES, pages=PAGES)


def chain(states: Iterable[Published]) -> list[Release]:
    """Release one state after the other, each read back from its file's text."""
    made: list[Release] = []
    for number, state in enumerate(states):
        text = release_text(next_release(made, f"r{number}", DAY, state))
        release, faults = parse_release(f"content/releases/r{number}.json", f"r{number}", text)
        assert faults == ()
        assert release is not None
        made.append(release)
    return made


@given(st.lists(STATES, max_size=4))
def test_releases_add_up_to_what_each_was_made_of(states: list[Published]) -> None:
    made = chain(states)
    for count, state in enumerate(states, 1):
        assert state_after(made[:count]) == state


@given(st.lists(STATES, max_size=4), st.randoms())
def test_releases_are_put_in_order_whatever_the_order_of_files(
    states: list[Published], chance: Random
) -> None:
    made = chain(states)
    shuffled = made[:]
    chance.shuffle(shuffled)
    assert in_chain(shuffled) == tuple(made)


@given(st.lists(STATES, min_size=1, max_size=3), st.data())
def test_no_sign_of_a_release_can_be_changed_unnoticed(
    states: list[Published], data: st.DataObject
) -> None:
    made = chain(states)
    number = data.draw(st.integers(0, len(made) - 1))
    text = release_text(made[number])
    place = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.characters(codec="utf-8"))
    altered = f"{text[:place]}{sign}{text[place + 1 :]}"
    release, faults = parse_release("x", f"r{number}", altered)
    if release is not None:
        faults = tuple(check_chain([*made[:number], release, *made[number + 1 :]]))
    assert altered == text or [item.code.value for item in faults] != []


FIELDS = st.tuples(KEYS, st.one_of(PATHS, st.just(NAME)))


@given(st.sets(FIELDS), st.sets(FIELDS))
def test_a_pages_entry_names_exactly_what_it_shows(
    there: set[tuple[str, str]], shown: set[tuple[str, str]]
) -> None:
    entry = FieldNames(there | shown).pack(shown)
    assert {field for field in there | shown if is_shown(entry, *field)} == shown


@given(st.sets(FIELDS), st.sets(FIELDS), st.sets(FIELDS))
def test_what_changed_in_an_entry_leads_from_one_to_the_other(
    there: set[tuple[str, str]], before: set[tuple[str, str]], now: set[tuple[str, str]]
) -> None:
    names = FieldNames(there | before | now)
    old, new = names.pack(before), names.pack(now)
    assert apply_texts(old, changed_texts(old, new)) == new


def test_a_whole_record_is_named_by_one_star() -> None:
    names = FieldNames([("org:a", "name"), ("org:a", "country"), ("org:b", "name")])
    assert names.pack([("org:a", "name"), ("org:a", "country")]) == ("org:a *",)


def test_a_criterions_cells_are_named_together() -> None:
    cells = [(f"subject:c/{name}", f"cells/1/{path}") for name in "ab" for path in "xy"]
    shown = [("subject:c/a", "cells/1/x"), ("subject:c/b", "cells/1/x")]
    assert FieldNames(cells).pack(shown) == ("subject:c/* cells/*/x",)


def test_what_is_no_field_of_a_record_is_left_out_of_an_entry() -> None:
    assert FieldNames([("org:a", NAME)]).pack([("page:members", NAME)]) == ()
