"""The command as its users run it: in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def alliance_site(
    *arguments: object,
    cwd: Path = REPOSITORY,
    environment: Mapping[str, str] | None = None,
    umask: int = -1,
) -> "subprocess.CompletedProcess[str]":
    """Run the command and return how it ended, with what it said as text."""
    return subprocess.run(
        [sys.executable, "-m", "alliance_site", *map(str, arguments)],
        cwd=cwd,
        env=environment_with(environment or {}),
        umask=umask,
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )


def environment_with(changes: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment with changes, and without what would change a build."""
    dropped = {
        "SOURCE_DATE_EPOCH",
        "NO_COLOR",
        "CI",
        "PYTHONHASHSEED",
        "COLUMNS",
        "GITHUB_WORKSPACE",
    }
    kept = {key: value for key, value in os.environ.items() if key not in dropped}
    return {**kept, "PYTHONPATH": str(REPOSITORY), **changes}
