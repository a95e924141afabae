"""Diagnostics as text, JSON, GitHub's marks and SARIF."""

import json

import pytest
from msgspec.structs import replace

from alliance_site.diagnostics import (
    Code,
    Diagnostic,
    Severity,
    Span,
    has_errors,
    nearest,
    sorted_diagnostics,
)
from alliance_site.report import (
    FORMATS,
    ToldChange,
    explain_code,
    render_changes,
    render_report,
    summary_line,
)

SPAN = Span(path="content/a.yaml", line=14, column=19, end_column=23)
LINE = "  - organization: acme"
ERROR = Diagnostic(
    code=Code.DANGLING_REFERENCE,
    message="`acme` is not the id of an organization",
    span=SPAN,
    hint="did you mean `acme-labs`?",
    related=((Span(path="content/b.yaml", line=2), "the other one"),),
)
WARNING = Diagnostic(
    code=Code.UNUSED_SOURCE,
    message="no page cites `x`",
    span=Span(path="content/sources.yaml"),
    severity=Severity.WARNING,
)


def text(*found: Diagnostic, line: str = LINE) -> str:
    return render_report(found, {item.span: line for item in found}, "text")


def marked(line: str, column: int, end_column: int = 0) -> list[str]:
    """Return the two lines of an excerpt, without the line's number."""
    span = Span(path="a", line=1, column=column, end_column=end_column)
    found = Diagnostic(code=Code.BAD_ID, message="m", span=span)
    return [part.partition("| ")[2] for part in text(found, line=line).splitlines()[1:]]


def test_a_finding_is_place_severity_code_message_excerpt_and_hint() -> None:
    assert text(ERROR) == (
        "content/a.yaml:14:19: error[dangling-reference] `acme` is not the id of an organization\n"
        "  14 |   - organization: acme\n"
        "     |                   ^^^^\n"
        "   = see: content/b.yaml:2, the other one\n"
        "   = hint: did you mean `acme-labs`?\n"
    )


def test_a_finding_on_a_whole_file_has_no_line_and_no_excerpt() -> None:
    assert render_report([WARNING], {}, "text") == (
        "content/sources.yaml: warning[unused-source] no page cites `x`\n"
    )


def test_findings_are_parted_by_a_blank_line() -> None:
    assert "\n\ncontent/" in text(ERROR, WARNING)


def test_nothing_found_is_nothing_written() -> None:
    assert render_report([], {}, "text") == render_report([], {}, "github") == ""


def test_colour_changes_nothing_but_colour() -> None:
    coloured = render_report([ERROR], {SPAN: LINE}, "text", has_colour=True)
    assert "\x1b[31;1m" in coloured
    for code in ("\x1b[31;1m", "\x1b[36m", "\x1b[0m"):
        coloured = coloured.replace(code, "")
    assert coloured == text(ERROR)


def test_the_mark_is_as_long_as_what_it_marks() -> None:
    assert marked("name: Acme", 7, 11) == ["name: Acme", "      ^^^^"]


def test_a_place_without_an_end_is_marked_by_one_sign() -> None:
    assert marked("name: Acme", 7) == ["name: Acme", "      ^"]


def test_a_place_past_the_end_of_its_line_is_marked_there() -> None:
    assert marked("name:", 6) == ["name:", "     ^"]


def test_a_tab_counts_as_one_column() -> None:
    assert marked("\tname: x", 2, 6) == [" name: x", " ^^^^"]


def test_no_excerpt_gives_orders_to_the_terminal() -> None:
    assert marked("a\x1b[31mb\x9b", 2) == ["a\ufffd[31mb\ufffd", " ^"]


def test_a_mark_ends_with_its_line() -> None:
    assert marked("name", 1, 99) == ["name", "^^^^"]


def test_a_long_line_is_cut_around_its_mark() -> None:
    line = "a" * 500 + "HERE" + "b" * 500
    excerpt, mark = marked(line, 501, 505)
    assert len(excerpt) < 170
    assert excerpt.startswith("…")
    assert excerpt.endswith("…")
    assert excerpt[mark.index("^") :].startswith("HERE")
    assert mark.count("^") == 4


def test_a_long_line_marked_at_its_start_is_cut_at_its_end() -> None:
    excerpt, mark = marked("HERE" + "b" * 500, 1, 5)
    assert excerpt.startswith("HEREbbb")
    assert excerpt.endswith("b…")
    assert mark == "^^^^"


def test_a_blank_line_is_no_excerpt() -> None:
    assert marked("   ", 1) == []


def test_json_says_all_of_it() -> None:
    (found,) = json.loads(render_report([ERROR], {}, "json"))
    assert found == {
        "code": "dangling-reference",
        "severity": "error",
        "message": "`acme` is not the id of an organization",
        "path": "content/a.yaml",
        "line": 14,
        "column": 19,
        "hint": "did you mean `acme-labs`?",
        "related": [{"place": "content/b.yaml:2", "words": "the other one"}],
    }


def test_json_of_nothing_is_an_empty_list() -> None:
    assert json.loads(render_report([], {}, "json")) == []


def test_github_gets_one_command_a_finding() -> None:
    assert render_report([ERROR, WARNING], {}, "github") == (
        "::error file=content/a.yaml,line=14,col=19,title=dangling-reference::"
        "`acme` is not the id of an organization (did you mean `acme-labs`?)\n"
        "::warning file=content/sources.yaml,title=unused-source::no page cites `x`\n"
    )


def test_no_text_breaks_out_of_a_command() -> None:
    span = Span(path="content/a,b:c%.yaml", line=1)
    found = Diagnostic(code=Code.BAD_ID, message="50 %\n::error::x", span=span)
    (line,) = render_report([found], {}, "github").splitlines()
    assert line == (
        "::error file=content/a%2Cb%3Ac%25.yaml,line=1,title=bad-id::50 %25%0A::error::x"
    )


def test_sarif_names_every_rule_it_uses_and_every_place() -> None:
    log = json.loads(render_report([ERROR, WARNING], {}, "sarif"))
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert log["version"] == "2.1.0"
    assert rules == ["dangling-reference", "unused-source"]
    assert [result["ruleId"] for result in run["results"]] == rules
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    first, second = (result["locations"][0]["physicalLocation"] for result in run["results"])
    assert first["region"] == {"startLine": 14, "startColumn": 19, "endColumn": 23}
    assert "region" not in second


def test_sarif_writes_paths_as_uris() -> None:
    found = Diagnostic(code=Code.BAD_ID, message="m", span=Span(path="content/a b#é.yaml"))
    log = json.loads(render_report([found], {}, "sarif"))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/a%20b%23%C3%A9.yaml"


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_ends_with_a_line_end(form: str) -> None:
    assert render_report([ERROR], {SPAN: LINE}, form).endswith("\n")


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ([], ""),
        ([ERROR], "1 error"),
        ([WARNING, WARNING], "2 warnings"),
        ([ERROR, ERROR, WARNING], "2 errors, 1 warning"),
    ],
)
def test_findings_are_counted_in_words(found: list[Diagnostic], line: str) -> None:
    assert summary_line(found) == line


@pytest.mark.parametrize("code", Code, ids=lambda code: code.value)
def test_every_code_can_be_explained(code: Code) -> None:
    lines = explain_code(code).split("\n\n")
    assert lines == [code.value, code.why, f"To mend it: {code.mend}\n"]


# Order, and words that are near


def at(path: str, line: int = 0, column: int = 0, message: str = "m") -> Diagnostic:
    span = Span(path=path, line=line, column=column)
    return Diagnostic(code=Code.BAD_ID, message=message, span=span)


def test_findings_are_sorted_by_place_and_equal_ones_kept_once() -> None:
    found = [at("b"), at("a", 10), at("a", 9, 2), at("a", 9, 1), at("b"), at("a", 9, 1, "l")]
    assert sorted_diagnostics(found) == (
        at("a", 9, 1, "l"),
        at("a", 9, 1),
        at("a", 9, 2),
        at("a", 10),
        at("b"),
    )


def test_a_warning_is_no_error() -> None:
    assert has_errors([WARNING, ERROR])
    assert not has_errors([WARNING])


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [("acne", ["acme", "zeta"], "acme"), ("xyz", ["acme"], ""), ("a", [], "")],
)
def test_the_nearest_word_is_offered_only_if_it_is_near(
    word: str, known: list[str], expected: str
) -> None:
    assert nearest(word, known) == expected


def test_a_hint_made_of_a_code_reads_like_other_hints() -> None:
    assert Code.BAD_DATE.hint == "write YYYY, YYYY-MM or YYYY-MM-DD"


# What differs between two states

CHANGE = ToldChange(
    kind="member",
    group="Members",
    record="org:acme",
    field="memberships/commons/role",
    was=(),
    now=("member",),
    text="Acme: joined Commons as member",
    span=SPAN,
)
GONE = replace(
    CHANGE, kind="record", group="Records", record="org:old", text="Old: gone", span=None
)


def test_changes_are_listed_under_what_sort_they_are() -> None:
    assert render_changes("first → now", [CHANGE, GONE], "text") == (
        "first → now\n\nMembers (1)\n  Acme: joined Commons as member\n\nRecords (1)\n  Old: gone\n"
    )


def test_where_nothing_differs_the_text_says_so() -> None:
    assert render_changes("first → now", [], "text") == "first → now\nnothing differs\n"


def test_a_change_for_programs_names_record_field_and_file() -> None:
    found = json.loads(render_changes("first → now", [CHANGE], "json"))
    assert found == {
        "title": "first → now",
        "changes": [
            {
                "kind": "member",
                "record": "org:acme",
                "field": "memberships/commons/role",
                "was": [],
                "now": ["member"],
                "text": "Acme: joined Commons as member",
                "path": "content/a.yaml",
                "line": 14,
            }
        ],
    }


def test_a_change_is_a_notice_at_its_record_on_github() -> None:
    assert render_changes("first → now", [CHANGE, GONE], "github") == (
        "::notice file=content/a.yaml,line=14,title=Members::Acme: joined Commons as member\n"
        "::notice title=Records::Old: gone\n"
    )


def test_a_change_is_a_note_in_sarif() -> None:
    (run,) = json.loads(render_changes("first → now", [CHANGE, GONE], "sarif"))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["member", "record"]
    assert [item["level"] for item in run["results"]] == ["note", "note"]
    assert [len(item["locations"]) for item in run["results"]] == [1, 0]


def test_places_are_named_from_where_the_reader_stands() -> None:
    report = render_report([ERROR], {SPAN: LINE}, "text", prefix="news/")
    assert report.startswith("news/content/a.yaml:14:19: error")
    assert "  14 |   - organization: acme" in report
    assert "   = see: news/content/b.yaml:2" in report
    assert "file=news/content/a.yaml," in render_report([ERROR], {}, "github", prefix="news/")
    assert '"uri": "news/content/a.yaml"' in render_report([ERROR], {}, "sarif", prefix="news/")


def test_what_is_no_input_of_the_site_keeps_its_name() -> None:
    found = replace(ERROR, span=Span(path="theme/base.html", line=1), related=())
    assert render_report([found], {}, "text", prefix="../").startswith("theme/base.html:1: ")


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_an_excerpt_is_no_wider_than_the_terminal(columns: int) -> None:
    span = Span(path="content/a.yaml", line=1, column=150, end_column=153)
    lines = {span: "word " * 80}
    report = render_report([replace(ERROR, span=span)], lines, "text", columns=columns)
    assert all(len(line) <= columns for line in report.splitlines()[1:3])
    assert "^^^" in report
