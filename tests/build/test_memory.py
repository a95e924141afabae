"""What a process that builds more than once keeps, and when it is of use no more."""

from pathlib import Path

import pytest

from alliance_site.build import Memory, build
from alliance_site.diagnostics import BuildError, ContentError, Diagnostic
from alliance_site.paths import InputPath
from alliance_site.read import Document, parse_document
from tests.build.small_site import SmallSite, clean_outcome

ARTICLE = "content/articles/2026/ending.md"


def test_a_thing_is_made_once_while_what_it_is_made_of_is_the_same() -> None:
    memory, numbers = Memory(), iter(range(9))

    def make(digest: str) -> int:
        return memory.remember("comparison openness", digest, lambda: next(numbers))

    assert [make("a"), make("a"), make("b"), make("a")] == [0, 0, 1, 2]


def test_nothing_is_kept_of_a_thing_that_could_not_be_made() -> None:
    memory = Memory()
    with pytest.raises(ZeroDivisionError):
        memory.remember("x", "a", lambda: 1 // 0)
    assert memory.remember("x", "a", lambda: 1) == 1


def test_a_second_build_parses_only_the_file_that_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, memory, parsed = SmallSite.at(tmp_path), Memory(), []
    build(site.options(jobs=1), memory=memory)

    def noted(path: InputPath, data: bytes) -> tuple[Document | None, tuple[Diagnostic, ...]]:
        parsed.append(path)
        return parse_document(path, data)

    monkeypatch.setattr("alliance_site.build.library.parse_document", noted)
    site.write(ARTICLE, site.read(ARTICLE) + "\nOne more sentence.\n")
    build(site.options(jobs=1), memory=memory)
    assert parsed == [ARTICLE]
    assert site.outputs() == clean_outcome(site.options()).files


def test_what_a_build_read_before_it_failed_is_not_lost_to_the_state(tmp_path: Path) -> None:
    site, memory = SmallSite.at(tmp_path), Memory()
    article = site.read(ARTICLE)
    build(site.options(), memory=memory)
    site.write(ARTICLE, article.replace("title: ", "title: Again, "))
    site.write("templates/pages/search.html", "{% oops %}")
    with pytest.raises(BuildError):
        build(site.options(), memory=memory)
    site.delete("templates/pages/search.html")
    build(site.options(), memory=memory)
    site.write(ARTICLE, article)
    build(site.options())  # by another process, which knows what the state says
    assert site.outputs() == clean_outcome(site.options()).files


def test_a_fault_is_told_again_by_every_build_until_it_is_mended(tmp_path: Path) -> None:
    site, memory = SmallSite.at(tmp_path), Memory()
    build(site.options(), memory=memory)
    whole = site.read(ARTICLE)
    site.write(ARTICLE, whole.replace("title:", "caption:"))
    told = []
    for _ in range(2):
        with pytest.raises(ContentError) as caught:
            build(site.options(), memory=memory)
        told.append(caught.value.diagnostics)
    assert told[0] == told[1]
    site.write(ARTICLE, whole)
    build(site.options(), memory=memory)
    assert site.outputs() == clean_outcome(site.options()).files


def test_a_file_that_has_gone_is_forgotten(tmp_path: Path) -> None:
    site, memory = SmallSite.at(tmp_path), Memory()
    build(site.options(jobs=1), memory=memory)
    assert ARTICLE in memory.files
    site.delete(ARTICLE)
    build(site.options(jobs=1), memory=memory)
    assert ARTICLE not in {*memory.files, *memory.heads}
    assert site.outputs() == clean_outcome(site.options()).files


@pytest.mark.parametrize("damage", ["alter", "delete"])
def test_an_output_that_was_changed_between_builds_is_put_right(
    tmp_path: Path, damage: str
) -> None:
    site, memory = SmallSite.at(tmp_path), Memory()
    build(site.options(), memory=memory)
    page = site.root / "_site/organizations/north-lab/index.html"
    if damage == "alter":
        page.write_text("another program's")
    else:
        page.unlink()
    site.write(ARTICLE, site.read(ARTICLE) + "\nOne more sentence.\n")
    result = build(site.options(), memory=memory)
    assert "organizations/north-lab/index.html" in result.written
    assert site.outputs() == clean_outcome(site.options()).files


def test_a_record_that_is_added_to_the_end_of_a_file_is_there(tmp_path: Path) -> None:
    site, memory = SmallSite.at(tmp_path), Memory()
    build(site.options(), memory=memory)
    added = "parted:\n  date: 2025-02\n  title: They part\n  text: By letter.\n  kind: join\n"
    added += "  phase: after\n  alliances: [harbour]\n  evidence: gazette\n"
    site.write("content/events.yaml", site.read("content/events.yaml") + added)
    build(site.options(), memory=memory)
    assert b"They part" in site.outputs()["timeline/index.html"]
    assert site.outputs() == clean_outcome(site.options()).files
