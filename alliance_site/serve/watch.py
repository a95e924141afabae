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


def changes(site: Path, stop: Event) -> Iterator[tuple[Path, ...]]:
    """Yield the inputs that changed, each time some did, until told to stop.

    Args:
        site: The site's folder; what lies in it beside the inputs is not watched.
        stop: Set to end.
    """
    watched = [site / name for name in INPUT_FOLDERS if (site / name).is_dir()]
    for found in watch(
        *watched,
        stop_event=stop,
        debounce=DEBOUNCE_MS,
        step=10,
        rust_timeout=500,
        raise_interrupt=False,
    ):
        yield tuple(sorted(Path(path) for _, path in found))


def rebuild_on_change(site: Path, stop: Event, rebuild: Callable[[tuple[Path, ...]], None]) -> None:
    """Call `rebuild` with what changed, each time something did, until told to stop."""
    for paths in changes(site, stop):
        rebuild(paths)
