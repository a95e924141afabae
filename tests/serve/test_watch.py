"""What a watcher sees, and what it sees although nobody watched."""

from pathlib import Path
from threading import Event, Timer

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


def save_once_watched(path: Path, text: str) -> None:
    """Save a file a moment after the watching has begun."""
    Timer(0.5, lambda: path.write_text(text, "utf-8")).start()


def test_of_what_is_saved_that_alone_is_looked_at_again(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    seen = seen_at(site.root)
    about = "content/pages/about.md"
    save_once_watched(site.root / about, f"{site.read(about)}More.\n")
    found, now = next(changes(site.root, Event(), seen))
    assert found == (site.root / about,)
    assert {path for path in seen if now[path] is not seen[path]} == {about}
    assert now[about] != seen[about]


def test_a_file_that_is_new_is_found(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    seen = seen_at(site.root)
    new = "content/pages/new.md"
    save_once_watched(site.root / new, site.read("content/pages/about.md"))
    found, now = next(changes(site.root, Event(), seen))
    assert site.root / new in found
    assert now.keys() - seen.keys() == {new}


def test_what_nobody_told_of_is_found_after_the_build(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    seen = seen_at(site.root)
    about, other = "content/pages/about.md", "content/figures.yaml"
    save_once_watched(site.root / about, f"{site.read(about)}More.\n")
    watching = changes(site.root, Event(), seen)
    next(watching)
    site.edit(other, "value: 7", "value: 8")
    found, _ = next(watching)
    assert found == (site.root / other,)


def test_what_an_editor_leaves_beside_a_file_is_no_change(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    seen = seen_at(site.root)
    about = "content/pages/about.md"
    save_once_watched(site.root / "content/pages/.about.md.swp", "")
    Timer(1, lambda: site.write(about, f"{site.read(about)}More.\n")).start()
    found, _ = next(changes(site.root, Event(), seen))
    assert found == (site.root / about,)


def test_what_was_there_before_is_no_change(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    stop = Event()
    seen = seen_at(site.root)
    watching = changes(site.root, stop, seen)
    stop.set()
    assert list(watching) == []
