"""YAML as editors write it: every scalar stays text, every node has its place."""

import pytest

from alliance_site.read import Mapping, Node, Scalar, Sequence, parse_yaml


def parsed(text: str) -> Node:
    node, faults = parse_yaml(text, "a.yaml")
    assert faults == ()
    assert node is not None
    return node


def fault(text: str) -> tuple[str, int, int]:
    """Return message, line and column of the one fault in a text."""
    _, (found,) = parse_yaml(text, "a.yaml")
    return found.message, found.span.line, found.span.column


def plain(node: Node) -> object:
    """Turn nodes into lists, mappings and texts."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.text: plain(value) for key, value in node.entries}


@pytest.mark.parametrize(
    "text",
    ["NO", "on", "1.10", "12:30:00", "2023-12-05", "null", "~", "0x1F", "1_000", "=", "true"],
)
def test_a_plain_scalar_stays_what_the_author_wrote(text: str) -> None:
    assert plain(parsed(f"value: {text}\n")) == {"value": text}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("'it''s'", "it's"),
        (r'"a\tb"', "a\tb"),
        ("|\n  one\n  two\n", "one\ntwo\n"),
        (">-\n  one\n  two\n", "one two"),
        ("", ""),
    ],
)
def test_quotes_and_folds_are_resolved(written: str, text: str) -> None:
    assert plain(parsed(f"value: {written}")) == {"value": text}


def test_a_scalar_keeps_how_it_stands_in_the_file() -> None:
    node = parsed("name: 'Acme'\n")
    assert isinstance(node, Mapping)
    value = node.entries[0][1]
    assert isinstance(value, Scalar)
    assert (value.text, value.raw, value.is_quoted) == ("Acme", "'Acme'", True)


def test_nested_lists_and_mappings_keep_their_order() -> None:
    text = "b: [1, {z: 2, y: 3}]\na:\n  - 4\n"
    assert plain(parsed(text)) == {"b": ["1", {"z": "2", "y": "3"}], "a": ["4"]}
    assert list(plain(parsed(text))) == ["b", "a"]  # type: ignore[call-overload]  # a mapping


def test_a_span_marks_the_words_of_its_node() -> None:
    node = parsed("name: Acme\nsector: hardware\n")
    assert isinstance(node, Mapping)
    key, value = node.entries[1]
    assert (key.span.line, key.span.column, key.span.end_column) == (2, 1, 7)
    assert (value.span.line, value.span.column, value.span.end_column) == (2, 9, 17)


def test_a_span_counts_code_points() -> None:
    node = parsed("{é🙂: x, b: y}")
    assert isinstance(node, Mapping)
    assert node.entries[1][0].span.column == 9


def test_a_node_of_many_lines_has_no_end_column() -> None:
    assert parsed("a: 1\nb: 2\n").span.end_column == 0


def test_spans_count_from_the_line_at_which_the_text_begins() -> None:
    node, _ = parse_yaml("a: 1\n", "a.md", first_line=2)
    assert node is not None
    assert node.span.line == 2


@pytest.mark.parametrize("end", ["\x85", "\u2028", "\u2029"])
def test_a_line_end_that_no_editor_shows_is_reported(end: str) -> None:
    message, line, column = fault(f"a: 1\nb: x{end}y\n")
    assert (line, column) == (2, 5)
    assert message == f"character U+{ord(end):04X} is not allowed"


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n"])
def test_an_empty_text_has_no_root_and_no_fault(text: str) -> None:
    assert parse_yaml(text, "a.yaml")[1] == ()


def test_of_two_equal_keys_the_first_is_kept_and_the_second_reported() -> None:
    node, (found,) = parse_yaml("a: 1\nb: 2\na: 3\n", "a.yaml")
    assert node is not None
    assert plain(node) == {"a": "1", "b": "2"}
    assert (found.code.value, found.span.line) == ("duplicate-key", 3)
    assert "line 1" in found.message


def test_keys_that_differ_in_quotes_alone_are_equal() -> None:
    assert fault("a: 1\n'a': 2\n")[0] == "`a` stands twice; the first is in line 1"


def test_an_alias_is_reported_where_it_stands() -> None:
    message, line, column = fault("a: &x 1\nb: *x\n")
    assert (line, column) == (2, 4)
    assert message.startswith("`*x` stands for a value written elsewhere")


def test_a_value_by_alias_leaves_no_gap_for_a_second_error() -> None:
    node, _ = parse_yaml("a: &x 1\nb: *x\n", "a.yaml")
    assert node is not None
    assert plain(node) == {"a": "1", "b": "1"}


def test_a_list_that_holds_itself_is_reported() -> None:
    assert fault("a: &x [*x]\n")[1:] == (1, 8)


def test_aliases_of_aliases_do_not_multiply() -> None:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    _, faults = parse_yaml("\n".join(lines), "a.yaml")
    assert len(faults) == 390


def test_a_tab_as_indentation_is_named_as_such() -> None:
    _, (found,) = parse_yaml("a:\n\tb: 1\n", "a.yaml")
    assert (found.span.line, found.hint) == (2, "indent with spaces, not tabs")


def test_a_second_document_is_reported_where_it_begins() -> None:
    _, line, column = fault("a: 1\n---\nb: 2\n")
    assert (line, column) == (2, 1)


def test_what_is_never_closed_is_reported_where_it_was_opened() -> None:
    assert fault('a: 1\nb: "x\nc: 2\n')[1:] == (2, 4)


def test_a_control_character_by_escape_is_reported() -> None:
    assert fault(r'a: "x\a"')[0] == "character U+0007 is not allowed in text"


def test_a_control_character_in_the_text_is_reported_in_its_place() -> None:
    assert fault("a: 1\nb: x\x07\n") == ("character U+0007 is not allowed", 2, 5)


def test_a_key_that_is_a_list_is_reported() -> None:
    assert fault("? [a]\n: 1\n")[1:] == (1, 3)


@pytest.mark.parametrize("text", ["[" * 20_000, "[" * 20_000 + "]" * 20_000, "{a: " * 20_000])
def test_no_nesting_is_too_deep_to_be_reported(text: str) -> None:
    _, (found,) = parse_yaml(text, "a.yaml")
    assert found.code.value == "yaml-syntax"


def test_tags_give_nothing_a_meaning() -> None:
    assert plain(parsed("a: !!python/object:os.system x\n")) == {"a": "x"}
