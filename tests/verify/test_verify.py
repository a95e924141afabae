"""A published site, checked from its own data: whatever is altered is found and named."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_site.build import BuildOptions, build, release
from alliance_site.diagnostics import CheckError, OutputError, UsageError
from alliance_site.verify import verify_site
from tests.small_site import BASE, COMPARISON, organization

MEMBER = (
    "country: {}\nmemberships: [{{alliance: commons, role: founder, start_date: 2024-02, "
    "evidence: launch-note}}]\n"
)
FILES = {
    **BASE,
    **COMPARISON,
    "organizations/acme.yaml": organization("Acme", MEMBER.format("US")),
    "organizations/globex.yaml": organization("Globex", MEMBER.format("US")),
    "organizations/zeta.yaml": organization("Zeta", MEMBER.format("'NO'")),
    "articles/2024/count.md": (
        "---\ntitle: A count\ndek: How many.\nkind: analysis\nauthors: [desk]\n"
        "published: 2024-02-10\nabout: [alliance:commons]\n---\n"
        "There are {fact}`count/members/country/US` of them; Acme has "
        "{fact}`score/openness/2024/acme` points.\n"
    ),
    "organizations/rest.yaml": organization("Rest"),
    "events.yaml": "".join(
        f"event-{number}: {{date: {2020 + number}, title: A day, text: It was., kind: launch, "
        "evidence: launch-note}\n"
        for number in range(6)
    ),
    "figures.yaml": (
        "size: {label: Size, unit: ships, value: {value: 57, basis: derived}, "
        "evidence: launch-note}\n"
    ),
    "articles/2024/ships.md": (
        "---\ntitle: Ships\ndek: How many.\nkind: news\nauthors: [desk]\n"
        "published: 2024-06-01\nabout: [alliance:commons]\n"
        "in_short: ['The note says so [@launch-note].']\n---\n"
        "There were {fact}`figures/size` ships [@launch-note, p. 2], owned by [](org:acme) and "
        "founded on {fact}`alliances/commons/founded`.\n" + "Then more words followed. " * 115
    ),
}


def published(folder: Path, **options: object) -> Path:
    """Build a small site, and keep nothing but what is published."""
    for path, text in FILES.items():
        file = folder / "site" / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    made = BuildOptions(site=folder / "site", jobs=1, **options)  # type: ignore[arg-type]  # by name
    release(made, "first")
    build(made)
    return Path(shutil.move(folder / "site" / "_site", folder / "published"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published site in a folder of its own."""
    return published(tmp_path_factory.mktemp("verified"))


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    """A copy of it that may be altered."""
    return Path(shutil.copytree(site, tmp_path / "copy"))


def found(folder: Path) -> list[tuple[str, str, str]]:
    """Verify, and return code, path and message of what is wrong."""
    with pytest.raises(CheckError) as raised:
        verify_site(folder)
    every = raised.value.diagnostics
    return [(item.code.value, item.span.path, item.message) for item in every]


def replace(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text("utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new, 1), "utf-8")


def figures(folder: Path) -> list[str]:
    return [message.split("`")[1] for code, _, message in found(folder) if code == "altered-figure"]


def test_a_site_is_verified_without_its_content(site: Path) -> None:
    assert not (site.parent / "published" / "content").exists()
    verified = verify_site(site)
    assert verified.diagnostics == ()
    assert verified.files == sum(path.is_file() for path in site.rglob("*")) - 1


@pytest.mark.parametrize(
    "day", [date(2024, 6, 15), date(2024, 3, 15)], ids=["all there", "a score not known then"]
)
def test_a_site_turned_back_to_a_day_is_verified_too(tmp_path: Path, day: date) -> None:
    assert verify_site(published(tmp_path, as_of=day, known_on=day)).figures > 0


def test_every_page_that_counts_marks_its_figures(site: Path) -> None:
    pages = {path for path in site.rglob("*.html") if 'class="receipt"' in path.read_text("utf-8")}
    named = {path.relative_to(site).parent.as_posix() for path in pages}
    assert {".", "members", "alliances/commons", "comparisons/openness", "method"} <= named
    assert {"sources", "timeline", "figures", "receipts/count", "receipts/members"} <= named


def test_a_figure_that_a_page_prints_otherwise_is_named(copy: Path) -> None:
    old = 'href="/receipts/members/#count/members/country/US">2<'
    replace(copy, "members/index.html", old, old.replace(">2<", ">3<"))
    assert found(copy)[0][1] == "members/index.html"
    assert figures(copy) == ["count/members/country/US"]


def test_a_fact_in_an_article_is_named(copy: Path) -> None:
    text = (copy / "articles/count/index.html").read_text("utf-8")
    start = text.index("#score/openness/2024/acme")
    altered = text[:start] + text[start:].replace(">1.5<", ">1.6<", 1)
    (copy / "articles/count/index.html").write_text(altered, "utf-8")
    assert figures(copy) == ["score/openness/2024/acme"]


SHIPS = "articles/ships/index.html"


@pytest.mark.parametrize(
    ("old", "new", "figure"),
    [
        ("2 of 2 values printed here", "2 of 3 values printed here", "text"),
        ("1 source cited", "2 source cited", "text"),
        ('id="source-1"', 'id="origin-1"', "text"),
        (' data-fact="alliances/commons/founded"', "", "text"),
        (">2 minutes", ">3 minutes", "minutes"),
        ("Then more words", "Thenmorewords", "minutes"),
        (">57</data>", ">58</data>", "figures/size"),
    ],
)
def test_what_a_text_prints_and_cites_is_named(copy: Path, old: str, new: str, figure: str) -> None:
    text = (copy / SHIPS).read_text("utf-8")
    assert old in text
    many = -1 if figure == "minutes" else 1
    (copy / SHIPS).write_text(text.replace(old, new, many), "utf-8")
    assert figure in figures(copy)


@pytest.mark.parametrize(
    ("path", "old", "new", "figure"),
    [
        ("organizations/index.html", '"#list">1 ', '"#list">2 ', "#list"),
        ("organizations/index.html", "data-list>", "data-list><tr></tr>", "#list"),
        ("search/index.html", '"#member">3', '"#member">4', "#member"),
        ("sources/index.html", '/#cited">2', '/#cited">3', "/sources/launch-note/#cited"),
        ("data/index.html", '/data/organizations.json">4', '/data/organizations.json">5', ".json"),
        ("changes/index.html", '"#by-date-1">3', '"#by-date-1">4', "#by-date-1"),
        ("changes/index.html", '#release/first/org">4', '#release/first/org">5', "/org"),
        ("changes/index.html", " values.</span>", " values, 9.</span>", "release/first"),
        ("charts/index.html", "6 events", "7 events", "chart/timeline"),
        ("timeline/index.html", ">2020</text>", ">2021</text>", "chart/timeline"),
        ("data/index.html", "6 events", "7 events", "chart/timeline"),
        (
            "comparisons/openness/groups/inside/index.html",
            "<caption data-receipt>2 subjects",
            "<caption data-receipt>3 subjects",
            "table/openness/group/inside",
        ),
        (
            "comparisons/openness/groups/inside/index.html",
            "<p data-receipt>2 subjects",
            "<p data-receipt>3 subjects",
            "table/openness/group/inside",
        ),
        (
            "comparisons/openness/index.html",
            '/2024">2.0</a>',
            '/2024">3.0</a>',
            "marks/openness/2024",
        ),
    ],
)
def test_lengths_sizes_drawings_and_releases_are_named(
    copy: Path, path: str, old: str, new: str, figure: str
) -> None:
    replace(copy, path, old, new)
    assert [name for name in figures(copy) if figure in name] != []


def test_a_ledger_that_was_rewritten_is_named_with_what_was_counted_of_it(copy: Path) -> None:
    replace(copy, "data/releases/first.json", '"org:rest"', '"org:risk"')
    named = {item[:2] for item in found(copy)}
    assert ("broken-ledger", "data/releases/first.json") in named


def test_a_source_that_is_given_another_publisher_is_named_by_what_cites_it(copy: Path) -> None:
    records = json.loads((copy / "data/records/sources.json").read_text("utf-8"))
    publisher = records["launch-note"]["publisher"]
    replace(copy, "data/records/sources.json", f'"publisher": "{publisher}"', '"publisher": "X"')
    altered = [item for item in found(copy) if item[:2] == ("altered-figure", SHIPS)]
    assert [message.split("`")[1] for _, _, message in altered] == ["text"]


def test_all_figures_that_rest_on_an_altered_record_are_named(copy: Path) -> None:
    replace(copy, "data/records/organizations.json", '["US"]', '["SE"]')
    named = figures(copy)
    assert "count/members/country/US" in named
    assert "count/members" not in named


def test_an_altered_cell_alters_scores_places_and_spreads(copy: Path) -> None:
    path = "data/records/comparisons/openness.json"
    replace(copy, path, '"weights", "statements": ["open"]', '"weights", "statements": ["closed"]')
    named = set(figures(copy))
    assert {"score/openness/2024/acme", "spread/openness/2024/criterion/weights"} <= named


def test_an_altered_table_is_named_by_row_and_column(copy: Path) -> None:
    replace(copy, "data/organizations.csv", "acme,Acme", "acme,Acmi")
    messages = [message for code, _, message in found(copy) if code == "altered-table"]
    assert messages == [
        "`name` of `acme` is `Acmi`, computed `Acme`, where the records give another"
    ]


def test_records_that_cannot_be_read_are_named(copy: Path) -> None:
    (copy / "data/records/events.json").write_text("{", "utf-8")
    assert ("unreadable-package", "data/records/events.json") in {item[:2] for item in found(copy)}


def test_a_source_that_was_called_otherwise_is_told_from_a_fault_of_the_program(copy: Path) -> None:
    replace(copy, "data/records/sources.json", '"launch-note": {', '"launch-nnte": {')
    told = {item[:2] for item in found(copy)}
    assert ("altered-file", "data/records/sources.json") in told
    assert ("unreadable-package", "data/records/") in told


def test_a_file_that_is_gone_is_named(copy: Path) -> None:
    (copy / "robots.txt").unlink()
    assert [item[:2] for item in found(copy)] == [("altered-file", "robots.txt")]


def test_a_file_that_was_added_is_a_remark(copy: Path) -> None:
    (copy / "CNAME").write_text("commons.example\n", "utf-8")
    assert [item.code.value for item in verify_site(copy).diagnostics] == ["foreign-file"]


def test_a_folder_without_a_list_is_no_published_site(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"SHA256SUMS\.txt"):
        verify_site(tmp_path)


def test_a_file_that_cannot_be_read_is_no_finding(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "feed.xml":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(OutputError, match=r"^cannot read .*/feed.xml: Permission denied"):
        verify_site(copy)


def test_a_page_altered_elsewhere_names_the_figures_that_stand_on_it(copy: Path) -> None:
    replace(copy, "members/index.html", "<title>Members", "<title>Numbers")
    with pytest.raises(CheckError) as raised:
        verify_site(copy)
    assert [
        (item.code.value, "`count/members`" in item.hint) for item in raised.value.diagnostics
    ] == [("altered-file", True)]


@pytest.fixture(scope="module")
def scratch(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy that each example alters by a byte and mends again."""
    folder = tmp_path_factory.mktemp("scratch") / "copy"
    shutil.copytree(site, folder)
    yield folder
    verify_site(folder)


@given(place=st.floats(0, 1, exclude_max=True), where=st.data(), bit=st.integers(0, 7))
def test_any_altered_byte_of_any_file_is_found_and_its_file_named(
    scratch: Path, place: float, where: st.DataObject, bit: int
) -> None:
    files = sorted(path for path in scratch.rglob("*") if path.is_file())
    file = where.draw(st.sampled_from(files), label="file")
    data = file.read_bytes()
    at = int(place * len(data))
    file.write_bytes(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
    try:
        named = {path for _, path, _ in found(scratch)}
    finally:
        file.write_bytes(data)
    name = file.relative_to(scratch).as_posix()
    # A digest that was altered tells that its file is another than the list says.
    assert name in named or name == "SHA256SUMS.txt"


def test_every_receipt_that_a_page_leads_to_is_listed_with_its_formula(site: Path) -> None:
    text = (site / "receipts/comparisons/openness/index.html").read_text("utf-8")
    receipt = text[text.index('<li id="score/openness/2024/acme">') :].partition("</li>")[0]
    assert "/receipts/#formula-score" in receipt
    assert "data/records/comparisons/openness.json" in receipt
    assert "/sources/launch-note/" in receipt


def test_records_are_published_without_what_no_page_shows(site: Path) -> None:
    said = json.loads((site / "data/records/site.json").read_text("utf-8"))
    assert "email" not in said["settings"]["publisher"]
