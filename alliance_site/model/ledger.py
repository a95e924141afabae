"""The releases of a site, read when they are asked for; what is asked is noted.

Which releases there are is one question, what one of them holds another, and what all of them say
of one record a third: a page that shows a record's history rests on no more than that.

Never: reads a file itself.
"""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from alliance_site.diagnostics import Diagnostic
from alliance_site.model.heads import ReleaseHead
from alliance_site.model.reads import Trace
from alliance_site.model.releases import Release, Texts, changed_fields, check_chain


class RecordEdition(Struct, frozen=True):
    """A record with one release.

    Attributes:
        before: What it said with the release before; empty with the first that has it.
        now: What it said with this one; empty where it was gone.
    """

    release: ReleaseHead
    before: dict[str, Texts]
    now: dict[str, Texts]


class Releases:
    """The ledger, the first release first."""

    __slots__ = ("_every", "_heads", "_read", "_trace")

    def __init__(
        self,
        heads: Sequence[ReleaseHead],
        every: Sequence[ReleaseHead],
        read: Callable[[str], Release],
        trace: Trace,
    ) -> None:
        """Begin with the heads alone.

        Args:
            heads: Of the releases that follow each other, up to the site's days.
            every: Of all that there are.
            read: Gives the release in a file.
            trace: Notes what is asked for.
        """
        self._heads = heads
        self._every = every
        self._read = read
        self._trace = trace

    def heads(self) -> Sequence[ReleaseHead]:
        """Return what is known of each without reading it."""
        self._trace.note("releases ")
        return self._heads

    def all(self) -> tuple[Release, ...]:
        """Return all releases."""
        self._trace.note("releases ")
        return tuple(self._read(item.path) for item in self._heads)

    def check(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with the chain, whatever the site's days."""
        self._trace.note("releases ")
        return check_chain([self._read(item.path) for item in self._every])

    def of_record(self, key: str) -> tuple[RecordEdition, ...]:
        """Return the releases with which a record changed, the first first."""
        if not self._heads:
            self._trace.note("releases ")  # a site without a ledger needs no key for each page
            return ()
        self._trace.note(f"history {key}")
        heads = [item for item in self._heads if key in item.records]
        if len(heads) < 2:  # noqa: PLR2004 - nothing has changed in it, so no file is read
            return tuple(RecordEdition(item, {}, {}) for item in heads)
        return tuple(self._editions(key, heads))

    def _editions(self, key: str, heads: Sequence[ReleaseHead]) -> Iterator[RecordEdition]:
        before: dict[str, Texts] = {}
        for head in heads:
            changed = self._read(head.path).values[key]
            now = changed_fields(before, changed)
            yield RecordEdition(head, before, now)
            before = now
