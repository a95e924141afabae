"""Waits for inputs to change, and rebuilds through the one `build`.

Never: decides what a change touches.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from watchfiles import watch

from alliance_site.scan import INPUT_FOLDERS

DEBOUNCE_MS = 30
"""How long a burst of saves may last; an editor often writes a file in two steps."""

LOOK_MS = 500
"""How often to look for input folders that came or went."""


def changes(site: Path, stop: Event) -> Iterator[tuple[Path, ...]]:
    """Yield the inputs that changed, each time some did, until told to stop.

    Args:
        site: The site's folder; what lies in it beside the inputs is not watched.
        stop: Set to end.
    """
    watched = _folders(site)
    while not stop.is_set():
        for found in watch(
            *watched,
            stop_event=stop,
            debounce=DEBOUNCE_MS,
            step=10,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            # A folder that comes, goes or is replaced cannot be watched by itself.
            present = _folders(site)
            moved = {path for path, _ in present.items() ^ watched.items()}
            if paths := {Path(path) for _, path in found} | moved:
                yield tuple(sorted(paths))
            if moved:
                watched = present
                break
        else:
            return


def _folders(site: Path) -> dict[Path, int]:
    """Return the input folders that there are, each with what tells it from one in its place."""
    folders = (site / name for name in INPUT_FOLDERS)
    return {path: path.stat().st_ino for path in folders if path.is_dir()}


def rebuild_on_change(site: Path, stop: Event, rebuild: Callable[[tuple[Path, ...]], None]) -> None:
    """Call `rebuild` with what changed, each time something did, until told to stop."""
    for paths in changes(site, stop):
        rebuild(paths)
