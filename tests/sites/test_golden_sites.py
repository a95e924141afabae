"""Small sites, one idea each, built whole and compared byte for byte.

Of each site the tables, the indexes and the pages that its own small templates make are compared;
how the theme shows the rest is for its own tests. `pytest tests/sites --update-golden` rewrites
what is expected; a human reads the difference.
"""

import shutil
from pathlib import Path

import pytest

from alliance_site.build import BuildOptions, build

FOLDER = Path(__file__).parent

COMPARED = {
    # The smallest site there is.
    "minimal": [
        *("data/*.csv", "data/*.json", "data/*.bib", "sources/*/*.bib", "sources/*/*.json"),
        *("sitemap.xml", "robots.txt", "feed.xml"),
    ],
    # Sources that disagree, values that are not known, a status that is disputed.
    "disputed": [
        *("data/cells-openness.*", "data/organizations.*", "data/objectives.*"),
        *("organizations/acme/*", "objectives/skills/*", "comparisons/openness/index.html"),
    ],
    # Under a base path, with a former address.
    "moved": [
        *("about/*", "organizations/anvils/*", "sitemap.xml", "robots.txt", "feed.xml"),
        *("data/articles.*", "map.png"),
    ],
}


def built(name: str, folder: Path) -> Path:
    """Build a copy of a site; return its output."""
    shutil.copytree(FOLDER / name, folder, ignore=shutil.ignore_patterns("expected"))
    build(BuildOptions(site=folder, is_strict=True, jobs=1))
    return folder / "_site"


def files_in(folder: Path, patterns: list[str]) -> dict[str, bytes]:
    found = sorted({path for pattern in patterns for path in folder.glob(pattern)})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("name", COMPARED)
def test_a_golden_site_is_built_as_expected(
    name: str, tmp_path: Path, *, is_updating: bool
) -> None:
    made = files_in(built(name, tmp_path / name), COMPARED[name])
    expected = FOLDER / name / "expected"
    if is_updating:
        shutil.rmtree(expected, ignore_errors=True)
        for path, data in made.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(data)
    assert files_in(expected, COMPARED[name]) == made


@pytest.mark.parametrize("name", COMPARED)
def test_every_pattern_of_a_golden_site_finds_something(name: str) -> None:
    expected = FOLDER / name / "expected"
    assert [item for item in COMPARED[name] if not any(expected.glob(item))] == []


def test_every_golden_site_is_compared() -> None:
    assert {path.parent.name for path in FOLDER.glob("*/content")} == COMPARED.keys()
