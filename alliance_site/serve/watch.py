"""Waits for inputs to change, and rebuilds through the one `build`.

Never: decides what a change touches.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from stat import S_ISREG
from threading import Event

from watchfiles import watch

from alliance_site.read import look_at
from alliance_site.scan import INPUT_FOLDERS, Found, found_at, is_passed_over

DEBOUNCE_MS = 30
"""How long a burst of saves may last; an editor often writes a file in two steps."""

STEP_MS = 5
"""How long nothing more must be saved for a burst to be over."""

LOOK_MS = 500
"""How often to look for input folders that came or went."""


Seen = Mapping[str, Found]
"""Every input at a moment, by input path."""


def seen_at(site: Path) -> Seen:
    """Look at the inputs as they are now.

    Raises:
        OutputError: The disk refused.
    """
    return look_at(site)


def changes(site: Path, stop: Event, seen: Seen) -> Iterator[tuple[tuple[Path, ...], Seen]]:
    """Yield the inputs that changed, and all of them, each time some did, until told to stop.

    Args:
        site: The site's folder; what lies in it beside the inputs is not watched.
        stop: Set to end.
        seen: What `seen_at` said before the last build.
    """
    watched = _folders(site)
    while not stop.is_set():
        is_new = True
        for found in watch(
            *watched,
            stop_event=stop,
            debounce=DEBOUNCE_MS,
            step=STEP_MS,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
        ):
            # A folder that comes, goes or is replaced cannot be watched by itself.
            present = _folders(site)
            moved = {path for path, _ in present.items() ^ watched.items()}
            named = (Path(path) for _, path in found)
            paths = {path for path in named if not is_passed_over(path.name)} | moved
            if is_new:
                # Some may have been saved while the site was built and nobody watched.
                paths |= _between(seen, seen_at(site))
            is_new = False
            if paths:
                seen = _looked_at(site, seen, paths) or seen_at(site)
                yield tuple(sorted(paths)), seen
                # Who told of these may have lost others; the pages are out, so there is time.
                now = seen_at(site)
                if missed := _between(seen, now):
                    seen = now
                    yield tuple(sorted(missed)), seen
            if moved:
                watched = present
                break
        else:
            return


def _looked_at(site: Path, seen: Seen, paths: Iterable[Path]) -> Seen | None:
    """Look at a few inputs again; None where all must be looked for: a file came or went."""
    now = dict(seen)
    for path in paths:
        key = os.path.relpath(path, site).replace(os.sep, "/")
        if key not in seen:
            return None
        file = seen[key].file
        try:
            status = Path(file).stat()
        except OSError:
            return None
        if not S_ISREG(status.st_mode):
            return None
        now[key] = found_at(file, status)
    return now


def _between(one: Seen, other: Seen) -> set[Path]:
    """Return the files that are not the same at two moments."""
    return {Path(item.file) for item in set(one.values()) ^ set(other.values())}


def _folders(site: Path) -> dict[Path, int]:
    """Return the input folders that there are, each with what tells it from one in its place."""
    folders = (site / name for name in INPUT_FOLDERS)
    return {path: path.stat().st_ino for path in folders if path.is_dir()}


def rebuild_on_change(
    site: Path, stop: Event, seen: Seen, rebuild: Callable[[tuple[Path, ...], Seen], None]
) -> None:
    """Call `rebuild` with what changed, and all inputs, each time some did, until told to stop."""
    for paths, found in changes(site, stop, seen):
        rebuild(paths, found)
