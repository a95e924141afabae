"""The search index as an output: exact, made again only when a text changed, left out on demand."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from alliance_site.build import BuildResult, SearchIndex
from alliance_site.build import search as search_module
from tests.build.small_site import SmallSite


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """The small site, which readers can search here; elsewhere that would only cost time."""
    site = SmallSite.at(tmp_path / "site")
    site.edit("content/site.yaml", "search: no", "search: yes")
    return site


def built(site: SmallSite, **choices: Any) -> BuildResult:
    """Build with an index where nothing else is asked."""
    return site.build(**{"search": SearchIndex.MAKE, **choices})


def index_of(site: SmallSite) -> Mapping[str, bytes]:
    folder = site.output / "pagefind"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def add_a_sentence(site: SmallSite) -> None:
    about = "content/pages/about.md"
    site.write(about, f"{site.read(about)}\nA zebra stands here.\n")


def written_to_index(result: BuildResult) -> list[str]:
    return [path for path in result.written if path.startswith("pagefind/")]


def test_two_runs_make_the_same_bytes(site: SmallSite, tmp_path: Path) -> None:
    built(site)
    first = index_of(site)
    built(site, output=tmp_path / "again", state=tmp_path / "state")
    again = tmp_path / "again/pagefind"
    assert {name: (again / name).read_bytes() for name in first} == first
    assert len(first) > 10


def test_an_unchanged_text_is_not_indexed_again(site: SmallSite) -> None:
    built(site)
    site.write("static/css/mine.css", "a { color: red }")  # every page names the style sheet
    result = built(site)
    assert len(result.written) > 10
    assert written_to_index(result) == []


def test_a_changed_text_is_indexed_again_and_the_old_one_is_gone(site: SmallSite) -> None:
    built(site)
    before = index_of(site)
    add_a_sentence(site)
    result = built(site)
    assert written_to_index(result)
    after = index_of(site)
    assert len(after) == len(before)
    assert before != after


def test_a_damaged_index_is_made_again(site: SmallSite) -> None:
    built(site)
    before = index_of(site)
    (site.output / "pagefind/0/kinds.json").write_bytes(b"{}")
    built(site)
    assert index_of(site) == before


def test_the_kinds_name_every_fragment_once(site: SmallSite) -> None:
    built(site)
    index = index_of(site)
    listed = json.loads(index["0/kinds.json"])
    names = [name for found in listed["kinds"].values() for name in found]
    fragments = [name for name in index if name.startswith("0/fragment/")]
    assert sorted(f"0/fragment/{name}.pf_fragment" for name in names) == fragments
    assert {"article", "member"} <= listed["kinds"].keys()


def test_a_large_site_is_indexed_in_shards(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "_PER_SHARD", 20)
    built(site)
    index = index_of(site)
    shards = json.loads(index["0/kinds.json"])["shards"]
    assert shards > 1
    assert {name.partition("/")[0] for name in index} == {str(item) for item in range(shards)}
    assert [name for name in index if name.endswith("pagefind.js")] == ["0/pagefind.js"]


def test_one_changed_page_makes_one_shard_again(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "_PER_SHARD", 20)
    built(site)
    add_a_sentence(site)
    again = written_to_index(built(site))
    assert len({path.split("/")[1] for path in again}) == 1


def test_a_site_that_wants_no_search_has_none(site: SmallSite) -> None:
    built(site)
    site.edit("content/site.yaml", "search: yes", "search: no")
    result = built(site)
    assert index_of(site) == {}
    home = (site.output / "index.html").read_text("utf-8")
    assert 'role="search"' not in home
    assert ">All pages</a>" in home
    assert result.remark == ""


def test_an_index_that_is_kept_stays_as_it_was(site: SmallSite) -> None:
    built(site)
    before = index_of(site)
    add_a_sentence(site)
    built(site, search=SearchIndex.KEEP)
    assert index_of(site) == before
    built(site)
    assert index_of(site) != before


def test_a_static_page_in_another_encoding_is_copied_and_ends_no_build(site: SmallSite) -> None:
    page = "<!doctype html><title>Élan</title><main><p>Élan</main>".encode("latin-1")
    path = site.path("static/old.html")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page)
    built(site)
    assert (site.output / "old.html").read_bytes() == page


def test_without_pagefind_the_site_is_built_and_says_so(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "_PACKAGE", "no_such_package")
    result = built(site)
    assert "Pagefind is not installed" in result.remark
    assert (site.output / "index.html").is_file()
    assert index_of(site) == {}
