"""Charts: what is drawn for which data, and the SVG of it in sight."""

from decimal import Decimal
from fractions import Fraction

import pytest

from alliance_site.chart import (
    LABEL_SIZE,
    Bar,
    Bars,
    Box,
    Bullet,
    Bullets,
    Course,
    Dot,
    DotPlot,
    DotRow,
    Form,
    Lane,
    Line,
    Lines,
    Part,
    Point,
    Scene,
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
    rounded_top,
)
from alliance_site.chart.placing import Scale, spread
from alliance_site.chart.scene import mirrored
from alliance_site.chart.svg import number, svg
from alliance_site.chart.text import shorten, width_of, wrap

NARROW, WIDE = 320.0, 720.0


def boxes(form: Form, width: float = WIDE) -> list[Box]:
    return [item for item in lay_out(form, width).items if isinstance(item, Box)]


def dots(form: Form, width: float = WIDE) -> list[Dot]:
    return [item for item in lay_out(form, width).items if isinstance(item, Dot)]


def texts(form: Form, width: float = WIDE) -> list[str]:
    return [item.text for item in lay_out(form, width).items if isinstance(item, Text)]


# The SVG


def test_bars_are_written_like_this() -> None:
    chart = Bars((Bar("Labs", Decimal(4), "4"), Bar("Towns", Decimal(1), "1")))
    assert draw(chart, "Most are labs", "Labs 4, towns 1.", layouts=["narrow"]) == (
        '<svg class="narrow" role="img" viewBox="0 0 320 48"><title>Most are labs</title>'
        "<desc>Labs 4, towns 1.</desc>"
        '<text class="label" x="0" y="17">Labs</text>'
        '<rect class="bar" x="55" y="4" width="250" height="16"/>'
        '<text class="value" x="311" y="17">4</text>'
        '<text class="label" x="0" y="41">Towns</text>'
        '<rect class="bar" x="55" y="28" width="62" height="16"/>'
        '<text class="value" x="123" y="41">1</text></svg>\n'
    )


def test_a_mark_has_a_shape_besides_its_colour() -> None:
    scene = Scene(40, 20, (Dot(10, 10, "open"), Dot(30, 10, "partly")))
    assert svg(scene, "wide", "T", "") == (
        '<svg class="wide" role="img" viewBox="0 0 40 20"><title>T</title>'
        '<circle class="dot open" cx="10" cy="10" r="6"/>'
        '<circle class="dot partly" cx="30" cy="10" r="6"/>'
        '<path class="half" d="M30 4A6 6 0 0 0 30 16z"/></svg>\n'
    )


def test_a_group_has_a_shape_that_no_answer_has() -> None:
    scene = Scene(
        40, 20, (Dot(10, 10, "square", 5), Dot(30, 10, "diamond"), Dot(9, 9, "diamond", 4))
    )
    assert svg(scene, "wide", "T", "").partition("</title>")[2] == (
        '<path class="dot square" d="M6 6h8v8h-8z"/>'
        '<path class="dot diamond" d="M24 10l6-6 6 6-6 6zM5 9l4-4 4 4-4 4z"/></svg>\n'
    )


def test_a_line_leads_from_each_value_of_a_slope_to_its_own_dot() -> None:
    ends = ((50, 60), (49, 10), (50, 90))
    slopes = (
        Slope(f"S{at}", Decimal(start), Decimal(end), str(start), str(end))
        for at, (start, end) in enumerate(ends)
    )
    scene = lay_out(Slopes("Then", "Now", tuple(slopes)), WIDE)
    leaders = [item for item in scene.items if isinstance(item, Line) and item.kind == "leader"]
    values = [item for item in scene.items if isinstance(item, Text) and item.kind == "value"]
    # What begins at one place is written once: only the ends are named.
    assert [item.text for item in values] == ["50", "49", "60", "10", "90"]
    dots = {round(item.y, 3) for item in scene.items if isinstance(item, Dot)}
    for line, value in zip(leaders, values, strict=True):
        assert round(line.points[0][1], 3) in dots
        assert line.points[1][1] == pytest.approx(value.y - 0.35 * LABEL_SIZE)


def test_a_value_is_written_beside_its_dot_where_others_stand_above_and_beneath() -> None:
    run = (Point(Decimal(2024), Decimal(50), "57"),)
    crowd = tuple(Point(Decimal(2024), Decimal(at)) for at in (40, 42, 58, 60))
    axis = (Tick(Decimal(0), "0"), Tick(Decimal(100), "100"))
    years = (Tick(Decimal(2023), "2023"), Tick(Decimal(2025), "2025"))
    courses = (Course("A", "", (run,), is_joined=False), Course("B", "other", (crowd,)))
    scene = lay_out(Lines(courses, years, axis), WIDE)
    (value,) = (item for item in scene.items if isinstance(item, Text) and item.text == "57")
    (dot,) = (
        item for item in scene.items if isinstance(item, Dot) and item.radius == 5 and not item.mark
    )
    assert value.x > dot.x + 10


def test_the_grid_is_one_path_beneath_all_else() -> None:
    dot = Dot(5, 5)
    grid = (Line(((0, 0), (9, 0)), "grid"), dot, Line(((0, 9), (9, 9)), "grid"))
    written = svg(Scene(9, 9, grid), "wide", "T", "")
    assert written.index('<path class="grid" d="M0 0 9 0M0 9 9 9"/>') < written.index("<circle")


def test_a_chart_has_no_ids_so_that_many_stand_on_one_page() -> None:
    chart = Bars((Bar("A", Decimal(1), "1"),))
    assert "id=" not in draw(chart, "T")


def test_text_is_escaped() -> None:
    chart = Bars((Bar("<b>&", Decimal(1), '"1"'),))
    written = draw(chart, "<script>", "&")
    assert "&lt;b&gt;&amp;</text>" in written
    assert "<title>&lt;script&gt;</title><desc>&amp;</desc>" in written
    assert "<b>" not in written
    assert "<script>" not in written


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (-0.2, "0"), (1.4, "1"), (99.6, "100")])
def test_lengths_are_whole_numbers(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_length_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="is no length"):
        number(value)


def test_a_page_read_from_the_right_has_a_chart_turned_round() -> None:
    scene = Scene(100, 20, (Text(0, 15, "Labs"), Box(50, 2, 20, 16), Dot(10, 10)))
    text, box, dot = mirrored(scene).items
    assert text == Text(100, 15, "Labs", anchor="end")
    assert box == Box(30, 2, 20, 16)
    assert dot == Dot(90, 10)


# Forms


def test_bars_begin_at_zero() -> None:
    first, second = boxes(Bars((Bar("A", Decimal(10), "10"), Bar("B", Decimal(5), "5"))))
    assert (first.x, first.width / second.width) == (second.x, 2)


def test_shares_fill_the_width_in_proportion() -> None:
    parts = (Part("Open", "open", 3), Part("Closed", "closed", 1), Part("Not known", "unknown", 0))
    first, second = boxes(Shares((Whole("A", "", parts),)))
    assert first.width == pytest.approx(3 * second.width)
    assert first.width + second.width == WIDE - 2  # and the gap between them


def test_a_count_too_wide_for_its_part_stands_beneath_it() -> None:
    parts = (Part("Open", "open", 199), Part("Closed", "closed", 1))
    scene = lay_out(Shares((Whole("A", "", parts),)), NARROW)
    box = next(item for item in scene.items if isinstance(item, Box))
    (one,) = (item for item in scene.items if isinstance(item, Text) and item.text == "1")
    assert one.y > box.y + box.height
    assert texts(Shares((Whole("A", "", parts),)))[-2:] == ["199", "1"]


def test_the_key_names_only_what_is_there() -> None:
    parts = (Part("Open", "open", 1), Part("Not known", "unknown", 0))
    assert texts(Shares((Whole("A", "1 answer", parts),)))[0] == "Open"
    assert "Not known" not in texts(Shares((Whole("A", "1 answer", parts),)))


def plot(*values: Decimal | None) -> DotPlot:
    series = (Series("One", "open"), Series("Other", "closed"))
    return DotPlot(
        series, (DotRow("Row", values),), (Tick(Decimal(0), "0%"), Tick(Decimal(100), "100%"))
    )


def test_two_dots_of_a_row_are_joined_by_a_line() -> None:
    scene = lay_out(plot(Decimal(100), Decimal(0)), WIDE)
    (line,) = (item for item in scene.items if isinstance(item, Line) and item.kind == "link")
    assert [x for x, _ in line.points] == sorted(
        dot.x for dot in dots(plot(Decimal(100), Decimal(0)))[2:]
    )


def test_a_dot_that_another_would_hide_is_larger() -> None:
    assert [(dot.mark, dot.radius) for dot in dots(plot(Decimal(50), Decimal(50)))[2:]] == [
        ("closed", 9),
        ("open", 6),
    ]


def test_a_value_that_is_not_known_has_no_dot() -> None:
    assert [dot.mark for dot in dots(plot(Decimal(50), None))[2:]] == ["open"]


def test_a_bullet_is_filled_as_far_as_it_was_done() -> None:
    chart = Bullets(
        (Bullet("Labs", Decimal(1), Decimal(4), "1 of 4"),), "Not measurable:", ("Trust",)
    )
    promised, done = boxes(chart)
    assert done.width == pytest.approx(promised.width / 4)
    assert texts(chart) == ["Labs", "1 of 4", "Not measurable:", "– Trust"]


def test_a_step_holds_its_value_until_the_next_point() -> None:
    run = (Point(Decimal(2023), Decimal(10)), Point(Decimal(2024), Decimal(20)))
    course = Course("Members", "", (run,), is_step=True)
    ticks = (Tick(Decimal(2023), "2023"), Tick(Decimal(2024), "2024"))
    scene = lay_out(Lines((course,), ticks, (Tick(Decimal(0), "0"), Tick(Decimal(20), "20"))), WIDE)
    (line,) = (item for item in scene.items if isinstance(item, Line) and item.kind == "series")
    (x, low), (other, still), (end, high) = line.points
    assert x < other == end
    assert low == still > high


def test_no_line_joins_what_a_break_parts() -> None:
    runs = ((Point(Decimal(2023), Decimal(10)),), (Point(Decimal(2024), Decimal(20)),))
    scene = lay_out(Lines((Course("A", "", runs),), (), (Tick(Decimal(20), "20"),)), WIDE)
    assert not [item for item in scene.items if isinstance(item, Line) and item.kind == "series"]


def test_a_dot_of_a_strip_stands_at_its_date_however_many_there_are() -> None:
    lane = Lane("Release", tuple((Decimal(2024), "") for _ in range(30)))
    chart = Strip((lane,), (Tick(Decimal(2023), "2023"), Tick(Decimal(2025), "2025")))
    assert len({round(dot.x, 6) for dot in dots(chart)}) == 1
    assert len({round(dot.y, 6) for dot in dots(chart)}) == 30


def test_a_chart_that_is_too_tall_is_cut_after_a_line() -> None:
    chart = Bars(tuple(Bar(f"Kind {at}", Decimal(at), str(at)) for at in range(9, 0, -1)))
    scene, left_out = lay_out_top(chart, WIDE, 100)
    assert (scene.height, left_out) == (96, 5)


# Texts and places


def test_a_text_is_cut_with_an_ellipsis() -> None:
    assert shorten("Standards and benchmarks", 100) == "Standards an…"
    assert width_of("Standards an…") <= 100


def test_a_text_breaks_at_its_spaces_and_is_cut_in_its_last_line() -> None:
    assert wrap("one two three four five six", 70) == ("one two", "three fo…")


def test_a_wide_script_takes_more_room_than_latin() -> None:
    assert width_of("日本") > width_of("no")
    assert width_of("e\N{COMBINING ACUTE ACCENT}") == width_of("e")


@pytest.mark.parametrize(
    ("largest", "top", "step"),
    [
        (Decimal(205), 250, 50),
        (Decimal(89), 100, 20),
        (Decimal(4), 4, 1),
        (Decimal("0.7"), "0.8", "0.2"),
        (Decimal(0), 1, 1),
    ],
)
def test_an_axis_ends_at_a_round_number(largest: Decimal, top: str, step: str) -> None:
    assert rounded_top(largest) == (Decimal(top), Decimal(step))


def test_labels_are_moved_apart_and_keep_their_order() -> None:
    assert spread([10, 11, 50], [10, 10, 10], 0, 60) == (10, 20, 50)
    assert spread([58, 59], [10, 10], 0, 60) == (45, 55)


def test_labels_that_have_no_room_share_it_evenly() -> None:
    assert spread([1, 2, 3], [10, 10, 10], 0, 15) == (2.5, 7.5, 12.5)


def test_a_scale_ends_at_its_ends() -> None:
    scale = Scale(Decimal(0), Decimal(10), 0.0, 100.0)
    assert [scale(Decimal(value)) for value in (-5, 0, 5, 10, 50)] == [0, 0, 50, 100, 100]
    assert Scale(Decimal(1), Decimal(1), 7.0, 9.0)(Decimal(1)) == Fraction(7)
