"""Ids made of names: no letter of a Latin alphabet is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_site.ids import id_of


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Ærø", "aero"),
        ("Smørrebrød", "smorrebrod"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Þingvellir", "thingvellir"),
        ("Đà Nẵng", "da-nang"),
        ("İstanbul", "istanbul"),
        ("D\N{LATIN SMALL LETTER DOTLESS I}ş", "dis"),
        ("Ǿre & ǽ", "ore-ae"),
        ("Neue Häfen", "neue-hafen"),
        ("ﬁnal №2", "final-no2"),
        (" Data -- creators_2024 ", "data-creators-2024"),
        ("北京 Lab", "lab"),
        ("北京", ""),
        ("…", ""),
    ],
)
def test_a_name_becomes_an_id(name: str, made: str) -> None:
    assert id_of(name) == made


@given(st.text())
def test_what_is_made_is_an_id_and_the_id_of_itself(name: str) -> None:
    made = id_of(name)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert id_of(made) == made
