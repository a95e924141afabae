"""What files say of themselves without being read: names and status, of inputs and of our code.

It imports next to nothing, so that a build with nothing to do is over before anything heavy is
loaded.

Never: reads a byte of a file.
"""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

__all__ = [
    "CONTENT",
    "INPUT_FOLDERS",
    "Found",
    "Looked",
    "code_files",
    "code_roots",
    "code_status",
    "digest_lines",
    "find_inputs",
    "is_passed_over",
    "is_settled",
    "is_signature_settled",
    "signature_of",
    "theme_root",
    "walk",
]

CONTENT = "content"
INPUT_FOLDERS = (CONTENT, "templates", "static")

PACKAGES = (
    "PIL",
    "alliance_site",
    "babel",
    "fontpkg_source_sans_3",
    "jinja2",
    "markdown_it",
    "markupsafe",
    "mdit_py_plugins",
    "mdurl",
    "msgspec",
    "pygments",
    "rcssmin",
    "rjsmin",
    "yaml",
)
"""Packages whose code can change an output."""

_EXTRAS = ("pagefind_bin",)
"""The same, of packages that need not be there."""

_WHOLE_SECOND_NS = 1_000_000_000
_FINE_NS, _COARSE_NS = 50_000_000, 2 * _WHOLE_SECOND_NS


def signature_of(status: os.stat_result) -> str:
    """Write a file's status as text: two equal ones, once settled, mean equal bytes.

    The time of the last change of status is part of it: no program can set that one back.
    """
    place = f"{status.st_dev}:{status.st_ino}:{status.st_size}"
    return f"{place}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def is_settled(status: os.stat_result, now_ns: int) -> bool:
    """Say whether a file was changed long enough ago that a further change would show.

    A change within the clock's resolution of the last one may leave the same times. A file system
    that keeps whole seconds is given two of them. Source: git, racy-git.txt.
    """
    return _is_past(status.st_mtime_ns, status.st_ctime_ns, now_ns)


def is_signature_settled(signature: str, now_ns: int) -> bool:
    """Say the same of a signature: whether it was taken long enough after the last change."""
    _, mtime_ns, ctime_ns = signature.rsplit(":", 2)
    return _is_past(int(mtime_ns), int(ctime_ns), now_ns)


def _is_past(mtime_ns: int, ctime_ns: int, now_ns: int) -> bool:
    is_coarse = mtime_ns % _WHOLE_SECOND_NS == 0
    return now_ns - max(mtime_ns, ctime_ns) > (_COARSE_NS if is_coarse else _FINE_NS)


def digest_lines(lines: Iterable[str]) -> str:
    """Digest lines in their order."""
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def theme_root() -> str:
    """Return the folder that holds the default theme's `templates/` and `static/`.

    An installed package carries them beside its modules; a checkout has them at its top.
    """
    package = os.path.dirname(os.path.realpath(__file__))
    packed = os.path.join(package, "theme")
    return packed if os.path.isdir(packed) else os.path.dirname(package)


Found = tuple[str, os.stat_result]
"""A file as it was found: its path on the disk, its status."""


class Looked(NamedTuple):
    """What somebody has just seen of what the last build wrote, by path on the disk.

    Attributes:
        outputs: Signature of each output; empty for one that has gone.
        folders: Signature of each folder; empty for one that has gone, or that may change again
            without a sign.
    """

    outputs: Mapping[str, str] = {}
    folders: Mapping[str, str] = {}


def walk(folder: str, prefix: str = "", above: tuple[str, ...] = ()) -> Iterator[tuple[str, Found]]:
    """Yield the files below a folder by their names in it, except .names and names that end with ~.

    Links are followed; a link to a folder that it lies in is not, for it has no end.
    """
    try:
        entries = os.scandir(folder)
    except FileNotFoundError:
        return
    with entries:
        for entry in entries:
            name = entry.name
            if is_passed_over(name):
                continue
            if not entry.is_dir():
                yield prefix + name, (entry.path, _status(entry))
            elif not entry.is_symlink() or os.path.realpath(entry.path) not in above:
                inside = (*above, os.path.realpath(folder)) if entry.is_symlink() else above
                yield from walk(entry.path, f"{prefix}{name}/", inside)


def is_passed_over(name: str) -> bool:
    """Say whether a file or folder of this name is no input: hidden, or what an editor leaves."""
    return name[0] == "." or name[-1] == "~"


def _status(entry: os.DirEntry[str]) -> os.stat_result:
    """Return the status of a file; that of the link where it leads nowhere."""
    try:
        return entry.stat()
    except FileNotFoundError:
        return entry.stat(follow_symlinks=False)


def find_inputs(site: str) -> dict[str, Found]:
    """Find every input of a site, by its input path, in the order of input paths.

    A theme file is listed under `theme/…`, and only when the site has none in its place.
    """
    found = {f"{CONTENT}/{name}": file for name, file in walk(f"{site}/{CONTENT}")}
    theme = theme_root()
    is_own_theme = os.path.realpath(theme) == os.path.realpath(site)
    for part in INPUT_FOLDERS[1:]:
        own = dict(walk(f"{site}/{part}"))
        found |= {f"{part}/{name}": file for name, file in own.items()}
        if not is_own_theme:
            found |= {
                f"theme/{part}/{name}": file
                for name, file in walk(f"{theme}/{part}")
                if name not in own
            }
    return dict(sorted(found.items()))


def code_status() -> str:
    """Digest the status of every file of the generator and of what it depends on."""
    lines = [sys.implementation.cache_tag or "", sys.version]
    for package, root in code_roots():
        lines += [f"{package} {path} {signature_of(os.stat(path))}" for path in code_files(root)]
    return digest_lines(lines)


def code_roots() -> Iterator[tuple[str, str]]:
    """Yield the packages whose code can change an output, with their folders; imports none.

    A package of one module stands for itself.
    """
    for package in (*PACKAGES, *_EXTRAS):
        for folder in sys.path:
            root = os.path.join(folder or ".", package)
            if os.path.exists(os.path.join(root, "__init__.py")):
                yield package, root
                break
            if os.path.exists(f"{root}.py"):
                yield package, f"{root}.py"
                break
        else:
            if package not in _EXTRAS:
                raise ModuleNotFoundError(package)


def code_files(root: str) -> list[str]:
    """List a package's code and data, sorted, without what Python writes and our own theme."""
    if root.endswith(".py"):
        return [root]
    found: list[str] = []
    waiting = [root]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in {"__pycache__", "theme"}:
                        waiting.append(entry.path)
                elif entry.name.endswith((".py", ".so", ".pyd", ".dat", ".ttf")):
                    found.append(entry.path)
    return sorted(found)
