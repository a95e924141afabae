"""What records are made of: frozen values whose fields an editor writes.

They are `msgspec` records: a class costs a tenth of a dataclass to define, which every command
waits for, and a value a quarter to make.

Never: names a field of the domain.
"""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, ClassVar, TypeAlias, TypeVar

from msgspec import Struct

from alliance_site.diagnostics import Span

T = TypeVar("T")

IMPLICIT, SHORT = "implicit", "short"

Implicit: TypeAlias = Annotated[T, IMPLICIT]
"""A field that is not written as one: the file's name, its body, or a place in it."""

Places: TypeAlias = tuple[tuple[str, Span], ...]
"""Where the values of some keys stand."""

Short: TypeAlias = Annotated[T, SHORT]
"""The field that holds what a bare text gives its record."""


class Record(Struct, frozen=True, kw_only=True):
    """A record; two are equal that say the same, wherever they stand.

    A field's key is its name, or what `field(name=…)` gives.
    """

    unsaid: ClassVar[frozenset[str]] = frozenset({"span", "key_span", "places"})
    """Fields in which equal records may differ: where they stand, and parts of them."""

    placed: ClassVar[frozenset[str]] = frozenset()
    """Keys whose places a record keeps in `places`, as its faults are found beside other records.
    """

    def __eq__(self, other: object) -> bool:
        """Compare all that they say."""
        if type(self) is not type(other):
            return NotImplemented
        said = _getter_of(type(self))
        return bool(said(self) == said(other))

    def __hash__(self) -> int:
        """Digest all that it says."""
        return hash((type(self), _getter_of(type(self))(self)))


def place_in(record: Any, key: str) -> Span:
    """Return where the value of a key stands; where the record does, if that is not kept."""
    span: Span = record.span
    return next((place for name, place in record.places if name == key), span)


def is_record(kind: object) -> bool:
    """Say whether a class is one of records."""
    return isinstance(kind, type) and issubclass(kind, Record)


def _make_getter(kind: type[Record]) -> Callable[[Any], Any]:
    names = [name for name in kind.__struct_fields__ if name not in kind.unsaid]
    return attrgetter(*names) if names else type


_getter_of: Callable[[Any], Callable[[Any], Any]] = cache(_make_getter)
"""Class → what returns all that a record of it says."""
