"""Ends a build that has nothing to do before anything heavy is loaded.

After a build, what it was asked, what it said, and the status of all that it read and wrote are
noted. When the same is asked again and no status differs, the answer is the same; any doubt, and
the real build decides.

Never: writes to the output; decides that something changed (it only knows that nothing did).
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence

from alliance_site.scan import (
    Found,
    code_status,
    digest_lines,
    find_inputs,
    is_settled,
    signature_of,
)

__all__ = ["SECONDS", "Observed", "answer", "note", "observe"]

STATE_FOLDER = ".alliance-site"
SECONDS = "\0"
"""Stands in a noted answer for how long it takes to give it."""

_VERSION = 2
_MOST_MEMOS = 8
"""How many ways of asking are remembered."""

_UNSURE = {"--help", "-h", "--no-cache", "--verify", "--profile"}


class Observed:
    """The day, the inputs and the code as they were at a moment.

    Attributes:
        found: The inputs, by their paths.
        digest: Of the status of all of them.
        is_settled: Whether a change since would show in it.
    """

    __slots__ = ("digest", "found", "is_settled")

    def __init__(self, found: Mapping[str, Found], digest: str, *, is_settled: bool) -> None:
        """Keep them."""
        self.found = found
        self.digest = digest
        self.is_settled = is_settled


_observed: dict[str, Observed] = {}
"""What `answer` looked at, for the build that follows it."""


def observe(site: str) -> Observed:
    """Look at the inputs of a site and at the code; reads no file.

    What `answer` has just looked at for nothing is not looked at again.
    """
    return _observed.pop(site, None) or _observe(site)


def _observe(site: str) -> Observed:
    now_ns = time.time_ns()
    lines = [time.strftime("%Y-%m-%d", time.gmtime()), code_status()]
    settled = True
    found = find_inputs(site)
    for name, (_, status) in found.items():
        settled = settled and is_settled(status, now_ns)
        lines.append(f"{name} {signature_of(status)}")
    return Observed(found, digest_lines(lines), is_settled=settled)


def note(
    arguments: Sequence[str],
    before: Observed,
    output: str,
    signatures: Mapping[str, str],
    folders: Mapping[str, str],
    answer_text: Mapping[str, object],
) -> None:
    """Note a build that went well.

    Args:
        arguments: What the command was given.
        before: What was observed before the build read its first file.
        output: The output folder.
        signatures: Path below it → signature, of every file the site consists of.
        folders: Folder below it → signature; a stranger's file shows in that of its folder.
        answer_text: What the build said (see `answer`).
    """
    site = _site_of(arguments)
    if site is None or not before.is_settled:
        return
    outputs = {os.path.join(output, path): text for path, text in signatures.items()}
    inside = {os.path.join(output, path): text for path, text in folders.items()}
    kept = {
        "version": _VERSION,
        "asked": _asked(arguments),
        "inputs": before.digest,
        "outputs": list(outputs),
        "outputs_digest": digest_lines(outputs.values()),
        "folders": list(inside),
        "folders_digest": digest_lines(inside.values()),
        **answer_text,
    }
    path = _memo_path(site, arguments)
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "w", encoding="utf-8") as file:
        json.dump(kept, file)
    os.replace(temporary, path)
    _forget_old_memos(os.path.dirname(path))


def _forget_old_memos(folder: str) -> None:
    with os.scandir(folder) as entries:
        memos = [entry for entry in entries if entry.name.startswith("last-")]
    memos.sort(key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
    for entry in memos[_MOST_MEMOS:]:
        os.unlink(entry.path)


def answer(arguments: Sequence[str]) -> int | None:
    """Say again what the last build said, where nothing has changed since.

    Returns:
        The exit code; None when the real build must decide.
    """
    started = time.perf_counter()
    site = _site_of(arguments)
    if site is None:
        return None
    try:
        with open(_memo_path(site, arguments), encoding="utf-8") as file:
            kept = json.load(file)
        is_current = _is_current(kept, site, arguments)
        said = f"{kept['report']}{kept['line']}"
    except (OSError, ValueError, KeyError, TypeError):
        # No memo, one that cannot be read, a file that has gone: the build will find out.
        return None
    if not is_current:
        return None
    seconds = time.perf_counter() - started
    sys.stdout.write(said.replace(SECONDS, f"{seconds:.2f}"))
    return 0


def _is_current(kept: Mapping[str, object], site: str, arguments: Sequence[str]) -> bool:
    if kept["version"] != _VERSION or kept["asked"] != _asked(arguments):
        return False
    observed = _observe(site)
    if observed.digest != kept["inputs"]:
        _observed[site] = observed
        return False
    outputs, folders = kept["outputs"], kept["folders"]
    return (
        isinstance(outputs, list)
        and isinstance(folders, list)
        and _status_digest(outputs) == kept["outputs_digest"]
        and _status_digest(folders) == kept["folders_digest"]
    )


def _status_digest(paths: Iterable[str]) -> str:
    return digest_lines(signature_of(os.stat(path)) for path in paths)


def _asked(arguments: Sequence[str]) -> list[str]:
    """Say all, besides files, that a build's answer may depend on."""
    names = ("SOURCE_DATE_EPOCH", "NO_COLOR", "TERM")
    environment = [f"{name}={os.environ.get(name)}" for name in names]
    return [*arguments, os.getcwd(), str(sys.stdout.isatty()), *environment]


def _site_of(arguments: Sequence[str]) -> str | None:
    """Find the site's folder in the arguments of `build`; None for another command, or in doubt."""
    if not arguments or arguments[0] != "build" or _UNSURE & set(arguments):
        return None
    site = "."
    rest = iter(arguments[1:])
    for argument in rest:
        if argument in {"-C", "--site"}:
            site = next(rest, "")
        elif argument.startswith("--site="):
            site = argument.removeprefix("--site=")
        elif argument.startswith("-C"):
            site = argument.removeprefix("-C")
    return site or None


def _memo_path(site: str, arguments: Sequence[str]) -> str:
    """Name the memo of a way of asking; two ways (two base addresses, say) have two."""
    return os.path.join(site, STATE_FOLDER, f"last-{digest_lines(arguments)[:12]}.json")
