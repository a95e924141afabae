"""The collections of a site, which note what is asked of them.

Never: reads a file itself.
"""

from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence, ValuesView
from typing import TypeVar, overload

from alliance_site.model.archives import Archive
from alliance_site.model.catalog import PREFIXES, Catalog
from alliance_site.model.heads import Head, Listing
from alliance_site.model.reads import Trace
from alliance_site.model.records import Source

T = TypeVar("T")


class Collection(Mapping[str, T]):
    """The records of a kind by id, in order; each is made when it is first asked for.

    What is asked is noted: one record, whether there is one, which there are, or all of them.
    """

    __slots__ = ("_heads", "_made", "_name", "_prefix", "_read", "_trace")

    def __init__(
        self, name: str, heads: Mapping[str, Head], read: Callable[[Head], T], trace: Trace
    ) -> None:
        """Begin with the heads alone; `read` makes the record of one."""
        self._name = name
        self._prefix = PREFIXES[name]
        self._heads = heads
        self._read = read
        self._trace = trace
        self._made: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        """Return a record."""
        self._trace.note(f"record {self._name}/{key}")
        return self._get(key)

    def _get(self, key: str) -> T:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._read(self._heads[key])
        return made

    def __contains__(self, key: object) -> bool:
        """Say whether there is such a record."""
        self._trace.note(f"@{self._prefix}:{key}")
        return key in self._heads

    def __iter__(self) -> Iterator[str]:
        """Yield the ids, in order."""
        self._trace.note(f"ids {self._name}")
        return iter(self._heads)

    def __len__(self) -> int:
        """Count the records."""
        self._trace.note(f"ids {self._name}")
        return len(self._heads)

    def values(self) -> ValuesView[T]:
        """Return all records, in the order of their ids."""
        return self._all().values()

    def items(self) -> ItemsView[str, T]:
        """Return all ids and records, in order."""
        return self._all().items()

    def _all(self) -> dict[str, T]:
        self._trace.note(f"all {self._name}")
        return {key: self._get(key) for key in self._heads}

    def forget(self, key: str) -> None:
        """Let a record go; it is made again if it is asked for."""
        self._made.pop(key, None)


class Names(Mapping[str, str]):
    """The name of everything that can be linked, by its key (`org:ibm` → `IBM`)."""

    __slots__ = ("_names", "_trace")

    def __init__(self, names: Mapping[str, str], trace: Trace) -> None:
        """Take the names of a catalogue."""
        self._names = names
        self._trace = trace

    def __getitem__(self, key: str) -> str:
        """Return a name."""
        self._trace.note(f"@{key}")
        return self._names[key]

    def __contains__(self, key: object) -> bool:
        """Say whether anything has that key."""
        self._trace.note(f"@{key}")
        return key in self._names

    def __iter__(self) -> Iterator[str]:
        """Yield every key."""
        self._trace.note("names ")
        return iter(self._names)

    def __len__(self) -> int:
        """Count the keys."""
        self._trace.note("names ")
        return len(self._names)


class Archives(Mapping[str, Archive]):
    """Source → its archived text, of sources that have one that is there."""

    __slots__ = ("_catalog", "_read", "_sources", "_trace")

    def __init__(
        self,
        sources: Mapping[str, Source],
        catalog: Catalog,
        read: Callable[[str], Archive | None],
        trace: Trace,
    ) -> None:
        """Begin with no text read; `read` gives the one in a file."""
        self._sources = sources
        self._catalog = catalog
        self._read = read
        self._trace = trace

    def __getitem__(self, key: str) -> Archive:
        """Return a source's archived text."""
        named = self._sources[key].archived_text
        if named is None:
            raise KeyError(key)
        path = f"{_ARCHIVE}{named.file}"
        self._trace.note(f"document {path}")
        archive = self._read(path) if path in self._catalog.documents else None
        if archive is None:
            raise KeyError(key)
        return archive

    def __iter__(self) -> Iterator[str]:
        """Yield the sources that have one, in order."""
        return (key for key in self._sources if self.get(key) is not None)

    def __len__(self) -> int:
        """Count them."""
        return sum(1 for _ in self)

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield name and path of every archived text, whether a source names it or not."""
        self._trace.note("archives ")
        for path in self._catalog.documents:
            if path.startswith(_ARCHIVE):
                yield path.removeprefix(_ARCHIVE), path


_ARCHIVE = "content/archive/"


class Listings(Sequence[Listing]):
    """The articles that are out as lists show them, newest first; those of one day by id.

    Which there are and in what order is one question, what is shown of each another.
    """

    __slots__ = ("_heads", "_ids", "_trace")

    def __init__(self, ids: Sequence[str], heads: Mapping[str, Head], trace: Trace) -> None:
        """Take ids in order."""
        self._ids = ids
        self._heads = heads
        self._trace = trace

    @property
    def ids(self) -> Sequence[str]:
        """Their ids."""
        return self._ids

    @overload
    def __getitem__(self, index: int) -> Listing: ...
    @overload
    def __getitem__(self, index: slice) -> "Listings": ...
    def __getitem__(self, index: int | slice) -> "Listing | Listings":
        """Return one, or those of a slice."""
        if isinstance(index, slice):
            return Listings(self._ids[index], self._heads, self._trace)
        return self._listing(self._ids[index])

    def _listing(self, key: str) -> Listing:
        self._trace.note(f"@article:{key}")
        listing = self._heads[key].listing
        if listing is None:
            raise KeyError(key)
        return listing

    def __iter__(self) -> Iterator[Listing]:
        """Yield them in order."""
        return (self._listing(key) for key in self._ids)

    def __len__(self) -> int:
        """Count them."""
        return len(self._ids)
