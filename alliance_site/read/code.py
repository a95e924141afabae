"""The generator's own code and its dependencies as inputs: a change in them changes outputs.

The truth is the SHA-256 of every file; `scan.code_status` is a memo that saves reading them.

Never: imports what it digests.
"""

import hashlib
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from alliance_site.scan import code_files, code_roots

_OF_PHOTOGRAPHS = frozenset({"pictures.py", "read/images.py", "render/pictures.py"})


def code_digest() -> str:
    """Digest the bytes of every file of the packages, and the version of Python."""
    return _digest(lambda package, name: True)  # noqa: ARG005 - every file


def encoder_digest() -> str:
    """Digest the code that reads and writes photographs, which seldom changes.

    What it makes is costly, and so is kept while other code changes.
    """
    return _digest(
        lambda package, name: (
            package == "PIL" or (package == "alliance_site" and name in _OF_PHOTOGRAPHS)
        )
    )


def _digest(is_wanted: Callable[[str, str], bool]) -> str:
    """Digest some files, by package and name in it, and the version of Python."""
    total = hashlib.sha256(f"{platform.python_implementation()} {sys.version}".encode())
    for package, root in code_roots():
        for path in code_files(root):
            name = Path(path).relative_to(root).as_posix()
            if is_wanted(package, name):
                total.update(f"{package} {name}\n".encode())
                total.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return total.hexdigest()
