"""What a process holds of the content, and what it reads again when it is asked for."""

from pathlib import Path

import pytest

from alliance_site.build import Memory, library
from alliance_site.build.crew import Crew
from alliance_site.build.library import DiskLibrary
from alliance_site.diagnostics import InputChangedError
from alliance_site.model import StructuredDocument
from alliance_site.paths import InputPath
from alliance_site.prose import Prose, compile_prose, prose_key
from alliance_site.read import scan_inputs
from alliance_site.write import Store
from tests.build.small_site import SmallSite, clean_outcome

COUNT = InputPath("content/articles/2026/count.md")
ENDING = InputPath("content/articles/2026/ending.md")


def library_of(site: SmallSite) -> DiskLibrary:
    """Open the library of a site that has been built."""
    state = site.root / ".alliance-site/state.db"
    with Store(state) as store:
        code = store.header("code")
    return DiskLibrary(scan_inputs(site.root, {}), state, code, Memory())


def body_of(document: StructuredDocument) -> tuple[str, Prose]:
    """Return the key of an article's body, and what it is compiled to."""
    (article,) = document.records.values()
    text = article.body.text
    return prose_key(text, is_body=True), compile_prose(text, is_body=True)


def read_bare(site: SmallSite, path: InputPath = COUNT) -> tuple[DiskLibrary, StructuredDocument]:
    """Read an article whose texts will be in the state; return it as it was read, too."""
    found = library_of(site)
    read = found.read(path, will_be_kept=True)
    assert read.document is not None
    return found, read.document


@pytest.fixture
def built(tmp_path: Path) -> SmallSite:
    site = SmallSite.at(tmp_path)
    site.build()
    return site


def no_compiler(*_: object, **__: object) -> Prose:
    raise AssertionError("compiled again")


def test_texts_that_are_in_the_state_are_read_from_there_when_they_are_asked_for(
    built: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, document = read_bare(built)
    key, compiled = body_of(document)
    assert key not in found.prose
    monkeypatch.setattr(library, "compile_prose", no_compiler)
    assert found.findings[key] == compiled.findings
    assert key not in found.prose
    assert found.prose[key] == compiled


def test_the_body_of_an_article_that_is_held_is_read_when_it_is_asked_for(
    built: SmallSite,
) -> None:
    found, document = read_bare(built)
    (whole,) = document.records.values()
    (held,) = found.document(COUNT).records.values()
    assert (held.body.key, held.body.text) == (whole.body.key, whole.body.text)
    assert held.body.span_of("members") == whole.body.span_of("members") != whole.body.span
    built.write(COUNT, built.read(COUNT) + "More.\n")
    with pytest.raises(InputChangedError):
        _ = held.body.text


def test_what_only_a_check_asks_of_an_article_is_let_go(built: SmallSite) -> None:
    found, document = read_bare(built)
    key, compiled = body_of(document)
    found.let_go_after_check(COUNT)
    assert key not in found.findings
    assert found.findings[key] == compiled.findings


def test_texts_that_are_not_in_the_state_after_all_are_compiled(built: SmallSite) -> None:
    found, document = read_bare(built)
    (built.root / ".alliance-site/state.db").unlink()
    key, compiled = body_of(document)
    assert found.prose[key] == compiled


def test_a_text_that_two_files_share_outlives_one_of_them(built: SmallSite) -> None:
    built.write(ENDING, built.read(COUNT).replace("title: ", "title: Again, ", 1))
    built.build()
    found, document = read_bare(built)
    found.read(ENDING, will_be_kept=True)
    key, compiled = body_of(document)
    found.let_go(ENDING)
    assert found.findings[key] == compiled.findings
    assert found.prose[key] == compiled


def test_a_file_that_was_let_go_is_read_again_when_its_text_is_asked_for(built: SmallSite) -> None:
    found, document = read_bare(built)
    key, compiled = body_of(document)
    found.let_go(COUNT)
    assert key not in found.prose
    assert not found.holds(COUNT)
    # A page that was made of it may be rendered yet.
    assert found.prose[key] == compiled
    assert found.holds(COUNT)


def test_of_articles_read_again_the_first_are_let_go(
    built: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "MOST_AGAIN", 1)
    found = library_of(built)
    found.document(COUNT)
    assert list(found.let_oldest_go()) == []
    found.document(ENDING)
    assert list(found.let_oldest_go()) == ["count"]
    assert (found.holds(COUNT), found.holds(ENDING)) == (False, True)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_site_that_does_not_fit_into_memory_is_built_as_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    site = SmallSite.at(tmp_path)
    monkeypatch.setattr("alliance_site.build.documents.FEWEST_TO_SPLIT", 0)
    monkeypatch.setattr("alliance_site.build.documents.can_fork", lambda: True)
    monkeypatch.setattr("alliance_site.build.documents.crew_for.__defaults__", (1,))
    formed: list[int] = []

    class Noted(Crew):
        def __init__(self, workshop: object, count: int) -> None:
            formed.append(count)
            super().__init__(workshop, count)

    monkeypatch.setattr("alliance_site.build.documents.Crew", Noted)
    for name in ("library.MOST_HELD", "library.MOST_AGAIN"):
        monkeypatch.setattr(f"alliance_site.build.{name}", 1)
    site.build(jobs=jobs)
    monkeypatch.undo()
    assert set(formed) == ({2} if jobs == 2 else set())
    assert site.outputs() == clean_outcome(site.options()).files
