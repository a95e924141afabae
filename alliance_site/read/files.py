"""Walks the site's folder and the theme, and reads them; the only opener of inputs.

Three places hold inputs: `content/` of the site, and `templates/` and `static/`, each in two
layers: the site's own over the theme's, file by file.

Never: decodes a byte.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alliance_site.diagnostics import OutputError, UsageError
from alliance_site.paths import InputPath


@dataclass(frozen=True, slots=True)
class Signature:
    """What a file's status says of it; two equal ones, once settled, mean equal bytes."""

    device: int
    inode: int
    size_bytes: int
    mtime_ns: int
    ctime_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Signature":
        """Take it from a file's status."""
        return cls(
            status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
        )


@dataclass(frozen=True, slots=True)
class InputFile:
    """One input: its path, its bytes, their SHA-256."""

    path: InputPath
    data: bytes
    digest: str


def theme_root() -> Path:
    """Return the folder that holds the default theme's `templates/` and `static/`.

    An installed package carries them beside its modules; a checkout has them at its top.
    """
    package = Path(__file__).resolve().parent.parent
    packed = package / "theme"
    return packed if packed.is_dir() else package.parent


def find_inputs(site: Path) -> dict[InputPath, Path]:
    """List every input, in the order of their paths.

    Args:
        site: The site's folder; it must hold `content/`.

    Returns:
        Input path → file. A theme file is listed under `theme/…` and only when the site has none
        of that name in its place.

    Raises:
        UsageError: There is no `content/`.
    """
    content = site / "content"
    if not content.is_dir():
        raise UsageError(f"{content} is not a folder; a site keeps its records in `content/`")
    found = {InputPath(f"content/{name}"): path for name, path in _walk(content)}
    theme = theme_root()
    for part in ("templates", "static"):
        own = dict(_walk(site / part))
        found |= {InputPath(f"{part}/{name}"): path for name, path in own.items()}
        if theme.resolve() != site.resolve():
            found |= {
                InputPath(f"theme/{part}/{name}"): path
                for name, path in _walk(theme / part)
                if name not in own
            }
    return dict(sorted(found.items()))


def _walk(folder: Path, prefix: str = "") -> Iterator[tuple[str, Path]]:
    """Yield files below a folder, except names that start with a dot or end with ~."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name.endswith("~"):
                continue
            if entry.is_dir():
                yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
            else:
                yield f"{prefix}{entry.name}", Path(entry.path)


def read_input(path: InputPath, file: Path) -> InputFile:
    """Read one file.

    Raises:
        OutputError: The disk refused.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror}") from error
    return InputFile(path, data, hashlib.sha256(data).hexdigest())
