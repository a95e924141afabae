"""What files say of themselves without being read: names and status, of inputs and of our code.

It imports next to nothing, so that a build with nothing to do is over before anything heavy is
loaded.

Never: reads a byte of a file.
"""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

__all__ = [
    "CONTENT",
    "INPUT_FOLDERS",
    "Found",
    "Left",
    "Looked",
    "code_files",
    "code_roots",
    "code_status",
    "digest_lines",
    "find_inputs",
    "is_passed_over",
    "is_signature_settled",
    "note_of",
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
    mtime, ctime = status.st_mtime_ns, status.st_ctime_ns
    return f"{status.st_dev}:{status.st_ino}:{status.st_size}:{mtime}:{ctime}"


def _settles_ns(mtime_ns: int, ctime_ns: int) -> int:
    """Return the moment from which on a further change of a file shows in its times.

    A change within the clock's resolution of the last one may leave the same times. A file system
    that keeps whole seconds is given two of them. Source: git, racy-git.txt.
    """
    is_coarse = mtime_ns % _WHOLE_SECOND_NS == 0
    return max(mtime_ns, ctime_ns) + (_COARSE_NS if is_coarse else _FINE_NS)


def is_signature_settled(signature: str, now_ns: int) -> bool:
    """Say whether a signature was taken so long after the last change that a further one shows."""
    _, mtime_ns, ctime_ns = signature.rsplit(":", 2)
    return now_ns > _settles_ns(int(mtime_ns), int(ctime_ns))


def digest_lines(lines: Iterable[str]) -> str:
    """Digest lines in their order."""
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def note_of(outputs: Iterable[str], folders: Iterable[str]) -> str:
    """Digest the status of outputs, and of folders, in their order."""
    return f"{digest_lines(outputs)} {digest_lines(folders)}"


def theme_root() -> str:
    """Return the folder that holds the default theme's `templates/` and `static/`.

    An installed package carries them beside its modules; a checkout has them at its top.
    """
    package = os.path.dirname(os.path.realpath(__file__))
    packed = os.path.join(package, "theme")
    return packed if os.path.isdir(packed) else os.path.dirname(package)


class Found(NamedTuple):
    """A file as it was found.

    Attributes:
        file: Its path on the disk.
        signature: Its status.
        settles_ns: The moment from which on a further change shows in its signature.
    """

    file: str
    signature: str
    settles_ns: int


def found_at(file: str, status: os.stat_result) -> Found:
    """Note a file as it was found."""
    return Found(file, signature_of(status), _settles_ns(status.st_mtime_ns, status.st_ctime_ns))


class Left(NamedTuple):
    """What a build has left in its output folder.

    Attributes:
        outputs: Every file of the site.
        folders: Every folder below; the output folder itself is the empty text.
        noted: What `note_of` gives of all of them, as they were left.
    """

    outputs: Sequence[str] = ()
    folders: Sequence[str] = ()
    noted: str = ""


class Looked(NamedTuple):
    """What somebody has just seen of the code, and of what the last build wrote and kept.

    Attributes:
        code: Its status; empty where nobody has looked.
        noted: Digests of the status of all outputs and folders, where these are the same as when
            they were noted last; nothing else is said of them then.
        outputs: Path on the disk → signature of each output; empty for one that has gone.
        folders: The same of each folder; empty for one that has gone, or that may change again
            without a sign.
        kept: What was kept: key → the seal over it, and it.
    """

    code: str = ""
    noted: str = ""
    outputs: Mapping[str, str] = {}
    folders: Mapping[str, str] = {}
    kept: Mapping[str, tuple[str, bytes]] = {}


def walk(folder: str, prefix: str = "") -> dict[str, Found]:
    """Find the files below a folder by their names in it, except .names and names that end with ~.

    Links are followed; a link to a folder that it lies in, such as to `/`, is not, for it has no
    end.

    Args:
        folder: It; there are none where it is missing.
        prefix: Stands before each name.

    Raises:
        OSError: A folder or file cannot be looked at.
    """
    found: dict[str, Found] = {}
    _walk_into(found, folder, prefix, ())
    return found


def _walk_into(found: dict[str, Found], folder: str, prefix: str, above: tuple[str, ...]) -> None:
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
                try:
                    found[prefix + name] = found_at(entry.path, entry.stat())
                except FileNotFoundError:
                    _add_itself(found, prefix + name, entry)
            elif not entry.is_symlink():
                _walk_into(found, entry.path, f"{prefix}{name}/", above)
            elif inside := _way_into(entry.path, (*above, os.path.realpath(folder))):
                _walk_into(found, entry.path, f"{prefix}{name}/", inside)


def _add_itself(found: dict[str, Found], name: str, entry: "os.DirEntry[str]") -> None:
    """Add what leads to no file, a link, by its own status; what has gone meanwhile is left out."""
    try:
        status = entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return
    found[name] = found_at(entry.path, status)


def _way_into(link: str, above: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folders above what a link leads to; none where it leads to one of them."""
    target = os.path.join(os.path.realpath(link), "")
    return () if any(f"{item}/".startswith(target) for item in above) else above


def is_passed_over(name: str) -> bool:
    """Say whether a file or folder of this name is no input: hidden, or what an editor leaves."""
    return name[0] == "." or name[-1] == "~"


def find_inputs(site: str) -> dict[str, Found]:
    """Find every input of a site, by its input path, in the order of input paths.

    A theme file is listed under `theme/…`, and only when the site has none in its place.

    Raises:
        OSError: A folder or file cannot be looked at.
    """
    found = walk(f"{site}/{CONTENT}", f"{CONTENT}/")
    theme = theme_root()
    is_own_theme = os.path.realpath(theme) == os.path.realpath(site)
    for part in INPUT_FOLDERS[1:]:
        own = walk(f"{site}/{part}", f"{part}/")
        found |= own
        if not is_own_theme:
            others = walk(f"{theme}/{part}", f"{part}/")
            found |= {f"theme/{name}": file for name, file in others.items() if name not in own}
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
