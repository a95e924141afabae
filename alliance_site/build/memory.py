"""What a process keeps between its builds, so that the next need not read it again.

The server builds over and over; what it has read of a file is still so while the file is. Each
thing is kept with the digest of what it was made of, and is of use only while that is the same.

Never: outlives its process; decides what is current.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from alliance_site.model import Catalog, DocumentHead, StructuredDocument
from alliance_site.prose import Prose

if TYPE_CHECKING:
    from alliance_site.diagnostics import Diagnostic
    from alliance_site.plan import Tasks
    from alliance_site.read import Inputs
    from alliance_site.route import RouteTable

T = TypeVar("T")


class Held(NamedTuple):
    """A content file as it was read: digest of its bytes, its records, its compiled texts."""

    digest: str
    document: StructuredDocument
    prose: Mapping[str, Prose]


class Memory:
    """What one process keeps; empty before its first build.

    Attributes:
        inputs: Those of the last build.
        heads: Path → what is known of a file that has no faults of its own.
        has_unkept_heads: Whether some of them are not in the state: a build that fails keeps
            nothing there, and the next one does not read them again.
        files: Path → what was read of it.
        rows: What the state holds, by key, with the seals over it.
        catalogs: What a site was opened with, besides heads → its catalogue in the last build.
        routes: All addresses, with what they follow from.
        tasks: Output folder → the tasks of the last build into it, with what the state says of
            them.
        built: Output folders into which this process has built.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.inputs: Inputs | None = None
        self.heads: dict[str, DocumentHead] = {}
        self.has_unkept_heads = False
        self.files: dict[str, Held] = {}
        self.rows: dict[str, tuple[object, Any]] = {}
        self.catalogs: dict[Hashable, Catalog] = {}
        self.routes: tuple[object, RouteTable, Sequence[Diagnostic]] | None = None
        self.tasks: dict[str, tuple[str, Tasks, bytes]] = {}
        self.built: set[str] = set()
        self._made: dict[str, tuple[str, Any]] = {}

    def remember(self, name: str, digest: str, make: Callable[[], T]) -> T:
        """Return a thing that is made once while the digest is the same.

        Args:
            name: Of the thing; one is kept under each.
            digest: Of all that it is made of.
            make: Makes it; nothing is kept of one that fails.
        """
        kept = self._made.get(name)
        if kept is None or kept[0] != digest:
            kept = self._made[name] = (digest, make())
        made: T = kept[1]
        return made

    def catalog(
        self, ground: Hashable, heads: Sequence[DocumentHead], make: Callable[[], Catalog]
    ) -> Catalog:
        """Return the catalogue of a site.

        Args:
            ground: What it is opened with, besides heads.
            heads: Of every content file.
            make: Makes one; it is asked where that of the last build cannot take what is new.
        """
        known, found = self.catalogs.pop(ground, None), None
        if known is not None and len(known.documents) == len(heads):
            documents = known.documents
            found = known.with_new(i for i in heads if documents.get(i.path) is not i)
        if len(self.catalogs) > 1:  # a site is opened without its notices, and with them
            self.catalogs.clear()
        made = self.catalogs[ground] = found if found is not None else make()
        return made

    def forget(self, path: str) -> None:
        """Let go what was read of a file."""
        self.files.pop(path, None)
