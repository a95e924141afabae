"""Reads the site's folder and the theme; the only opener of inputs.

Three places hold inputs: `content/` of the site, and `templates/` and `static/`, each in two
layers: the site's own over the theme's, file by file (`scan.find_inputs`).

Never: decodes a byte.
"""

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property
from operator import attrgetter
from pathlib import Path

from alliance_site.diagnostics import InputChangedError, OutputError, UsageError
from alliance_site.paths import InputPath
from alliance_site.scan import CONTENT, Found, find_inputs


class InputFile:
    """One input: its path, its status, and, when they are asked for, its bytes and their SHA-256.

    Attributes:
        path: Relative to the site's folder.
        found: As it was found.
    """

    __slots__ = ("_data", "_digest", "found", "path")

    def __init__(self, path: InputPath, found: Found, digest: str = "") -> None:
        """Take a file that has been found; the digest where it is known from before."""
        self.path = path
        self.found = found
        self._digest = digest
        self._data: bytes | None = None

    @property
    def signature(self) -> str:
        """Its status when it was found."""
        return self.found.signature

    @property
    def is_known(self) -> bool:
        """Whether its digest is known without reading it."""
        return bool(self._digest)

    @property
    def digest(self) -> str:
        """SHA-256 of its bytes."""
        if not self._digest:
            self._data = self.read()
        return self._digest

    @property
    def data(self) -> bytes:
        """Its bytes, which are kept."""
        if self._data is None:
            self._data = self.read()
        return self._data

    def read(self) -> bytes:
        """Read its bytes, and keep their digest only.

        Raises:
            InputChangedError: They are not those whose digest is known.
            OutputError: The disk refused.
        """
        try:
            data = self._data if self._data is not None else read_bytes(self.found.file)
        except OSError as error:
            if not Path(self.found.file).is_symlink() and not Path(self.found.file).exists():
                raise InputChangedError(f"{self.path} has gone") from error
            raise OutputError(f"cannot read {self.path}: {error.strerror}") from error
        digest = hashlib.sha256(data).hexdigest()
        if self._digest and digest != self._digest:
            raise InputChangedError(f"{self.path} has changed")
        self._digest = digest
        return data

    def told(self, digest: str) -> None:
        """Take the digest that another process has found."""
        self._digest = digest


def read_bytes(path: str) -> bytes:
    """Return all bytes of a file, in a third of the time that `Path.read_bytes` takes."""
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - thousands are read
        return file.read()


class Inputs(Mapping[InputPath, InputFile]):
    """Every input of a site, in the order of their paths; one becomes a file once it is asked for.

    There are very many, and a build asks for few.

    Attributes:
        kept: Path → signature and digest, of files that are as they were when they were read in an
            earlier build.
    """

    def __init__(
        self,
        found: Mapping[str, Found],
        known: Mapping[str, tuple[str, str]],
        before: "Inputs | None" = None,
    ) -> None:
        """Take files that have been found.

        Args:
            found: By path.
            known: Path → signature and digest of files that were read before; a file with the same
                signature has the same bytes.
            before: Those that this process has found before; one that nobody has looked at since
                is what it was.
        """
        self._found = found
        self._files: dict[str, InputFile] = {
            file.path: file
            for file in (before.asked_for if before is not None else ())
            if found.get(file.path) is file.found
        }
        signatures = map(attrgetter("signature"), found.values())
        now = dict(zip(found, signatures, strict=True))
        self.kept: Mapping[str, tuple[str, str]] = {
            path: row for path, row in known.items() if now.get(path) == row[0]
        }

    def __getitem__(self, path: str) -> InputFile:
        """Return an input."""
        file = self._files.get(path)
        if file is None:
            _, digest = self.kept.get(path, _UNKNOWN)
            file = self._files[path] = InputFile(InputPath(path), self._found[path], digest)
        return file

    def __iter__(self) -> Iterator[InputPath]:
        """Yield the paths."""
        return map(InputPath, self._found)

    def __len__(self) -> int:
        """Count the inputs."""
        return len(self._found)

    def __contains__(self, path: object) -> bool:
        """Say whether there is such an input."""
        return path in self._found

    @property
    def asked_for(self) -> Iterable[InputFile]:
        """Those that this process has asked for."""
        return self._files.values()

    @cached_property
    def of_theme(self) -> tuple[InputFile, ...]:
        """All that is no content."""
        content = f"{CONTENT}/"
        return tuple(self[path] for path in self._found if not path.startswith(content))

    def content(self, without: Container[str]) -> list[InputPath]:
        """List the paths of content files, in order, but for some."""
        content = f"{CONTENT}/"
        left = (path for path in self._found if path not in without)
        return [InputPath(path) for path in left if path.startswith(content)]


_UNKNOWN = ("", "")


def look_at(site: Path) -> dict[str, Found]:
    """Find every input of a site, by its path.

    Raises:
        OutputError: The disk refused.
    """
    try:
        return find_inputs(str(site))
    except OSError as error:
        name = str(error.filename).removeprefix(f"{site}/")
        raise OutputError(f"cannot read {name}: {error.strerror}") from error


def scan_inputs(
    site: Path,
    known: Mapping[str, tuple[str, str]],
    found: Mapping[str, Found] | None = None,
    before: Inputs | None = None,
) -> Inputs:
    """Find every input of a site; none is read.

    Args:
        site: The site's folder.
        known: What is known of files that were read before (see `Inputs`).
        found: The inputs, where somebody has just looked for them.
        before: Those that this process has found before.

    Raises:
        UsageError: The name of a file is no text.
        OutputError: The disk refused.
    """
    now = look_at(site) if found is None else found
    if not "".join(now).isprintable():
        name = next(path for path in now if not path.isprintable())
        raise UsageError(f"the name of the file {name!r} is no text; rename it")
    return Inputs(now, known, before)
