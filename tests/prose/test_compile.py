"""Markdown → HTML with holes: what each thing an editor may write becomes."""

from html.parser import HTMLParser

import pytest

from alliance_site.prose import (
    Hole,
    HoleKind,
    Prose,
    compile_prose,
    dump_prose,
    load_prose,
    prose_key,
)


def body(text: str) -> Prose:
    return compile_prose(text, is_body=True)


def html(text: str) -> str:
    """Compile a body; a hole is shown as `{}`."""
    return "{}".join(body(text).parts)


def field(text: str) -> str:
    return "{}".join(compile_prose(text, is_body=False).parts)


def remarks(text: str) -> list[tuple[str, str]]:
    return [(item.code, item.needle) for item in body(text).remarks]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo", "<p>one\ntwo</p>\n"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>\n"),
        ("~~a~~", "<p><s>a</s></p>\n"),
        ("a  \nb", "<p>a<br />\nb</p>\n"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>\n'),
        ("---", "<hr />\n"),
        (r"\*a\* &amp; AT&T", "<p>*a* &amp; AT&amp;T</p>\n"),
        ("", ""),
    ],
)
def test_commonmark_is_understood(text: str, expected: str) -> None:
    assert html(text) == expected


def test_straight_quotes_stay_straight_and_bare_addresses_bare() -> None:
    assert html('"a" https://a.example') == "<p>&quot;a&quot; https://a.example</p>\n"


def test_a_field_of_one_paragraph_loses_its_p() -> None:
    compiled = compile_prose("a *b*", is_body=False)
    assert (compiled.parts, compiled.is_inline) == (("a <em>b</em>",), True)


def test_a_field_of_two_paragraphs_keeps_them() -> None:
    assert field("a\n\nb") == "<p>a</p>\n<p>b</p>\n"


def test_a_body_keeps_its_p() -> None:
    assert body("a").is_inline is False


# Tables, definition lists, footnotes


def test_a_table_can_be_scrolled_with_the_keyboard_and_is_named() -> None:
    found = html("|a|b|\n|-|-:|\n|1|2|\n")
    assert found.startswith(
        '<div class="scroll" role="region" aria-label="Table 1" tabindex="0"><table>'
    )
    assert '<th scope="col">a</th>\n<th scope="col" class="right">b</th>' in found
    assert '<td>1</td>\n<td class="right">2</td>' in found
    assert found.endswith("</table></div>\n")


def test_tables_are_numbered() -> None:
    table = "|a|\n|-|\n|1|\n\n"
    assert 'aria-label="Table 2"' in html(table * 2)
    assert 'aria-label="Table 2"' not in html(table)


def test_a_definition_list_is_understood() -> None:
    assert html("a\n: b\n") == "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n"


def test_a_footnote_leads_there_and_back() -> None:
    found = html("a[^x]\n\n[^x]: b\n")
    assert 'href="#fn1" id="fnref1"' in found
    assert 'id="fn1"' in found
    assert 'href="#fnref1"' in found


def test_a_field_has_no_footnotes() -> None:
    assert field("a[^x]\n\n[^x]: b c") == "<p>a[^x]</p>\n<p>[^x]: b c</p>\n"


# Headings


def anchors(text: str) -> list[str]:
    return [item.anchor for item in body(text).headings]


def test_headings_are_listed_with_level_and_text() -> None:
    (found,) = body("## The *big* `if`\n").headings
    assert (found.level, found.anchor, found.text) == (2, "the-big-if", "The big if")
    assert html("## The *big* `if`\n").startswith('<h2 id="the-big-if">')


def test_headings_of_one_text_get_numbers() -> None:
    assert anchors("## A\n\n## A\n\n## A\n") == ["a", "a-1", "a-2"]


def test_a_number_never_meets_a_heading_that_bears_it() -> None:
    assert anchors("## A\n\n## A 1\n\n## A\n") == ["a", "a-1", "a-2"]


@pytest.mark.parametrize("name", ["Sources", "Main", "Corrections", "Method", "Cite"])
def test_a_heading_never_takes_an_anchor_of_the_page(name: str) -> None:
    assert anchors(f"## {name}\n") == [f"{name.lower()}-1"]


@pytest.mark.parametrize("name", ["Source 1", "Cite 1-2", "fn1", "fnref2"])
def test_a_heading_never_takes_an_anchor_of_a_note(name: str) -> None:
    (anchor,) = anchors(f"## {name}\n")
    assert anchor.endswith("-1")
    assert anchor != name.lower().replace(" ", "-")


def test_marks_and_facts_are_no_part_of_a_headings_text() -> None:
    (found,) = body("## {fact}`count/members` members [@a]\n").headings
    assert (found.anchor, found.text) == ("members", "members")


# Code


def test_code_in_a_known_language_is_coloured_by_class() -> None:
    found = html("```python\nx = 1\n```\n")
    assert found.startswith('<pre class="code" tabindex="0"><code class="language-python">')
    assert '<span class="n">x</span>' in found
    assert "style=" not in found


def test_code_in_an_unknown_language_stays_plain_and_is_remarked() -> None:
    assert ">x &lt; 1\n</code>" in html("```pyton\nx < 1\n```\n")
    assert remarks("```pyton\nx\n```\n") == [("unknown-language", "pyton")]


def test_code_without_a_language_stays_plain_without_a_remark() -> None:
    text = "```\n<b>\n```\n\n    <i>\n"
    assert html(text).count("&lt;") == 2
    assert remarks(text) == []


# Figures and callouts


def test_a_lone_image_with_a_title_is_a_figure_with_a_caption() -> None:
    expected = (
        '<figure><img src="https://c.example/map.png" alt="a map" loading="lazy">'
        "<figcaption>The map</figcaption></figure>\n"
    )
    assert html('![a map](https://c.example/map.png "The map")') == expected


def test_a_caption_and_the_words_for_an_image_are_text() -> None:
    expected = (
        '<img src="https://c.example/m.png" alt="&lt;i&gt;" loading="lazy">'
        "<figcaption>&lt;b&gt; &amp;</figcaption>"
    )
    assert expected in html('![\\<i>](https://c.example/m.png "<b> &")')


def test_an_image_of_the_site_is_a_hole_with_its_words_and_its_caption_stays() -> None:
    found = body('![a map](/map.png "The map")\n\nSee ![a <b>](</a b.png>).')
    assert [(item.kind.value, *item.arguments) for item in found.holes] == [
        ("image", "/map.png", "a map", "figure"),
        ("image", "/a%20b.png", "a <b>", ""),
    ]
    assert found.parts[0] == "<figure>"
    assert found.parts[1].startswith("<figcaption>The map</figcaption></figure>")


def test_a_caption_links_cites_and_prints_facts() -> None:
    text = (
        "![a](/m.png 'By [Ann](org:ann), *in* {fact}`a`; see [her page](https://c.example) [@b].')"
    )
    assert [item[0] for item in holes(text)] == ["image", "link", "fact", "citation"]
    assert [item.needle for item in body(text).mentions] == ["(/m.png", "(org:ann)", "`a`", "[@b]"]
    found = html(text)
    assert found.startswith('<figure>{}<figcaption>By <a href="{}">Ann</a>, <em>in</em> {}; see ')
    assert found.endswith("{}.</figcaption></figure>\n")


def test_a_caption_may_have_a_footnote() -> None:
    found = html("![a](/m.png 'A caption[^x].')\n\n[^x]: b\n")
    assert 'href="#fn1" id="fnref1"' in found
    assert 'id="fn1"' in found


def test_raw_html_in_a_caption_is_remarked_on() -> None:
    assert remarks("![a](/m.png 'A <b>bold</b> one')") == [("raw-html", "<b>")]


def test_a_figure_may_stand_in_a_list() -> None:
    assert "<figure>{}<figcaption>b</figcaption></figure>" in html('- ![a](/m.png "b")\n')


def test_two_quotation_marks_say_that_an_image_only_decorates() -> None:
    assert holes('![""](/map.png)') == [("image", "/map.png", "", "")]
    assert html('![""](https://c.example/d)') == (
        '<p><img src="https://c.example/d" alt="" loading="lazy"></p>\n'
    )
    assert remarks('![""](/map.png)') == []


@pytest.mark.parametrize("text", ["![](/m.png)", "![ ](/m.png)", "![](https://c.example/m.png)"])
def test_an_image_without_words_is_remarked_on(text: str) -> None:
    (found,) = (item for item in body(text).remarks if item.code == "missing-alt")
    assert found.code == "missing-alt"
    assert found.needle in text


@pytest.mark.parametrize("text", ["![a](/a.png)", 'See ![a](/a.png "b").'])
def test_another_image_stays_in_its_paragraph(text: str) -> None:
    assert html(text).startswith("<p>")
    assert "figcaption" not in html(text)


@pytest.mark.parametrize(
    ("first", "title"),
    [
        ("note", "Note"),
        ("warning", "Warning"),
        ("dispute", "Disputed"),
        ("note Mind this", "Mind this"),
    ],
)
def test_a_callout_has_a_title(first: str, title: str) -> None:
    kind = first.partition(" ")[0]
    expected = (
        f'<aside class="callout {kind}"><p class="callout-title">{title}</p>\n<p>a</p>\n</aside>\n'
    )
    assert html(f"::: {first}\na\n:::\n") == expected


def test_a_callout_of_another_kind_is_text() -> None:
    assert "<aside" not in html("::: aside\na\n:::\n")


# Citations


def holes(text: str) -> list[tuple[str, ...]]:
    return [(hole.kind.value, *hole.arguments) for hole in body(text).holes]


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("[@a]", ("a", "")),
        ("[@a, p. 3]", ("a", "p. 3")),
        ("[@a; @b]", ("a", "", "b", "")),
        ("[@a, secs. 1, 2; @b-2, p. 4]", ("a", "secs. 1, 2", "b-2", "p. 4")),
        ("[ @a ]", ()),
        ("[@A]", ()),
        ("[@a; b]", ()),
        ("`[@a]`", ()),
        (r"\[@a]", ()),
        ("mail@a.example", ()),
    ],
)
def test_a_citation_names_sources_and_places_in_them(text: str, arguments: tuple[str, ...]) -> None:
    assert holes(text) == ([("citation", *arguments)] if arguments else [])


def test_a_note_mark_clings_to_its_word() -> None:
    assert html("It began [@a]. Then") == "<p>It began{}. Then</p>\n"


def test_two_note_marks_in_a_row_cling_together() -> None:
    assert html("It began [@a] [@b].") == "<p>It began{}{}.</p>\n"


# Links


def test_a_record_link_is_a_hole_for_its_address() -> None:
    assert html("[IBM](org:ibm)") == '<p><a href="{}">IBM</a></p>\n'
    assert holes("[IBM](org:ibm#x)") == [("link", "org:ibm#x")]


def test_a_record_link_without_a_text_prints_the_records_name() -> None:
    assert html("[](org:ibm)") == '<p><a href="{}">{}</a></p>\n'
    assert holes("[](org:ibm)") == [("link", "org:ibm"), ("name", "org:ibm")]


def test_a_link_out_says_where_it_leads() -> None:
    found = html("[the paper](https://www.arxiv.org/abs/1)")
    assert found == (
        '<p><a href="https://www.arxiv.org/abs/1" rel="external">the paper</a> '
        '<span class="host">(arxiv.org)</span></p>\n'
    )


def test_a_link_out_that_shows_its_host_does_not_repeat_it() -> None:
    assert "host" not in html("[arxiv.org](https://arxiv.org/abs/1)")
    assert "host" not in html("<https://arxiv.org/abs/1>")


def test_a_link_on_the_page_is_no_hole() -> None:
    assert html("[a](#b)") == '<p><a href="#b">a</a></p>\n'


def test_mail_is_no_link_out() -> None:
    assert html("<a@b.example>") == '<p><a href="mailto:a@b.example">a@b.example</a></p>\n'


# Facts


def test_a_fact_is_a_hole_with_path_and_format() -> None:
    assert holes("{fact}`figures/a | full`") == [("fact", "figures/a", "full")]
    assert holes("{fact}`figures/a`") == [("fact", "figures/a", "")]


def test_another_role_is_kept_for_its_error() -> None:
    assert [item.hole.arguments for item in body("{fcat}`a`").mentions] == [("{fcat}", "")]


def test_a_fact_may_stand_in_a_table_a_list_and_a_heading() -> None:
    text = "|{fact}`a`|\n|-|\n|{fact}`b`|\n\n- {fact}`c`\n\n## {fact}`d`\n"
    assert [item[1] for item in holes(text)] == ["a", "b", "c", "d"]


def test_a_fact_in_the_words_for_an_image_is_left_out() -> None:
    assert html("![a {fact}`b`](https://c.example/d)").startswith(
        '<p><img src="https://c.example/d" alt="a"'
    )


# Mentions: where each hole stands


def test_mentions_of_the_same_text_are_counted() -> None:
    found = body("[@a] [x](org:b) [@a]\n\n[@a] [y](org:b)\n").mentions
    assert [(item.needle, item.occurrence) for item in found] == [
        ("[@a]", 0),
        ("(org:b)", 0),
        ("[@a]", 1),
        ("[@a]", 2),
        ("(org:b)", 1),
    ]


def test_a_name_hole_is_no_second_mention_of_its_link() -> None:
    assert len(body("[](org:ibm)").mentions) == 1


# Raw HTML, scripts


@pytest.mark.parametrize(
    "text",
    [
        "<b>a</b>",
        "<script>alert(1)</script>",
        "<!-- a -->",
        "<img src=x onerror=alert(1)>",
        "<br/>",
    ],
)
def test_raw_html_is_printed_as_text_and_remarked(text: str) -> None:
    assert "&lt;" in html(text)
    assert [code for code, _ in remarks(text)] == ["raw-html"]


@pytest.mark.parametrize(
    "text", ["1 < 2", "a < b and c > d", "`<b>`", "<https://a.example>", r"\<b>", "&lt;b>"]
)
def test_what_is_no_tag_is_not_remarked(text: str) -> None:
    assert remarks(text) == []


class Attributes(HTMLParser):
    """Collects tags and attributes as a browser would find them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, name, value or "") for name, value in attrs]


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](java&Tab;script:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](vbscript:a)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "[x]: javascript:alert(1)\n\n[x]",
        '[x](https://a.example/"onmouseover="alert(1))',
        '![x" onerror="alert(1)](https://a.example "y\\" onload=\\"z")',
        '```x"onclick="alert(1)\na\n```',
        '::: note "><script>alert(1)</script>\na\n:::',
    ],
)
def test_no_text_runs_a_script(text: str) -> None:
    parser = Attributes()
    parser.feed(html(text))
    tags = {tag for tag, _, _ in parser.found}
    assert not any(name.startswith("on") for _, name, _ in parser.found)
    assert not any("script:" in value for _, name, value in parser.found if name in {"href", "src"})
    assert "script" not in tags


# Kept forms


RICH = (
    "## A {fact}`b | full`\n\n[@c, p. 1] [](org:d) ![e](/f.png)\n\n"
    "```zzz\n<b>\n```\n\n<i>x</i>\n\n|a|\n|-|\n|1|\n"
)


@pytest.mark.parametrize("is_body", [True, False])
def test_compiled_prose_survives_being_kept(is_body: bool) -> None:  # noqa: FBT001 - as above
    compiled = compile_prose(RICH, is_body=is_body)
    assert load_prose(dump_prose([compiled])) == {compiled.key: compiled}


@pytest.mark.parametrize(
    "kept",
    [b"", b"{}", b"[1]", b"x", b"\xff", b'[["key",["a"],[["zzz",[]]],[],[],[],0,false,[]]]'],
)
def test_what_was_not_kept_is_not_taken(kept: bytes) -> None:
    assert load_prose(kept) == {}


def test_a_text_is_kept_under_what_decides_its_html() -> None:
    assert prose_key("a", is_body=True) != prose_key("a", is_body=False)
    assert prose_key("a", is_body=True) != prose_key("b", is_body=True)


# The text without markup


def test_a_field_has_its_text_without_markup_for_descriptions() -> None:
    compiled = compile_prose("*A* & [b](https://c.example) {fact}`d`", is_body=False)
    assert compiled.text_parts == ("A & b (c.example) ", "")
    assert compiled.holes == (Hole(HoleKind.FACT, ("d", "")),)


def test_words_are_counted_without_markup() -> None:
    assert body("## One two\n\nIt's **four** [@a], [five](org:b) & IBM's.\n").words == 6


def test_a_slip_is_looked_for_from_the_block_on_that_has_it() -> None:
    found = body("`[@Launch]`\n\n[@Launch]\n").remarks
    assert [(item.code, item.needle, item.line) for item in found] == [
        ("unread-markup", "[@Launch]", 2)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "`[@Launch]` and `{fact} x` and `[a](b c)`",
        "```\n[@Launch] [^9]\n```",
        "    [@Launch](a b)",
        r"\[@Launch] \[^9] \{fact} \[a](b c) `[@Launch]`",
        "[ann@example.org], x[0] (y), {a}, [sic], [1] (e.g. this)",
        "[^1]\n\n[^1]: said",
        "[text](https://a.example/ 'a title') ![a map](/m.png 'b')",
        "| a | b |\n|---|---|\n| 1 \\| 2 | 3 |\n| 4 |\n5 | 6\n",
        "> | a |\n> |---|\n> | 1 |",
    ],
)
def test_what_is_meant_as_it_stands_is_no_slip(text: str) -> None:
    assert remarks(text) == []


@pytest.mark.parametrize("text", ["a|b\n-|-\n1|2|3", "> | a | b |\n> |---|---|\n> | | 1 | 3 |"])
def test_a_cell_beyond_the_columns_of_its_table_is_remarked_on(text: str) -> None:
    assert remarks(text) == [("lost-text", "3")]


def test_a_footnote_in_a_field_is_remarked_on() -> None:
    (found,) = compile_prose("so they say.[^1]", is_body=False).remarks
    assert found.code == "unread-markup"
    assert "only the body" in found.hint
