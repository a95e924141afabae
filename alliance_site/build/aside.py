"""A folder and a state of its own for a site that is served while it is written.

What one deploys stays as it was built: a served site shows drafts, and names this machine.

Never: is what one deploys.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from msgspec.structs import replace

from alliance_site.build.options import OUTPUT_FOLDER, BuildOptions, check_folders
from alliance_site.build.photographs import PICTURES
from alliance_site.diagnostics import BusyError, OutputError, UsageError
from alliance_site.write import build_lock

_FOLDERS = "serve-"
_LOCK = "serving"


@contextmanager
def kept_aside(options: BuildOptions, port: int) -> Iterator[BuildOptions]:
    """Hold the place where a site that is served is built, until it is served no longer.

    Args:
        options: Of the build; one that names an output is built there, with the site's own state.
        port: Where it is served; each has a place of its own, whose pages name it.

    Yields:
        The same options, for that place.

    Raises:
        UsageError: The site's folder, or the output's, is not one to work on; another process
            serves from there.
        OutputError: The disk refused.
    """
    if options.output is not None:
        check_folders(options)
        yield options
        return
    place = options.state_folder / f"{_FOLDERS}{port}"
    aside = replace(options, output=place / OUTPUT_FOLDER, state=place)
    check_folders(aside)
    with ExitStack() as stack:
        try:
            stack.enter_context(build_lock(place / _LOCK, patience_s=0))
        except BusyError as error:
            raise UsageError(
                f"another `serve` builds into {place}; name a port with --port, or a folder of "
                "its own with --output"
            ) from error
        _take_photographs(options.state_folder, place)
        yield aside


def _take_photographs(state: Path, place: Path) -> None:
    """Begin with the photographs that builds have encoded: each of them takes seconds.

    All else that is kept saves a first build next to nothing.
    """
    if (state / PICTURES).exists() and not (place / PICTURES).exists():
        try:
            with build_lock(state / "lock"):
                shutil.copyfile(state / PICTURES, place / PICTURES)
        except OSError as error:
            raise OutputError(f"cannot write {place / PICTURES}: {error.strerror}") from error


def clean_asides(options: BuildOptions) -> int:
    """Delete every such place from which nobody serves.

    Returns:
        How many pages and other files of sites were in them.

    Raises:
        OutputError: The disk refused.
    """
    removed = 0
    for place in sorted(options.state_folder.glob(f"{_FOLDERS}*/")):
        with suppress(BusyError):
            with build_lock(place / _LOCK, patience_s=0):
                pass
            removed += sum(item.is_file() for item in (place / OUTPUT_FOLDER).rglob("*"))
            try:
                shutil.rmtree(place)
            except OSError as error:
                raise OutputError(f"cannot delete {place}: {error.strerror}") from error
    return removed
