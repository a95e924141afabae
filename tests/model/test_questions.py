"""Every question that can be asked of a site can be said in words."""

import re

import pytest

from alliance_site.model import catalog, question_in_words

TABLED = re.findall(r"^\| `([^`]+)` \|", catalog.__doc__ or "", re.MULTILINE)


@pytest.mark.parametrize("key", TABLED)
def test_what_the_table_of_questions_names_can_be_said(key: str) -> None:
    asked_of = key.partition(" ")[2].split(" ")[0]
    assert asked_of in question_in_words(key)


def test_the_table_names_every_kind_of_question() -> None:
    empty = catalog.Catalog(
        heads={"articles": {}}, hidden=frozenset(), names={}, parts={}, documents={}
    )
    kinds = {key.partition(" ")[0] for key in TABLED}
    assert kinds == {"@org:ibm", "document", "record", *empty.questions}


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("@org:ibm", "the name and address of org:ibm"),
        ("record organizations/ibm", "all that organizations/ibm says"),
        ("newest 500 launch", "whether launch is among the newest 500 articles"),
        ("related launch 4 1f2e", "which 4 articles share most with launch"),
    ],
)
def test_a_question_is_said_in_words(key: str, said: str) -> None:
    assert question_in_words(key) == said
