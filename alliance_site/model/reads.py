"""What is read while something is made, so that it is made again only when that has changed.

A site's collections note a key for each thing that is asked of them; whoever makes something
opens a record before and keeps the keys after. What was made of the same keys, each with the same
digest, is the same.

Never: decides what has changed (that is `plan`).
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


class Trace:
    """Collects the keys that are read; records may be nested."""

    __slots__ = ("_open",)

    def __init__(self) -> None:
        """Begin with nothing to collect for."""
        self._open: set[str] | None = None

    def note(self, key: str) -> None:
        """Note that something was asked for, whether it is there or not."""
        if self._open is not None:
            self._open.add(key)

    def note_all(self, keys: Iterable[str]) -> None:
        """Note several keys."""
        if self._open is not None:
            self._open.update(keys)

    def record(self, make: Callable[[], T]) -> tuple[T, frozenset[str]]:
        """Make something, and return it with the keys that were read for it.

        What is being recorded around it has read these keys too.
        """
        outer, self._open = self._open, set()
        try:
            made = make()
            keys = frozenset(self._open)
        finally:
            self._open = outer
        self.note_all(keys)
        return made, keys
