"""The generator's own code and its dependencies as inputs: a change in them changes outputs.

The truth is the SHA-256 of every file; `scan.code_status` is a memo that saves reading them.

Never: imports what it digests.
"""

import hashlib
import platform
import sys
from pathlib import Path

from alliance_site.scan import code_files, code_roots


def code_digest() -> str:
    """Digest the bytes of every file of the packages, and the version of Python."""
    total = hashlib.sha256(f"{platform.python_implementation()} {sys.version}".encode())
    for package, root in code_roots():
        for path in code_files(root):
            total.update(f"{package} {Path(path).relative_to(root).as_posix()}\n".encode())
            total.update(hashlib.sha256(Path(path).read_bytes()).digest())
    return total.hexdigest()
