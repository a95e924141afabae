"""The build that has nothing to do: what it looks at, and who looks."""

import os
import time
from pathlib import Path

import pytest

from alliance_site import quick
from alliance_site.cli import run
from alliance_site.scan import Looked, code_status, signature_of, walk
from tests.build.small_site import SmallSite

PAGE = "organizations/north-lab/index.html"


@pytest.fixture(params=["aside", "alone"])
def asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> list[str]:
    """The arguments of a build that was made; a second process looks at the outputs, or none."""
    monkeypatch.setattr(quick, "_FEWEST_ASIDE", 0 if request.param == "aside" else 1_000_000)
    monkeypatch.setattr(quick, "processors", lambda: 2)
    monkeypatch.setattr(quick, "_observed", {})
    site = SmallSite.at(tmp_path / "site")
    arguments = ["build", "-C", str(site.root), "--no-search"]
    monkeypatch.setattr("sys.argv", ["alliance-site", *arguments])
    time.sleep(0.1)  # a file that was changed just now may change again unseen
    assert run(arguments) == 0
    return arguments


def site_of(asked: list[str]) -> SmallSite:
    return SmallSite(Path(asked[2]))


def test_nothing_to_do_is_said_as_the_build_said_it(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert quick.answer(asked) == 0
    assert ": 0 files written, " in capsys.readouterr().out


def alter(site: SmallSite) -> None:
    (site.output / PAGE).write_text("Something else", "utf-8")


def delete(site: SmallSite) -> None:
    (site.output / PAGE).unlink()


def put_a_stranger_in(site: SmallSite) -> None:
    (site.output / "stranger.html").write_text("I am new here", "utf-8")


def edit(site: SmallSite) -> None:
    site.edit("content/organizations/north-lab.yaml", "headquarters: Tromsø", "headquarters: Bodø")


@pytest.mark.parametrize("change", [alter, delete, put_a_stranger_in, edit])
def test_whatever_has_changed_is_left_to_the_build(asked: list[str], change: object) -> None:
    site = site_of(asked)
    change(site)  # type: ignore[operator]  # one of those above
    assert quick.answer(asked) is None
    time.sleep(0.1)
    assert run(asked) == 0
    assert (site.output / PAGE).read_text("utf-8").startswith("<!doctype html>")


def test_no_process_is_left_behind(asked: list[str]) -> None:
    quick.answer(asked)
    site = site_of(asked)
    edit(site)
    quick.answer(asked)
    quick.observe(str(site.root)).looked_at()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_the_build_is_told_what_was_seen_of_the_outputs(
    asked: list[str], request: pytest.FixtureRequest
) -> None:
    has_looked_aside = request.node.callspec.params["asked"] == "aside"
    site = site_of(asked)
    edit(site)
    delete(site)
    quick.answer(asked)
    observed = quick.observe(str(site.root))
    seen = observed.looked_at().outputs
    assert observed.looked_at().outputs == {}  # it is told once
    home = str(site.output / "index.html")
    if has_looked_aside:
        assert seen[str(site.output / PAGE)] == ""
        assert seen[home] == signature_of(Path(home).stat())
    else:
        assert seen == {}


def test_outputs_that_are_as_they_were_noted_are_not_told_one_by_one(
    asked: list[str], request: pytest.FixtureRequest
) -> None:
    has_looked_aside = request.node.callspec.params["asked"] == "aside"
    site = site_of(asked)
    edit(site)
    quick.answer(asked)
    looked = quick.observe(str(site.root)).looked_at()
    assert bool(looked.noted) == has_looked_aside
    assert (looked.outputs, looked.folders) == ({}, {})


def test_an_answer_that_was_cut_short_says_nothing(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> list[str]:
        raise OSError

    monkeypatch.setattr(quick, "_signatures", broken)
    assert quick.answer(asked) is None
    looked = quick.observe(str(site_of(asked).root)).looked_at()
    assert looked._replace(kept={}) == Looked(code_status())


def test_a_file_that_goes_while_its_folder_is_looked_at_is_no_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)

    def passed_over_and_gone(name: str) -> bool:
        if name == "a.txt":
            (tmp_path / name).unlink()
        return False

    monkeypatch.setattr("alliance_site.scan.is_passed_over", passed_over_and_gone)
    assert list(walk(str(tmp_path))) == ["b.txt"]
