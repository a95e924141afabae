"""The option that rewrites what the golden sites expect: `pytest tests/sites --update-golden`."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected files")


@pytest.fixture
def is_updating(request: pytest.FixtureRequest) -> bool:
    # Pytest knows the option only where this folder is named on the command line.
    return bool(request.config.getoption("--update-golden", default=False))
