"""Questions about a whole site, and what is kept of their answers."""

from functools import partial

from alliance_site.view.index import SiteIndex
from tests.small_site import site_of


def test_of_questions_asked_in_turn_the_last_answer_is_kept() -> None:
    index = SiteIndex(site_of())
    found: list[str] = []

    def find(name: str) -> str:
        found.append(name)
        return name.upper()

    asked = [index.ask_in_turn(name, partial(find, name)) for name in ("a", "a", "b", "a")]
    assert asked == ["A", "A", "B", "A"]
    assert found == ["a", "b", "a"]


def test_whoever_is_given_a_kept_answer_has_read_what_it_rests_on() -> None:
    site = site_of()
    index = SiteIndex(site)

    def ask() -> list[str]:
        return index.ask_in_turn("names", lambda: list(site.organizations))

    found, keys = site.trace.record(ask)
    assert keys
    assert site.trace.record(ask) == (found, keys)
