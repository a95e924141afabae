"""Where the time of a build went.

Never: changes what is built.
"""

import time


class Stopwatch:
    """Measures a run of steps, from one to the next."""

    def __init__(self) -> None:
        """Start."""
        self._last = time.perf_counter()
        self._steps: list[tuple[str, float]] = []

    def step(self, name: str) -> None:
        """End a step; it began where the last one ended."""
        now = time.perf_counter()
        self._steps.append((name, now - self._last))
        self._last = now

    @property
    def steps(self) -> tuple[tuple[str, float], ...]:
        """The steps so far, in order, in seconds."""
        return tuple(self._steps)
