"""What is read ahead of a state is what it holds, or nothing."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import pytest

from alliance_site.sealed import Ahead, seal_over
from alliance_site.write import Store

LARGE, OTHER = b"large " * 10_000, b"other " * 10_000


@pytest.fixture(params=["state.db", "100%25 open? #1.db"])
def state(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / str(request.param)
    with Store(path) as store:
        store.set_data("tasks", LARGE)
        store.set_data("small", b"small")
        store.commit()
    return path


def read(state: Path) -> Mapping[str, tuple[str, bytes]]:
    return Ahead(str(state)).found()


def test_what_is_large_is_read(state: Path) -> None:
    assert read(state) == {"tasks": (seal_over("tasks", LARGE), LARGE)}


def test_what_was_read_ahead_is_taken(state: Path) -> None:
    found = read(state)
    with Store(state, ahead=found) as store:
        assert store.data("tasks") is found["tasks"][1]
        assert store.data("tasks") == LARGE  # again, from the file
        assert store.data("small") == b"small"


def test_what_was_written_since_is_not_taken_from_what_was_read(state: Path) -> None:
    found = read(state)
    with Store(state) as store:
        store.set_data("tasks", OTHER)
        store.commit()
    with Store(state, ahead=found) as store:
        assert store.data("tasks") == OTHER


@pytest.mark.parametrize("change", ["value = x'00' || value", "seal = 'x'", "value = 'a text'"])
def test_what_is_damaged_is_not_read(state: Path, change: str) -> None:
    with sqlite3.connect(state) as file:
        file.execute(f"update header set {change} where key = 'tasks'")  # noqa: S608 - ours
    assert read(state) == {}


@pytest.mark.parametrize("data", [None, b"", b"no database", b"SQLite format 3\0" + bytes(84)])
def test_of_a_file_that_is_no_state_nothing_is_read(tmp_path: Path, data: bytes | None) -> None:
    state = tmp_path / "state.db"
    if data is not None:
        state.write_bytes(data)
    assert read(state) == {}


def test_of_a_state_that_is_being_written_nothing_is_waited_for(state: Path) -> None:
    with sqlite3.connect(state, isolation_level=None) as file:
        file.execute("begin exclusive")
        assert read(state) == {}
        file.execute("rollback")
