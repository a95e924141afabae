"""What the last build wrote, what of it is still there, and so what is current.

Never: touches a disk.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from alliance_site.paths import OutputPath


@dataclass(frozen=True, slots=True)
class Output:
    """A file the last build wrote: the fingerprint it had, and the SHA-256 of its bytes."""

    fingerprint: str
    digest: str


Manifest = Mapping[OutputPath, Output]


@dataclass(frozen=True, slots=True)
class Past:
    """The last build, seen from this one.

    Attributes:
        manifest: What it wrote; empty before the first.
        on_disk: Digest of each of its outputs as it is now; those that are gone are left out.
    """

    manifest: Manifest = field(default_factory=dict)
    on_disk: Mapping[OutputPath, str] = field(default_factory=dict)

    def is_current(self, path: OutputPath, fingerprint: str) -> bool:
        """Say whether an output is there as this build would make it.

        Source: early cutoff, in Mokhov, Mitchell, Peyton Jones, Build Systems à la Carte.
        """
        last = self.manifest.get(path)
        return (
            last is not None
            and last.fingerprint == fingerprint
            and self.on_disk.get(path) == last.digest
        )

    def gone(self, wanted: Iterable[OutputPath]) -> tuple[OutputPath, ...]:
        """Return the outputs of the last build that the site no longer has, in order."""
        kept = set(wanted)
        return tuple(sorted(path for path in self.manifest if path not in kept))
