"""Every kind of fault has a case: a Markdown file that shows the input and the whole report.

A case lays its fenced files over the site in `tests/sites/minimal`, builds it with warnings as
errors, and compares the report, letter by letter. The info string of a fence says what it is:

    yaml content/figures.yaml       a file
    hex content/figures.yaml        a file, as bytes
    removed content/figures.yaml    a file of the base site that is not there
    text report                     what `build --strict` reports
    text report of check            what `check --strict` reports
    text report of check --min-evidence 95   what it reports with this option too
    text report of import           what `import mapping.yaml` reports
    edit _site/index.html           two lines: a text of a published file, and what takes its place
    text report of verify           what `verify` reports of the published site after the edits

`pytest tests/cases --update-cases` rewrites the reports; a human reads the difference.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from alliance_site.build import BuildOptions, build, check
from alliance_site.diagnostics import BuildError, Code
from alliance_site.importer import import_comparison
from alliance_site.report import render_report
from alliance_site.verify import verify_site

FOLDER = Path(__file__).parent
NOTHING_FOUND = "nothing found\n"


@dataclass
class Variation:
    """A section of a case: its files, and the fence that holds the report."""

    code: str
    title: str
    files: dict[str, bytes] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    edits: list[tuple[str, str, str]] = field(default_factory=list)
    command: str = ""
    min_evidence: Decimal | None = None
    expected: str = ""
    lines: tuple[int, int] = (0, 0)


def variations_in(file: Path) -> Iterator[Variation]:
    found: Variation | None = None
    heading = ""
    for token in MarkdownIt("commonmark").parse(file.read_text("utf-8")):
        if token.type == "heading_open":
            heading = token.tag
        elif token.type == "inline" and heading == "h2":
            found = Variation(file.stem, token.content)
            heading = ""
        elif token.type == "fence":
            assert found is not None, f"{file.name}: a fence before the first section"
            take_fence(found, token.info, token.content, token.map or [0, 0])
            if found.lines[1]:
                yield found


def take_fence(variation: Variation, info: str, content: str, lines: list[int]) -> None:
    language, _, path = info.partition(" ")
    if path.startswith("report"):
        command = path.removeprefix("report").removeprefix(" of ")
        variation.command = command.partition(" ")[0]
        share = path.partition("--min-evidence ")[2]
        variation.min_evidence = Decimal(share) if share else None
        variation.expected = content
        variation.lines = (lines[0] + 1, lines[1] - 1)
    elif language == "removed":
        variation.removed.append(path)
    elif language == "edit":
        old, new = content.splitlines()
        variation.edits.append((path, old, new))
    else:
        is_hex = language == "hex"
        variation.files[path] = bytes.fromhex(content) if is_hex else content.encode()


CASES = sorted(FOLDER.glob("*.md"))
VARIATIONS = [item for file in CASES for item in variations_in(file)]


def report_on(variation: Variation, base: Path, folder: Path) -> str:
    shutil.copytree(base, folder, dirs_exist_ok=True)
    for name in variation.removed:
        (folder / name).unlink()
    for name, data in variation.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    try:
        if variation.command == "import":
            done = import_comparison(folder, folder / "mapping.yaml")
            return render_report(done.diagnostics, done.excerpts, "text") or NOTHING_FOUND
        if variation.command == "verify":
            return report_on_published(variation, folder)
        run = check if variation.command == "check" else build
        share = variation.min_evidence
        run(BuildOptions(site=folder, is_strict=True, jobs=1, min_evidence=share))
    except BuildError as error:
        return render_report(error.diagnostics, error.excerpts, "text")
    return NOTHING_FOUND


def report_on_published(variation: Variation, folder: Path) -> str:
    """Build a site, alter what was published, and verify it."""
    build(BuildOptions(site=folder, jobs=1))
    for name, old, new in variation.edits:
        text = (folder / name).read_text("utf-8")
        assert old in text, f"{name} does not hold {old}"
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    found = verify_site(folder / "_site").diagnostics
    return render_report(found, {}, "text") or NOTHING_FOUND


@pytest.mark.parametrize(
    "variation", VARIATIONS, ids=[f"{item.code}: {item.title}" for item in VARIATIONS]
)
def test_a_fault_is_reported_as_its_case_says(
    variation: Variation, base: Path, tmp_path: Path, *, is_updating: bool
) -> None:
    report = report_on(variation, base, tmp_path)
    if is_updating:
        rewrite(variation, report)
    else:
        assert report == variation.expected


def rewrite(variation: Variation, report: str) -> None:
    """Put a report in its place, which an earlier section's report may have moved."""
    file = FOLDER / f"{variation.code}.md"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    same = next(item for item in variations_in(file) if item.title == variation.title)
    start, end = same.lines
    file.write_text("".join([*lines[:start], report, *lines[end:]]), "utf-8")


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    assert [file.stem for file in CASES] == sorted(code.value for code in Code)


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_case_is_headed_by_its_code_and_shows_it_at_least_once(file: Path) -> None:
    assert file.read_text("utf-8").startswith(f"# {file.stem}\n\n")
    reports = [item.expected for item in variations_in(file)]
    assert any(f"[{file.stem}]" in report for report in reports)


@pytest.mark.parametrize("code", Code, ids=lambda code: code.value)
def test_a_code_explains_itself_in_full_sentences(code: Code) -> None:
    assert code.why[0].isupper()
    assert code.why.endswith(".")
    assert code.mend.endswith(".")
