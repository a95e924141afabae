"""The generator's own code and its dependencies as inputs: a change in them changes outputs.

The truth is the SHA-256 of every file; the files' status is a memo that saves reading them.

Never: imports what it digests.
"""

import hashlib
import os
import platform
import sys
from importlib.util import find_spec
from pathlib import Path

PACKAGES = (
    "alliance_site",
    "babel",
    "jinja2",
    "markdown_it",
    "markupsafe",
    "mdit_py_plugins",
    "mdurl",
    "pygments",
    "yaml",
)
"""Packages whose code can change an output."""


def code_status() -> str:
    """Digest the status (size, times, inode) of every file of the packages; it reads none."""
    lines = [f"{platform.python_implementation()} {sys.version}"]
    for package in PACKAGES:
        for path in _files(package):
            status = path.stat()
            lines.append(
                f"{path} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
            )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def code_digest() -> str:
    """Digest the bytes of every file of the packages, and the version of Python."""
    total = hashlib.sha256(f"{platform.python_implementation()} {sys.version}".encode())
    for package in PACKAGES:
        root = _root(package)
        for path in _files(package):
            total.update(f"{package} {path.relative_to(root).as_posix()}\n".encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _root(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent


def _files(package: str) -> list[Path]:
    """List a package's code and data, sorted, without what Python writes and our own theme."""
    found: list[Path] = []
    waiting = [_root(package)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in {"__pycache__", "theme"}:
                        waiting.append(Path(entry.path))
                elif entry.name.endswith((".py", ".so", ".pyd", ".dat")):
                    found.append(Path(entry.path))
    return sorted(found)
