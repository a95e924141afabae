"""Charts of any data: finite, inside the drawing, readable, the same each time."""

from decimal import Decimal
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alliance_site.chart import (
    LAYOUTS,
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
    Text,
    Tick,
    Whole,
    draw,
    lay_out,
    lay_out_top,
)
from alliance_site.chart.scene import extent_of

LONG = "The Institute for the Very Long Study of Names that Nobody Would Put on a Card " * 4
LONGEST_WORD = "Donaudampfschifffahrtsgesellschaftskapitän" * 3
names = st.one_of(
    st.text(
        st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Co"), blacklist_characters="￾"),
        max_size=30,
    ),
    st.sampled_from([LONG, LONGEST_WORD, "مؤسسة الابتكار التكنولوجي", "日本電信電話株式会社", ""]),
)
values = st.decimals(0, 100_000, places=1)
times = st.decimals(1950, 2050, places=2)
marks = st.sampled_from(["", "open", "partly", "closed", "unknown", "na", "ring", "other"])
shares = st.decimals(0, 100, places=0)
SIXTY = 60
axis = tuple(Tick(Decimal(at), f"{at}%") for at in (0, 50, 100))
years = st.lists(times, max_size=8, unique=True).map(
    lambda found: tuple(Tick(at, str(at)) for at in sorted(found))
)
points = st.builds(Point, times, values, st.sampled_from(["", "5", "more than 200"]), st.booleans())
runs = st.lists(
    st.lists(points, max_size=5).map(lambda run: tuple(sorted(run, key=lambda item: item.x))),
    max_size=3,
).map(tuple)
courses = st.lists(
    st.builds(Course, names, marks, runs, st.booleans(), st.booleans()), max_size=12
).map(tuple)
series = st.lists(st.builds(Series, names, marks), max_size=3).map(tuple)
breaks = st.lists(st.builds(Break, times, names), max_size=2).map(tuple)


def listed(item: st.SearchStrategy, most: int = SIXTY) -> st.SearchStrategy:
    return st.lists(item, max_size=most).map(tuple)


forms: dict[str, st.SearchStrategy[Form]] = {
    "bars": st.builds(Bars, listed(st.builds(Bar, names, values, values.map(str)))),
    "shares": st.builds(
        Shares,
        listed(
            st.builds(
                Whole,
                names,
                st.just("120 answers"),
                listed(st.builds(Part, names, marks, st.integers(0, 5000)), 6),
            ),
            12,
        ),
    ),
    "dot plot": st.builds(
        DotPlot,
        st.just((Series("One", "open"), Series("Other", "closed"))),
        listed(
            st.builds(DotRow, names, st.tuples(st.none() | shares, st.none() | shares)),
        ),
        st.just(axis),
    ),
    "ranges": st.builds(
        Ranges,
        listed(st.builds(Range, names, shares, shares, shares, names)),
        st.just(axis),
    ),
    "bullets": st.builds(
        Bullets, listed(st.builds(Bullet, names, values, values, names)), names, listed(names, 5)
    ),
    "lines": st.builds(Lines, courses, years, st.just(axis), breaks),
    "multiples": st.builds(
        Multiples, courses, years, st.just(Tick(Decimal(100_000), "most")), breaks, series
    ),
    "slopes": st.builds(
        Slopes,
        names,
        names,
        listed(st.builds(Slope, names, values, values, shares.map(str), shares.map(str), marks)),
        series,
    ),
    "strip": st.builds(
        Strip,
        listed(st.builds(Lane, names, listed(st.tuples(times, marks), 20)), 10),
        years,
        st.lists(st.builds(Tick, times, names), max_size=3).map(tuple),
    ),
    "matrix": st.builds(
        Matrix, listed(names, 6), listed(st.builds(MatrixLine, names, listed(marks, 6)))
    ),
}
any_form = st.one_of(*forms.values())
widths = st.sampled_from([*LAYOUTS.values(), 700.0])


@given(any_form, widths)
@example(
    # Two values on one place at the foot of the drawing: no room for the other beneath it.
    Lines((Course("", "", ((Point(Decimal(1950), Decimal(0), "5"),) * 2,)),), (), axis),
    320.0,
)
def test_everything_is_inside_the_drawing(form: Form, width: float) -> None:
    scene = lay_out(form, width)
    for item in scene.items:
        left, top, right, bottom = extent_of(item)
        assert left >= -1, item
        assert top >= -1, item
        assert right <= width + 1, item
        assert bottom <= scene.height + 1, item


@given(any_form, names, names)
def test_a_drawing_is_well_formed_and_says_no_nonsense(
    form: Form, title: str, description: str
) -> None:
    written = draw(form, title, description)
    for line in ET.fromstring(f"<div>{written}</div>"):  # noqa: S314 - of our own making
        assert line.attrib["role"] == "img"
        assert (line[0].tag, line[0].text or "") == ("title", title)
    assert "nan" not in written.partition("<title>")[0].lower()
    assert draw(form, title, description) == written


# Which layouts promise that labels never meet: all but panels and lines, where values stand at
# their dots; there the writer leaves out a value that would lie on another.
APART = ["bars", "dot plot", "matrix", "shares", "slopes"]


@pytest.mark.parametrize("name", APART)
@given(data=st.data(), width=st.sampled_from([*LAYOUTS.values()]))
def test_labels_do_not_overlap(name: str, data: st.DataObject, width: float) -> None:
    form = data.draw(forms[name])
    shown = [item for item in lay_out(form, width).items if isinstance(item, Text) and item.text]
    for one, other in combinations(shown[:80], 2):
        assert not overlap(one, other), (one, other)


def overlap(one: Text, other: Text) -> bool:
    first, second = extent_of(one), extent_of(other)
    across = min(first[2], second[2]) - max(first[0], second[0])
    down = min(first[3], second[3]) - max(first[1], second[1])
    return across > 1 and down > 1


@given(any_form, st.floats(40, 400))
def test_what_is_cut_to_a_height_has_a_line_left(form: Form, height: float) -> None:
    scene, left_out = lay_out_top(form, 700, height)
    assert left_out >= 0
    assert scene.height <= height or left_out == 0 or scene.items
