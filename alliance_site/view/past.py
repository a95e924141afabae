"""The ledger seen from the whole site and from each record.

Never: says a change in words.
"""

from collections.abc import Iterator

from msgspec import Struct

from alliance_site.model import (
    ChangeKind,
    PartialDate,
    Published,
    Release,
    Site,
    ValueChange,
    changes_between,
)


class Step(Struct, frozen=True):
    """What one release changed.

    Attributes:
        changes: Empty for the first, with which everything is new.
        page_count: How many pages of facts the site had.
        value_count: How many values its records held.
        new_pages: Addresses.
        gone_pages: Addresses.
    """

    release: Release
    is_first: bool
    changes: tuple[ValueChange, ...]
    page_count: int
    value_count: int
    new_pages: tuple[str, ...]
    gone_pages: tuple[str, ...]


class RecordStep(Struct, frozen=True):
    """What one release changed in a record; with the first that has the record, nothing."""

    release: str
    date: PartialDate
    is_first: bool
    changes: tuple[ValueChange, ...]


def steps_of(site: Site) -> tuple[Step, ...]:
    """Return what each release changed, the first first."""
    state, steps = Published(), []
    renames = site.releases.renames()
    for release in site.releases.all():
        before = {key: dict(state.values[key]) for key in release.values if key in state.values}
        pages = set(state.pages)
        state.add(release)
        now = {key: state.values[key] for key in release.values if key in state.values}
        steps.append(
            Step(
                release=release,
                is_first=not release.after,
                changes=changes_between(before, now, renames) if release.after else (),
                page_count=len(state.pages),
                value_count=sum(len(fields) for fields in state.values.values()),
                new_pages=tuple(sorted(state.pages.keys() - pages)) if release.after else (),
                gone_pages=tuple(sorted(pages - state.pages.keys())),
            )
        )
    return tuple(steps)


def history_of(site: Site, key: str) -> tuple[RecordStep, ...]:
    """Return what each release changed in a record, the latest first."""
    return tuple(reversed(list(_history(site, key))))


def _history(site: Site, key: str) -> Iterator[RecordStep]:
    for number, edition in enumerate(site.releases.of_record(key)):
        release = edition.release
        both = {key: edition.before}, {key: edition.now}
        found = changes_between(*both, site.releases.renames()) if number else ()
        told = tuple(item for item in found if item.kind is not ChangeKind.RECORD)
        if told or not number:
            yield RecordStep(release.id, release.date, not number, told)
