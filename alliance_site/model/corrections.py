"""Corrections against the ledger: which field each mends, and which pages ever showed what it was.

Never: shows a notice.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from alliance_site.diagnostics import Code, Diagnostic, nearest
from alliance_site.model.archives import fold
from alliance_site.model.fields import (
    DIGESTED,
    RecordField,
    comparison_fields,
    record_fields,
    texts_of,
)
from alliance_site.model.kinds import KINDS
from alliance_site.model.record import place_in
from alliance_site.model.records import Correction, Rank, Statement, StatementStatus
from alliance_site.model.releases import Published, Release, Texts
from alliance_site.model.shown import NAME, ShownTexts, is_shown
from alliance_site.model.site import Site
from alliance_site.model.values import Markdown

NAMING = frozenset({"name", "title", "claim", "label"})
"""Fields that hold what a record is called."""


def fields_of(site: Site, key: str) -> dict[str, RecordField]:
    """Return the fields of a record by path; empty where there is no such record."""
    prefix, _, name = key.partition(":")
    kind = next((item for item in KINDS if item.prefix == prefix), None)
    if kind is not None:
        record = getattr(site, kind.collection).get(name)
        found = record_fields(key, record) if record is not None else iter(())
    else:
        comparison = site.comparisons.get(name.partition("/")[0])
        found = comparison_fields(comparison) if comparison else iter(())
    return {item.path: item for item in found if item.key == key}


def notices_of(site: Site) -> Mapping[str, tuple[str, ...]]:
    """Find where notices of corrections stand.

    Returns:
        Address within the site → corrections of what that page ever showed, newest first. One that
        names no field is under the key of its record instead.
    """
    found: dict[str, list[str]] = defaultdict(list)
    newest = sorted(site.corrections.values(), key=lambda item: (item.date, item.id), reverse=True)
    for correction in newest:
        target = correction.target.partition("#")[0]
        if correction.path is None:
            found[target].append(correction.id)
            continue
        field = fields_of(site, target).get(correction.path)
        stood = _stood_on(site, site.releases.all(), correction, field)
        for page in (*stood.pages, *([target] if stood.was_renamed else [])):
            found[page].append(correction.id)
    return {at: tuple(ids) for at, ids in sorted(found.items())}


class _Stood(Struct, frozen=True):
    """Where and how releases showed what a correction mends.

    Attributes:
        pages: Addresses of the pages that ever showed it, sorted.
        said: Every text that releases gave the field.
        was_renamed: Whether any showed it under an id that the record bore before, so that its page
            has another address now.
    """

    pages: tuple[str, ...]
    said: Texts
    was_renamed: bool


def _stood_on(
    site: Site, releases: Iterable[Release], correction: Correction, field: RecordField | None
) -> _Stood:
    """Find where what a correction mends was ever shown.

    Args:
        site: Says which records had other ids before.
        releases: In order.
        correction: Names a field.
        field: As it is now; None where the record has it no more.
    """
    state, pages, was_renamed = Published(), set(), False
    key, path = correction.target.partition("#")[0], correction.path or ""
    said: dict[str, None] = {}
    for release in releases:
        state.add(release)
        for name in site.releases.renames().names(key):
            texts = state.values.get(name, {}).get(path, ())
            said |= dict.fromkeys(texts)
            if _was(texts, correction, field):
                found = {page for page, shown in state.pages.items() if shows(shown, name, path)}
                pages |= found
                was_renamed |= bool(found) and name != key
    return _Stood(tuple(sorted(pages)), tuple(said), was_renamed)


def _was(texts: Texts, correction: Correction, field: RecordField | None) -> bool:
    """Say whether a release held what was wrong: of a long text, any wording but the present."""
    if not any(text.startswith(DIGESTED) for text in texts):
        return correction.was in texts
    return field is None or texts_of(field.value) != texts


def shows(shown: ShownTexts, key: str, path: str) -> bool:
    """Say whether a page shows a field; what a record is called stands wherever it is named."""
    is_name = path in NAMING or (key.startswith("source:") and "/" not in path)
    return is_shown(shown, key, path) or (is_name and is_shown(shown, key, NAME))


def check_corrections(site: Site) -> Iterator[Diagnostic]:
    """Yield corrections of no field, of a value that no release showed, and those not made.

    None where the site speaks for a day gone by: what came after it cannot be judged by that.
    """
    if site.clock.is_turned_back:
        return
    for correction in site.corrections.values():
        target = correction.target.partition("#")[0]
        is_there = target in site.names and not site.is_hidden(target)
        if correction.path is not None and is_there:
            yield from _check(site, correction, fields_of(site, target))


def _check(
    site: Site, correction: Correction, fields: Mapping[str, RecordField]
) -> Iterator[Diagnostic]:
    path = correction.path or ""
    field = fields.get(path)
    stood = _stood_on(site, site.releases.all(), correction, field)
    if field is None and not stood.said:
        yield _unknown_field(correction, fields)
    elif field is not None and _still_says(field.value, correction.was):
        yield Diagnostic(
            code=Code.CORRECTION_NOT_MADE,
            message=f"`{path}` of `{correction.target}` still says `{correction.was}`",
            span=place_in(correction, "now"),
            hint=f"write `{correction.now}` there, as the correction says",
        )
    elif not stood.pages:
        yield _unpublished(correction, stood.said)
    elif field is not None and not _says(field.value, correction.now, stood.said):
        says = _listed(texts_of(field.value))
        yield Diagnostic(
            code=Code.CORRECTION_NOT_MADE,
            message=f"`{path}` of `{correction.target}` does not say `{correction.now}`",
            span=correction.span,
            hint=f"it says {says}; write what is right there, or here as `now`",
        )


def _still_says(value: object, was: str) -> bool:
    """Say whether a field still holds what was wrong; a statement that is withdrawn may."""
    if isinstance(value, Markdown):
        return fold(was) in fold(value.text)
    standing = value
    if isinstance(value, tuple) and value and isinstance(value[0], Statement):
        standing = tuple(item for item in value if _stands(item))
    return was in texts_of(standing)


def _says(value: object, now: str, said: Texts) -> bool:
    """Say whether a field holds what a correction puts there, or did with a release since.

    Of a long text that cannot be said: what it quotes may be worded anew.
    """
    return isinstance(value, Markdown) or now in (*texts_of(value), *said)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(f"`{text}`" for text in texts if not text.startswith(DIGESTED))


def _stands(statement: Statement[Any]) -> bool:
    is_over = statement.status in {StatementStatus.SUPERSEDED, StatementStatus.WITHDRAWN}
    return not is_over and statement.rank is not Rank.DEPRECATED


def _unknown_field(correction: Correction, fields: Mapping[str, RecordField]) -> Diagnostic:
    guess = nearest(correction.path or "", fields)
    listed = ", ".join(sorted(fields)) or "nothing; name a record with fields, such as `org:ibm`"
    return Diagnostic(
        code=Code.UNKNOWN_FIELD,
        message=f"`{correction.path}` is no field of `{correction.target}`",
        span=place_in(correction, "field"),
        hint=f"did you mean `{guess}`?" if guess else f"it has {listed}",
    )


def _unpublished(correction: Correction, said: Sequence[str]) -> Diagnostic:
    listed = _listed(said)
    return Diagnostic(
        code=Code.UNPUBLISHED_VALUE,
        message=f"no release showed `{correction.was}` as `{correction.path}` of "
        f"`{correction.target}`",
        span=place_in(correction, "was"),
        hint=f"releases showed {listed}" if listed else Code.UNPUBLISHED_VALUE.hint,
    )
