"""A build that dies at its n-th change of the disk, as if the power had gone.

Run as `python -m tests.build.killed_build`; arguments are JSON. The changes are counted by Python's
own audit events, so that nothing here knows how the build writes.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from alliance_site.build import BuildOptions, build
from alliance_site.diagnostics import AllianceSiteError

REPOSITORY = Path(__file__).resolve().parents[2]
KILLED = 9
_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.link"}
_WRITING = os.O_WRONLY | os.O_RDWR


def kill_build(options: BuildOptions, change: int) -> bool:
    """Build in another process, which dies before its change number `change`, from 0.

    Returns:
        Whether it died; a build with fewer changes ends as it would.
    """
    return _run(options, change).returncode == KILLED


def count_changes(options: BuildOptions) -> int:
    """Build in another process, and return how often that changed the disk."""
    return int(_run(options, sys.maxsize).stdout)


def _run(options: BuildOptions, change: int) -> "subprocess.CompletedProcess[str]":
    asked = {
        "site": str(options.site.resolve()),
        "output": str(options.output_folder.resolve()),
        "base_url": options.base_url,
        "as_of": options.as_of.isoformat() if options.as_of else None,
        "with_drafts": options.with_drafts,
        "use_cache": options.use_cache,
    }
    ended = subprocess.run(
        [sys.executable, "-m", "tests.build.killed_build", json.dumps(asked), str(change)],
        cwd=REPOSITORY,
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode in {0, KILLED}, ended.stderr
    return ended


def _die_at(change: int) -> Callable[[], int]:
    """Watch from now on; return what tells how many changes there were."""
    left = change

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        is_written = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
        if event in _CHANGES or is_written:
            left -= 1
            if left < 0:
                os._exit(KILLED)

    sys.addaudithook(watch)
    return lambda: change - left


def main() -> None:
    """Build as the arguments say."""
    asked, change = json.loads(sys.argv[1]), int(sys.argv[2])
    options = BuildOptions(
        site=Path(asked["site"]),
        output=Path(asked["output"]),
        base_url=asked["base_url"],
        as_of=date.fromisoformat(asked["as_of"]) if asked["as_of"] else None,
        with_drafts=asked["with_drafts"],
        use_cache=asked["use_cache"],
        jobs=1,
    )
    count = _die_at(change)
    with suppress(AllianceSiteError):
        build(options)
    print(count())  # noqa: T201 - for the process that asked


if __name__ == "__main__":
    # No byte code is written here, so that only the build's own changes are counted.
    sys.dont_write_bytecode = True
    main()
