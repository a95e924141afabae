"""Notes which fields go into the view of a page, for the ledger.

A composer has a recorder only while a release is made; a build has none, and pays nothing.
Statements and texts are noted as they are asked for. Plain fields are not asked for one by one:
they go with what they stand beside.

Never: changes what a page shows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from alliance_site.model import NAME, FieldNames, Markdown, Site, site_fields
from alliance_site.model.records import Statement
from alliance_site.view.index import SiteIndex

T = TypeVar("T")

Shown = tuple[str, str]
"""A record and a field of it; `NAME` stands for what the record is called."""


class Recorder:
    """Knows every statement and every text of a site by identity, and notes which are asked for.

    Attributes:
        names: Writes what a page shows in few names.
    """

    def __init__(self, site: Site, keys: Mapping[str, str]) -> None:
        """Learn where each value comes from, and whose page is at an address."""
        self._keys = keys
        self._fields: dict[int, Shown] = {}
        self._plain: dict[str, list[str]] = defaultdict(list)
        self._noted: set[Shown] = set()
        every: set[Shown] = set()
        for field in site_fields(site):
            every |= {(field.key, field.path), (field.key, NAME)}
            if _has_identity(field.value):
                self._fields[id(field.value)] = (field.key, field.path)
            else:
                self._plain[field.key].append(field.path)
        self.names = FieldNames(every)

    def note(self, value: Any) -> None:
        """Note statements or a text; anything that is no field of a record is passed over."""
        field = self._fields.get(id(value))
        if field is not None:
            self._noted.add(field)

    def note_field(self, key: str, path: str) -> None:
        """Note a field by its name, or a record's name."""
        self._noted.add((key, path))

    def note_record(self, key: str) -> None:
        """Note that a page shows all plain fields of a record, and what it is called."""
        self._noted |= {(key, path) for path in (*self._plain.get(key, ()), NAME)}

    def note_page(self, url: str) -> None:
        """Note that a page shows what another one is called: also what that one is a part of."""
        key = self._keys.get(url, "")
        self.note_field(key, NAME)
        comparison, *parts = key.partition(":")[2].split("/")
        if parts:
            self.note_field(f"comparison:{comparison}", NAME)
        if key.startswith("pair:"):
            self._noted |= {(f"subject:{comparison}/{subject}", NAME) for subject in parts}

    def record(self, make: Callable[[], T]) -> tuple[T, frozenset[Shown]]:
        """Make something, and return it with what was noted for it."""
        outer, self._noted = self._noted, set()
        made = make()
        noted = frozenset(self._noted)
        self._noted = outer | noted
        return made, noted

    def add(self, noted: Iterable[Shown]) -> None:
        """Note what was noted before."""
        self._noted.update(noted)

    def take(self, sources: Iterable[str] = (), url: str = "") -> tuple[str, ...]:
        """Return what was noted since the last time, in few names, and what goes with it.

        Args:
            sources: Ids of sources that the page lists.
            url: The page's address; it shows all plain fields of the record whose page it is.
        """
        self.note_record(self._keys.get(url, ""))
        shown = self._noted | {(f"source:{item}", NAME) for item in sources}
        self._noted = set()
        beside = {(key, plain) for key, path in shown for plain in self._beside(key, path)}
        return self.names.pack(shown | beside)

    def _beside(self, key: str, path: str) -> Iterator[str]:
        """Yield the plain fields of an entry in a record, of which one field is shown."""
        above = path.rpartition("/")[0]
        if above:
            yield from (item for item in self._plain[key] if item.rpartition("/")[0] == above)


class RecordedIndex(SiteIndex):
    """An index whose answers, found once, are noted for every page that asks."""

    def __init__(self, site: Site, recorder: Recorder) -> None:
        """Begin with no question answered."""
        super().__init__(site)
        self._recorder = recorder
        self._noted: dict[str, frozenset[Shown]] = {}

    def ask(self, name: str, answer: Callable[[], T]) -> T:
        """Return the answer to a question, and note what was noted as it was found."""
        ask = super().ask
        found, noted = self._recorder.record(lambda: ask(name, answer))
        self._recorder.add(self._noted.setdefault(name, noted))
        return found


class RecordedNames(Mapping[str, str]):
    """The names of a site, which are noted as they are looked up; `unnoted` are the same."""

    def __init__(self, names: Mapping[str, str], recorder: Recorder) -> None:
        """Take the names of the site."""
        self.unnoted = names
        self._recorder = recorder

    def __getitem__(self, key: str) -> str:
        """Return a name."""
        name = self.unnoted[key]
        self._recorder.note_field(key, NAME)
        return name

    def __contains__(self, key: object) -> bool:
        """Say whether anything has that key."""
        return key in self.unnoted

    def __iter__(self) -> Iterator[str]:
        """Yield every key."""
        return iter(self.unnoted)

    def __len__(self) -> int:
        """Count the keys."""
        return len(self.unnoted)


def _has_identity(value: Any) -> bool:
    is_stated = isinstance(value, tuple) and bool(value) and isinstance(value[0], Statement)
    return is_stated or isinstance(value, Markdown)
