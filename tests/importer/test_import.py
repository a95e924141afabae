"""`alliance-site import`: CSV files and a mapping → a comparison; every name is accounted for."""

import csv
import io
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from alliance_site.diagnostics import ContentError, UsageError
from alliance_site.importer import Imported, import_comparison
from alliance_site.model import Comparison
from tests.small_site import site_of
from tests.test_content import FMTI

ROOT = Path(__file__).resolve().parents[2]

VALUES = """\
values:
  - {text: "1", level: yes, label: Met, points: 1, mark: open}
  - {text: "0", level: no, label: Not met, points: 0, mark: closed}
"""
HEAD = """\
comparison: replay
title: Replay
question: How much is met?
summary: An index.
evidence: launch-note
"""

# The index of transparency, in the shape in which it is published: a list of indicators for each
# set, and a table of 0 and 1 for each edition. The numbers are those of this site's own content.

INDEX_MAPPING = f"""\
{HEAD}{VALUES}\
criteria:
  - {{id: v1, file: v1.csv, title: Indicator, parents: [Domain, Subdomain], question: Definition,
     editions: [2023-10, 2024-05]}}
  - {{id: v2, file: v2.csv, title: Indicator, parents: [Domain, Subdomain], question: Definition,
     prefix: v2-, editions: [2025-12]}}
scores:
  - {{file: 2023-10.csv, edition: 2023-10, title: First, as_of: 2023-10, criteria: v1,
     label: Indicator, join: position, ignore: [Domain, Subdomain, Total], totals: Total}}
  - {{file: 2024-05.csv, edition: 2024-05, title: Second, as_of: 2024-05, criteria: v1,
     label: Indicator, join: position, totals: Total}}
  - {{file: 2025-12.csv, edition: 2025-12, title: Third, as_of: 2025-12, criteria: v2,
     label: Indicator, break_reason: The indicators are others.}}
"""


FOLDER = ROOT / "content" / "comparisons" / "transparency-index"


def plain(file: Path) -> Any:
    """Read YAML as texts: `yes` stays `yes`."""
    return yaml.load(file.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - texts alone


CRITERIA = {item["id"]: item for item in plain(FOLDER / "criteria.yaml")["criteria"]}
LEAVES = [key for key in CRITERIA if key not in {item.get("parent") for item in CRITERIA.values()}]
RUNS = {file.stem: plain(file)["editions"] for file in sorted((FOLDER / "cells").glob("*.yaml"))}


def asked(edition: str) -> list[str]:
    return [key for key in LEAVES if edition in CRITERIA[key]["editions"]]


def above(key: str) -> tuple[str, str]:
    """Name the domain and the subdomain of an indicator."""
    subdomain = CRITERIA[CRITERIA[key]["parent"]]
    return CRITERIA[subdomain["parent"]]["title"], subdomain["title"]


def as_csv(rows: list[list[str]], *, is_from_windows: bool) -> bytes:
    """Write a table; one from Windows has a byte order mark and other line ends."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n" if is_from_windows else "\n").writerows(rows)
    return text.getvalue().encode("utf-8-sig" if is_from_windows else "utf-8")


def indicators(edition: str) -> bytes:
    rows = [["Domain", "Subdomain", "Indicator", "Definition"]]
    # A name that ends in a space, and a definition over two lines.
    rows += [[*above(key), f"{CRITERIA[key]['title']} ", "Is it\nmet?"] for key in asked(edition)]
    return as_csv(rows, is_from_windows=True)


def scores(edition: str) -> list[list[str]]:
    subjects = [name for name, runs in RUNS.items() if edition in runs]
    rows = [["Indicator", *subjects]]
    for key in asked(edition):
        marks = ["1" if RUNS[name][edition][key] == "yes" else "0" for name in subjects]
        rows.append([CRITERIA[key]["title"], *marks])
    return rows


def with_totals(rows: list[list[str]]) -> list[list[str]]:
    columns = zip(*(row[1:] for row in rows[1:]), strict=True)
    return [*rows, ["Total", *(str(column.count("1")) for column in columns)]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The published files and the mapping."""
    first = with_totals(scores("2023-10"))
    for row, key in zip(first[1:], asked("2023-10"), strict=False):
        row[:0] = above(key)
        row.append(str(row.count("1")))
    first[0] = ["Domain", "Subdomain", *first[0], "Total"]
    first[-1] = ["", "", *first[-1], ""]
    second = with_totals(scores("2024-05"))
    second[1][0] = "Size of the data"
    (tmp_path / "v1.csv").write_bytes(indicators("2023-10"))
    (tmp_path / "v2.csv").write_bytes(indicators("2025-12"))
    (tmp_path / "2023-10.csv").write_bytes(as_csv(first, is_from_windows=True))
    (tmp_path / "2024-05.csv").write_bytes(as_csv(second, is_from_windows=True))
    (tmp_path / "2025-12.csv").write_bytes(as_csv(scores("2025-12"), is_from_windows=False))
    (tmp_path / "mapping.yaml").write_text(INDEX_MAPPING, "utf-8")
    begin(tmp_path)
    return tmp_path


def begin(folder: Path) -> None:
    """Begin a site that has the source of the mappings."""
    (folder / "content").mkdir(exist_ok=True)
    (folder / "content/sources.yaml").write_text("launch-note: {}\n", "utf-8")


def imported(folder: Path) -> tuple[Imported, Comparison]:
    """Import, and read what was written as a site would."""
    done = import_comparison(folder, folder / "mapping.yaml")
    files = {
        path.relative_to(folder / "content").as_posix(): path.read_text("utf-8")
        for path in sorted((folder / "content/comparisons").rglob("*.yaml"))
    }
    return done, site_of(files).comparisons["replay"]


def test_every_published_total_and_rank_comes_out(folder: Path) -> None:
    _, comparison = imported(folder)
    for edition, totals in FMTI.items():
        standings = comparison.boards[edition].standings
        assert {key: item.score.value for key, item in standings.items()} == totals
        ranks = {
            key: 1 + sum(other > total for other in totals.values())
            for key, total in totals.items()
        }
        assert {key: item.rank for key, item in standings.items()} == ranks


def test_every_share_of_domains_and_subdomains_comes_out(folder: Path) -> None:
    _, comparison = imported(folder)
    for edition in FMTI:
        for subject, standing in comparison.boards[edition].standings.items():
            met: Counter[tuple[str, ...]] = Counter()
            of: Counter[tuple[str, ...]] = Counter()
            for key in asked(edition):
                domain, subdomain = above(key)
                headings: tuple[tuple[str, ...], ...] = ((domain,), (domain, subdomain))
                for heading in headings:
                    of[heading] += 1
                    met[heading] += RUNS[subject][edition][key] == "yes"
            for titles, count in of.items():
                part, score = heading_id(comparison, edition, titles), standing.score
                assert score.counted[part] == met[titles]
                assert score.maxima[part] == count


def heading_id(comparison: Comparison, edition: str, titles: tuple[str, ...]) -> str:
    """Find a heading of an edition by the titles above it."""
    for item in comparison.criteria:
        parent = comparison.criterion_by_id.get(item.parent or "")
        found = (item.title,) if parent is None else (parent.title, item.title)
        if found == titles and edition in item.editions and item.id in comparison.headings:
            return str(item.id)
    raise AssertionError(titles)


def test_a_name_that_differs_is_joined_by_its_place_and_reported(folder: Path) -> None:
    done, comparison = imported(folder)
    (found,) = done.diagnostics
    assert (found.code.value, found.span.path, found.span.line) == (
        "unjoined-name",
        "2024-05.csv",
        2,
    )
    assert ("2024-05", "meta", "data-size") in comparison.cells


def test_nothing_is_lost(folder: Path) -> None:
    done, _ = imported(folder)
    assert (done.subjects, done.criteria, done.cells) == (21, 200, 3_700)


# Small imports

MAPPING = f"""\
{HEAD}{VALUES}\
criteria:
  - {{id: all, file: list.csv, title: Name}}
scores:
  - {{file: scores.csv, edition: now, title: Now, as_of: 2024, criteria: all, label: Name,
     totals: Total}}
"""


def small(
    folder: Path,
    scored: str,
    mapping: str = MAPPING,
    listed: str = "Name\nOne\nTwo\n",
    *,
    replace: bool = False,
) -> Imported:
    (folder / "list.csv").write_text(listed, "utf-8")
    (folder / "scores.csv").write_text(scored, "utf-8")
    (folder / "mapping.yaml").write_text(mapping, "utf-8")
    begin(folder)
    return import_comparison(folder, folder / "mapping.yaml", replace=replace)


def faults(
    folder: Path, scored: str, mapping: str = MAPPING, listed: str = "Name\nOne\nTwo\n"
) -> list[tuple[str, str, int]]:
    with pytest.raises(ContentError) as caught:
        small(folder, scored, mapping, listed)
    assert not (folder / "content/comparisons").exists()
    return [(item.code.value, item.span.path, item.span.line) for item in caught.value.diagnostics]


def test_a_row_that_finds_no_criterion_is_reported_and_nothing_is_written(tmp_path: Path) -> None:
    assert faults(tmp_path, "Name,A\nOne,1\nTow,0\n") == [
        ("unjoined-name", "mapping.yaml", 12),
        ("unjoined-name", "scores.csv", 3),
    ]


def test_rows_that_are_too_few_are_not_joined_by_position(tmp_path: Path) -> None:
    mapping = MAPPING.replace("label: Name,", "label: Name, join: position,")
    assert faults(tmp_path, "Name,A\nOne,1\n", mapping) == [("unjoined-name", "mapping.yaml", 12)]


def test_a_value_that_means_nothing_is_reported_in_its_row(tmp_path: Path) -> None:
    assert faults(tmp_path, "Name,A\nOne,1\nTwo,2\n") == [("bad-value", "scores.csv", 3)]


def test_a_total_that_is_not_the_sum_is_reported(tmp_path: Path) -> None:
    assert faults(tmp_path, "Name,A\nOne,1\nTwo,1\nTotal,3\n") == [("bad-value", "scores.csv", 4)]


def test_a_column_that_is_not_there_is_reported(tmp_path: Path) -> None:
    assert faults(tmp_path, "Label,A\nOne,1\nTwo,1\n") == [
        ("dangling-reference", "mapping.yaml", 12)
    ]


def test_a_row_of_another_length_is_reported(tmp_path: Path) -> None:
    assert faults(tmp_path, "Name,A\nOne,1,1\nTwo,1\n") == [("wrong-type", "scores.csv", 2)]


def test_a_comparison_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    small(tmp_path, "Name,A\nOne,1\nTwo,0\n")
    with pytest.raises(UsageError, match="--replace"):
        small(tmp_path, "Name,A\nOne,1\nTwo,0\n")


def test_a_folder_that_is_no_site_gets_none(tmp_path: Path) -> None:
    small(tmp_path, "Name,A\nOne,1\nTwo,0\n")
    with pytest.raises(UsageError, match="holds no content/ folder"):
        import_comparison(tmp_path / "typo", tmp_path / "mapping.yaml")
    assert not (tmp_path / "typo").exists()


def test_who_is_no_subject_any_more_leaves_no_answers(tmp_path: Path) -> None:
    small(tmp_path, "Name,A,B\nOne,1,0\nTwo,0,1\n")
    done = small(tmp_path, "Name,A\nOne,1\nTwo,0\n", replace=True)
    assert done.removed == ("cells/b.yaml",)
    assert [path.name for path in (done.folder / "cells").iterdir()] == ["a.yaml"]


# Names that are there twice, or that make no id: neither wins


@pytest.mark.parametrize("header", ["Name,House 01,House 01", "Name,House 01,house-01"])
def test_two_columns_of_one_subject_are_reported(tmp_path: Path, header: str) -> None:
    code = "duplicate-key" if header.count("House 01") > 1 else "duplicate-id"
    assert faults(tmp_path, f"{header}\nOne,1,0\nTwo,1,0\n") == [(code, "scores.csv", 1)]


def test_two_columns_that_the_mapping_gives_one_id_are_reported(tmp_path: Path) -> None:
    mapping = f"{MAPPING}subjects: [{{column: A, id: x}}, {{column: B, id: x}}]\n"
    assert faults(tmp_path, "Name,A,B\nOne,1,0\nTwo,1,0\n", mapping) == [
        ("duplicate-id", "scores.csv", 1)
    ]


def test_a_column_that_is_ignored_may_be_there_twice(tmp_path: Path) -> None:
    mapping = MAPPING.replace("label: Name,", "label: Name, ignore: [Note],")
    assert small(tmp_path, "Name,Note,A,Note\nOne,x,1,y\nTwo,x,0,y\n", mapping).subjects == 1


def test_a_criterion_that_has_two_rows_is_reported_at_the_later_one(tmp_path: Path) -> None:
    assert faults(tmp_path, "Name,A\nOne,1\nTwo,0\nOne,0\n") == [("duplicate-key", "scores.csv", 4)]


def test_a_name_of_two_criteria_joins_neither(tmp_path: Path) -> None:
    mapping = MAPPING.replace("title: Name}", "title: Name, parents: [Part]}")
    listed = "Part,Name\nP,Other\nQ,Other\n"
    assert faults(tmp_path, "Name,A\nOther,1\nOther,0\n", mapping, listed) == [
        ("unjoined-name", "scores.csv", 2),
        ("unjoined-name", "scores.csv", 3),
    ]
    by_place = mapping.replace("label: Name,", "label: Name, join: position,")
    assert small(tmp_path, "Name,A\nOther,1\nOther,0\n", by_place, listed).cells == 2


def test_a_column_without_a_name_is_reported_where_it_holds_anything(tmp_path: Path) -> None:
    assert faults(tmp_path, "Name,A,\nOne,1,\nTwo,0,1\n") == [("missing-key", "scores.csv", 1)]
    assert small(tmp_path, "Name,A,,\nOne,1,,\nTwo,0,,\n").subjects == 1


def test_a_name_without_a_latin_letter_or_digit_needs_an_id(tmp_path: Path) -> None:
    scored = "Name,北京\nOne,1\nTwo,0\n"
    assert faults(tmp_path, scored) == [("bad-id", "scores.csv", 1)]
    named = f"{MAPPING}subjects: [{{column: 北京, id: beijing}}]\n"
    assert small(tmp_path, scored, named).subjects == 1


def test_a_criterion_of_which_no_id_can_be_made_is_reported_once(tmp_path: Path) -> None:
    listed = "Name\nOne\n北京\n"
    assert faults(tmp_path, "Name,A\nOne,1\n北京,0\n", listed=listed) == [("bad-id", "list.csv", 3)]


def test_a_column_of_headings_that_is_not_there_is_all_that_is_reported(tmp_path: Path) -> None:
    mapping = MAPPING.replace("title: Name}", "title: Name, parents: [Prat]}")
    assert faults(tmp_path, "Name,A\nOne,1\nTwo,0\n", mapping) == [
        ("dangling-reference", "mapping.yaml", 10)
    ]


def test_a_source_that_the_site_does_not_have_is_reported(tmp_path: Path) -> None:
    mapping = MAPPING.replace("evidence: launch-note", "evidence: lunch-note")
    assert faults(tmp_path, "Name,A\nOne,1\nTwo,0\n", mapping) == [
        ("dangling-reference", "mapping.yaml", 5)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "subjects: [{column: A, id: a}, {column: A, id: b}]\n",
        "  - {file: scores.csv, edition: now, title: N, as_of: 2024, criteria: all, label: Name}\n",
    ],
)
def test_what_the_mapping_says_twice_is_reported(tmp_path: Path, line: str) -> None:
    found = faults(tmp_path, "Name,A\nOne,1\nTwo,0\n", f"{MAPPING}{line}")
    assert ("duplicate-id", "mapping.yaml", 14) in found


def test_the_basis_of_the_mapping_is_that_of_every_answer(tmp_path: Path) -> None:
    small(tmp_path, "Name,A\nOne,1\nTwo,0\n", f"{MAPPING}basis: independent\n")
    (cells,) = (tmp_path / "content").rglob("cells/*.yaml")
    assert plain(cells)["basis"] == "independent"


def test_numbers_keep_their_range_and_what_is_missing_its_reason(tmp_path: Path) -> None:
    mapping = MAPPING.replace(VALUES, "values: [{text: N/A, absence: not_applicable}]\n")
    ranged = mapping.replace(
        "title: Name}", "title: Name, type: number, range: {from: 0, to: 100}}"
    )
    small(tmp_path, "Name,A\nOne,62.5\nTwo,N/A\n", ranged)
    files = {
        path.relative_to(tmp_path / "content").as_posix(): path.read_text("utf-8")
        for path in (tmp_path / "content/comparisons").rglob("*.yaml")
    }
    board = site_of(files).comparisons["replay"].boards["now"]
    assert board.standings["a"].score.value == Fraction(125, 2)
    assert board.standings["a"].score.maximum == 100


def test_two_subjects_named_alike_in_different_editions_are_reported(tmp_path: Path) -> None:
    mapping = MAPPING + (
        "  - {file: later.csv, edition: later, title: Later, as_of: 2025, criteria: all,\n"
        "     label: Name}\n"
    )
    (tmp_path / "later.csv").write_text("Name,Acme Labs\nOne,1\nTwo,0\n", "utf-8")
    done = small(tmp_path, "Name,Acme\nOne,1\nTwo,0\n", mapping)
    assert [item.code.value for item in done.diagnostics] == ["unjoined-name"]
