"""What the last build wrote, and what this one must do.

Never: touches a disk.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alliance_site.paths import OutputPath
from alliance_site.plan.target import Target


@dataclass(frozen=True, slots=True)
class Output:
    """A file the last build wrote: the fingerprint it had, and the SHA-256 of its bytes."""

    fingerprint: str
    digest: str


Manifest = Mapping[OutputPath, Output]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, each in the order of output paths.

    Attributes:
        render: Targets to make anew, with their fingerprints.
        keep: Outputs that are current.
        delete: Outputs of the last build that no target has any more.
    """

    render: tuple[tuple[Target, str], ...]
    keep: tuple[OutputPath, ...]
    delete: tuple[OutputPath, ...]


def diff_targets(
    targets: Sequence[Target],
    fingerprints: Mapping[OutputPath, str],
    manifest: Manifest,
    on_disk: Mapping[OutputPath, str],
) -> Plan:
    """Decide what to render, keep and delete.

    Args:
        targets: One per output, in any order; output paths are unique.
        fingerprints: Of every target.
        manifest: What the last build wrote; empty before the first.
        on_disk: Digest of each listed output as it is now; those that are gone are left out.

    Returns:
        Every output of `targets` or `manifest` exactly once.

    Source: early cutoff, in Mokhov, Mitchell, Peyton Jones, Build Systems à la Carte.
    """
    render, keep = [], []
    for target in sorted(targets, key=lambda item: item.path):
        last = manifest.get(target.path)
        fingerprint = fingerprints[target.path]
        is_current = (
            last is not None
            and last.fingerprint == fingerprint
            and on_disk.get(target.path) == last.digest
        )
        if is_current:
            keep.append(target.path)
        else:
            render.append((target, fingerprint))
    wanted = {target.path for target in targets}
    delete = sorted(path for path in manifest if path not in wanted)
    return Plan(tuple(render), tuple(keep), tuple(delete))
