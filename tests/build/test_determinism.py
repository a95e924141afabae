"""The same input gives the same bytes, wherever, whenever and by whomever it is built."""

import os
import random
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.build.command import alliance_site
from tests.build.small_site import BASE_URL, SmallSite, files_below

MANY = 130
"""Organisations enough for the work to be shared among processes."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> SmallSite:
    """The small site with many organisations."""
    site = SmallSite.at(tmp_path_factory.mktemp("large") / "site")
    for number in range(MANY):
        site.write(
            f"content/organizations/member-{number}.yaml",
            f"name: Member {number}\nclassification: company\nevidence: charter\n"
            f"summary: Number *{number}* among {{fact}}`count/members` [@gazette, p. {number}].\n"
            "memberships:\n  - {alliance: harbour, role: member, evidence: charter}\n",
        )
    return site


@pytest.fixture(scope="module")
def expected(large: SmallSite, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """What one process makes of it."""
    return files_of(large.root, tmp_path_factory.mktemp("expected"), "--jobs", "1")


def files_of(
    root: Path, output: Path, *arguments: str, **run_options: object
) -> Mapping[str, bytes]:
    """Build by command where nothing was built before, and return the output."""
    shutil.rmtree(root / ".alliance-site", ignore_errors=True)
    command = ["build", "-C", root, "-o", output, "--base-url", BASE_URL]
    ended = alliance_site(*command, *arguments, **run_options)  # type: ignore[arg-type]  # passed on
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return files_below(output)


def test_the_site_is_large_enough_for_workers(expected: Mapping[str, bytes]) -> None:
    assert sum(name.endswith(".html") for name in expected) > 150


@pytest.mark.parametrize("jobs", ["0", "2", "3", "8"])
def test_any_number_of_workers_makes_the_same_bytes(
    large: SmallSite, expected: Mapping[str, bytes], tmp_path: Path, jobs: str
) -> None:
    assert files_of(large.root, tmp_path, "--jobs", jobs) == expected


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4294967295"},
        {"TZ": "Pacific/Kiritimati"},
        {"TZ": "America/Anchorage"},
        {"LC_ALL": "C"},
        {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "LANGUAGE": "de"},
        {"LC_ALL": "tr_TR.UTF-8"},
        {"PYTHONUTF8": "0", "LC_ALL": "en_US.ISO-8859-1"},
        {"PYTHONOPTIMIZE": "2"},
        {"NO_COLOR": "1", "CI": "true"},
    ],
    ids=lambda environment: " ".join(f"{key}={value}" for key, value in environment.items()),
)
def test_no_environment_changes_a_byte(
    large: SmallSite, expected: Mapping[str, bytes], tmp_path: Path, environment: dict[str, str]
) -> None:
    assert files_of(large.root, tmp_path, environment=environment) == expected


def test_the_working_folder_changes_no_byte(
    large: SmallSite, expected: Mapping[str, bytes], tmp_path: Path
) -> None:
    relative = Path(os.path.relpath(large.root, tmp_path))
    assert files_of(large.root, tmp_path / "made", cwd=tmp_path) == expected
    shutil.rmtree(large.root / ".alliance-site")
    command = ["build", "-C", relative, "-o", "other", "--base-url", BASE_URL]
    ended = alliance_site(*command, cwd=tmp_path)
    assert ended.returncode == 0
    assert files_below(tmp_path / "other") == expected


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_the_umask_changes_no_byte(
    large: SmallSite, expected: Mapping[str, bytes], tmp_path: Path, umask: int
) -> None:
    assert files_of(large.root, tmp_path, umask=umask) == expected


def test_the_order_in_which_files_were_made_changes_no_byte(
    large: SmallSite, expected: Mapping[str, bytes], tmp_path: Path
) -> None:
    names = sorted(files_below(large.root / "content"))
    random.Random(0).shuffle(names)  # noqa: S311 - an order, not a secret
    for name in names:
        copy = tmp_path / "site/content" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(large.root / "content" / name, copy)
    for part in ("templates", "static"):
        shutil.copytree(large.root / part, tmp_path / "site" / part)
    assert files_of(tmp_path / "site", tmp_path / "made") == expected


def test_no_output_names_a_folder_of_this_machine(
    large: SmallSite, expected: Mapping[str, bytes]
) -> None:
    here = [str(large.root).encode(), b"/site-packages/"]
    assert [name for name, data in expected.items() if any(path in data for path in here)] == []


def test_source_date_epoch_decides_the_day(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    before_autumn, in_autumn = "1780272000", "1790812800"  # 2026-06-01, 2026-10-01
    command = ["build", "-C", site.root]
    alliance_site(*command, environment={"SOURCE_DATE_EPOCH": before_autumn})
    assert "articles/scheduled/index.html" not in site.outputs()
    alliance_site(*command, environment={"SOURCE_DATE_EPOCH": in_autumn})
    assert "articles/scheduled/index.html" in site.outputs()


def test_the_asked_for_day_outranks_source_date_epoch(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    command = ["build", "-C", site.root, "--as-of", "2026-10-01"]
    alliance_site(*command, environment={"SOURCE_DATE_EPOCH": "0"})
    assert "articles/scheduled/index.html" in site.outputs()


def test_the_day_of_the_site_serves_where_nobody_asks_for_one(tmp_path: Path) -> None:
    site = SmallSite.at(tmp_path / "site")
    site.edit("content/site.yaml", "as_of: 2026-06-01", "as_of: 2026-10-01")
    alliance_site("build", "-C", site.root)
    assert "articles/scheduled/index.html" in site.outputs()


@pytest.mark.parametrize("epoch", ["soon", "-1", "²", "99999999999999999999", ""])
def test_a_source_date_epoch_that_is_none_is_told(tmp_path: Path, epoch: str) -> None:
    site = SmallSite.at(tmp_path / "site")
    ended = alliance_site("build", "-C", site.root, environment={"SOURCE_DATE_EPOCH": epoch})
    assert ended.returncode == (0 if epoch == "" else 2)
    assert "Traceback" not in ended.stderr
    assert ("SOURCE_DATE_EPOCH" in ended.stderr) is (epoch != "")
