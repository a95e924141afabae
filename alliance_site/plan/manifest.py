"""What the last build wrote, what of it is still there, and so what is current.

Never: touches a disk.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from alliance_site.paths import OutputPath
from alliance_site.plan.fingerprint import changed_parts


class Output(Struct, frozen=True, array_like=True):
    """A file that a build wrote.

    Attributes:
        fingerprint: Of all that decided it.
        digest: SHA-256 of its bytes.
        reason: Why it was last made.
    """

    fingerprint: str
    digest: str
    reason: str = ""


Manifest = Mapping[OutputPath, Output]


class Past(Struct, frozen=True):
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

    def reason(self, path: OutputPath, fingerprint: str) -> str:
        """Say why an output that is not current must be made."""
        last = self.manifest.get(path)
        if last is None:
            return "it was not there in the last build"
        if not last.fingerprint:
            return last.reason
        if last.fingerprint != fingerprint:
            return " and ".join(changed_parts(last.fingerprint, fingerprint)) + " changed"
        found = self.on_disk.get(path)
        return "it was gone from the disk" if found is None else "it was altered on the disk"

    def gone(self, wanted: Iterable[OutputPath]) -> tuple[OutputPath, ...]:
        """Return the outputs of the last build that the site no longer has, in order."""
        kept = set(wanted)
        return tuple(sorted(path for path in self.manifest if path not in kept))
