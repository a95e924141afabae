"""The tables to download, and the page that describes them.

One line an item; a list within a cell is joined by `; `; a missing value is the empty text.

Never: writes CSV or JSON (that is `render`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from alliance_site.model import Comparison, Quantity, evidence_of, headline, membership_in
from alliance_site.model.records import Basis, Evidence, Figure, Statement
from alliance_site.paths import UrlPath
from alliance_site.route import chart_ids
from alliance_site.view.cards import dek_of, facet_text
from alliance_site.view.chart import table_name
from alliance_site.view.charts import all_charts, chart_table
from alliance_site.view.composer import Composer, words
from alliance_site.view.packages import package_tables, package_url
from alliance_site.view.page import CSV, JSON, Page, Table, TableSummary
from alliance_site.view.pages import DataFile, DataPackage, DataView
from alliance_site.view.parts import Link
from alliance_site.view.structured import dataset, described


def table_pages(composer: Composer) -> Iterator[Page]:
    """Make every table, as CSV and as JSON; each is put together once for both."""
    yield from _in_both_forms(composer, _makers(composer))


def _in_both_forms(composer: Composer, makers: Mapping[str, Callable[[], Table]]) -> Iterator[Page]:
    for name, make in sorted(makers.items()):
        both = partial(composer.index.ask_in_turn, f"table {name}", make)
        for ending, form in (("csv", CSV), ("json", JSON)):
            yield Page(UrlPath(f"/data/{name}.{ending}"), form, both)


def package_table_pages(composer: Composer) -> Iterator[Page]:
    """Make the tables of data packages, as CSV and as JSON."""
    yield from _in_both_forms(composer, package_tables(composer))


def _both_forms(table: Table) -> Iterator[Page]:
    for ending, form in (("csv", CSV), ("json", JSON)):
        url = UrlPath(f"/data/{table.name}.{ending}")
        yield Page(url, form, partial(_itself, table))


def chart_table_pages(composer: Composer) -> Iterator[Page]:
    """Make the numbers of every chart that the site has enough for, as CSV and as JSON."""
    for chart in sorted(all_charts(composer), key=lambda item: item.id):
        yield from _both_forms(chart_table(chart))


def _itself(table: Table) -> Table:
    return table


def _makers(composer: Composer) -> dict[str, Callable[[], Table]]:
    makers: dict[str, Callable[[], Table]] = {
        name: partial(make, composer) for name, make in _TABLES.items()
    }
    for comparison in composer.site.comparisons:
        makers[f"criteria-{comparison}"] = partial(_criteria, composer, comparison)
        makers[f"cells-{comparison}"] = partial(_cells, composer, comparison)
    return makers


def data_view(composer: Composer, tables: Sequence[TableSummary]) -> DataView:
    """Make the view of the page that lists the tables."""
    dek = (
        "Every table of this site as CSV (UTF-8, comma, header row) and JSON, for any use under "
        "the licence."
    )

    def link(table: TableSummary, ending: str) -> Link:
        return Link(ending.upper(), composer.path(UrlPath(f"/data/{table.name}.{ending}")))

    comparisons = composer.site.comparisons.values()
    attributions = [item.file.attribution for item in composer.site.comparisons.values()]
    view = DataView(
        frame=composer.frame(
            "page:data", "data", "Data", dek, section="page:data", has_entries=True
        ),
        dek=dek,
        files=tuple(
            DataFile(
                name=table.name,
                description=table.description,
                receipt=_receipt_of_chart(composer, table.name),
                rows=composer.counted(table.rows, "row", "rows"),
                columns=table.columns,
                csv=link(table, "csv"),
                json=link(table, "json"),
            )
            for table in tables
            if "/" not in table.name
        ),
        packages=tuple(_package(composer, item, tables) for item in comparisons),
        attributions=tuple(item for item in attributions if item),
        charts=composer.link("page:charts"),
    )
    links = [link for file in view.files for link in (file.csv, file.json)]
    name = f"{composer.site.settings.title}: data"
    return described(composer, view, dataset(composer, "page:data", name, dek, links, ""))


def _receipt_of_chart(composer: Composer, table: str) -> str:
    """Return the receipt of the chart whose numbers a table holds, or nothing."""
    charts = (chart for chart in chart_ids(composer.site) if table_name(chart) == table)
    chart = next(charts, None)
    return composer.receipt(f"chart/{chart}") if chart else ""


def _package(
    composer: Composer, comparison: Comparison, tables: Sequence[TableSummary]
) -> DataPackage:
    """List the tables of a comparison that refer to each other."""
    composer.names(f"comparison:{comparison.id}")
    folder = f"{comparison.id}/"
    return DataPackage(
        title=comparison.file.title,
        description=Link("datapackage.json", composer.path(package_url(comparison.id))),
        tables=tuple(
            Link(
                f"{table.name.removeprefix(folder)}.csv",
                composer.path(UrlPath(f"/data/{table.name}.csv")),
            )
            for table in tables
            if table.name.startswith(folder)
        ),
    )


def _table(name: str, description: str, columns: str, rows: Iterable[Sequence[Any]]) -> Table:
    return Table(
        name=name,
        description=description,
        columns=tuple(columns.split()),
        rows=tuple(
            # Most cells of a long table are texts already.
            tuple(item if type(item) is str else _text(item) for item in row)
            for row in rows
        ),
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _cited(evidence: Iterable[Evidence] | None) -> str:
    """Write evidence as `source[locator]`. Source: CLDF `Source` property."""
    return "; ".join(
        f"{item.source}[{item.locator}]" if item.locator else item.source for item in evidence or ()
    )


def _value(statements: Sequence[Any]) -> str:
    """Write a field's headline; an absence by its word."""
    first = headline(statements)
    if first is None:
        return ""
    return str(first.value if first.absence is None else first.absence)


def _organizations(composer: Composer) -> Table:
    return _table(
        "organizations",
        "Organisations: members and those compared with them.",
        "id name other_names classification sector country headquarters founding_date homepage "
        "summary contributes_to sources url",
        (
            (
                item.id,
                item.name,
                "; ".join(other.name for other in item.other_names),
                _value(item.classification),
                _value(item.sector),
                _value(item.country),
                _value(item.headquarters),
                _value(item.founding_date),
                _value(item.homepage),
                composer.text(item.summary),
                "; ".join(item.contributes_to),
                _cited(item.evidence),
                composer.absolute(composer.url(f"org:{item.id}")),
            )
            for item in composer.site.organizations.values()
        ),
    )


def _members(composer: Composer) -> Table:
    """Say of each member what the page of members says, in the same words."""
    return _table(
        "members",
        "The members of the site's alliance, as its page of members lists them.",
        "id name role kind sector country joined sources url",
        (
            (
                item.id,
                item.name,
                words(membership.role.value),
                facet_text(composer, item, "classification"),
                facet_text(composer, item, "sector"),
                facet_text(composer, item, "country"),
                _value(membership.start_date),
                _cited(dict.fromkeys((*membership.evidence, *item.evidence))),
                composer.absolute(composer.url(f"org:{item.id}")),
            )
            for item in composer.index.members
            if (membership := membership_in(composer.site, item)) is not None
        ),
    )


def _memberships(composer: Composer) -> Table:
    return _table(
        "memberships",
        "Who belongs to which alliance, in what role, from when.",
        "organization alliance role start_date end_date note sources",
        (
            (
                item.id,
                membership.alliance,
                membership.role.value,
                _value(membership.start_date),
                _value(membership.end_date),
                composer.text(membership.note) if membership.note else "",
                _cited(membership.evidence),
            )
            for item in composer.site.organizations.values()
            for membership in item.memberships
        ),
    )


def _notable(composer: Composer) -> Table:
    return _table(
        "notable-statements",
        "What organisations said and did, with date and source.",
        "organization date statement sources",
        (
            (item.id, notable.date, composer.text(notable.text), _cited(notable.evidence))
            for item in composer.site.organizations.values()
            for notable in item.notable
        ),
    )


def _objectives(composer: Composer) -> Table:
    return _table(
        "objectives",
        "The alliance's objectives and where they stand.",
        "id number title alliance first_seen last_seen status status_note sources",
        (
            (
                item.id,
                item.number,
                item.title,
                item.alliance,
                item.first_seen,
                item.last_seen,
                _value(item.status),
                _note(composer, item.status),
                _cited(item.evidence),
            )
            for item in composer.site.objectives.values()
        ),
    )


def _note(composer: Composer, statements: Sequence[Any]) -> str:
    first = headline(statements)
    return composer.text(first.note) if first is not None and first.note else ""


def _deliverables(composer: Composer) -> Table:
    return _table(
        "deliverables",
        "What was done towards each objective, with date and source.",
        "objective date kind what sources",
        (
            (item.id, done.date, done.kind, composer.text(done.title), _cited(done.evidence))
            for item in composer.site.objectives.values()
            for done in item.deliverables
        ),
    )


def _meters(composer: Composer) -> Table:
    return _table(
        "evidence-meter",
        "What the values of this site rest on, by kind; days are medians.",
        "kind values sourced percent archived independent derived self_reported basis_unstated "
        "days_since_checked days_since_newest_source due_for_review",
        (
            (
                title,
                meter.values,
                meter.sourced,
                f"{meter.percent:.2f}",
                meter.archived,
                *(meter.bases.get(basis, 0) for basis in (*_BASES, None)),
                meter.checked_days,
                meter.source_days,
                meter.stale,
            )
            for title, meter in composer.index.meters
        ),
    )


_BASES = (Basis.INDEPENDENT, Basis.DERIVED, Basis.SELF_REPORTED)


def _lineage(composer: Composer) -> Table:
    rows = [
        (
            item.set.alliance,
            item.set.id,
            item.set.date,
            traced.aim.id,
            traced.aim.title,
            traced.aim.objective,
            _value(traced.aim.fate) or ("kept" if traced.successors else ""),
            "; ".join(each.id for each in traced.successors),
            traced.first_seen,
            traced.last_seen,
            _note(composer, traced.aim.fate),
            _cited(item.set.evidence),
        )
        for _, sets in sorted(composer.index.lineages.items())
        for item in sets
        for traced in item.aims
    ]
    return _table(
        "objective-lineage",
        "The sets of aims over time, and what became of every aim in the next set.",
        "alliance set date aim title objective fate successors first_seen last_seen note sources",
        rows,
    )


def _sources(composer: Composer) -> Table:
    return _table(
        "sources",
        "Every source; the address is left out where it is only a copy's.",
        "id type kind title author publisher issued URL read licence note",
        (
            (
                item.id,
                item.type.value,
                item.kind.value,
                item.title,
                "; ".join(
                    name.literal or f"{name.family}, {name.given}".strip(", ")
                    for name in item.author
                ),
                item.publisher,
                item.issued,
                item.url if item.linkable else "",
                item.read.value,
                item.licence,
                composer.text(item.note) if item.note else "",
            )
            for item in composer.site.sources.values()
        ),
    )


def _events(composer: Composer) -> Table:
    return _table(
        "events",
        "The timeline.",
        "id date phase kind title text participants sources",
        (
            (
                item.id,
                item.date,
                item.phase,
                item.kind.value,
                item.title,
                composer.text(item.text),
                "; ".join(item.participants),
                _cited(item.evidence),
            )
            for item in composer.site.events.values()
        ),
    )


def _arguments(composer: Composer) -> Table:
    return _table(
        "arguments",
        "The debate: claims, by whom, and how well they stand.",
        "id topic side claim said_by statement strength strength_note sources",
        (
            (
                item.id,
                item.topic,
                item.side,
                item.claim,
                item.said_by,
                composer.text(item.statement),
                item.strength.level.value,
                composer.text(item.strength.note),
                _cited(item.evidence),
            )
            for item in composer.site.arguments.values()
        ),
    )


def _figures(composer: Composer) -> Table:
    def row(item: Figure, statement: Statement[Quantity]) -> tuple[Any, ...]:
        quantity = statement.value
        note = statement.note or item.note
        return (
            item.id,
            statement.id,
            item.label,
            quantity.number if quantity else "",
            quantity.qualifier if quantity else "",
            item.unit,
            item.date,
            statement.valid.from_,
            statement.valid.to,
            statement.recorded or item.recorded,
            statement.status.value,
            statement.basis.value if statement.basis else "",
            composer.text(note) if note else "",
            _cited(evidence_of(statement, item.evidence)),
        )

    return _table(
        "figures",
        "Numbers with unit, date and sources; of several statements the one printed first leads.",
        "id statement label value qualifier unit date valid_from valid_to recorded status basis "
        "note sources",
        (
            row(item, statement)
            for item in composer.site.figures.values()
            for statement in item.value
        ),
    )


def _articles(composer: Composer) -> Table:
    return _table(
        "articles",
        "The articles of this site.",
        "id kind title dek published updated topics about url",
        (
            (
                item.id,
                item.kind.value,
                item.title,
                dek_of(composer, item),
                item.published,
                item.updated,
                "; ".join(item.topics),
                "; ".join(item.about),
                composer.absolute(composer.url(f"article:{item.id}")),
            )
            for item in sorted(composer.index.articles, key=lambda item: item.id)
        ),
    )


def _corrections(composer: Composer) -> Table:
    return _table(
        "corrections",
        "What this site corrected.",
        "id date severity target was now reason found_by",
        (
            (
                item.id,
                item.date,
                item.severity.value,
                item.target,
                item.was,
                item.now,
                composer.text(item.reason),
                item.found_by,
            )
            for item in composer.site.corrections.values()
        ),
    )


def _credit(comparison: Comparison) -> str:
    return f" {comparison.file.attribution}" if comparison.file.attribution else ""


def _criteria(composer: Composer, comparison_id: str) -> Table:
    comparison = composer.site.comparisons[comparison_id]
    return _table(
        f"criteria-{comparison.id}",
        f"The criteria of “{comparison.file.title}”.{_credit(comparison)}",
        "id parent title question editions",
        (
            (item.id, item.parent, item.title, _question(item), "; ".join(item.editions))
            for item in comparison.criteria
        ),
    )


def _question(criterion: Any) -> str:
    quoted = next((item.quote for item in criterion.evidence if item.quote), "")
    return criterion.question or quoted


def _cells(composer: Composer, comparison_id: str) -> Table:
    comparison = composer.site.comparisons[comparison_id]
    groups: dict[str, str] = {item.id: item.group for item in comparison.file.subjects}
    rows = []
    for (edition, subject, criterion), cell in sorted(comparison.cells.items()):
        for statement in cell.statements:
            behind = cell.evidence if statement.evidence is None else statement.evidence
            value = statement.value
            rows.append(
                (
                    edition,
                    subject,
                    groups[subject],
                    criterion,
                    "; ".join(value) if isinstance(value, tuple) else value,
                    comparison.points(criterion, value),
                    statement.absence or "",
                    statement.status.value,
                    statement.basis.value if statement.basis else "",
                    statement.valid.from_,
                    composer.text(statement.note) if statement.note else "",
                    _cited(behind),
                )
            )
    return _table(
        f"cells-{comparison.id}",
        f"Every answer of “{comparison.file.title}”.{_credit(comparison)}",
        "edition subject group criterion value points absence status basis date note sources",
        rows,
    )


_TABLES: Mapping[str, Callable[[Composer], Table]] = {
    "arguments": _arguments,
    "articles": _articles,
    "corrections": _corrections,
    "deliverables": _deliverables,
    "events": _events,
    "evidence-meter": _meters,
    "figures": _figures,
    "objective-lineage": _lineage,
    "members": _members,
    "memberships": _memberships,
    "notable-statements": _notable,
    "objectives": _objectives,
    "organizations": _organizations,
    "sources": _sources,
}
