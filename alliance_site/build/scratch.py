"""Where a command that is to write nothing puts what it works with.

Never: touches the site's folder.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from alliance_site.build.options import BuildOptions


@contextmanager
def state_aside(options: BuildOptions) -> Iterator[BuildOptions]:
    """Give options whose state may be written to: the site's own where a build has made one.

    Else it is in a temporary folder: who only looks at a site begins none, and may look at one
    that cannot be written to.
    """
    folder = options.state_folder
    if folder.is_dir() and os.access(folder, os.W_OK):
        yield options
        return
    with tempfile.TemporaryDirectory(prefix="alliance-site-") as name:
        yield replace(options, state=Path(name))
