"""What `init` writes to publish a site: safe as this repository's own workflow, to be filled."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from alliance_site.starter import start_site
from tests.build.command import REPOSITORY

WORKFLOW = ".github/workflows/pages.yml"


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """A new site."""
    start_site(tmp_path)
    return tmp_path


def actions_in(workflow: Path) -> list[str]:
    """Return the actions that a workflow uses, each with its commit and its version."""
    return re.findall(r"uses: (\S+@[0-9a-f]{40} # v\S+)\n", workflow.read_text("utf-8"))


def test_the_workflow_uses_the_actions_of_this_repository_s_own(started: Path) -> None:
    actions = actions_in(started / WORKFLOW)
    assert actions == actions_in(REPOSITORY / WORKFLOW)
    assert len(actions) == (started / WORKFLOW).read_text("utf-8").count("uses:")


def test_the_workflow_passes_the_audit_that_ours_passes(started: Path) -> None:
    zizmor = Path(sys.executable).with_name("zizmor")
    command = [str(zizmor), "--offline", "--quiet", str(started / ".github")]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout


def run_of(workflow: Path, name: str) -> str:
    """Return the commands of a step."""
    steps = yaml.safe_load(workflow.read_text("utf-8"))["jobs"]["build"]["steps"]
    (found,) = [step["run"] for step in steps if step.get("name") == name]
    return str(found)


@pytest.mark.parametrize("named", ["", "./alliance_site-1-py3-none-any.whl[search]\n"])
def test_the_workflow_says_when_it_does_not_know_the_program(started: Path, named: str) -> None:
    script = run_of(started / WORKFLOW, "Install what requirements.txt names")
    with (started / "requirements.txt").open("a") as file:
        file.write(named)
    ended = subprocess.run(
        ["bash", "-c", script.replace("python -m pip", "echo")],  # noqa: S607 - as a runner does
        cwd=started,
        check=False,
        capture_output=True,
        text=True,
    )
    if named:
        assert (ended.returncode, ended.stdout) == (0, "install --requirement requirements.txt\n")
    else:
        assert ended.returncode == 1
        assert "::error file=requirements.txt::" in ended.stdout
