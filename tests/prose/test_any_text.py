"""Whatever an editor writes compiles, and none of it breaks out of the page."""

import re
from html.parser import HTMLParser
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML

from alliance_site.prose import compile_prose, dump_prose, load_prose
from alliance_site.prose.compile import count_words, plain_parser
from alliance_site.prose.html import ProseHtml
from alliance_site.prose.syntax import shortcut_plugin

PIECES = [
    *("# ", "## a", "\n", "\n\n", "- ", "1. ", "> ", "---\n", "|", "|-|\n", "    ", "```\n"),
    *("```python\n", "*", "**", "_", "~~", "`", "[", "]", "(", ")", "!", "<", ">", "&", "\\", '"'),
    *("[@a]", "[@a, p. 1; @b]", "{fact}`figures/a`", "{fact}`", "{x}`a`", "[](org:a)", "(org:b)"),
    *("[^1]", "[^1]: ", ": ", "::: note\n", ":::\n", '![a](/b.png "<b>")', "https://a.example/"),
    *("<script>", "javascript:", "onclick=", "\0", "\0cling\0", "\x000\0", "é", "🙂", "&#0;", "a"),
]
texts = st.text() | st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@given(texts, st.booleans())
@example(text=">:::note\n>", is_body=True)  # crashed the container plugin
def test_any_text_compiles_and_survives_being_kept(text: str, is_body: bool) -> None:  # noqa: FBT001
    compiled = compile_prose(text, is_body=is_body)
    assert load_prose(dump_prose([compiled])) == {compiled.key: compiled}


LINES = [
    "A word",
    "a",
    "É b-c: d + 1.",
    ": d",
    "~ d",
    "    code",
    "- x",
    "- ",
    "  - y",
    "* z",
    "> y",
    "|-|",
    "===",
    "  z",
]
lines = st.lists(st.sampled_from(("", *LINES, *PIECES)), max_size=12).map("\n".join)


@given(texts | lines, st.booleans())
@example(text="a\n\n: b", is_body=True)
@example(text="- a\n\n  : b\n\nc", is_body=False)
@example(text="a\u00a0\n\x0b", is_body=False)
def test_shortcuts_change_nothing_that_is_parsed(text: str, is_body: bool) -> None:  # noqa: FBT001
    plain = plain_parser(is_body=is_body)
    quick = plain_parser(is_body=is_body).use(shortcut_plugin)
    assert quick.parse(f"{text}\n", {}) == plain.parse(f"{text}\n", {})


@given(texts | lines, st.booleans())
def test_what_is_rendered_in_fewer_steps_is_the_same(text: str, is_body: bool) -> None:  # noqa: FBT001
    parser = plain_parser(is_body=is_body)
    ours, theirs = ProseHtml(), RendererHTML()
    tokens = parser.parse(f"{text}\n", {})
    for line in (tokens, *(token.children for token in tokens if token.children)):
        for place in range(len(line)):
            asked: Any = (line, place, parser.options, {})
            assert ours.renderToken(*asked) == theirs.renderToken(*asked)
        if {token.type for token in line} <= PLAIN:
            assert ours.renderInline(line, parser.options, {}) == theirs.renderInline(
                line, parser.options, {}
            )


PLAIN = {"code_inline", "em_close", "em_open", "softbreak", "strong_close", "strong_open", "text"}

ADDRESSES = [
    "https://",
    "http:",
    "org:",
    "mailto:",
    "//",
    "/",
    ".",
    "..",
    "-",
    "a",
    "Ab",
    "7",
    "xn--",
]


@given(st.text(max_size=30) | st.lists(st.sampled_from([*ADDRESSES, *"?#%@[]:é "])).map("".join))
@example("org:acme")
@example("https://a.example/B_c/d-e.html")
@example("javascript:a")
def test_shortcuts_change_no_address(address: str) -> None:
    plain, quick = plain_parser(is_body=True), plain_parser(is_body=True).use(shortcut_plugin)
    assert quick.normalizeLink(address) == plain.normalizeLink(address)


@given(st.text() | st.lists(st.sampled_from([*"ab7_é’“”'.-– \n,\u2018\u00a0"])).map("".join))
def test_a_word_has_a_letter_or_a_digit(text: str) -> None:
    assert count_words(text) == len(re.findall(r"\w[\w'’.-]*", text))


@given(texts, st.booleans())
def test_there_is_one_part_more_than_there_are_holes(text: str, is_body: bool) -> None:  # noqa: FBT001
    compiled = compile_prose(text, is_body=is_body)
    assert len(compiled.parts) == len(compiled.holes) + 1
    assert is_body or len(compiled.text_parts) == len(compiled.holes) + 1


@given(texts)
def test_every_anchor_stands_once(text: str) -> None:
    anchors = [item.anchor for item in compile_prose(text, is_body=True).headings]
    assert len(anchors) == len(set(anchors))


@given(texts)
def test_no_text_leaves_a_nul(text: str) -> None:
    compiled = compile_prose(text, is_body=False)
    everything = (*compiled.parts, *compiled.text_parts, *(item.text for item in compiled.headings))
    assert not any("\0" in part for part in everything)


class Tags(HTMLParser):
    """Collects what a browser would make of some HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses |= {value or "" for name, value in attrs if name in {"href", "src"}}


OURS = {
    *("a", "aside", "blockquote", "br", "code", "dd", "dl", "dt", "div", "em", "figcaption"),
    *("figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre", "s"),
    *("section", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {
    *("alt", "aria-label", "class", "href", "id", "loading", "rel", "role", "scope", "src"),
    *("start", "tabindex"),
}


@given(texts, st.booleans())
def test_no_text_makes_a_tag_or_an_attribute_of_its_own(text: str, is_body: bool) -> None:  # noqa: FBT001
    parser = Tags()
    parser.feed("/hole/".join(compile_prose(text, is_body=is_body).parts))
    assert parser.tags <= OURS
    assert parser.attributes <= ATTRIBUTES
    schemes = ("http://", "https://", "mailto:", "#", "/hole/")
    assert [url for url in parser.addresses if not url.startswith(schemes)] == []
