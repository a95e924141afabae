"""What a page that is shown learns of the site: that it was built again, and what is wrong with it.

Never: builds; speaks a protocol.
"""

import secrets
from collections.abc import Iterator
from functools import partial
from threading import Condition
from typing import NamedTuple

PAUSE_S = 10.0
"""How long to wait for news before saying that there is none, which shows who has gone."""


class Told(NamedTuple):
    """How a site is at a moment.

    Attributes:
        edition: Names what is out: two equal ones are of the same process and show the same.
        faults: The report on what is wrong with its content; empty where it was built.
    """

    edition: str
    faults: str


class News:
    """How a site is; told by one thread, waited for by many."""

    def __init__(self) -> None:
        """Begin with a site that is not out yet."""
        self._process = secrets.token_hex(4)
        self._editions = 0
        self._faults = ""
        self._has_ended = False
        self._change = Condition()

    @property
    def now(self) -> Told:
        """How the site is."""
        with self._change:
            return Told(f"{self._process}-{self._editions}", self._faults)

    @property
    def is_out(self) -> bool:
        """Whether a build of this process has ended well."""
        return self._editions > 0

    def tell_built(self, *, is_other: bool) -> None:
        """Say that a build has ended well, and whether the site is another one now."""
        with self._change:
            self._editions += is_other or not self._editions
            self._faults = ""
            self._change.notify_all()

    def tell_faults(self, report: str) -> None:
        """Say that a build has ended with faults, and stays what it was."""
        with self._change:
            self._faults = report
            self._change.notify_all()

    def end(self) -> None:
        """Let all go who wait."""
        with self._change:
            self._has_ended = True
            self._change.notify_all()

    def follow(self) -> Iterator[Told | None]:
        """Yield how the site is, and again at each change until the end; None now and then."""
        last: Told | None = None
        while not self._has_ended:
            now = self.now
            yield now if now != last else None
            last = now
            with self._change:
                self._change.wait_for(partial(self._has_news, last), PAUSE_S)

    def _has_news(self, last: Told) -> bool:
        return self._has_ended or self.now != last
