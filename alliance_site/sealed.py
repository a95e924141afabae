"""What is kept between builds bears seals; what is large of it is read while modules load.

To read it and to look at its seals takes a tenth of an edit's time. Python loads modules meanwhile,
for which one processor is enough.

Never: decides what is kept; reads what bears no seal, or a wrong one.
"""

import hashlib
import sqlite3
from collections.abc import Mapping
from threading import Thread
from urllib.parse import quote

__all__ = ["Ahead", "address_of", "seal_over"]

_LARGE_BYTES = 50_000
_MOST_BYTES = 100_000_000


def seal_over(key: str, data: bytes) -> str:
    """Return the seal over what is kept under a key."""
    return hashlib.sha256(b"%b\0%b" % (key.encode(), data)).hexdigest()[:16]


def address_of(state: str) -> str:
    """Return the address by which SQLite opens a state file to read it and no more."""
    return f"file:{quote(state)}?mode=ro"


class Ahead:
    """A state file that is being read, by a thread of its own.

    Args:
        state: The file; one that is not there, is damaged or is being written gives nothing.
    """

    def __init__(self, state: str) -> None:
        """Begin to read."""
        self._state = state
        self._found: dict[str, tuple[str, bytes]] = {}
        self._thread = Thread(target=self._read, daemon=True)
        self._thread.start()

    def found(self) -> Mapping[str, tuple[str, bytes]]:
        """Return what is large: key → the seal over it, and it. Waits for the end of reading."""
        self._thread.join()
        return self._found

    def _read(self) -> None:
        try:
            file = sqlite3.connect(address_of(self._state), uri=True, timeout=0)
            try:
                sizes = file.execute(
                    "select key, length(value) from header where length(value) >= ? limit 100",
                    (_LARGE_BYTES,),
                ).fetchall()
                if sum(size for _, size in sizes) <= _MOST_BYTES:
                    for key, _ in sizes:
                        self._read_one(file, key)
            finally:
                file.close()
        except (sqlite3.Error, UnicodeDecodeError, TypeError):
            return  # whoever opens it next finds out what is wrong

    def _read_one(self, file: sqlite3.Connection, key: str) -> None:
        query = "select seal, value from header where key = ?"
        match file.execute(query, (key,)).fetchone():
            case (str(seal), bytes(data)) if seal_over(key, data) == seal:
                self._found[key] = seal, data
