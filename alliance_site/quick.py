"""Ends a build that has nothing to do before anything heavy is loaded.

After a build, what it was asked, what it said, and the status of all that it read and wrote are
noted. When the same is asked again and no status differs, the answer is the same; any doubt, and
the real build decides.

Never: writes to the output; decides that something changed (it only knows that nothing did).
"""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from alliance_site.processors import processors
from alliance_site.scan import (
    Found,
    Left,
    Looked,
    code_status,
    digest_lines,
    find_inputs,
    is_signature_settled,
    note_of,
    signature_of,
)

if TYPE_CHECKING:
    from alliance_site.sealed import Ahead

__all__ = ["SECONDS", "Observed", "answer", "note", "observe"]

STATE_FOLDER = ".alliance-site"
SECONDS = "\0"
"""Stands in a noted answer for how long it takes to give it."""

_VERSION = 3
_MOST_MEMOS = 8
"""How many ways of asking are remembered."""

_FEWEST_ASIDE = 2_000
"""From how many outputs on it is worth a process to look at them beside the inputs."""

_UNSURE = {"--help", "-h", "--no-cache", "--verify", "--profile"}


class Observed:
    """The day, the inputs and the code as they were at a moment.

    Attributes:
        found: The inputs, by their paths.
        code: Status of the code.
        digest: Of the day, and of the status of all of them.
        is_settled: Whether a change since would show in it.
        aside: Looks at what the last build wrote; None where nobody does.
        ahead: Reads what it kept; None where nobody does.
    """

    __slots__ = ("ahead", "aside", "code", "digest", "found", "is_settled")

    def __init__(
        self, found: Mapping[str, Found], code: str, digest: str, *, is_settled: bool
    ) -> None:
        """Keep them."""
        self.found = found
        self.code = code
        self.digest = digest
        self.is_settled = is_settled
        self.aside: _Aside | None = None
        self.ahead: Ahead | None = None

    def looked_at(self) -> Looked:
        """Say what was seen besides the inputs; waits for whoever looks at the rest."""
        aside, self.aside = self.aside, None
        ahead, self.ahead = self.ahead, None
        with ExitStack() as stack:
            if aside is not None:
                stack.callback(aside.close)
            looked = aside.looked_at() if aside is not None else Looked()
            return looked._replace(code=self.code, kept=ahead.found() if ahead is not None else {})


_observed: dict[str, Observed] = {}
"""What `answer` looked at, for the build that follows it."""


def observe(site: str) -> Observed:
    """Look at the inputs of a site and at the code; reads no file.

    What `answer` has just looked at for nothing is not looked at again.
    """
    return _observed.pop(site, None) or _observe(site)


def _observe(site: str) -> Observed:
    now_ns = time.time_ns()
    code = code_status()
    found = find_inputs(site)
    lines = [time.strftime("%Y-%m-%d", time.gmtime()), code]
    lines += [f"{name} {item.signature}" for name, item in found.items()]
    settles_ns = max((item.settles_ns for item in found.values()), default=0)
    return Observed(found, code, digest_lines(lines), is_settled=settles_ns < now_ns)


def note(
    arguments: Sequence[str],
    before: Observed,
    output: str,
    left: Left,
    answer_text: Mapping[str, object],
) -> None:
    """Note a build that went well.

    Args:
        arguments: What the command was given.
        before: What was observed before the build read its first file.
        output: The output folder.
        left: What is in it; a stranger's file shows in the status of its folder.
        answer_text: What the build said (see `answer`).
    """
    site = _site_of(arguments)
    if site is None or not before.is_settled:
        return
    # Joined as texts: there are tens of thousands.
    below = f"{output}/".__add__
    kept = {
        "version": _VERSION,
        "asked": _asked(arguments),
        "inputs": before.digest,
        "outputs": list(map(below, left.outputs)),
        "folders": list(map(below, left.folders)),
        "noted": left.noted,
        **answer_text,
    }
    path = _memo_path(site, arguments)
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "w", encoding="utf-8") as file:
        file.write(json.dumps(kept))  # `dump` writes it in steps of Python
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
    outputs, folders = kept["outputs"], kept["folders"]
    if not isinstance(outputs, list) or not isinstance(folders, list):
        return False
    aside = _Aside(outputs, folders, f"{kept['noted']}")
    with ExitStack() as stack:
        stack.callback(aside.close)
        observed = _observe(site)
        if observed.digest == kept["inputs"] and aside.is_as_noted():
            return True
        # A build follows. It need not wait for this until it asks what was seen.
        stack.pop_all()
    observed.aside = aside
    from alliance_site.sealed import Ahead  # noqa: PLC0415 - not where there is nothing to build

    observed.ahead = Ahead(os.path.join(site, STATE_FOLDER, "state.db"))
    _observed[site] = observed
    return False


class _Aside:
    """Looks at what was written, beside the inputs where there are processors for both.

    To be closed, which ends the process that looks.
    """

    def __init__(self, outputs: list[str], folders: list[str], noted: str) -> None:
        self._outputs = outputs
        self._folders = folders
        self._noted = noted
        self._child = 0
        self._said: BinaryIO | None = None
        self._now: str | None = None
        if len(outputs) >= _FEWEST_ASIDE and hasattr(os, "fork") and processors() > 1:
            read, write = os.pipe()
            self._child = os.fork()
            if not self._child:
                os.close(read)  # or it would wait for itself once who asked has gone
                self._work(write)
            os.close(write)
            self._said = open(read, "rb")  # noqa: SIM115 - closed by `close`

    def close(self) -> None:
        """End the process that looks."""
        if self._said is not None:
            self._said.close()
            self._said = None
            os.kill(self._child, signal.SIGKILL)  # it may wait for a reader of all it has to say
            os.waitpid(self._child, 0)

    def _work(self, pipe: int) -> NoReturn:
        # Whatever ends it, an answer that is not whole says that nobody knows.
        try:
            now_ns = time.time_ns()
            outputs, folders = self._look()
            now = note_of(outputs, folders)
            # What may change again without a sign is looked at again.
            folders = [text if is_signature_settled(text, now_ns) else "" for text in folders]
            with open(pipe, "wb") as file:
                file.write("\n".join([now, *outputs, *folders, ""]).encode())
        finally:
            os._exit(0)

    def _look(self) -> tuple[list[str], list[str]]:
        return _signatures(self._outputs), _signatures(self._folders, os.lstat)

    def is_as_noted(self) -> bool:
        """Say whether the status of all outputs and folders is the one that was noted."""
        if self._now is None:
            said = self._said
            first = note_of(*self._look()) if said is None else said.readline().decode()
            self._now = first.rstrip("\n")
        return self._now == self._noted

    def looked_at(self) -> Looked:
        """Say how outputs and folders are, where they were looked at aside."""
        if self._said is None:
            return Looked()
        if self.is_as_noted():
            return Looked(noted=self._noted)
        *lines, last = self._said.read().decode().split("\n")
        count = len(self._outputs)
        if last or len(lines) != count + len(self._folders):
            return Looked()
        return Looked(
            outputs=dict(zip(self._outputs, lines[:count], strict=True)),
            folders=dict(zip(self._folders, lines[count:], strict=True)),
        )


def _signatures(paths: Iterable[str], look: Callable[[str], os.stat_result] = os.stat) -> list[str]:
    """Return the signatures of files; empty for one that has gone."""
    found = []
    for path in paths:
        try:
            found.append(signature_of(look(path)))
        except (FileNotFoundError, NotADirectoryError):
            found.append("")
    return found


def _asked(arguments: Sequence[str]) -> list[str]:
    """Say all, besides files, that a build's answer may depend on."""
    names = ("SOURCE_DATE_EPOCH", "NO_COLOR", "TERM", "GITHUB_WORKSPACE")
    environment = [f"{name}={os.environ.get(name)}" for name in names]
    return [
        *arguments,
        os.getcwd(),
        str(sys.stdout.isatty()),
        str(terminal_columns()),
        *environment,
    ]


def terminal_columns() -> int:
    """Return how wide the terminal is to which results go; 0 where they go elsewhere."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else 0
    except (OSError, ValueError):
        return 0


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
