"""Which files are read by workers, and which by the first process."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from alliance_site.build import documents
from alliance_site.build.documents import FEWEST_TO_SPLIT, reading_crew
from alliance_site.paths import InputPath

RECORDS = [InputPath(f"content/organizations/m{number}.yaml") for number in range(200)]
ARTICLES = [InputPath(f"content/articles/2026/a{number}.md") for number in range(200)]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """For how many files a crew was asked for."""
    found: list[int] = []
    monkeypatch.setattr(documents, "crew_for", lambda _, count, jobs: found.append(count))  # noqa: ARG005
    return found


@pytest.mark.parametrize(
    ("unread", "inputs", "count"),
    [
        (RECORDS, 500, 0),  # they would have to be sent
        (ARTICLES, 500, 200),
        ([*RECORDS, *ARTICLES], 500, 200),
        (RECORDS, FEWEST_TO_SPLIT, 200),  # each worker keeps its own
        ([*RECORDS, *ARTICLES], FEWEST_TO_SPLIT, 400),
    ],
)
def test_workers_read_what_they_keep_and_what_is_costly(
    asked: list[int], unread: Sequence[InputPath], inputs: int, count: int
) -> None:
    workshop: Any = SimpleNamespace(inputs=range(inputs), load_language=lambda: None)
    reading_crew(workshop, unread, 2)
    assert asked == [count]
