"""The list of the digests of all files of a build, by which an altered byte is found.

Source: the format of `sha256sum` (GNU coreutils).

Never: reads a file that was written.
"""

import hashlib
from collections.abc import Mapping

from alliance_site.build.work import Made, Workshop
from alliance_site.paths import OutputPath, output_path
from alliance_site.plan import Output, sums_fingerprint
from alliance_site.view import SUMS

SUMS_PATH = output_path(SUMS)


def make_sums(outputs: Mapping[OutputPath, Output], workshop: Workshop) -> Made:
    """Make the list of what a build wrote or kept; one line a file, by path."""
    lines = (f"{outputs[path].digest}  {path}\n" for path in sorted(outputs))
    data = "".join(lines).encode()
    fingerprint = sums_fingerprint(hashlib.sha256(data).hexdigest())
    rendered = workshop.render(SUMS_PATH, fingerprint, lambda: (data, ()))
    return Made(path=SUMS_PATH, address="", fingerprint=fingerprint, rendered=rendered)
