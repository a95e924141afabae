"""A comparison of 300 subjects by 120 criteria: how many pages it is, and how large each may be."""

import gzip
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from alliance_site.model import PART_SUBJECTS
from alliance_site.paths import UrlPath
from alliance_site.render import Renderer
from alliance_site.view import STAGES, Composer, Page
from tests.large_comparison import large_comparison
from tests.small_pages import composer_of

HOME = "/comparisons/large/"
SUBJECTS, CRITERIA = 300, 120


@dataclass(frozen=True, repr=False)  # written out it is gigabytes, which a failed test would show
class Large:
    """The site's pages by their addresses, and what renders them."""

    composer: Composer
    pages: Mapping[UrlPath, Page]
    renderer: Renderer

    def html(self, url: str) -> bytes:
        """Render a page."""
        page = self.pages[UrlPath(url)]
        found, faults = self.renderer.render(page.template, page.make())
        assert faults == ()
        return found


@pytest.fixture(scope="module")
def large(site_root: Path) -> Large:
    """Read the comparison and list its pages; none is made before a test asks for it."""
    composer = composer_of(dict(large_comparison(SUBJECTS, CRITERIA)))
    folder = site_root / "templates"
    texts = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.*")
    }
    wanted = {"comparisons", "sources"}
    pages = {
        page.url: page
        for stage in STAGES
        for family in stage
        if family.name in wanted
        for page in family.listed(composer, ())
    }
    return Large(composer, pages, Renderer(texts, {}, composer.site.prose))


def test_there_is_a_page_for_each_subject_and_criterion_and_few_for_the_rest(large: Large) -> None:
    kinds = Counter(url.removeprefix(HOME).partition("/")[0] for url in large.pages)
    assert (kinds["subjects"], kinds["criteria"]) == (SUBJECTS, CRITERIA + 6)
    # All pairs would be 44,850 pages: neighbours in the ranking have one.
    assert kinds["pairs"] == SUBJECTS - 1
    assert kinds["table"] == 6 * SUBJECTS // PART_SUBJECTS
    assert kinds["values"] == 4
    assert kinds["groups"] == 3 + 3  # each of three groups, and each two of them side by side


def test_no_page_of_the_table_has_more_cells_than_a_phone_can_hold(large: Large) -> None:
    parts = [page for url, page in large.pages.items() if url.startswith(f"{HOME}table/")]
    shapes = {
        (len(view.matrix.rows), len(view.matrix.columns))
        for view in (part.make() for part in parts)
    }
    assert shapes == {(20, PART_SUBJECTS)}


def test_the_parts_of_the_table_hold_every_cell_once(large: Large) -> None:
    cells = Counter(
        cell.url
        for url, page in large.pages.items()
        if url.startswith(f"{HOME}table/")
        for row in page.make().matrix.rows
        for cell in row.cells
    )
    assert (len(cells), set(cells.values())) == (SUBJECTS * CRITERIA, {1})


@pytest.mark.parametrize(
    ("url", "raw", "compressed"),
    [
        (HOME, 335_000, 20_000),
        (f"{HOME}table/h00/", 75_000, 8_000),
        (f"{HOME}table/h05/12/", 75_000, 8_000),
        (f"{HOME}criteria/c000/", 125_000, 14_000),
        (f"{HOME}subjects/s150/", 60_000, 9_000),
        (f"{HOME}groups/north/", 40_000, 6_000),
        (f"{HOME}groups/north/south/", 95_000, 8_000),
        (f"{HOME}values/open/", 25_000, 5_000),
        ("/sources/launch-note/", 80_000, 8_000),
    ],
)
def test_a_page_stays_within_its_size(large: Large, url: str, raw: int, compressed: int) -> None:
    html = large.html(url)
    assert len(html) <= raw
    assert len(gzip.compress(html, 9)) <= compressed


def test_answers_that_change_change_no_part_of_the_table_but_their_own() -> None:
    files = dict(large_comparison(60, 40))
    path = "comparisons/large/cells/s030.yaml"
    changed = {**files, path: files[path].replace(": closed", ": open")}
    before, after = (_parts(composer_of(item)) for item in (files, changed))
    assert len(before) == len(after) == 2 * 3
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 2


def _parts(composer: Composer) -> list[object]:
    """Make the parts of the table."""
    family = next(item for stage in STAGES for item in stage if item.name == "comparisons")
    pages = (page for page in family.listed(composer, ()) if page.url.startswith(f"{HOME}table/"))
    return [page.make() for page in pages]
