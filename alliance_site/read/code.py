"""The generator's own code and its dependencies as inputs: a change in them changes outputs.

The truth is the SHA-256 of every file; `scan.code_status` is a memo that saves reading them.

Never: imports what it digests.
"""

import hashlib
import os
import platform
import sys
from typing import NamedTuple

from alliance_site.read.files import read_bytes
from alliance_site.scan import code_files, code_roots

_OF_PHOTOGRAPHS = frozenset({"pictures.py", "read/images.py", "render/pictures.py"})


class CodeDigests(NamedTuple):
    """Digests of the generator's code.

    Attributes:
        whole: Of every file of the packages, and of the version of Python.
        encoder: Of the code that reads and writes photographs, which seldom changes. What it makes
            is costly, and so is kept while other code changes.
    """

    whole: str
    encoder: str


def code_digests() -> CodeDigests:
    """Digest the bytes of every file of the packages."""
    python = f"{platform.python_implementation()} {sys.version}".encode()
    whole, encoder = hashlib.sha256(python), hashlib.sha256(python)
    for package, root in code_roots():
        for path in code_files(root):
            name = path.removeprefix(f"{root}{os.sep}").replace(os.sep, "/")
            line = f"{package} {name}\n".encode()
            digest = hashlib.sha256(read_bytes(path)).digest()
            whole.update(line + digest)
            if package == "PIL" or (package == "alliance_site" and name in _OF_PHOTOGRAPHS):
                encoder.update(line + digest)
    return CodeDigests(whole.hexdigest(), encoder.hexdigest())
