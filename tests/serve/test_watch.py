"""What a watcher sees, and what it sees although nobody watched."""

from pathlib import Path
from threading import Event

from alliance_site.serve import seen_at
from alliance_site.serve.watch import changes
from tests.build.small_site import SmallSite


def test_a_file_that_was_saved_during_the_first_build_is_a_change(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    seen = seen_at(site.root)
    site.edit("content/figures.yaml", "value: 7", "value: 8")
    found, now = next(changes(site.root, Event(), seen))
    assert now.keys() == seen.keys()
    assert found == (site.root / "content/figures.yaml",)


def test_what_was_there_before_is_no_change(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    stop = Event()
    seen = seen_at(site.root)
    watching = changes(site.root, stop, seen)
    stop.set()
    assert list(watching) == []
