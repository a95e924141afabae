"""The command as its users meet it: exit codes, words, formats."""

import json
import os
import pty
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from alliance_site.cli import run
from alliance_site.diagnostics import Code
from alliance_site.starter import KINDS_OF_RECORD
from tests.build.command import REPOSITORY, alliance_site, environment_with
from tests.build.small_site import SmallSite, files_below

COMMANDS = (
    *("build", "check", "clean", "diff", "explain", "import", "init", "new", "release"),
    *("serve", "verify"),
)
BUILD_LINE = re.compile(
    r"\d[\d,]* pages: \d[\d,]* files written, \d[\d,]* kept, \d[\d,]* removed in \d+\.\d\d s"
)


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """A small site that nobody has built yet; it has warnings."""
    return SmallSite.at(tmp_path / "site")


@pytest.fixture
def faulty(site: SmallSite) -> SmallSite:
    """A small site with an error in line 4 of a file, and the warnings."""
    site.write(
        "content/organizations/faulty.yaml",
        "name: X\nclassification: company\nsummary: Y\ncolour: blue\n",
    )
    return site


# Help and usage


def test_the_version_is_that_of_the_package() -> None:
    ended = alliance_site("--version")
    assert (ended.returncode, ended.stdout) == (0, f"alliance-site {version('alliance-site')}\n")


def test_help_loads_nothing_that_builds() -> None:
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "alliance_site", "--help"],
        check=True,
        capture_output=True,
        text=True,
    ).stderr
    loaded = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    assert {"alliance_site.cli", "click"} <= loaded
    assert not {"jinja2", "markdown_it", "yaml", "alliance_site.build"} & loaded


def test_help_lists_every_command() -> None:
    ended = alliance_site("--help")
    assert ended.returncode == 0
    found = re.findall(r"(?m)^  (\w+)  ", ended.stdout.partition("Commands:")[2])
    assert tuple(found) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str) -> None:
    ended = alliance_site(command, "--help")
    assert ended.returncode == 0
    assert ended.stdout.startswith(f"Usage: alliance-site {command} ")
    assert "..." not in ended.stdout.partition("\n")[2]
    assert max(len(line) for line in ended.stdout.splitlines()) <= 80


def test_no_short_help_is_cut() -> None:
    assert "..." not in alliance_site("--help").stdout.partition("Commands:")[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nothing"],
        ["nothing"],
        ["build", "--nothing"],
        ["build", "extra"],
        ["build", "--jobs", "-1"],
        ["build", "--jobs", "many"],
        ["build", "--as-of", "2026-13-01"],
        ["build", "--as-of", "soon"],
        ["build", "--known-on", "2026-13-01"],
        ["check", "--min-evidence", "101"],
        ["check", "--min-evidence", "most"],
        ["build", "--format", "xml"],
        ["build", "-C", "/nowhere"],
        ["build", "-C", __file__],
        ["check", "-C", "/nowhere"],
        ["serve", "--port", "70000"],
        ["new", "planet", "x"],
        ["new", "article"],
        ["explain", "no-such-code"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2_and_a_reason(arguments: list[str]) -> None:
    ended = alliance_site(*arguments)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert re.search(r"(?i)error: ", ended.stderr)
    assert "Traceback" not in ended.stderr


def test_nothing_was_known_before_the_site_began(site: SmallSite) -> None:
    ended = alliance_site("build", "-C", site.root, "--known-on", "2020-01-01")
    assert ended.returncode == 2
    assert "this site began on" in ended.stderr


def test_without_a_command_it_shows_its_help() -> None:
    ended = alliance_site()
    assert ended.returncode == 2
    assert "Commands:" in ended.stdout + ended.stderr


# Build


def pages_of(site: SmallSite) -> int:
    """Count the pages that were built."""
    return sum(path.endswith(".html") for path in site.outputs())


def test_build_ends_with_one_line_that_says_what_it_did(site: SmallSite) -> None:
    ended = alliance_site("build", "-C", site.root)
    assert (ended.returncode, ended.stderr) == (0, "")
    *_, last = ended.stdout.splitlines()
    assert BUILD_LINE.fullmatch(last)
    assert last.startswith(
        f"{pages_of(site)} pages: {len(site.outputs())} files written, 0 kept, 0 removed in "
    )


def test_a_second_build_says_that_it_wrote_nothing(site: SmallSite) -> None:
    first = alliance_site("build", "-C", site.root).stdout.splitlines()
    for _ in range(3):
        again = alliance_site("build", "-C", site.root).stdout.splitlines()
        assert again[-1].startswith(
            f"{pages_of(site)} pages: 0 files written, {len(site.outputs())} kept, 0 removed in "
        )
        assert again[:-1] == first[:-1]


def test_build_shows_warnings_with_place_excerpt_and_cure(site: SmallSite) -> None:
    ended = alliance_site("build", cwd=site.root)
    head, source, mark, hint, *_ = ended.stdout.splitlines()
    place = "content/comparisons/openness/cells/west-fund.yaml:2:11: warning[no-evidence] "
    assert head.startswith(place)
    assert source == "   2 |   charts: open"
    assert mark == "     |           ^^^^"
    assert hint.startswith("   = hint: ")
    assert re.search(r"(?m)^\d+ warnings$", ended.stdout)


def test_build_with_errors_ends_with_1_and_writes_nothing(faulty: SmallSite) -> None:
    ended = alliance_site("build", "-C", faulty.root)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "content/organizations/faulty.yaml:4:1: error[unknown-key] `colour`" in ended.stdout
    assert ended.stdout.splitlines()[-1].endswith("; nothing was written")
    assert not faulty.output.exists()


def test_strict_makes_warnings_end_with_1(site: SmallSite) -> None:
    for command in ("build", "check"):
        assert alliance_site(command, "-C", site.root, "--strict").returncode == 1
    assert not site.output.exists()


def test_under_strict_a_foreign_file_is_told_without_a_false_word(tmp_path: Path) -> None:
    alliance_site("init", tmp_path)
    (tmp_path / "_site").mkdir()
    (tmp_path / "_site/mine.txt").write_text("mine")
    ended = alliance_site("build", "-C", tmp_path, "--strict")
    assert ended.returncode == 1
    assert "foreign-file" in ended.stdout
    is_written = (tmp_path / "_site/index.html").exists()
    assert ("nothing was written" in ended.stdout) is not is_written


def test_a_disk_that_refuses_ends_with_3(site: SmallSite) -> None:
    site.write("made", "a file")
    ended = alliance_site("build", "-C", site.root, "-o", site.root / "made/site")
    assert ended.returncode == 3
    assert ended.stderr.startswith("error: cannot write ")
    assert ended.stdout == ""


def test_an_output_over_the_content_ends_with_2(site: SmallSite) -> None:
    ended = alliance_site("build", "-C", site.root, "-o", site.root / "content")
    assert ended.returncode == 2
    assert "content/" in ended.stderr


def test_an_input_that_cannot_be_read_ends_with_3(site: SmallSite) -> None:
    site.path("content/organizations/gone.yaml").symlink_to(site.root / "nowhere")
    ended = alliance_site("build", "-C", site.root)
    assert ended.returncode == 3
    assert ended.stderr.startswith("error: cannot read content/organizations/gone.yaml")


def test_the_site_may_be_here_or_named(site: SmallSite, tmp_path: Path) -> None:
    alliance_site("build", cwd=site.root)
    here = site.outputs()
    ended = alliance_site("build", "-C", "site", "-o", "made", cwd=tmp_path)
    assert ended.returncode == 0
    assert files_below(tmp_path / "made") == here


def test_a_pipe_that_closes_early_is_no_failure(site: SmallSite) -> None:
    command = f"{sys.executable} -m alliance_site build -C {site.root} --format json | head -c 1"
    ended = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],  # noqa: S607 - the system's own shell
        env=environment_with({}),
        check=False,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_words_beyond_the_encoding_of_the_terminal_end_no_build(
    site: SmallSite, encoding: str
) -> None:
    site.edit("content/sources.yaml", "A report that nobody", "unread-Ж")
    site.edit("content/organizations/east-college.yaml", "country: PT", "headquarters: Ślōsk Ж")
    command = [sys.executable, "-m", "alliance_site", "build", "-C", str(site.root)]
    for _ in range(2):
        ended = subprocess.run(
            command,
            cwd=REPOSITORY,
            env=environment_with({"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}),
            check=False,
            capture_output=True,
        )
        assert ended.returncode == 0, ended.stderr


# Check


def test_check_says_how_many_pages_it_checked(site: SmallSite) -> None:
    ended = alliance_site("check", "-C", site.root)
    assert ended.returncode == 0
    assert not site.output.exists()
    alliance_site("build", "-C", site.root)
    said = rf"{pages_of(site)} pages checked in \d+\.\d\d s"
    assert re.fullmatch(said, ended.stdout.splitlines()[-1])


def test_check_ends_with_1_at_a_broken_link(site: SmallSite) -> None:
    site.edit("content/pages/about.md", "page:figures", "/nowhere/")
    ended = alliance_site("check", "-C", site.root)
    assert ended.returncode == 1
    assert "error[unknown-link]" in ended.stdout


# Formats


@pytest.mark.parametrize("command", ["build", "check"])
def test_json_holds_every_finding(faulty: SmallSite, command: str) -> None:
    ended = alliance_site(command, "-C", faulty.root, "--format", "json")
    assert (ended.returncode, ended.stderr) == (1, "")
    [error] = [item for item in json.loads(ended.stdout) if item["severity"] == "error"]
    assert (error["path"], error["line"], error["column"], error["code"]) == (
        "content/organizations/faulty.yaml",
        4,
        1,
        "unknown-key",
    )


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_format_for_programs_holds_nothing_else(site: SmallSite, form: str) -> None:
    first = alliance_site("build", "-C", site.root, "--format", form)
    again = alliance_site("build", "-C", site.root, "--format", form)
    assert first.returncode == again.returncode == 0
    assert json.loads(first.stdout) == json.loads(again.stdout)
    assert first.stdout == again.stdout


def test_without_findings_the_formats_for_programs_are_empty(tmp_path: Path) -> None:
    alliance_site("init", tmp_path)
    said = {
        form: alliance_site("build", "-C", tmp_path, "--format", form).stdout
        for form in ("json", "github", "sarif")
    }
    assert json.loads(said["json"]) == []
    assert said["github"] == ""
    assert json.loads(said["sarif"])["runs"][0]["results"] == []


def test_github_marks_the_line(faulty: SmallSite) -> None:
    ended = alliance_site("check", "-C", faulty.root, "--format", "github")
    marks = [line for line in ended.stdout.splitlines() if line]
    assert all(line.startswith(("::error file=", "::warning file=")) for line in marks)
    assert any(
        line.startswith("::error file=content/organizations/faulty.yaml,line=4,") for line in marks
    )


def test_files_are_named_from_here_and_for_github_from_the_repository(faulty: SmallSite) -> None:
    folder = faulty.root.name
    path = "content/organizations/faulty.yaml"
    above = alliance_site("check", "-C", folder, cwd=faulty.root.parent).stdout
    within = alliance_site("check", "-C", "..", cwd=faulty.root / "content").stdout
    assert f"{folder}/{path}:4:1: error" in above
    assert f"../{path}:4:1: error" in within
    (faulty.root.parent / ".git").mkdir()
    marks = alliance_site("check", "--format", "github", cwd=faulty.root).stdout
    assert f"::error file={folder}/{path},line=4," in marks


def test_sarif_names_tool_rule_and_place(faulty: SmallSite) -> None:
    ended = alliance_site("check", "-C", faulty.root, "--format", "sarif")
    log = json.loads(ended.stdout)
    [run] = log["runs"]
    rules = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
    assert log["version"] == "2.1.0"
    assert {result["ruleId"] for result in run["results"]} == rules
    [error] = [result for result in run["results"] if result["level"] == "error"]
    place = error["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/organizations/faulty.yaml"
    assert place["region"]["startLine"] == 4


# Colour and progress


def on_a_terminal(site: SmallSite, **environment: str) -> str:
    """Build on a terminal and return all that it shows."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "alliance_site", "build", "-C", str(site.root)]
    with subprocess.Popen(
        command,
        cwd=REPOSITORY,
        env=environment_with({"TERM": "xterm", **environment}),
        stdout=follower,
        stderr=follower,
    ):
        os.close(follower)
        shown = b""
        try:
            while data := os.read(leader, 65536):
                shown += data
        except OSError:
            pass  # Linux says so when the other end has closed.
    os.close(leader)
    return shown.decode()


def test_a_terminal_gets_colour(site: SmallSite) -> None:
    assert "\x1b[33;1mwarning[no-evidence]\x1b[0m" in on_a_terminal(site)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_a_terminal_without_colour_gets_none(site: SmallSite, environment: dict[str, str]) -> None:
    for _ in range(2):
        assert "\x1b[3" not in on_a_terminal(site, CI="true", **environment)


def test_a_pipe_gets_no_escape_code_even_after_a_terminal_had_some(site: SmallSite) -> None:
    on_a_terminal(site)
    on_a_terminal(site)
    assert "\x1b" not in alliance_site("build", "-C", site.root).stdout


# Init, new, explain, clean


def test_a_new_site_builds_and_checks_without_a_finding(tmp_path: Path) -> None:
    folder = tmp_path / "my-alliance"
    for arguments in (["init", folder], ["build", "-C", folder, "--strict"]):
        ended = alliance_site(*arguments)
        assert (ended.returncode, ended.stderr) == (0, "")
    ended = alliance_site("check", "-C", folder, "--strict")
    assert ended.returncode == 0
    assert len(ended.stdout.splitlines()) == 1


def test_a_new_site_may_be_started_here(tmp_path: Path) -> None:
    assert alliance_site("init", cwd=tmp_path).returncode == 0
    assert alliance_site("build", cwd=tmp_path).returncode == 0
    assert b"<h1" in (tmp_path / "_site/index.html").read_bytes()


def test_init_lists_what_it_wrote_and_says_what_to_do_next(tmp_path: Path) -> None:
    ended = alliance_site("init", "new", cwd=tmp_path)
    names = sorted(f"new/{name}" for name in files_below(tmp_path / "new"))
    *listed, last = ended.stdout.splitlines()
    assert sorted(line.strip() for line in listed) == names
    assert last == f"{len(names)} files written; now try `alliance-site serve -C new`"


def test_init_overwrites_nothing(site: SmallSite) -> None:
    before = files_below(site.root)
    ended = alliance_site("init", site.root)
    assert ended.returncode == 2
    assert files_below(site.root) == before


def test_init_keeps_what_lies_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n")
    alliance_site("init", tmp_path)
    assert (tmp_path / ".gitignore").read_text() == "mine\n"


@pytest.mark.parametrize("name", ["Ünïcode & {braces}: 'quotes' #1", "yes", "2026", "[x]", "- a"])
def test_init_copes_with_any_name_of_a_folder(tmp_path: Path, name: str) -> None:
    assert alliance_site("init", tmp_path / name).returncode == 0
    ended = alliance_site("check", "-C", tmp_path / name, "--strict")
    assert ended.returncode == 0, ended.stdout


@pytest.mark.parametrize("kind", KINDS_OF_RECORD)
def test_new_records_are_ones_that_build(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("a-new-one", "B -- new_one", "Who: pays? #1", "{Braces} & 'q'", '"Yes"', "Neue Häfen")
    run(["init", str(tmp_path)])
    capsys.readouterr()
    for name in names:
        assert run(["new", "-C", str(tmp_path), kind, name]) == 0
        path = Path(capsys.readouterr().out.removesuffix(" written\n"))
        assert path.is_file()
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.stem)
    # That nobody cites a new source yet is a warning, and true.
    strict = () if kind == "source" else ("--strict",)
    ended = alliance_site("build", "-C", tmp_path, "--drafts", *strict)
    assert ended.returncode == 0, ended.stdout


def test_a_new_objective_is_the_next_of_the_alliance_that_the_site_is_about(
    tmp_path: Path,
) -> None:
    run(["init", str(tmp_path)])
    other = (tmp_path / "content/alliances/example.md").read_text("utf-8")
    (tmp_path / "content/alliances/another.md").write_text(other, "utf-8")
    (tmp_path / "content/objectives/ninth.md").write_text(
        (tmp_path / "content/objectives/first-promise.md")
        .read_text("utf-8")
        .replace("alliance: example\nnumber: 1", "alliance: another\nnumber: 9"),
        "utf-8",
    )
    for number in (2, 3):
        assert run(["new", "-C", str(tmp_path), "objective", f"Promise {number}"]) == 0
        text = (tmp_path / f"content/objectives/promise-{number}.md").read_text("utf-8")
        assert f"\nalliance: example\nnumber: {number}\n" in text


def test_a_new_article_is_by_the_first_author_of_the_site(tmp_path: Path) -> None:
    run(["init", str(tmp_path)])
    settings = tmp_path / "content/site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("  editors:", "  desk:"), "utf-8")
    assert run(["new", "-C", str(tmp_path), "article", "My finding"]) == 0
    (article,) = (tmp_path / "content/articles").rglob("my-finding.md")
    assert "authors: [desk]" in article.read_text("utf-8")


def test_a_long_title_makes_a_short_id(tmp_path: Path) -> None:
    run(["init", str(tmp_path)])
    for title in ("letters " * 60, "x" * 300):
        assert run(["new", "-C", str(tmp_path), "article", title]) == 0
    names = {path.stem for path in (tmp_path / "content/articles").rglob("*.md")}
    assert names == {"first-article", "-".join(["letters"] * 10), "x" * 80}


@pytest.mark.parametrize("arguments", [["init"], ["new", "page", "Foo"]])
def test_a_folder_that_refuses_a_file_ends_with_3(
    tmp_path: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").mkdir(exist_ok=True)
    place = ["-C", str(tmp_path)] if arguments[0] == "new" else [str(tmp_path / "new")]

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    assert run([*arguments[:1], *place, *arguments[1:]]) == 3


def test_a_folder_that_cannot_be_made_ends_with_3(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = alliance_site("init", tmp_path / "file/site")
    assert ended.returncode == 3
    assert ended.stderr.startswith("error: cannot write ")


def test_a_new_comparison_has_a_page_and_overwrites_nothing(tmp_path: Path) -> None:
    run(["init", str(tmp_path)])
    assert run(["new", "-C", str(tmp_path), "comparison", "Rights of users"]) == 0
    assert alliance_site("build", "-C", tmp_path).returncode == 0
    page = (tmp_path / "_site/comparisons/rights-of-users/index.html").read_text("utf-8")
    assert "What is asked of all of them?" in page
    again = alliance_site("new", "-C", tmp_path, "comparison", "Rights of users")
    assert (again.returncode, "nothing was written" in again.stderr) == (2, True)


def test_a_new_entry_leaves_what_is_in_its_file(site: SmallSite) -> None:
    before = site.read("content/sources.yaml").removesuffix("\n") + "  # the last"
    site.write("content/sources.yaml", before)
    assert run(["new", "-C", str(site.root), "source", "The new charter"]) == 0
    after = site.read("content/sources.yaml")
    assert after.startswith(f"{before}\n\nthe-new-charter:\n  type: webpage\n")
    assert after.endswith("\n")
    assert alliance_site("build", "-C", site.root).returncode == 0


@pytest.mark.parametrize("text", ["taken:\n  a: b\n", "'taken' :\n  a: b\n", "{}\n", "- a\n"])
def test_a_new_entry_is_not_added_where_it_cannot_stand(site: SmallSite, text: str) -> None:
    site.write("content/events.yaml", text)
    ended = alliance_site("new", "-C", site.root, "event", "taken")
    assert (ended.returncode, "events.yaml" in ended.stderr) == (2, True)
    assert site.read("content/events.yaml") == text


def test_a_new_entry_is_not_one_that_has_a_file(site: SmallSite) -> None:
    site.write("content/sources/taken.yaml", "type: webpage\n")
    assert alliance_site("new", "-C", site.root, "source", "Taken").returncode == 2


def test_a_new_entry_ends_its_lines_as_its_file_does(site: SmallSite) -> None:
    path = site.root / "content/events.yaml"
    path.write_bytes(b"# Events.\r\n")
    assert run(["new", "-C", str(site.root), "event", "Launch"]) == 0
    assert path.read_bytes().startswith(b"# Events.\r\n\r\nlaunch:\r\n  date: ")


def test_a_new_argument_has_a_topic_and_a_side_of_the_site(site: SmallSite) -> None:
    assert run(["new", "-C", str(site.root), "argument", "Nobody pays"]) == 0
    added = site.read("content/arguments.yaml").partition("nobody-pays:\n")[2]
    assert added.startswith("  topic: membership\n  side: for\n  claim: Nobody pays\n")


def test_a_new_article_is_a_draft(tmp_path: Path) -> None:
    alliance_site("init", tmp_path)
    alliance_site("new", "-C", tmp_path, "article", "My finding")
    alliance_site("build", "-C", tmp_path)
    assert not (tmp_path / "_site/articles/my-finding").exists()
    alliance_site("build", "-C", tmp_path, "--drafts")
    assert b"My finding" in (tmp_path / "_site/articles/my-finding/index.html").read_bytes()


@pytest.mark.parametrize("name", ["…", "", "   ", "日本"])
def test_a_name_of_which_no_id_can_be_made_is_refused(tmp_path: Path, name: str) -> None:
    alliance_site("init", tmp_path)
    before = files_below(tmp_path)
    ended = alliance_site("new", "-C", tmp_path, "article", name)
    assert ended.returncode == 2
    assert files_below(tmp_path) == before


def test_a_new_record_overwrites_nothing(site: SmallSite) -> None:
    before = site.read("content/organizations/north-lab.yaml")
    ended = alliance_site("new", "-C", site.root, "organization", "North Lab")
    assert ended.returncode == 2
    assert "north-lab" in ended.stderr
    assert site.read("content/organizations/north-lab.yaml") == before


def test_a_new_page_takes_the_place_of_none_that_every_site_has(tmp_path: Path) -> None:
    run(["init", str(tmp_path)])
    before = files_below(tmp_path)
    ended = alliance_site("new", "-C", tmp_path, "page", "Members")
    assert (ended.returncode, "`members`" in ended.stderr) == (2, True)
    assert files_below(tmp_path) == before
    assert run(["new", "-C", str(tmp_path), "page", "Method"]) == 0
    ended = alliance_site("build", "-C", tmp_path, "--strict")
    assert ended.returncode == 0, ended.stdout
    assert b"One sentence on what the page is for" in (
        (tmp_path / "_site/method/index.html").read_bytes()
    )


@pytest.mark.parametrize("name", ["launch", "count"])
def test_a_new_article_takes_no_id_of_another_year(site: SmallSite, name: str) -> None:
    ended = alliance_site("new", "-C", site.root, "article", name)
    assert ended.returncode == 2
    assert name in ended.stderr


@pytest.mark.parametrize("code", sorted(Code))
def test_explain_says_why_and_how_to_mend(code: Code, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", code.value]) == 0
    head, _, rest = capsys.readouterr().out.partition("\n\n")
    assert head == code.value
    assert code.why in rest
    assert f"To mend it: {code.mend}" in rest


@pytest.mark.parametrize("arguments", [[], ["codes"]])
def test_explain_lists_all_codes_with_a_line_each(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", *arguments]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == sorted(code.value for code in Code)


@pytest.mark.parametrize(
    ("place", "page"),
    [
        ("members", "members/index.html"),
        ("/members/", "members/index.html"),
        ("/members/#list", "members/index.html"),
        ("https://example.org/commons/members/?x=1", "members/index.html"),
        ("http://127.0.0.1:8000/commons/members/", "members/index.html"),
        ("org:north-lab", "organizations/north-lab/index.html"),
        ("content/organizations/north-lab.yaml", "organizations/north-lab/index.html"),
        ("./content/site.yaml", "index.html"),
        ("content/events.yaml", "timeline/index.html"),
        ("content/comparisons/openness/criteria.yaml", "comparisons/openness/index.html"),
        (
            "content/comparisons/openness/cells/north-lab.yaml",
            "comparisons/openness/subjects/north-lab/index.html",
        ),
        ("feed.xml", "feed.xml"),
    ],
)
def test_a_page_is_explained_by_any_of_its_names(
    site: SmallSite, place: str, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    site.edit("content/site.yaml", *address_of(site))
    assert run(["explain", "-C", str(site.root), place]) == 0
    assert capsys.readouterr().out.splitlines()[0] == page


def address_of(site: SmallSite) -> tuple[str, str]:
    """Return the line of the site's address, and the one to stand in its place."""
    (line,) = re.findall(r"(?m)^url: .*$", site.read("content/site.yaml"))
    return line, "url: https://example.org/commons/"


def test_explain_reports_what_is_wrong_with_the_content(faulty: SmallSite) -> None:
    ended = alliance_site("explain", "-C", faulty.root, "members")
    assert ended.returncode == 1
    assert "content/organizations/faulty.yaml:4:1: error[unknown-key]" in ended.stdout
    assert "3 | summary" not in ended.stdout


@pytest.mark.parametrize(("word", "guess"), [("bad-valu", "`bad-value`"), ("membres", "members/")])
def test_explain_guesses_codes_and_pages(site: SmallSite, word: str, guess: str) -> None:
    ended = alliance_site("explain", "-C", site.root, word)
    assert (ended.returncode, guess in ended.stderr) == (2, True)


@pytest.mark.parametrize("command", [["check"], ["explain", "members"]])
def test_who_only_looks_leaves_nothing_behind(site: SmallSite, command: list[str]) -> None:
    before = files_below(site.root)
    assert alliance_site(*command, "-C", site.root).returncode == 0
    assert files_below(site.root) == before
    assert not (site.root / ".alliance-site").exists()


def test_check_needs_no_folder_that_it_may_write_to(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (site.root / ".alliance-site").mkdir()
    access = os.access

    def refuse(path: Path, mode: int) -> bool:
        return Path(path).name != ".alliance-site" and access(path, mode)

    monkeypatch.setattr("alliance_site.build.scratch.os.access", refuse)
    assert run(["check", "-C", str(site.root)]) == 0
    assert "pages checked in" in capsys.readouterr().out
    assert list((site.root / ".alliance-site").iterdir()) == []


@pytest.mark.parametrize("form", ["json", "sarif", "github"])
def test_what_goes_well_writes_findings_alone_in_a_form_for_programs(
    site: SmallSite, form: str
) -> None:
    site.write("list.csv", "Name\nOne\n")
    site.write("scores.csv", "Name,A\nOne,1\n")
    site.write(
        "mapping.yaml",
        "comparison: replay\ntitle: R\nquestion: How?\nsummary: S.\n"
        'values: [{text: "1", level: yes, points: 1}]\n'
        "criteria: [{id: all, file: list.csv, title: Name}]\n"
        "scores: [{file: scores.csv, edition: now, title: Now, as_of: 2024, criteria: all,\n"
        "  label: Name}]\n",
    )
    alliance_site("build", "-C", site.root)
    for command in (["verify"], ["release", "one"], ["import", site.root / "mapping.yaml"]):
        ended = alliance_site(*command, "-C", site.root, "--format", form)
        assert (ended.returncode, ended.stderr) == (0, "")
        if form == "github":
            assert ended.stdout == ""
        else:
            told = json.loads(ended.stdout)
            assert (told if form == "json" else told["runs"][0]["results"]) == []


def test_a_release_of_a_day_that_has_one_asks_for_a_name(site: SmallSite) -> None:
    first = alliance_site("release", "-C", site.root)
    assert first.returncode == 0
    again = alliance_site("release", "-C", site.root)
    assert (again.returncode, "`alliance-site release NAME`" in again.stderr) == (2, True)


def test_verify_begins_with_no_empty_line(site: SmallSite) -> None:
    alliance_site("build", "-C", site.root)
    for arguments in (["-C", site.root], [site.output]):
        ended = alliance_site("verify", *arguments)
        assert ended.returncode == 0
        assert ended.stdout.splitlines()[0].endswith("as computed from the records")


def test_clean_says_how_many_files_it_removed(site: SmallSite) -> None:
    alliance_site("build", "-C", site.root)
    count = len(site.outputs())
    (site.output / "mine.txt").write_text("mine")
    ended = alliance_site("clean", "-C", site.root)
    assert (ended.returncode, ended.stdout) == (0, f"{count} files removed\n")
    assert site.outputs() == {"mine.txt": b"mine"}
    assert alliance_site("clean", "-C", site.root).stdout == "0 files removed\n"


def test_a_build_after_clean_writes_all_again(site: SmallSite) -> None:
    for _ in range(2):
        alliance_site("build", "-C", site.root)
    alliance_site("clean", "-C", site.root)
    ended = alliance_site("build", "-C", site.root)
    count = len(site.outputs())
    assert ended.stdout.splitlines()[-1].startswith(
        f"{pages_of(site)} pages: {count} files written, 0 kept"
    )


def test_clean_where_no_site_is_ends_with_2(tmp_path: Path) -> None:
    assert alliance_site("clean", "-C", tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []
