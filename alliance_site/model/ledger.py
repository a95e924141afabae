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
from alliance_site.model.renames import Renames


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

    __slots__ = ("_every", "_heads", "_read", "_renames", "_trace")

    def __init__(
        self,
        heads: Sequence[ReleaseHead],
        every: Sequence[ReleaseHead],
        read: Callable[[str], Release],
        renames: Renames,
        trace: Trace,
    ) -> None:
        """Begin with the heads alone.

        Args:
            heads: Of the releases that follow each other, up to the site's days.
            every: Of all that there are.
            read: Gives the release in a file.
            renames: Which records had other ids before.
            trace: Notes what is asked for.
        """
        self._heads = heads
        self._every = every
        self._read = read
        self._renames = renames
        self._trace = trace

    def heads(self) -> Sequence[ReleaseHead]:
        """Return what is known of each without reading it."""
        self._trace.note("releases ")
        return self._heads

    def all(self) -> tuple[Release, ...]:
        """Return all releases."""
        self._trace.note("releases ")
        return tuple(self._read(item.path) for item in self._heads)

    def renames(self) -> Renames:
        """Return which records had other ids before."""
        self._trace.note("former ")
        return self._renames

    def check(self) -> Iterator[Diagnostic]:
        """Yield what is wrong with the chain, whatever the site's days."""
        self._trace.note("releases ")
        return check_chain([self._read(item.path) for item in self._every])

    def of_record(self, key: str) -> tuple[RecordEdition, ...]:
        """Return the releases with which a record changed, the first first; by whatever id."""
        if not self._heads:
            self._trace.note("releases ")  # a site without a ledger needs no key for each page
            return ()
        self._trace.note(f"history {key}")
        names = self._renames.names(key)
        heads = [item for item in self._heads if not item.records.isdisjoint(names)]
        if len(heads) < 2:  # noqa: PLR2004 - nothing has changed in it, so no file is read
            return tuple(RecordEdition(item, {}, {}) for item in heads)
        return tuple(self._editions(names, heads))

    def _editions(
        self, names: Sequence[str], heads: Sequence[ReleaseHead]
    ) -> Iterator[RecordEdition]:
        """Yield what was said under any of a record's names; under the last that said anything."""
        said: dict[str, dict[str, Texts]] = {}
        before: dict[str, Texts] = {}
        for head in heads:
            values = self._read(head.path).values
            for name in names:
                if name in values:
                    said[name] = changed_fields(said.get(name, {}), values[name])
            now = next((said[name] for name in reversed(names) if said.get(name)), {})
            yield RecordEdition(head, before, now)
            before = now
