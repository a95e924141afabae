"""The ledger: what each release of a site said, and which of its pages showed it.

A release is one JSON file below `content/releases/`, written by `alliance-site release` and
committed with the content. It holds only what differs from the release before it. Its seal digests
its own text and the seal before it, so no past release can be changed without a trace.

Never: writes a file; formats a value for people.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from msgspec import Struct, field

from alliance_site.as_json import compact
from alliance_site.diagnostics import Code, Diagnostic, Span
from alliance_site.model.record import Record
from alliance_site.model.shown import ShownTexts, apply_texts, changed_texts, gather, scatter
from alliance_site.model.values import PartialDate

Texts = tuple[str, ...]
Values = dict[str, dict[str, Texts]]
"""Record → field → what it says, the headline first (see `texts_of`)."""

_SEAL = ',\n"seal": "'
_SHARED = "@"
"""Stands before the number of a text that several pages have in common."""

_LONG = 40
"""From how many signs a text is written once for all pages."""


class Release(Record, frozen=True, kw_only=True):
    """One entry of the ledger.

    Attributes:
        date: The day its content spoke for.
        after: The release before it; empty for the first.
        values: Record → field → texts of what is new or changed; None where it is gone.
        pages: Address within the site → what the page shows, of a page that was there what
            has changed in that (see `shown.changed_texts`); None where the page is gone.
        seal: Digest of the file's text and of the seal before it.
    """

    id: str
    date: PartialDate
    after: str
    values: Mapping[str, Mapping[str, Texts | None] | None]
    pages: Mapping[str, ShownTexts | None]
    seal: str
    body: str
    span: Span

    unsaid = frozenset({"body", "span"})


class Published(Struct):
    """All that the site said, and what each page showed, as of a release."""

    values: Values = field(default_factory=dict)
    pages: dict[str, ShownTexts] = field(default_factory=dict)

    def add(self, release: Release) -> None:
        """Go on to the next release."""
        for key, changed in release.values.items():
            before = self.values.pop(key, {})
            if changed is not None:
                self.values[key] = changed_fields(before, changed)
        for page, shown in release.pages.items():
            if shown is None:
                self.pages.pop(page, None)
            else:
                known = self.pages.get(page, ())
                self.pages[page] = apply_texts(known, shown) if known else shown


def changed_fields(
    before: Mapping[str, Texts], changed: Mapping[str, Texts | None] | None
) -> dict[str, Texts]:
    """Return the fields of a record after a release; none where it is gone."""
    if changed is None:
        return {}
    both = {**before, **changed}
    return {path: texts for path, texts in both.items() if texts is not None}


def state_after(releases: Iterable[Release]) -> Published:
    """Return what the last of some releases, in order, left."""
    state = Published()
    for release in releases:
        state.add(release)
    return state


# Reading and writing


def next_release(
    releases: Sequence[Release], name: str, date: PartialDate, now: Published
) -> Release:
    """Make the release that goes on from others to what the site says now."""
    before = state_after(releases)
    return _sealed(
        name,
        date,
        releases[-1] if releases else None,
        _changed_values(before.values, now.values),
        _changed_pages(before.pages, now.pages),
    )


def _changed_values(before: Values, now: Values) -> dict[str, dict[str, Texts | None] | None]:
    changed: dict[str, dict[str, Texts | None] | None] = {}
    for key in sorted(before.keys() | now.keys()):
        if key not in now:
            changed[key] = None
        elif fields := _changed(before.get(key, {}), now[key]):
            changed[key] = fields
    return changed


def _changed(before: Mapping[str, Texts], now: Mapping[str, Texts]) -> dict[str, Texts | None]:
    changed = [each for each in before.keys() | now.keys() if before.get(each) != now.get(each)]
    return {each: now.get(each) for each in sorted(changed)}


def _changed_pages(
    before: Mapping[str, ShownTexts], now: Mapping[str, ShownTexts]
) -> dict[str, ShownTexts | None]:
    changed = _changed(before, now)
    return {
        page: changed_texts(before[page], shown)
        if shown is not None and before.get(page)
        else shown
        for page, shown in changed.items()
    }


def _sealed(
    name: str,
    date: PartialDate,
    before: Release | None,
    values: dict[str, dict[str, Texts | None] | None],
    pages: dict[str, Texts | None],
) -> Release:
    after = before.id if before else ""
    head = (
        f'{{\n"release": {compact(name)},\n"date": {compact(str(date))},\n"after": {compact(after)}'
    )
    nested = {key: None if fields is None else _nest(fields) for key, fields in values.items()}
    shown = {page: None if item is None else gather(item) for page, item in pages.items()}
    shared = _shared(shown.values())
    places = {item: f"{_SHARED}{place}" for place, item in enumerate(shared)}
    written = {
        page: None if items is None else [places.get(item, item) for item in items]
        for page, items in shown.items()
    }
    shown_texts = f'"shared": {_list(shared)},\n"pages": {_lines(written)}'
    body = f'{head},\n"values": {_lines(nested)},\n{shown_texts}'
    return Release(
        id=name,
        date=date,
        after=after,
        values=values,
        pages=pages,
        seal=seal_of(body, before.seal if before else ""),
        body=body,
        span=Span(path=f"content/releases/{name}.json"),
    )


def _shared(shown: Iterable[Sequence[str] | None]) -> list[str]:
    """Return the long texts that several pages have in common, sorted."""
    counts = Counter(item for items in shown for item in items or ())
    return sorted(item for item, count in counts.items() if count > 1 and len(item) >= _LONG)


def release_text(release: Release) -> str:
    """Write a release as its file holds it: one record or page a line."""
    return f'{release.body}{_SEAL}{release.seal}"\n}}\n'


def seal_of(body: str, before: str) -> str:
    """Digest a release's text, and the seal before it."""
    return hashlib.sha256(f"{before}\n{body}".encode()).hexdigest()


def _lines(items: Mapping[str, object]) -> str:
    lines = [f"{compact(key)}:{compact(value)}" for key, value in items.items()]
    inner = ",\n".join(lines)
    return f"{{\n{inner}\n}}" if lines else "{}"


def _list(items: Iterable[str]) -> str:
    inner = ",\n".join(compact(item) for item in items)
    return f"[\n{inner}\n]" if inner else "[]"


def _nest(fields: Mapping[str, Texts | None]) -> dict[str, Any]:
    """Put fields of one beginning together, so that it is written once."""
    nested: dict[str, Any] = {}
    for path, texts in fields.items():
        *above, last = path.split("/")
        holder = nested
        for part in above:
            holder = holder.setdefault(f"{part}/", {})
        holder[last] = texts[0] if texts is not None and len(texts) == 1 else texts
    return nested


def parse_release(path: str, name: str, text: str) -> tuple[Release | None, tuple[Diagnostic, ...]]:
    """Read a release.

    Returns:
        The release, or None when nothing can be made of the text, and what is wrong.
    """
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        span = Span(path=path, line=error.lineno, column=error.colno, end_column=error.colno + 1)
        return None, (_broken(span, f"the release is no JSON here: {error.msg.lower()}"),)
    try:
        release = Release(
            id=found["release"],
            date=_date(found["date"]),
            after=found["after"],
            values={key: _values(item) for key, item in found["values"].items()},
            pages={key: _shown(item, found["shared"]) for key, item in found["pages"].items()},
            seal=found["seal"],
            body=text.rpartition(_SEAL)[0],
            span=Span(path=path),
        )
    except (LookupError, AttributeError, TypeError, ValueError):
        release = None
    if release is None or release.id != name or release_text(release) != text:
        message = f"the file is no release `{name}` as `alliance-site release` writes one"
        return None, (_broken(Span(path=path), message),)
    return release, ()


def _date(found: Any) -> PartialDate:
    day = PartialDate.parse(found)
    if day is None:
        raise TypeError(found)
    return day


def _values(found: Mapping[str, Any] | None) -> dict[str, Texts | None] | None:
    return None if found is None else dict(_unnest(found, ""))


def _unnest(found: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Texts | None]]:
    for key, item in found.items():
        if key.endswith("/"):
            yield from _unnest(item, f"{prefix}{key}")
        else:
            yield f"{prefix}{key}", _texts(item)


def _shown(found: Any, shared: Sequence[str]) -> ShownTexts | None:
    texts = _texts(found)
    if texts is None:
        return None
    return scatter(shared[int(text[1:])] if text.startswith(_SHARED) else text for text in texts)


def _texts(found: Any) -> Texts | None:
    match found:
        case None:
            return None
        case str():
            return (found,)
        case [*items] if all(isinstance(item, str) for item in items):
            return tuple(items)
        case _:
            raise TypeError(found)


def _broken(span: Span, message: str) -> Diagnostic:
    return Diagnostic(
        code=Code.BROKEN_LEDGER, message=message, span=span, hint=Code.BROKEN_LEDGER.hint
    )


class Link(Protocol):
    """What has a place in a chain of releases."""

    @property
    def id(self) -> str:
        """Its name."""

    @property
    def date(self) -> PartialDate:
        """The day its content spoke for."""

    @property
    def after(self) -> str:
        """The one before it; empty for the first."""


L = TypeVar("L", bound=Link)


def in_chain(links: Iterable[L]) -> tuple[L, ...]:
    """Return those that follow each other, the first first; of two rivals the earlier."""
    followers: dict[str, list[L]] = {}
    for link in links:
        followers.setdefault(link.after, []).append(link)
    ordered: list[L] = []
    while found := followers.pop(ordered[-1].id if ordered else "", []):
        ordered.append(min(found, key=lambda item: (item.date, item.id)))
    return tuple(ordered)


def check_chain(releases: Sequence[Release]) -> Iterator[Diagnostic]:
    """Yield releases that follow another than the last, or none, or are not as they were sealed.

    Args:
        releases: All of them, in any order.
    """
    ordered = in_chain(releases)
    by_id = {item.id: item for item in ordered}
    followed = {item.after: item for item in ordered}
    before: Release | None = None
    for release in ordered:
        yield from _unsound(release, before)
        before = release
    for release in releases:
        if release.id not in by_id:
            rival = followed.get(release.after)
            yield _fork(rival, release) if rival is not None else _lost(release)


def _fork(first: Release, other: Release) -> Diagnostic:
    after = f"`{other.after}`" if other.after else "nothing"
    message = f"the releases `{first.id}` and `{other.id}` both follow {after}"
    hint = "delete the later of the two, and make that release again"
    return Diagnostic(code=Code.BROKEN_LEDGER, message=message, span=other.span, hint=hint)


def _lost(release: Release) -> Diagnostic:
    return _broken(
        release.span, f"`{release.id}` follows the release `{release.after}`, which is not there"
    )


def _unsound(release: Release, before: Release | None) -> Iterator[Diagnostic]:
    if seal_of(release.body, before.seal if before else "") != release.seal:
        message = f"the release `{release.id}` is not as it was sealed"
        yield _broken(release.span, message)
    if before is not None and release.date.latest() < before.date.earliest():
        message = f"`{release.id}` is of {release.date}, and follows `{before.id}` of {before.date}"
        yield _broken(release.span, message)
