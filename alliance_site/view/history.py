"""What changed, in words: a change, a record's history, the notice of a correction.

Never: decides which page shows it; makes an address.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from alliance_site.model import ChangeKind, Site, Texts, ValueChange
from alliance_site.model.records import Correction
from alliance_site.plain import Plain
from alliance_site.view.jsonld import Entry, without_gaps
from alliance_site.view.labels import field_label, record_link_text, value_text
from alliance_site.view.parts import DateView
from alliance_site.view.past import RecordStep
from alliance_site.view.words import date_view

GROUP_TITLES = {
    ChangeKind.MEMBER: "Members",
    ChangeKind.STATUS: "Statuses of objectives",
    ChangeKind.CELL: "Answers in comparisons",
    ChangeKind.FIGURE: "Figures",
    ChangeKind.RECORD: "Records",
    ChangeKind.VALUE: "Other values",
    ChangeKind.TEXT: "Texts",
}


class ChangeLine(Plain, frozen=True):
    """One change: which field, what it said, what it says; both empty for a text reworded."""

    label: str
    was: str
    now: str


class HistoryLine(Plain, frozen=True):
    """What changed in a record with one release; `url` leads to the release."""

    date: DateView
    url: str
    is_first: bool
    changes: tuple[ChangeLine, ...]


class NoticeView(Plain, frozen=True):
    """A correction of something that the page once said; `url` leads to the whole of it."""

    date: DateView
    label: str
    was: str
    now: str
    reason: str
    found_by: str
    url: str


def notice_view(site: Site, correction: Correction, url: str, reason: str) -> NoticeView:
    """Say what a correction mends."""
    label = record_link_text(site, correction.target.partition("#")[0])
    if correction.path is not None:
        label = f"{label}, {correction_label(site, correction)}"
    was, now = said(site, correction)
    day = date_view(correction.date, site.settings.language)
    return NoticeView(day, label, was, now, reason, correction.found_by, url)


def correction_label(site: Site, correction: Correction) -> str:
    """Say in words which field a correction mends; empty where it names none."""
    target = correction.target.partition("#")[0]
    return field_label(site, target, correction.path) if correction.path is not None else ""


def said(site: Site, correction: Correction) -> tuple[str, str]:
    """Return what it said and what it says, as readers see them."""
    target, path = correction.target.partition("#")[0], correction.path
    both = correction.was, correction.now
    if path is None:
        return both
    was, now = (value_text(site, target, path, text) or text for text in both)
    return was, now


def correction_comment(notice: NoticeView, url: str) -> Entry:
    """Describe a correction. Source: schema.org CorrectionComment.

    Args:
        notice: The correction.
        url: The whole address of its entry on the page of corrections.
    """
    text = f"{notice.label}. It said: {notice.was}. It says: {notice.now}. {notice.reason}"
    found_by = f" Found by: {notice.found_by}." if notice.found_by else ""
    return without_gaps(
        {
            "@type": "CorrectionComment",
            "datePublished": notice.date.iso,
            "text": f"{text}{found_by}",
            "url": url,
        }
    )


def history_line(site: Site, step: RecordStep, changes_url: str) -> HistoryLine:
    """Say what a release changed in a record."""
    lines = tuple(change_lines(site, without_updates(step.changes)))
    day = date_view(step.date, site.settings.language)
    return HistoryLine(day, f"{changes_url}#release-{step.release}", step.is_first, lines)


def change_lines(site: Site, changes: Iterable[ValueChange]) -> Iterator[ChangeLine]:
    """Say what changed in one record with one release; its texts together."""
    texts: dict[str, list[str]] = {}
    for change in changes:
        if change.kind is ChangeKind.TEXT:
            label = field_label(site, change.key, change.path)
            texts.setdefault(_text_verb(change), []).append(label)
        else:
            yield change_line(site, change)
    for verb, labels in texts.items():
        first, *others = labels
        together = ", ".join((first, *(_within(label) for label in others)))
        yield ChangeLine(f"{together} {verb}", "", "")


def without_updates(changes: Iterable[ValueChange]) -> tuple[ValueChange, ...]:
    """Leave out that an article was updated where it is told what was; a release has a date."""
    changes = tuple(changes)
    count = Counter(item.key for item in changes)
    return tuple(
        item
        for item in changes
        if not (item.key.startswith("article:") and item.path == "updated" and count[item.key] > 1)
    )


def _within(label: str) -> str:
    """Write a label as in the middle of a sentence; an abbreviation stays as it is."""
    return f"{label[0].lower()}{label[1:]}" if label[1:2].islower() else label


def _text_verb(change: ValueChange) -> str:
    return "reworded" if change.was and change.now else "added" if change.now else "taken out"


def change_line(site: Site, change: ValueChange) -> ChangeLine:
    """Say a change in words."""
    if change.kind is ChangeKind.RECORD:
        return ChangeLine("", "" if change.now else "was there", "new" if change.now else "gone")
    if change.kind is ChangeKind.MEMBER and not (change.was and change.now):
        return _membership_line(site, change)
    label = field_label(site, change.key, change.path)
    if change.kind is ChangeKind.TEXT:
        return ChangeLine(f"{label} {_text_verb(change)}", "", "")
    was, now = (_written(site, change, texts) for texts in (change.was, change.now))
    return ChangeLine(label, was, now)


def _membership_line(site: Site, change: ValueChange) -> ChangeLine:
    """Say who joined as what, who left when, and who is no longer listed."""
    alliance = site.names.get(f"alliance:{change.path.split('/')[1]}", "")
    said = _written(site, change, change.now or change.was)
    if change.path.endswith("/end_date"):
        verb = "left" if change.now else "has not left"
        return ChangeLine("", "", f"{verb} {alliance}, {said}")
    if change.now:
        return ChangeLine("", "", f"joined {alliance} as {said.lower()}")
    return ChangeLine("", "", f"no longer listed as {said.lower()} of {alliance}")


def _written(site: Site, change: ValueChange, texts: Texts) -> str:
    shown = (value_text(site, change.key, change.path, text) for text in texts)
    return " / ".join(text for text in shown if text)


def change_text(line: ChangeLine) -> str:
    """Write a change as plain text."""
    if not (line.was or line.now):
        return line.label
    what = f"{line.label}: " if line.label else ""
    if line.was and line.now:
        return f"{what}{line.was} → {line.now}" if line.label else line.now
    return f"{what}{line.now}" if line.now else f"{what}{line.was} → nothing"
