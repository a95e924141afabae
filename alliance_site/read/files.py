"""Reads the site's folder and the theme; the only opener of inputs.

Three places hold inputs: `content/` of the site, and `templates/` and `static/`, each in two
layers: the site's own over the theme's, file by file (`scan.find_inputs`).

Never: decodes a byte.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from alliance_site.diagnostics import InputChangedError, OutputError, UsageError
from alliance_site.paths import InputPath
from alliance_site.scan import Found, find_inputs


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


def scan_inputs(
    site: Path,
    known: Mapping[str, tuple[str, str]],
    found: Mapping[str, Found] | None = None,
    before: Mapping[InputPath, InputFile] = MappingProxyType({}),
) -> dict[InputPath, InputFile]:
    """Find every input of a site, in the order of their paths; none is read.

    Args:
        site: The site's folder.
        known: Path → signature and digest of files that were read before; a file with the same
            signature has the same bytes.
        found: The inputs, where somebody has just looked for them.
        before: Those that this process has found before; one that nobody has looked at since is
            what it was.

    Raises:
        UsageError: The name of a file is no text.
        OutputError: The disk refused.
    """
    now = find_inputs(str(site)) if found is None else found
    if not "".join(now).isprintable():
        name = next(path for path in now if not path.isprintable())
        raise UsageError(f"the name of the file {name!r} is no text; rename it")
    files = {}
    for name, place in now.items():
        path = InputPath(name)
        last = before.get(path)
        if last is None or last.found is not place:
            kept, digest = known.get(name, _UNKNOWN)
            last = InputFile(path, place, digest if kept == place.signature else "")
        files[path] = last
    return files


_UNKNOWN = ("", "")
