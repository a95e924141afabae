"""Files are put in place whole, and only what is listed is ever deleted."""

import threading
import time
from pathlib import Path

import pytest

from alliance_site.diagnostics import OutputError
from alliance_site.paths import OutputPath
from alliance_site.write import (
    Surroundings,
    build_lock,
    delete_outputs,
    folders_above,
    look_around,
)


def put(folder: Path, *names: str) -> list[OutputPath]:
    """Make files, and return their paths."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return [OutputPath(name) for name in names]


def test_deleting_takes_folders_that_are_left_empty(tmp_path: Path) -> None:
    paths = put(tmp_path, "a/b/c/index.html", "a/index.html")
    put(tmp_path, "a/kept.txt")
    assert delete_outputs(tmp_path, paths) == 2
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "kept.txt"]


def test_deleting_keeps_the_output_folder_itself(tmp_path: Path) -> None:
    assert delete_outputs(tmp_path, put(tmp_path, "index.html")) == 1
    assert tmp_path.is_dir()


def test_deleting_what_is_gone_counts_nothing(tmp_path: Path) -> None:
    put(tmp_path, "file")
    gone = [OutputPath("gone"), OutputPath("gone/deeper"), OutputPath("file/deeper")]
    assert delete_outputs(tmp_path, gone) == 0
    assert (tmp_path / "file").exists()


def test_deleting_a_folder_in_place_of_a_file_spares_what_is_in_it(tmp_path: Path) -> None:
    put(tmp_path, "index.html/mine")
    try:
        delete_outputs(tmp_path, [OutputPath("index.html")])
    except OutputError as error:
        told = str(error)
    else:
        told = "index.html"
    assert "index.html" in told
    assert (tmp_path / "index.html/mine").exists()


def test_foreign_files_are_those_not_known_in_order(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a/z.txt", "a/known", "known", ".hidden")
    known = [OutputPath("known"), OutputPath("a/known")]
    around = look_around(tmp_path, known, Surroundings())
    assert around.strangers == (".hidden", "a/z.txt", "b.txt")
    assert set(around.folders) == {"", "a"}


def test_where_no_folder_is_nothing_is_foreign(tmp_path: Path) -> None:
    assert look_around(tmp_path / "gone", [], Surroundings()) == Surroundings()


@pytest.mark.parametrize("name", ["new.txt", "a/new.txt", "a/b/new.txt", "c/new.txt", "c/d/e/f"])
def test_what_comes_into_a_folder_is_found_by_its_status(tmp_path: Path, name: str) -> None:
    put(tmp_path, "a/b/known", "a/old.txt")
    known = [OutputPath("a/b/known")]
    before = look_around(tmp_path, known, Surroundings())
    assert look_around(tmp_path, known, before) == before
    put(tmp_path, name)
    after = look_around(tmp_path, known, before)
    assert after == look_around(tmp_path, known, Surroundings())
    assert set(after.strangers) == {"a/old.txt", name}


def test_a_folder_that_somebody_has_just_looked_at_is_not_looked_at_again(tmp_path: Path) -> None:
    put(tmp_path, "a/known", "b/known")
    known = [OutputPath("a/known"), OutputPath("b/known")]
    before = look_around(tmp_path, known, Surroundings())
    put(tmp_path, "a/new.txt", "b/new.txt")
    around = look_around(
        tmp_path, known, before, before.folders, folders_above([OutputPath("b/known")])
    )
    assert around.strangers == ("b/new.txt",)
    # What came in meanwhile shows in the status of its folder, which is remembered as it was.
    assert look_around(tmp_path, known, around).strangers == ("a/new.txt", "b/new.txt")


def test_a_file_lies_in_all_folders_above_it() -> None:
    assert folders_above([OutputPath("a/b/c"), OutputPath("a/d")]) == {"", "a", "a/b"}
    assert folders_above([]) == set()


def test_what_leaves_a_folder_is_missed_there(tmp_path: Path) -> None:
    put(tmp_path, "a/b/known", "a/old.txt", "c/d")
    known = [OutputPath("a/b/known")]
    before = look_around(tmp_path, known, Surroundings())
    (tmp_path / "a/old.txt").unlink()
    (tmp_path / "c/d").unlink()
    (tmp_path / "c").rmdir()
    assert look_around(tmp_path, known, before) == look_around(tmp_path, known, Surroundings())


def test_a_folder_without_a_status_is_looked_into(tmp_path: Path) -> None:
    put(tmp_path, "a/known", "a/new.txt")
    whole = look_around(tmp_path, [OutputPath("a/known")], Surroundings())
    before = Surroundings({**whole.folders, "a": ""})
    assert look_around(tmp_path, [OutputPath("a/known")], before) == whole


def test_a_second_build_waits_for_the_lock(tmp_path: Path) -> None:
    order = []

    def second() -> None:
        with build_lock(tmp_path / "lock"):
            order.append("second")

    with build_lock(tmp_path / "lock"):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.15)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


def test_patience_ends_with_a_reason(tmp_path: Path) -> None:
    with (
        build_lock(tmp_path / "lock"),
        pytest.raises(OutputError, match="lock"),
        build_lock(tmp_path / "lock", patience_s=0.1),
    ):
        pass


def test_the_lock_is_free_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), build_lock(tmp_path / "lock"):
        raise RuntimeError
    with build_lock(tmp_path / "lock", patience_s=0.1):
        pass


@pytest.mark.parametrize("in_the_way", ["state", "state/lock/folder"])
def test_a_lock_that_cannot_be_made_is_a_refusal_of_the_disk(
    tmp_path: Path, in_the_way: str
) -> None:
    put(tmp_path, in_the_way)
    with pytest.raises(OutputError), build_lock(tmp_path / "state/lock"):
        pass
