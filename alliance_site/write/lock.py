"""One build at a time: a lock on a file that the system lets go when the process ends.

Never: leaves a lock behind.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alliance_site.diagnostics import BusyError, OutputError

PATIENCE_S = 60.0
_PAUSE_S = 0.05


@contextmanager
def build_lock(path: Path, patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Hold the lock; wait for another build to end first.

    Raises:
        BusyError: Another build held it for longer than `patience_s`.
        OutputError: The disk refused.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise OutputError(f"cannot make {path}: {error.strerror}") from error
    try:
        deadline = time.monotonic() + patience_s
        while not _try_lock(descriptor):
            if time.monotonic() > deadline:
                raise BusyError(f"another build has held {path} for {patience_s:.0f} s")
            time.sleep(_PAUSE_S)
        yield
    finally:
        os.close(descriptor)


def _try_lock(descriptor: int) -> bool:
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        import msvcrt  # noqa: PLC0415 - only on Windows

        lock = getattr(msvcrt, "locking")  # noqa: B009 - unknown to the type checker elsewhere
        try:
            lock(descriptor, getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009 - as above
        except OSError:
            return False
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
