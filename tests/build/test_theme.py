"""Templates that are read and compiled ahead, in a process of their own."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from jinja2 import Environment

from alliance_site.build import theme
from alliance_site.build.inputs import find_templates
from alliance_site.build.theme import Theme
from alliance_site.read import Inputs, scan_inputs
from alliance_site.render import Renderer, take_compiled
from tests.build.command import alliance_site
from tests.build.small_site import SmallSite

BROKEN = "templates/components/broken.html"


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    site = SmallSite.at(tmp_path)
    site.write(BROKEN, "{% if %}")
    return site


@pytest.fixture(autouse=True)
def _may_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "can_fork", lambda: True)


def inputs_of(site: SmallSite) -> Inputs:
    return scan_inputs(site.root, {})


def test_what_is_found_ahead_is_what_would_be_found(site: SmallSite) -> None:
    inputs = inputs_of(site)
    templates, faults = find_templates(inputs, {})
    with ExitStack() as stack:
        assert Theme(inputs, {}, 2, stack).find() == (templates, faults)
    assert [item.span.path for item in faults] == [BROKEN]


def test_what_is_compiled_ahead_is_not_compiled_again(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alliance_site.render.templates._COMPILED._codes", {})
    with ExitStack() as stack:
        ahead = Theme(inputs_of(site), {}, 2, stack)
        templates, _ = ahead.find()
        take_compiled(ahead.compiled())

    def no_compiler(*_: object, **__: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(Environment, "_compile", no_compiler)
    whole = {name: text for name, text in templates.texts.items() if name not in BROKEN}
    assert len(Renderer(whole, {}, {}).compile()) == len(whole)


@pytest.mark.parametrize(("jobs", "known_of"), [(1, 0), (2, 1)])
def test_nobody_is_asked_for_help_where_it_is_of_no_use(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch, jobs: int, known_of: int
) -> None:
    def no_helper(_: object) -> None:
        raise AssertionError("forked")

    monkeypatch.setattr(theme, "Helper", no_helper)
    inputs = inputs_of(site)
    templates, _ = find_templates(inputs, {})
    known = {item.digest: templates.references[name].names
             for name, item in templates.sources.items() if name not in BROKEN}  # fmt: skip
    with ExitStack() as stack:
        ahead = Theme(inputs, known if known_of else {}, jobs, stack)
        assert ahead.find()[0].texts == templates.texts
        assert ahead.compiled() == []


def test_a_fault_in_a_template_is_told_once(site: SmallSite) -> None:
    ended = alliance_site("build", "-C", site.root, "--jobs", "2")
    assert ended.returncode == 1
    assert ended.stdout.count(f"{BROKEN}:1: error[template-syntax]") == 1
