"""Reads the site's folder and the theme; the only opener of inputs.

Three places hold inputs: `content/` of the site, and `templates/` and `static/`, each in two
layers: the site's own over the theme's, file by file (`scan.find_inputs`).

Never: decodes a byte.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from alliance_site.diagnostics import OutputError, UsageError
from alliance_site.paths import InputPath
from alliance_site.scan import find_inputs


@dataclass(frozen=True, slots=True)
class InputFile:
    """One input: its path, its bytes, their SHA-256."""

    path: InputPath
    data: bytes
    digest: str


def read_inputs(site: Path) -> Mapping[InputPath, InputFile]:
    """Read every input of a site, in the order of their paths.

    Raises:
        UsageError: The name of a file is no text.
        OutputError: The disk refused.
    """
    found = find_inputs(str(site))
    for path in found:
        if not path.isprintable():
            raise UsageError(f"the name of the file {path!r} is no text; rename it")
    return {InputPath(path): _read(InputPath(path), Path(file)) for path, file in found.items()}


def _read(path: InputPath, file: Path) -> InputFile:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror}") from error
    return InputFile(path, data, hashlib.sha256(data).hexdigest())
