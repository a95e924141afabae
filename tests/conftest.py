"""What every test shares: the Hypothesis profiles, the rule that CI skips nothing, few fixtures."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

IS_CI = os.environ.get("CI", "").lower() in {"1", "true"}

# A slow machine is no fault of the code under test: no deadline, no complaint about slow inputs.
_ANY_SPEED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("default", _ANY_SPEED, max_examples=50)
# The same examples on every run, so that a red pull request is red because of its change.
settings.register_profile("ci", _ANY_SPEED, max_examples=100, derandomize=True, print_blob=True)
settings.register_profile("exact", _ANY_SPEED, max_examples=2_000, stateful_step_count=100)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IS_CI else "default"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that skips itself in CI; an expected failure (`xfail`) is no skip."""
    report = yield
    if IS_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"CI skips nothing: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail a module that skips itself in CI, as with `pytest.importorskip`."""
    report = yield
    if IS_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"CI skips nothing: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def site_root() -> Path:
    """The repository, which is the first real site: it holds content/, templates/ and static/."""
    return Path(__file__).resolve().parents[1]
