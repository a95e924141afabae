"""The state may be lost, damaged or a stranger's: it costs time then, and nothing else."""

import random
import re
import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_site.paths import OutputPath
from alliance_site.plan import Output
from alliance_site.write import RowKind, Store, only_inside
from tests.build.small_site import SmallSite, clean_outcome

ENDING = "content/articles/2026/ending.md"


@pytest.fixture
def built(tmp_path: Path) -> SmallSite:
    """A small site that has been built, with all its state in one file."""
    site = SmallSite.at(tmp_path / "site")
    site.build()
    return site


def state_of(site: SmallSite) -> Path:
    return site.root / ".alliance-site/state.db"


def assert_the_next_build_is_exact(site: SmallSite) -> None:
    """Edit fields around every kept text, so that pages are made of what is remembered."""
    site.edit("content/site.yaml", "title: Analysis", "title: Analyses")
    site.build()
    assert clean_outcome(site.options()).files == site.outputs()
    assert site.build().written == ()


def test_what_was_committed_is_there_again(tmp_path: Path) -> None:
    path = OutputPath("a/index.html")
    with Store(tmp_path / "state.db") as store:
        store.keep_manifest("_site", {path: Output("print", "digest")}, {path: "signature"})
        store.commit()
    with Store(tmp_path / "state.db") as store:
        assert store.manifest("_site") == (
            {path: Output("print", "digest")},
            {path: "signature"},
        )


def test_what_was_not_committed_is_not(tmp_path: Path) -> None:
    with Store(tmp_path / "state.db") as store:
        store.keep_manifest("_site", {OutputPath("a"): Output("print", "digest")}, {})
    with Store(tmp_path / "state.db") as store:
        assert store.manifest("_site") == ({}, {})


@pytest.mark.parametrize("count", [0, 1, 40])
def test_rows_of_other_code_do_not_come_back(tmp_path: Path, count: int) -> None:
    """What is kept of nothing must not stand beside the rows that were not believed."""
    numbers: RowKind[int] = RowKind(int)
    first = {str(number): number for number in range(40)}
    second = {str(number): -number for number in range(count)}
    with Store(tmp_path / "state.db") as store:
        store.keep_rows("heads", first, numbers, "one")
        store.commit()
    with Store(tmp_path / "state.db") as store:
        assert store.rows("heads", numbers, "two") == {}
        store.keep_rows("heads", second, numbers, "two")
        store.commit()
    with Store(tmp_path / "state.db") as store:
        assert store.rows("heads", numbers, "two") == second
        assert store.rows("heads", numbers, "one") == {}


@given(st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 3)), min_size=1))
def test_rows_are_what_was_kept_last(builds: list[dict[str, int]]) -> None:
    numbers: RowKind[int] = RowKind(int)
    many = {f"row {number}": number for number in range(60)}
    with TemporaryDirectory() as folder:
        for rows in builds:
            with Store(Path(folder) / "state.db") as store:
                store.keep_rows("heads", {**many, **rows}, numbers)
                store.commit()
            with Store(Path(folder) / "state.db") as store:
                assert store.rows("heads", numbers) == {**many, **rows}


def test_a_result_is_there_for_the_code_that_made_it_and_no_other(tmp_path: Path) -> None:
    with Store(tmp_path / "state.db") as store:
        store.keep_results({"a": "bytes", "b": [1, 2]}, "code")
        assert (store.result("a", "code"), store.result("b", "code")) == ("bytes", [1, 2])
        assert store.result("a", "another") is None
        assert store.result("c", "code") is None
        store.forget_results(["b"])
        assert (store.result("a", "code"), store.result("b", "code")) == (None, [1, 2])


def test_each_folder_has_a_manifest_of_its_own(tmp_path: Path) -> None:
    with Store(tmp_path / "state.db") as store:
        store.keep_manifest("_site", {OutputPath("a"): Output("print", "digest")}, {})
        store.keep_manifest("other", {}, {})
        assert list(store.manifest("_site")[0]) == ["a"]


@pytest.mark.parametrize(
    "path", ["../content/site.yaml", "/etc/hostname", "a/../../b", "", "a\0b", "..", "a//../../b"]
)
def test_a_path_that_leads_out_of_the_output_is_not_believed(tmp_path: Path, path: str) -> None:
    """A cache that somebody else wrote must not make a build delete what it likes."""
    with Store(tmp_path / "state.db") as store:
        store.keep_manifest("_site", {OutputPath(path): Output("print", "digest")}, {})
        assert store.manifest("_site")[0] == {}


@given(
    st.lists(st.text("a./\\\0\t\n", max_size=5) | st.sampled_from(["a/b", ".a", "a/.b", "a../b"]))
)
def test_many_paths_are_believed_as_each_of_them_is(paths: list[str]) -> None:
    each = {path for path in paths if only_inside({path: 0})}
    assert only_inside(dict.fromkeys(paths, 0)).keys() == each
    assert all(re.fullmatch(r"[^/\0\\\t\n]+(/[^/\0\\\t\n]+)*", path) for path in each)
    assert not any({".", ".."} & set(path.split("/")) for path in each)


def test_a_foreign_manifest_deletes_nothing_outside_of_the_output(built: SmallSite) -> None:
    built.write("victim.txt", "mine")
    with Store(state_of(built)) as store:
        manifest, signatures = store.manifest("_site")
        outside = {OutputPath("../victim.txt"): Output("print", "digest")}
        store.keep_manifest("_site", {**manifest, **outside}, signatures)
        store.commit()
    built.build()
    assert built.read("victim.txt") == "mine"


def tables_of(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return every text column of the state, with its table."""
    tables = connection.execute("select name from sqlite_master where type = 'table'").fetchall()
    return [
        (table, column[1])
        for (table,) in tables
        for column in connection.execute(f"pragma table_info({table})")
        if column[2].lower() == "text"
    ]


@pytest.mark.parametrize(
    "value",
    ["replace({0}, 'harbour', 'HARBOUR')", "cast(x'ff22' as text)", "'[1]'", "''", "'{{'"],
    ids=["other words", "no text", "other json", "nothing", "no json"],
)
def test_no_kept_text_is_believed_that_was_changed(built: SmallSite, value: str) -> None:
    connection = sqlite3.connect(state_of(built))
    for table, column in tables_of(connection):
        if column not in {"key", "path", "folder"}:
            changed = value.format(column)
            connection.execute(f"update {table} set {column} = {changed}")  # noqa: S608 - ours
    connection.commit()
    connection.close()
    assert_the_next_build_is_exact(built)


def test_a_missing_table_is_damage(built: SmallSite) -> None:
    connection = sqlite3.connect(state_of(built))
    tables = sorted({table for table, _ in tables_of(connection)})
    connection.execute(f"drop table {tables[-1]}")
    connection.close()
    assert_the_next_build_is_exact(built)


def test_a_state_of_another_schema_is_thrown_away(built: SmallSite) -> None:
    connection = sqlite3.connect(state_of(built))
    connection.execute("pragma user_version = 4711")
    connection.close()
    assert_the_next_build_is_exact(built)


@pytest.mark.parametrize("seed", range(12))
def test_random_bytes_anywhere_in_the_state_cost_nothing_but_time(
    built: SmallSite, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - damage needs no secrecy
    data = bytearray(state_of(built).read_bytes())
    for _ in range(8):
        start = chance.randrange(len(data))
        data[start : start + 32] = chance.randbytes(32)
    state_of(built).write_bytes(data)
    assert_the_next_build_is_exact(built)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.99])
def test_a_state_cut_short_costs_nothing_but_time(built: SmallSite, share: float) -> None:
    data = state_of(built).read_bytes()
    state_of(built).write_bytes(data[: round(len(data) * share)])
    assert_the_next_build_is_exact(built)


def test_an_older_state_costs_nothing_but_time(built: SmallSite) -> None:
    older = state_of(built).read_bytes()
    built.edit(ENDING, "The pier is closed", "The pier is painted")
    built.build()
    state_of(built).write_bytes(older)
    assert_the_next_build_is_exact(built)


def test_the_state_of_another_site_costs_nothing_but_time(built: SmallSite, tmp_path: Path) -> None:
    other = SmallSite.at(tmp_path / "other")
    other.edit("content/site.yaml", "The Harbour Alliance, examined", "Another site")
    other.build()
    state_of(built).write_bytes(state_of(other).read_bytes())
    assert_the_next_build_is_exact(built)
