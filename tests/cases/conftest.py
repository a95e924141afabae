"""The option that rewrites the reports of the cases: `pytest tests/cases --update-cases`."""

import shutil
from pathlib import Path

import pytest

from alliance_site.build import BuildOptions, build

BASE = Path(__file__).resolve().parents[1] / "sites" / "minimal"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-cases", action="store_true", help="rewrite the expected reports")


@pytest.fixture(scope="session")
def is_updating(request: pytest.FixtureRequest) -> bool:
    # Pytest knows the option only where this folder is named on the command line.
    return bool(request.config.getoption("--update-cases", default=False))


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base site with what a build remembers, so that no case digests the generator anew."""
    folder = tmp_path_factory.mktemp("base")
    shutil.copytree(BASE / "content", folder / "content")
    build(BuildOptions(site=folder, jobs=1))
    shutil.rmtree(folder / "_site")
    return folder
