"""Views → bytes: holes filled, everything escaped, tables written."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_site.prose import compile_prose
from alliance_site.render import Renderer, table_csv, table_json
from alliance_site.render.markup import block_html, citation_html, inline_html
from alliance_site.view import (
    CitationFill,
    CitationMark,
    FactFill,
    Fill,
    ImageFill,
    ImageSource,
    LinkFill,
    ProseView,
    Table,
    TextFill,
)

EVIL = "\"'><script>alert(1)</script>&"
SAFE = "&#34;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;"


def filled(text: str, *fills: Fill, is_body: bool = False) -> str:
    """Compile a text and fill its holes."""
    compiled = compile_prose(text, is_body=is_body)
    view = ProseView(compiled.key, fills, compiled.is_inline, "")
    return str(inline_html(view, {compiled.key: compiled}))


MARK = CitationMark(number=2, target="source-2", anchor="cite-2-1", locator="p. 3", title="A paper")


def test_a_link_is_filled_with_its_address() -> None:
    assert filled("[x](org:a)", LinkFill("/organizations/a/")) == (
        '<a href="/organizations/a/">x</a>'
    )


def test_a_fact_is_filled_with_its_value_for_machines() -> None:
    assert filled("{fact}`a`", FactFill("1,000", "1000", "")) == '<data value="1000">1,000</data>'


def test_a_fact_of_a_record_leads_there() -> None:
    assert filled("{fact}`a`", FactFill("1", "1", "/figures/#a")) == (
        '<a class="fact" href="/figures/#a"><data value="1">1</data></a>'
    )


def test_a_note_mark_leads_to_its_source_and_says_which() -> None:
    assert filled("It began [@a].", CitationFill((MARK,))) == (
        'It began<sup class="cite"><a href="#source-2" id="cite-2-1" '
        'aria-label="Source 2">2</a></sup>.'
    )


@pytest.mark.parametrize("marks", [None, CitationFill(())])
def test_no_marks_are_no_html(marks: CitationFill | None) -> None:
    assert citation_html(marks) == ""


def test_a_single_paragraph_gets_its_p_as_a_block_only() -> None:
    compiled = compile_prose("a", is_body=False)
    view = ProseView(compiled.key, (), is_inline=True, text="a")
    shelf = {compiled.key: compiled}
    assert (inline_html(view, shelf), block_html(view, shelf)) == ("a", "<p>a</p>")


@pytest.mark.parametrize(
    ("text", "fill"),
    [
        ("[x](org:a)", LinkFill(EVIL)),
        ("{fact}`a`", TextFill(EVIL)),
        ("{fact}`a`", FactFill(EVIL, EVIL, EVIL)),
        ("![a](/b)", ImageFill(EVIL, EVIL, 1, 1, EVIL, (ImageSource(EVIL, EVIL),))),
        ("[@a]", CitationFill((CitationMark(1, EVIL, EVIL, EVIL, EVIL),))),
    ],
)
def test_whatever_fills_a_hole_is_escaped(text: str, fill: Fill) -> None:
    found = filled(text, fill)
    assert SAFE in found
    assert "<script" not in found


def test_an_image_stands_with_its_size_and_its_words() -> None:
    fill = ImageFill("/a.gif", "a map", 60, 40)
    assert filled("![a map](/a.gif)", fill) == (
        '<img src="/a.gif" width="60" height="40" alt="a map" loading="lazy" decoding="async">'
    )


def test_an_image_without_pixels_has_no_size() -> None:
    assert filled("![a map](/a.svg)", ImageFill("/a.svg", "a map")) == (
        '<img src="/a.svg" alt="a map" loading="lazy" decoding="async">'
    )


def test_a_picture_lists_its_sources_before_the_image_for_all_others() -> None:
    sources = (ImageSource("image/avif", "/a.avif 480w"), ImageSource("image/webp", "/a.webp 9w"))
    assert filled("![a](/a.jpg)", ImageFill("/a.jpg", "a", 6, 4, "50vw", sources)) == (
        '<picture><source type="image/avif" srcset="/a.avif 480w" sizes="50vw">'
        '<source type="image/webp" srcset="/a.webp 9w" sizes="50vw">'
        '<img src="/a.jpg" width="6" height="4" alt="a" loading="lazy" decoding="async"></picture>'
    )


def test_fewer_fills_than_holes_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        filled("[@a] [@b]", CitationFill((MARK,)))


# Templates


def rendered(text: str, view: object = None, **more: str) -> tuple[str, list[tuple[str, str, int]]]:
    """Render a template; return the page, and code, file and line of what is wrong."""
    templates = {"page.html": text, **{f"{name}.html": item for name, item in more.items()}}
    paths = {name: f"templates/{name}" for name in templates}
    data, faults = Renderer(templates, paths, {}).render("page.html", view)
    return data.decode(), [(item.code.value, item.span.path, item.span.line) for item in faults]


def test_a_template_sees_its_view_and_escapes_it() -> None:
    assert rendered("<p>{{ view.text }}</p>", TextFill(EVIL)) == (f"<p>{SAFE}</p>", [])


def test_blocks_leave_no_blank_lines() -> None:
    assert rendered("a\n  {% if view %}\nb\n  {% endif %}\n", view=True)[0] == "a\nb\n"


@pytest.mark.parametrize(
    "text",
    [
        "\n{{ view.nothing }}",
        "\n{{ nothing }}",
        "\n{{ view.text.text }}",
        "\n{{ 1 / 0 }}",
        "\n{{ view.text + 1 }}",
        "\n{{ 'a'.encode('zzz') }}",
        "\n{{ [][0].x }}",
        "\n{% include 'nothing.html' %}",
    ],
)
def test_a_template_that_fails_is_reported_with_its_line(text: str) -> None:
    page, faults = rendered(text, TextFill("a"))
    assert (page, faults) == ("", [("template-failed", "templates/page.html", 2)])


def test_a_failure_is_reported_in_the_template_that_failed() -> None:
    _, faults = rendered("{% include 'part.html' %}", TextFill("a"), part="\n\n{{ view.b }}")
    assert faults == [("template-failed", "templates/part.html", 3)]


@pytest.mark.parametrize(
    "text", ["\n{{ view | shout }}", "\n{{ view | safe }}", "\n{{ [1] | random }}"]
)
def test_a_filter_that_is_not_there_is_reported_with_its_line(text: str) -> None:
    assert rendered(text)[1] == [("template-syntax", "templates/page.html", 2)]


@pytest.mark.parametrize("name", ["lipsum", "cycler", "joiner"])
def test_what_differs_from_time_to_time_has_no_place_in_a_page(name: str) -> None:
    assert rendered(f"{{{{ {name}() }}}}")[1][0][0] == "template-failed"


# Tables


TABLE = Table(
    "t",
    "d",
    ("id", "text"),
    (("1", 'a "b", c'), ("2", "two\nlines"), ("3", ""), ("4", "é <b>")),
)


def test_csv_is_quoted_where_it_must_be() -> None:
    assert table_csv(TABLE).decode() == ('id,text\n1,"a ""b"", c"\n2,"two\nlines"\n3,\n4,é <b>\n')


def test_json_is_one_object_a_line_and_null_where_nothing_is() -> None:
    assert table_json(TABLE).decode() == (
        '[\n{"id": "1", "text": "a \\"b\\", c"},\n{"id": "2", "text": "two\\nlines"},\n'
        '{"id": "3", "text": null},\n{"id": "4", "text": "é <b>"}\n]\n'
    )


def test_a_table_without_rows_is_still_a_table() -> None:
    empty = Table("t", "d", ("id",), ())
    assert table_csv(empty) == b"id\n"
    assert json.loads(table_json(empty)) == []


cells = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.tuples(cells, cells), max_size=4))
def test_tables_are_read_as_they_were_written(rows: list[tuple[str, str]]) -> None:
    table = Table("t", "d", ("a", "b"), tuple(rows))
    back = list(csv.reader(io.StringIO(table_csv(table).decode(), newline="")))
    assert back == [["a", "b"], *map(list, rows)]
    objects = json.loads(table_json(table))
    assert [(item["a"] or "", item["b"] or "") for item in objects] == rows
