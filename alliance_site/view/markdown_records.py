"""Records as Markdown: members and other organisations, objectives, alliances, comparisons.

Never: says what the page beside it does not.
"""

from collections.abc import Iterable, Iterator
from functools import partial

from alliance_site.view.comparison import comparison_view
from alliance_site.view.comparison_views import ComparisonView
from alliance_site.view.composer import Composer
from alliance_site.view.frame import Frame
from alliance_site.view.home import alliance_view
from alliance_site.view.markdown import TEMPLATE, MarkdownView, corrected, markdown_url
from alliance_site.view.objective import objective_view
from alliance_site.view.organization import organization_view
from alliance_site.view.page import Page
from alliance_site.view.pages import (
    AllianceView,
    CellView,
    DatedStatement,
    ObjectiveView,
    OrganizationView,
)
from alliance_site.view.parts import CitationFill, EventView, FactRow, StatedView, ValueView

Sections = Iterator[tuple[str, str]]


def record_pages(composer: Composer) -> Iterator[Page]:
    """Make the Markdown of records."""
    for key in composer.index.markdown_records:
        url = markdown_url(composer.routes.url(key))
        yield Page(url, TEMPLATE, partial(_record_view, composer, key))


def _checked(frame: Frame) -> str:
    """Say when what the page shows was last checked."""
    days = frame.meter.checked if frame.meter else ()
    return f"Checked on {' to '.join(day.text for day in days)}" if days else ""


def _record_view(composer: Composer, key: str) -> MarkdownView:
    site = composer.site
    prefix, _, name = key.partition(":")
    view: AllianceView | ComparisonView | ObjectiveView | OrganizationView
    if prefix == "alliance":
        view = alliance_view(composer, site.alliances[name])
        sections = _alliance(view)
    elif prefix == "comparison":
        view = comparison_view(composer, site.comparisons[name])
        sections = _comparison(view)
    elif prefix == "objective":
        view = objective_view(composer, site.objectives[name])
        sections = _objective(view)
    else:
        view = organization_view(composer, site.organizations[name])
        sections = _organization(view)
    return MarkdownView(
        title=view.frame.title,
        canonical=view.frame.canonical,
        about=_checked(view.frame),
        sections=tuple(
            section for section in (*sections, corrected(view.frame.notices)) if section[1]
        ),
        sources=view.sources,
    )


def _organization(view: OrganizationView) -> Sections:
    yield "", view.summary.text
    yield "Key facts", _facts(view.facts)
    yield (
        "Alliances",
        "\n".join(
            f"- {item.alliance.text}: {item.role}{_cited(item.citations)}"
            + (f", from {_stated(item.start)}" if item.start else "")
            + (f", until {_stated(item.end)}" if item.end else "")
            for item in view.memberships
        ),
    )
    for subject in view.subjects:
        yield f"How open: {subject.comparison.text}", _cells(subject.cells)
    yield "Said and done", _dated(view.notable)
    yield "On the timeline", _events(view.events)


def _objective(view: ObjectiveView) -> Sections:
    yield "Status", _stated(view.status)
    yield "Facts", _facts(view.facts)
    yield "What was done", _dated(view.deliverables)


def _alliance(view: AllianceView) -> Sections:
    yield "", view.summary.text
    yield "Key facts", _facts(view.facts)
    yield (
        "How many members",
        "\n".join(f"- {_value(item)}" for item in (view.sizes.headline, *view.sizes.others))
        if view.sizes
        else "",
    )
    yield (
        "Objectives",
        "\n".join(f"{item.number}. {item.title}: {item.status}" for item in view.objectives),
    )
    yield "Timeline", _events(view.events)


def _comparison(view: ComparisonView) -> Sections:
    yield "", view.question
    yield "", view.answer.text if view.answer else view.summary.text
    for item in view.notes:
        asked = f"{item.question}\n\n" if item.question else ""
        yield item.title, asked + _cells(item.cells)


def _facts(rows: Iterable[FactRow]) -> str:
    return "\n".join(f"- {row.label}: {_stated(row.value)}" for row in rows)


def _cells(cells: Iterable[CellView]) -> str:
    return "\n".join(f"- {cell.title}: {_stated(cell.value)}" for cell in cells)


def _dated(items: Iterable[DatedStatement]) -> str:
    return "\n".join(
        f"- {item.date.iso if item.date else 'No date'}: {item.text.text}{_cited(item.citations)}"
        for item in items
    )


def _events(items: Iterable[EventView]) -> str:
    return "\n".join(
        f"- {item.date.iso}: {item.title}. {item.text.text}{_cited(item.citations)}"
        for item in items
    )


def _stated(stated: StatedView) -> str:
    said = "; others say ".join(_value(item) for item in (stated.headline, *stated.others))
    return said.replace("\n", " ")


def _value(value: ValueView) -> str:
    remarks = [value.status, value.basis, f"as of {value.since.iso}" if value.since else ""]
    remarks += ["no source"] if value.is_unsourced else []
    kept = ", ".join(item for item in remarks if item)
    note = f" – {value.note.text}" if value.note and value.note.text else ""
    return f"{value.text}{_cited(value.citations)}{f' ({kept})' if kept else ''}{note}"


def _cited(citations: CitationFill | None) -> str:
    return "".join(f"[^s{mark.number}]" for mark in citations.marks) if citations else ""
