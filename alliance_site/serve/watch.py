"""Waits for inputs to change, and rebuilds through the one `build`.

Never: decides what a change touches.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

from watchfiles import watch

from alliance_site.build import OUTPUT_FOLDER, STATE_FOLDER

DEBOUNCE_MS = 30
"""How long a burst of saves may last; an editor often writes a file in two steps."""


def changes(site: Path, output: Path, stop: Event) -> Iterator[tuple[Path, ...]]:
    """Yield the inputs that changed, each time some did, until told to stop.

    Args:
        site: The site's folder.
        output: The output folder, which is not watched even if it lies in the site's.
        stop: Set to end.
    """
    ignored = {(site / STATE_FOLDER).resolve(), (site / OUTPUT_FOLDER).resolve(), output.resolve()}
    folders = [site / name for name in ("content", "templates", "static")]
    watched = [folder for folder in folders if folder.is_dir()]
    for found in watch(
        *watched,
        stop_event=stop,
        debounce=DEBOUNCE_MS,
        step=10,
        rust_timeout=500,
        watch_filter=lambda _, path: not any(item in Path(path).parents for item in ignored),
        raise_interrupt=False,
    ):
        yield tuple(sorted(Path(path) for _, path in found))


def rebuild_on_change(
    site: Path, output: Path, stop: Event, rebuild: Callable[[tuple[Path, ...]], None]
) -> None:
    """Call `rebuild` with what changed, each time something did, until told to stop."""
    for paths in changes(site, output, stop):
        rebuild(paths)
