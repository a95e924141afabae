"""What differs between two states of a site, value by value.

Never: says it in words (that is `view`).
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from alliance_site.model.fields import DIGESTED
from alliance_site.model.releases import Texts, Values
from alliance_site.model.renames import Renames


class ChangeKind(StrEnum):
    """What sort of thing changed, in the order in which changes are told."""

    MEMBER = "member"
    STATUS = "status"
    CELL = "cell"
    FIGURE = "figure"
    RECORD = "record"
    VALUE = "value"
    TEXT = "text"


class ValueChange(Struct, frozen=True):
    """One value that differs; of a record that is new or gone, the record alone is told.

    Attributes:
        path: Empty where the whole record is new or gone.
        was: What it said; empty where there was nothing.
        now: What it says; empty where there is nothing.
        name: Of the record, as it is or was.
    """

    kind: ChangeKind
    key: str
    path: str
    was: Texts
    now: Texts
    name: str


_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}
_NAMES = ("name", "title", "claim", "label")
_MEMBERSHIP = "memberships/"


def changes_between(
    before: Values, now: Values, renames: Renames, *, has_records: bool = True
) -> tuple[ValueChange, ...]:
    """Return what differs, by kind, record and field.

    Args:
        before: The earlier state.
        now: The later one.
        renames: Which records had other ids before; that is no change.
        has_records: Tell a record that is new or gone as such, not field by field.
    """
    before, now = renames.under_present(before), renames.under_present(now)
    found = [
        change
        for key in before.keys() | now.keys()
        if before.get(key) != now.get(key)
        for change in _of_record(key, before.get(key, {}), now.get(key, {}), has_records)
        if not renames.are_same(change.was, change.now)
    ]
    return tuple(sorted(found, key=lambda item: (_ORDER[item.kind], item.key, item.path)))


def _of_record(
    key: str,
    before: Mapping[str, Texts],
    now: Mapping[str, Texts],
    has_records: bool,  # noqa: FBT001 - private
) -> Iterator[ValueChange]:
    named = (fields[each][0] for fields in (now, before) for each in _NAMES if each in fields)
    name = next(named, key.partition(":")[2])
    is_whole = has_records and not (before and now)
    if is_whole:
        kind = ChangeKind.RECORD
        yield ValueChange(kind, key, "", ("",) if before else (), ("",) if now else (), name)
    for path in sorted(before.keys() | now.keys()):
        was, says = before.get(path, ()), now.get(path, ())
        kind = kind_of(key, path, says or was)
        if was != says and (kind is ChangeKind.MEMBER or not is_whole):
            yield ValueChange(kind, key, path, was, says, name)


def kind_of(key: str, path: str, texts: Texts) -> ChangeKind:
    """Say what sort of thing a field is."""
    record = key.partition(":")[0]
    if path.startswith(_MEMBERSHIP) and path.endswith(("/role", "/end_date")):
        return ChangeKind.MEMBER
    if record == "objective" and path == "status":
        return ChangeKind.STATUS
    if path.startswith("cells/"):
        return ChangeKind.CELL
    if record == "figure" and path == "value":
        return ChangeKind.FIGURE
    return ChangeKind.TEXT if texts and texts[0].startswith(DIGESTED) else ChangeKind.VALUE
