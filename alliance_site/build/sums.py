"""The list of the digests of all files of a build, by which an altered byte is found.

Where the state is gone, because somebody deleted it or it was of another version, this list says
which files of the output folder are ours.

Source: the format of `sha256sum` (GNU coreutils).

Never: trusts the list alone.
"""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from alliance_site.build.work import Made, Workshop
from alliance_site.paths import OutputPath, output_path
from alliance_site.plan import Output, sums_fingerprint
from alliance_site.view import SUMS
from alliance_site.write import digests_on_disk, only_inside

SUMS_PATH = output_path(SUMS)


def make_sums(outputs: Mapping[OutputPath, Output], workshop: Workshop) -> Made:
    """Make the list of what a build wrote or kept; one line a file, by path."""
    lines = (f"{outputs[path].digest}  {path}\n" for path in sorted(outputs))
    data = "".join(lines).encode()
    fingerprint = sums_fingerprint(hashlib.sha256(data).hexdigest())
    rendered = workshop.render(SUMS_PATH, fingerprint, lambda: (data, ()))
    return Made(path=SUMS_PATH, address="", fingerprint=fingerprint, rendered=rendered)


def listed_outputs(folder: Path) -> dict[OutputPath, Output]:
    """Return the outputs of a build of which only this list is left.

    Args:
        folder: The output folder.

    Returns:
        The files that are as the list says, and the list itself; nothing is known of what decided
        them.
    """
    try:
        data = (folder / SUMS_PATH).read_bytes()
        lines = data.decode().splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found = (_LINE.fullmatch(line) for line in lines)
    digests = {OutputPath(line[2]): line[1] for line in found if line is not None}
    digests[SUMS_PATH] = hashlib.sha256(data).hexdigest()
    listed = only_inside({path: Output("", digest, _LEFT) for path, digest in digests.items()})
    now, _ = digests_on_disk(folder, listed, {}, trust=False)
    return {path: item for path, item in listed.items() if now.get(path) == item.digest}


_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_LEFT = "nothing was left of the build that made it but its digest"
