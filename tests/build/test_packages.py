"""A comparison as a data package: the built files, read by the validator of the standard."""

import csv
import json
from pathlib import Path

import pytest
from frictionless import Package

from alliance_site.build import BuildOptions, build
from tests.small_site import BASE, COMPARISON

SCORING = "aggregate: mean\nunknown: exclude\nscale: 100\nrounding: {digits: 1, mode: half-up}\n"
RATED = """\
cells:
  weights:
    value: open
    ratings:
      - {rater: A, value: partly}
      - {rater: B, value: open, date: 2024-05, note: Seen.}
    reply: {by: acme, text: They are out., date: 2024-06}
    review_by: 2025
  code: partly
evidence: launch-note
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a small site with a comparison, and give the folder of its tables."""
    folder = tmp_path_factory.mktemp("packaged")
    files = {**BASE, **COMPARISON, "comparisons/openness/scoring.yaml": SCORING}
    files["comparisons/openness/cells/acme.yaml"] = RATED
    for path, text in files.items():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    build(BuildOptions(site=folder, jobs=1))
    return folder / "_site" / "data" / "openness"


def test_the_package_is_valid_by_the_validator_of_the_standard(data: Path) -> None:
    report = Package(str(data / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])


def test_a_reference_that_leads_nowhere_would_be_found(data: Path, tmp_path: Path) -> None:
    for file in data.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    cells = tmp_path / "cells.csv"
    cells.write_text(cells.read_text("utf-8").replace(",acme,", ",acne,"), "utf-8")
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_cell_names_its_source_with_the_place_in_it(data: Path) -> None:
    found = {row["id"]: row for row in rows(data / "cells.csv")}
    cell = found["2024/acme/code"]
    assert (cell["value"], cell["points"], cell["source"]) == ("partly", "0.5", "launch-note")


def test_scores_are_given_as_shown_and_exactly(data: Path) -> None:
    found = {(row["subject"], row["part"]): row for row in rows(data / "scores.csv")}
    acme = found["acme", "total"]
    assert (acme["score"], acme["exact"], acme["rank"]) == ("75.0", "75", "1")
    assert (found["globex", "total"]["low"], found["globex", "total"]["high"]) == ("0.0", "50.0")


def test_a_package_says_where_it_is_shown_and_under_which_licence(data: Path) -> None:
    described = json.loads((data / "datapackage.json").read_text("utf-8"))
    assert described["name"] == "openness"
    assert described["homepage"].endswith("/comparisons/openness/")
    assert described["licenses"]


def test_ratings_and_replies_are_tables_that_refer_to_cells(data: Path) -> None:
    (first, second) = rows(data / "ratings.csv")
    assert (first["cell"], first["rater"], first["value"]) == ("2024/acme/weights", "A", "partly")
    assert (second["value"], second["date"], second["comment"]) == ("open", "2024-05", "Seen.")
    (reply,) = rows(data / "replies.csv")
    assert (reply["cell"], reply["by"], reply["outcome"]) == ("2024/acme/weights", "acme", "noted")
    assert {row["id"]: row["review_by"] for row in rows(data / "cells.csv")}[
        "2024/acme/weights"
    ] == "2025"
