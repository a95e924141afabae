"""Quotes and archived texts: what is folded, what is not, and what comes nearest."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_site.model import fold, nearest_passage
from tests.small_pages import view_at
from tests.small_site import BASE, Files, organization

ARCHIVE = "We launched with \u201cmore than 50\u201d members \u2013 and \ufb01ve labs.\n"
DIGEST = sha256(ARCHIVE.encode()).hexdigest()


@pytest.mark.parametrize(
    "quote",
    [
        'with "more than 50" members',
        "with \u00abmore\u00a0than 50\u00bb  members",
        "50\u201d members - and five",
        "mem\u00adbers \u2014 and \ufb01ve",
        "launched\nwith",
    ],
)
def test_typographic_variants_and_white_space_are_folded(quote: str) -> None:
    assert fold(quote) in fold(ARCHIVE)


@pytest.mark.parametrize("quote", ["more than 51", "we launched", "fifty members", "members, and"])
def test_letters_digits_case_and_punctuation_are_not_folded(quote: str) -> None:
    assert fold(quote) not in fold(ARCHIVE)


WORDS = st.lists(st.text("abcxyz", min_size=1, max_size=6), min_size=1, max_size=30)


@given(WORDS, st.data())
def test_any_run_of_words_is_found_however_it_is_set(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    space = data.draw(st.sampled_from([" ", "  ", "\n", "\u00a0", "\u2009", "\t\n "]))
    assert fold(space.join(words[start:end])) in fold(" ".join(words))


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_the_nearest_passage_is_as_long_as_the_quote() -> None:
    text = fold("One two three four five six seven eight nine ten.")
    assert nearest_passage("three four FIVE six seven", text) == "three four five six seven"
    assert nearest_passage("nothing of it", text) == ""


def quoting(quote: str) -> Files:
    source = BASE["sources.yaml"] + f"  archived_text: {{file: note.txt, sha256: {DIGEST}}}\n"
    headquarters = (
        f"headquarters: {{value: Here, evidence: {{source: launch-note, quote: {quote}}}}}\n"
    )
    return {
        "sources.yaml": source,
        "archive/note.txt": ARCHIVE,
        "organizations/acme.yaml": organization(more=headquarters),
    }


@pytest.mark.parametrize(
    ("quote", "verdict", "is_missing"),
    [
        ("launched with", "Found in the archived text.", False),
        ("launched alone", "Not found in the archived text of the source.", True),
    ],
)
def test_a_page_says_whether_the_source_has_the_words(
    quote: str, verdict: str, *, is_missing: bool
) -> None:
    rows = view_at("/organizations/acme/", quoting(quote)).facts
    (row,) = [row for row in rows if row.label == "Headquarters"]
    (shown,) = row.value.headline.quotes
    assert (shown.text, shown.verdict, shown.is_missing) == (quote, verdict, is_missing)
