"""One page of all components of the theme, each in its states.

`python -m tests.browser.component_page FOLDER` writes it for the eye; the browser tests look at
the same page. A state is a call of the macro, as a template would write it, and the value `v` that
the call is handed. All that is said is made up of what it is about.
"""

import sys
from collections.abc import Mapping
from decimal import Decimal
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from msgspec.structs import replace

from alliance_site.chart import (
    Bar,
    Bars,
    Break,
    Bullet,
    Bullets,
    Course,
    DotPlot,
    DotRow,
    Form,
    Lane,
    Lines,
    Matrix,
    MatrixLine,
    Multiples,
    Part,
    Point,
    Range,
    Ranges,
    Series,
    Shares,
    Slope,
    Slopes,
    Strip,
    Tick,
    Whole,
)
from alliance_site.prose import Prose, compile_prose
from alliance_site.render import Renderer
from alliance_site.view import ChartView, ProseView
from alliance_site.view.parts import (
    CitationFill,
    CitationMark,
    DateView,
    Link,
    QuoteView,
    StatedView,
    ValueView,
)
from tests.browser.stress_site import LONG_NAME, LONG_QUESTION, RIGHT_TO_LEFT
from tests.small_pages import view_at

ROOT = Path(__file__).parents[2]
STYLES = "components.css"

_SHELF: dict[str, Prose] = {}


class State(NamedTuple):
    """A component in one of its states: its name, its call with `v` in a template, and that `v`.

    A component with a call block gives the block itself, from `{%` on.
    """

    title: str
    call: str
    value: Any = None


class Value(SimpleNamespace):
    """What a macro is handed; a number in it leads to its receipt where nothing else is said."""

    def __init__(self, **fields: Any) -> None:
        super().__init__(**{"receipt": "#main", **fields})


def prose(text: str) -> ProseView:
    """Compile a text, and keep what the page needs of it."""
    compiled = compile_prose(text, is_body=False)
    _SHELF[compiled.key] = compiled
    return ProseView(compiled.key, (), compiled.is_inline, text)


def link(text: str) -> Link:
    """Link nowhere else."""
    return Link(text, "#main")


def stated(*values: ValueView) -> StatedView:
    """State the first of some values, and that there are the others."""
    reason = "Shown first because it is the most recent." if values[1:] else ""
    return StatedView(values[0], values[1:], reason)


DAY, MONTH = DateView("2024-01-15", "15 January 2024"), DateView("2024-02", "February 2024")
_PLACES = count(1)


def cited() -> CitationFill:
    """Cite the first source, from a place of its own."""
    anchor = f"cite-1-{next(_PLACES)}"
    return CitationFill((CitationMark(1, "source-1", anchor, "p. 3", "A paper"),))


PLAIN = ValueView(text="57")
FULL = ValueView(
    text="more than 50",
    url="#main",
    mark="partly",
    status="Disputed",
    basis="Self-reported",
    note=prose("The list holds *fewer* names."),
    since=DAY,
    until=MONTH,
    quotes=(
        QuoteView("more than fifty", "Found in the archived text"),
        QuoteView("almost sixty", "Not in the archived text", is_missing=True),
    ),
    stale_days="190",
)
UNKNOWN = ValueView(text="Not known", mark="unknown", is_unsourced=True)
MARKS = ("open", "partly", "closed", "unknown", "na")
CARD = Value(
    kind="Analysis",
    published=DAY,
    updated=None,
    url="#main",
    title="What was found",
    dek="In short.",
)
EVENT = Value(
    anchor="event",
    date=DAY,
    kind="Launch",
    title="The launch",
    text=prose("It began."),
    citations=None,
    participants=(link("Acme"), Link(LONG_NAME, "")),
)
CELL = Value(
    anchor="",
    url="#main",
    title="Weights",
    group="Release",
    value=stated(FULL, PLAIN),
    inherited_from=link("Release"),
    ratings=(Value(value="4 of 5", rater="A reader", date=DAY, note=prose("Nearly.")),),
    reply=Value(
        by=link("Acme"), date=DAY, outcome="Accepted", text=prose("So it is."), citations=None
    ),
    review_by=MONTH,
    is_overdue=True,
)
BARE_CELL = Value(
    anchor="",
    url="",
    title=LONG_QUESTION,
    group="",
    value=stated(UNKNOWN),
    inherited_from=None,
    ratings=(),
    reply=None,
    review_by=None,
    is_overdue=False,
)
WHOLE = Value(
    title="Acme",
    url="#main",
    total=20,
    shares=[
        Value(text=mark.capitalize(), mark=mark, count=count, percent=str(count * 5))
        for mark, count in zip(MARKS, (8, 5, 4, 2, 1), strict=True)
    ],
)


def chart(name: str, form: Form) -> ChartView:
    """Put a form of chart into a chart."""
    return ChartView(
        id=name.replace(" ", "-"),
        title=f"What {name} find",
        subtitle="What is measured, its unit, January 2024",
        description=f"An example of {name}.",
        form=form,
        note="A remark on the numbers.",
        attribution="Data: the harbour office, CC BY 4.0.",
        columns=("Group", "Count"),
        rows=(("Labs", "4"), ("Towns", "1")),
        source=link("where each number names its source"),
        page="#main",
        receipt="/receipts/",
        csv="#main",
        is_mirrored=False,
    )


def charts() -> tuple[State, ...]:
    """Give a chart of every form."""
    percent = tuple(Tick(Decimal(at), f"{at}%") for at in (0, 50, 100))
    years = tuple(Tick(Decimal(at), str(at)) for at in (2023, 2024, 2025))
    pair = (Series("Inside", "open"), Series("Outside", "closed"))
    points = tuple(
        Point(Decimal(year), Decimal(value), str(value), is_least=value == most)
        for year, value, most in ((2023, 20, 90), (2024, 60, 90), (2025, 90, 90))
    )
    broken = Break(Decimal("2024.5"), "New questions")
    course = Course("Acme", "open", (points[:2], points[2:]))
    forms: dict[str, Form] = {
        "bars": Bars((Bar(LONG_NAME, Decimal(4), "4"), Bar(RIGHT_TO_LEFT, Decimal(1), "1"))),
        "shares": Shares(
            (
                Whole(
                    "Inside",
                    "25 answers",
                    tuple(Part(mark.capitalize(), mark, 5) for mark in MARKS),
                ),
            )
        ),
        "a dot plot": DotPlot(
            pair,
            (DotRow("Weights", (Decimal(80), Decimal(20))), DotRow("Data", (Decimal(40), None))),
            percent,
        ),
        "ranges": Ranges(
            (Range("Acme", Decimal(20), Decimal(40), Decimal(80), "40 (20 to 80)"),), percent
        ),
        "bullets": Bullets(
            (Bullet("Benchmarks", Decimal(2), Decimal(5), "2 of 5"),), "Not measurable:", ("Trust",)
        ),
        "lines": Lines((course,), years, percent, (broken,)),
        "multiples": Multiples((course, course), years, percent[-1], (broken,), pair),
        "slopes": Slopes(
            "2023",
            "2025",
            (
                Slope("Acme", Decimal(54), Decimal(31), "54", "31", "open"),
                Slope("Globex", Decimal(48), Decimal(35), "48", "35", "closed"),
            ),
            pair,
        ),
        "a strip": Strip(
            (Lane("Launch", ((Decimal("2023.9"), "open"), (Decimal("2024.1"), "closed"))),),
            years,
            (Tick(Decimal("2024.2"), "Announced"),),
        ),
        "a matrix": Matrix(
            ("Commons", LONG_NAME), (MatrixLine("Acme", ("open", "")), MatrixLine("B", ("", "na")))
        ),
    }
    return tuple(State(name, "chart(v, 4)", chart(name, form)) for name, form in forms.items())


def matrix() -> Value:
    """Give a table with every mark, a dispute and a long criterion."""
    cells = [
        Value(mark=mark, word=mark.capitalize(), url="#main", is_disputed=mark == "partly")
        for mark in MARKS
    ]
    empty = Value(mark="", word="", url="", is_disputed=False)
    return Value(
        anchor="table",
        caption="Five subjects by two criteria",
        groups=[Value(id="in", title="Inside", span=2), Value(id="out", title="Outside", span=3)],
        columns=[link(mark.capitalize()) for mark in MARKS],
        rows=[
            Value(heading="release", head=link("Weights"), cells=cells),
            Value(heading="release", head=link(LONG_QUESTION), cells=[*cells[1:], empty]),
        ],
    )


def ranking() -> Value:
    """Give a ranking with a tie, unknown answers, another weighting and a gate."""
    row = Value(
        rank="1",
        shared=1,
        between="1–3",
        subject=link("Acme"),
        group="Inside",
        score="62.5",
        could_be="60–70",
        low="60",
        high="70",
        parts=("50",),
        weighed="",
        others=("2",),
    )
    last = Value(**{**vars(row), "rank": "–", "shared": 0, "between": "", "could_be": ""})
    return Value(
        anchor="ranking",
        title="January 2024",
        as_of=DAY,
        note=prose("Made for the tests."),
        citations=cited(),
        unit="points",
        rule="The mean of all answers.",
        maximum="100",
        columns=[Value(link=link("Release"), maximum="50")],
        rows=[row, last],
        has_unknown=True,
        weightings=[
            Value(title="Double", description=prose("Release counts double."), weights="2, 1")
        ],
        marks_receipt="#main",
        weightings_receipt="#main",
        classes=[
            Value(
                title="Open",
                description="All of it.",
                demands=[Value(needed=link("Weights"), at_least="Partly", substitutes=[link("B")])],
            )
        ],
        limits=[Value(text="Closed weights hold a score at 60.", subjects=(link("Acme"),))],
    )


def weighing() -> Value:
    """Give the form for weights of the reader's own."""
    return Value(
        ranking="ranking",
        mode="mean",
        denominator="1",
        digits=1,
        rounding="half-up",
        rank="competition",
        decimal=".",
        thousands=",",
        headings=[Value(id="release", title="Release", weight="2")],
    )


def lineage() -> list[Value]:
    """Give two sets of aims: one that is new and goes on, one that is dropped, one at the end."""
    aim = Value(
        anchor="aim",
        url="#main",
        title="Open models",
        carries_on=(),
        is_new=True,
        fate=stated(ValueView(text="Renamed")),
        successors=(link("Models for all"),),
        first_seen=DAY,
        last_seen=MONTH,
    )
    dropped = Value(**{**vars(aim), "anchor": "dropped", "url": "", "successors": ()})
    last = Value(
        **{**vars(aim), "anchor": "last", "carries_on": (link("Open models"),), "fate": None}
    )
    first = Value(
        anchor="first",
        date=DAY,
        title="The launch",
        source=stated(PLAIN),
        note=prose("As printed."),
        aims=[aim, dropped],
    )
    return [first, Value(**{**vars(first), "anchor": "second", "note": None, "aims": [last]})]


def source(number: int, **more: Any) -> Value:
    """Give an entry of the list of sources, of which little is known."""
    known = {
        "number": number,
        "anchor": f"source-{number}",
        "page_url": "#main",
        "title": "A paper",
        "medium": "",
        "authors": "",
        "container": "",
        "publisher": "",
        "issued": None,
        "doi": "",
        "url": "",
        "host": "",
        "kind": "",
        "reading": "",
        "locators": (),
        "backlinks": (),
    }
    return Value(**{**known, **more})


FULL_SOURCE = source(
    1,
    medium="Dataset",
    authors="A. Reader and others",
    container="Papers",
    publisher="A press",
    issued=MONTH,
    doi="10.1/x",
    url="https://paper.example/",
    host="paper.example",
    kind="primary",
    reading="read in full",
    locators=("p. 3", "p. 7"),
    backlinks=("cite-1-1",),
)
METER = Value(
    values="20",
    sourced="19",
    archived="4",
    independent="3",
    derived="2",
    self_reported="10",
    unstated="5",
    source_days="120",
    stale="",
    stale_days="",
)
GROUNDS = Value(
    printed=Value(**{**vars(METER), "values": "20"}),
    receipt="#main",
    computed="3",
    cited="12",
    archived="4",
    of_parties="5",
    others="7",
    cited_days="340",
)
CORRECTION = Value(
    anchor="correction",
    date=DAY,
    target=link("Acme"),
    severity="Factual",
    was="56",
    now="57",
    reason=prose("One name was missed."),
    found_by="A reader",
    label="Members",
    pages=(link("Home"), link("Acme")),
    gone=("/old/",),
)
ARGUMENT = Value(
    side="For open",
    claim="It can be inspected",
    said_by="Acme",
    statement=prose("Anybody can look."),
    citations=None,
    strength_note=prose("It holds on average."),
)
CHANGE = Value(
    earlier="2023",
    later="2024",
    reason=prose("The questions are new."),
    citations=cited(),
    universe="1 subject, 2 criteria in both.",
    names="3 only share a name.",
    maximum="2",
    rows=[Value(subject=link("Acme"), before="1", after="2", difference="+1")],
    criteria=(link("Weights"),),
)
OBJECTIVE = Value(
    number=1,
    url="#main",
    title="Shared measures",
    status="Under way",
    status_mark="partly",
    evidence_count=2,
    latest=DAY,
    status_note=prose("Begun."),
)
AIMS = "Contents and words of a heading"
FILTERS = [
    Value(
        title="Camp",
        links=[
            Value(url="#main", filter="group:in", is_current=True, text="Inside", count=2),
            Value(url="#main", filter="group:out", is_current=False, text="Outside", count=3),
        ],
    )
]


def states() -> Mapping[str, tuple[State, ...]]:
    """Give the states of every component, by its name."""
    undated = Value(
        date=None, kind="", text=prose("It said so."), citations=cited(), url="", host=""
    )
    said = Value(
        **{
            **vars(undated),
            "date": DAY,
            "kind": "Talk",
            "citations": None,
            "url": "#main",
            "host": "x.y",
        }
    )
    bare_source = source(2, title=LONG_NAME)
    rows = [Value(label=f"Field {place}", says="57") for place in range(13)]
    facts = [
        Value(label="Kind", value=stated(PLAIN)),
        Value(label="Sizes", value=stated(FULL, PLAIN)),
        Value(label="Sizes", value=stated(UNKNOWN)),
    ]
    headings = [Value(level=2, anchor="main", text=AIMS), Value(level=3, anchor="main", text="B")]
    lines = [
        Value(depth=0, is_heading=True, url="#main", title="Release", question="What is released?"),
        Value(depth=1, is_heading=False, url="#main", title="Weights", question=""),
    ]
    edition = Value(
        title="January 2024", as_of=DAY, newest=MONTH, bar=WHOLE, cells=[CELL, BARE_CELL]
    )
    cite = Value(text="The desk, “A page”, version of 2024.", bibtex="@misc{a}", csl_json="{}")
    return {
        "argument": tuple(
            State(grade, "argument(v)", Value(**vars(ARGUMENT), anchor=grade, strength=grade))
            for grade in ("strong", "medium", "weak")
        ),
        "article_list": (
            State(
                "one with a standfirst; one without, updated",
                "article_list(v, 4)",
                [CARD, Value(**{**vars(CARD), "title": LONG_NAME, "dek": "", "updated": DAY})],
            ),
        ),
        "bar": (State("every mark", 'bar(v, "Camp", "answers")', WHOLE),),
        "cells": (
            State("full and bare", 'cells(v, "in ")', [CELL, BARE_CELL]),
            State("with addresses", 'cells(v, "", at_home=true)', [BARE_CELL]),
            State("below a table", 'cells(v, "", about="Weights", back="main")', [BARE_CELL]),
        ),
        "checked": (
            State("on a day", "checked(v)", Value(checked=(DAY,))),
            State("on several", "checked(v)", Value(checked=(MONTH, DAY))),
        ),
        "changes": (
            State("with a break", "changes([v])", CHANGE),
            State(
                "nothing in common",
                "changes([v])",
                Value(
                    **{**vars(CHANGE), "reason": None, "rows": (), "criteria": (), "later": "2025"}
                ),
            ),
        ),
        "change": (
            State("from and to", "change(v)", Value(label="Members", was="56", now="57")),
            State("new", "change(v)", Value(label="Members", was="", now="57")),
        ),
        "chart": charts(),
        "cite_this": (State("a page", "cite_this(v)", cite),),
        "contents": (
            State(
                "two entries",
                "{% call contents() %}"
                '<li><a href="#main">One</a></li><li><a href="#main">Two</a></li>'
                "{% endcall %}",
            ),
        ),
        "correction": (State("all that is known", "correction(v, 4)", CORRECTION),),
        "criteria": (State("a heading and what it holds", "criteria(v)", lines),),
        "counts": (
            State(
                "every mark",
                "counts(v)",
                [
                    Value(mark=mark, text=mark.capitalize(), count=at)
                    for at, mark in enumerate(MARKS, 1)
                ],
            ),
        ),
        "date": (State("a day", "date(v)", DAY), State("a month", "date(v)", MONTH)),
        "dated": (State("with a date and without", "dated(v)", [said, undated]),),
        "edition": (State("a bar and cells", 'edition(v, "in ")', edition),),
        "embed": (State("a chart", 'embed("https://a.example/b/", "A chart", 560)'),),
        "events": (State("with participants", "events(v, 4, false)", [EVENT]),),
        "facts": (State("one value, several, none", "facts(v)", facts),),
        "filters": (
            State(
                "pages",
                "filters(v.items, '#main', v.whole)",
                Value(items=FILTERS, whole=Value(url="./")),
            ),
        ),
        "history": (
            State(
                "changed, and first published",
                "history(v)",
                [
                    Value(
                        url="#main",
                        date=MONTH,
                        is_first=False,
                        changes=[Value(label="Members", was="56", now="57")],
                    ),
                    Value(url="#main", date=DAY, is_first=True, changes=()),
                ],
            ),
        ),
        "legend": (
            State(
                "every mark",
                "legend(v)",
                [
                    Value(
                        mark=mark,
                        text=mark.capitalize(),
                        description="" if mark == "na" else "Met.",
                        points="1" if mark == "open" else "",
                    )
                    for mark in MARKS
                ],
            ),
        ),
        "grounds": (State("of a text", "grounds(v)", GROUNDS),),
        "lineage": (State("new, dropped, last", "lineage(v)", lineage()),),
        "links": (
            State("with an address and without", "links(v)", [link("Acme"), Link(LONG_NAME, "")]),
        ),
        "mark": tuple(State(mark, "mark(v, v)", mark) for mark in MARKS),
        "matrix": (State("every mark", "matrix(v, '#main')", matrix()),),
        "meter": (
            State("fresh", "meter(v)", METER),
            State("stale", "meter(v)", Value(**{**vars(METER), "stale": "2", "stale_days": "190"})),
        ),
        "newest": (State("a later month", "newest(v)", MONTH),),
        "notices": (
            State(
                "one correction",
                "notices([v])",
                Value(
                    date=DAY,
                    label="Members",
                    was="56",
                    now="57",
                    reason="One name was missed.",
                    found_by="A reader",
                    url="#main",
                ),
            ),
        ),
        "objective_list": (State("one", "objective_list([v], 4)", OBJECTIVE),),
        "page_head": (
            State(
                "on a page of its own",
                '{% call page_head("Theme", "All components") %}<p>In all states.</p>{% endcall %}',
            ),
        ),
        "pager": (State("both ways", "pager(v, v)", link(LONG_NAME)),),
        "ranking": (State("a tie, unknown answers, a gate", "ranking(v, none)", ranking()),),
        "receipt": (State("of a number", "receipt(v, '57')", "#main"),),
        "resting": (
            State(
                "a long record is folded, a longer one left to its page",
                "resting(v)",
                [
                    Value(record=link("Acme"), rows=rows, count=13, receipt="#main"),
                    Value(record=link("Globex"), rows=rows[:1], count=1, receipt="#main"),
                    Value(record=link("Initech"), rows=(), count=1200, receipt="#main"),
                ],
            ),
        ),
        "sources": (State("all known, little known", "sources(v)", [FULL_SOURCE, bare_source]),),
        "stated": (
            State("one", "stated(v)", stated(PLAIN)),
            State("disputed", 'stated(v, "names")', stated(FULL, PLAIN, UNKNOWN)),
        ),
        "tallies": (
            State(
                "one is current",
                "tallies(v)",
                [
                    Value(url="#main", is_current=True, text="Company", count=3),
                    Value(url="", is_current=False, text=LONG_NAME, count=1200, receipt="#main"),
                ],
            ),
        ),
        "toc": (State("two levels", 'toc(v, [("main", "Corrections")])', headings),),
        "value": (
            State("plain", "value(v)", PLAIN),
            State("with all", 'value(v, "names")', FULL),
            State("not known", "value(v)", UNKNOWN),
        ),
        "weighing": (State("as the script shows it", "weighing(v)", weighing()),),
    }


def component_page() -> str:
    """Write the page."""
    # The head of the page first, which is one of the components.
    by_name = dict(sorted(states().items(), key=lambda item: item[0] != "page_head"))
    values: list[Any] = []
    lines = ['{% extends "base.html" %}']
    lines += [f'{{% from "components/{name}.html" import {name} %}}' for name in by_name]
    lines.append("{% block main %}")
    for name, found in by_name.items():
        if name != "page_head":
            lines.append(f'<section class="wide"><h2 class="rubric">{name}</h2>')
        for state in found:
            values.append(state.value)
            call = state.call if state.call.startswith("{%") else f"{{{{ {state.call} }}}}"
            title = "" if name == "page_head" else f"<h3>{state.title}</h3>"
            lines.append(f"{title}{{% set v = view.values[{len(values) - 1}] %}}{call}")
        if name != "page_head":
            lines.append("</section>")
    lines.append("{% endblock %}")
    folder = ROOT / "templates"
    templates = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.html"))
    }
    frame = replace(
        view_at("/").frame,
        kind="components",
        title="All components",
        description="Every component of the theme, in its states.",
        root="./",
        stylesheet=STYLES,
        scripts=(),
        cite=None,
        meter=None,
        grounds=None,
    )
    renderer = Renderer({**templates, "components.html": "\n".join(lines)}, {}, _SHELF)
    page, faults = renderer.render("components.html", Value(frame=frame, values=values))
    assert faults == (), faults
    # The script shows this form.
    return page.decode().replace('<form class="weighing" hidden', '<form class="weighing"')


def write_component_page(folder: Path) -> None:
    """Write the page, all styles of the theme and its icon into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    styles = ROOT / "static/css"
    sheets = [styles / "tokens.css", styles / "base.css", *sorted(styles.glob("components/*.css"))]
    (folder / STYLES).write_text("".join(sheet.read_text("utf-8") for sheet in sheets), "utf-8")
    (folder / "favicon.svg").write_bytes((ROOT / "static/favicon.svg").read_bytes())
    (folder / "index.html").write_text(component_page(), "utf-8")


if __name__ == "__main__":
    write_component_page(Path(sys.argv[1]))
