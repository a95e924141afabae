"""YAML text → nodes that keep what the author wrote, and where.

The default constructor of PyYAML reads the country `NO` as false, `12:30` as a number, and lets a
second equal key win silently. Here every scalar stays text and every node has a span; the field's
type decides later what a text means.

Never: gives a field a meaning.
"""

from dataclasses import dataclass
from typing import TypeAlias

import yaml

from alliance_site.diagnostics import Code, Diagnostic, Span

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml is slower, and the same otherwise
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; `raw` is it as the file holds it, quotes, folds and all."""

    text: str
    span: Span
    raw: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: "tuple[Node, ...]"
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping in the order written; keys are unique."""

    entries: "tuple[tuple[Scalar, Node], ...]"
    span: Span


Node: TypeAlias = Scalar | Sequence | Mapping


class _Converter:
    """Turns one file's composed nodes into ours and collects what is wrong."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.text = text
        self.path = path
        self.first_line = first_line
        self.diagnostics: list[Diagnostic] = []
        self.seen: set[int] = set()

    def span(self, start: yaml.Mark, end: yaml.Mark | None = None) -> Span:
        """Convert a pair of marks, which count from 0."""
        is_one_line = end is not None and end.line == start.line
        return Span(
            path=self.path,
            line=self.first_line + start.line,
            column=start.column + 1,
            end_column=end.column + 1 if end is not None and is_one_line else 0,
        )

    def report(self, code: Code, message: str, span: Span, hint: str = "") -> None:
        """Add an error."""
        self.diagnostics.append(Diagnostic(code=code, message=message, span=span, hint=hint))

    def convert(self, node: yaml.Node) -> Node | None:
        """Convert a node and all below; None where it cannot be used."""
        span = self.span(node.start_mark, node.end_mark)
        if id(node) in self.seen:
            self.report(
                Code.YAML_SYNTAX,
                "an alias (`*name`) stands for a value written elsewhere; each value must stand "
                "where it holds",
                span,
                "write the value out",
            )
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            raw = self.text[node.start_mark.index : node.end_mark.index]
            return Scalar(node.value, span, raw, node.style is not None)
        if isinstance(node, yaml.SequenceNode):
            items = [self.convert(item) for item in node.value]
            return Sequence(tuple(item for item in items if item is not None), span)
        return self.mapping(node, span)

    def mapping(self, node: yaml.Node, span: Span) -> Mapping:
        """Convert a mapping; of two equal keys the first is kept and the second reported."""
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key_node, value_node in node.value:
            key = self.convert(key_node)
            value = self.convert(value_node)
            if not isinstance(key, Scalar):
                found = self.span(key_node.start_mark, key_node.end_mark)
                self.report(Code.YAML_SYNTAX, "a key is a text, not a list or mapping", found)
            elif key.text in entries:
                first = entries[key.text][0].span.line
                self.report(
                    Code.DUPLICATE_KEY,
                    f"`{key.text}` stands twice; the first is in line {first}",
                    key.span,
                    "keep one of them, or rename the other",
                )
            elif value is not None:
                entries[key.text] = (key, value)
        return Mapping(tuple(entries.values()), span)


def parse_yaml(
    text: str, path: str, first_line: int = 1
) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Parse one YAML document.

    Args:
        text: The document; a byte order mark has been removed.
        path: Input path for the spans.
        first_line: The line of the file at which `text` begins.

    Returns:
        The root node, or None when there is none (empty or unreadable), and what is wrong.
    """
    converter = _Converter(text, path, first_line)
    try:
        root = yaml.compose(text, _Loader)
        node = converter.convert(root) if root is not None else None
    except yaml.MarkedYAMLError as error:
        converter.diagnostics.append(_syntax_error(error, text, path, first_line))
        node = None
    except yaml.reader.ReaderError as error:
        converter.diagnostics.append(_bad_character(error, text, path, first_line))
        node = None
    except RecursionError:
        converter.report(
            Code.YAML_SYNTAX, "lists or mappings are nested too deeply", Span(path=path, line=1)
        )
        node = None
    return node, tuple(converter.diagnostics)


def _syntax_error(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Diagnostic:
    mark = error.problem_mark or error.context_mark
    line = min(mark.line, max(text.count("\n") - text.endswith("\n"), 0)) if mark else 0
    column = mark.column + 1 if mark and line == mark.line else 0
    problem = (error.problem or "cannot be read").replace("'", "`")
    context = f" {error.context}" if error.context else ""
    return Diagnostic(
        code=Code.YAML_SYNTAX,
        message=f"not YAML:{context}, {problem}".replace(":,", ":"),
        span=Span(path=path, line=first_line + line, column=column),
        hint=_syntax_hint(text, line, problem),
    )


def _syntax_hint(text: str, line: int, problem: str) -> str:
    excerpt = text.splitlines()[line : line + 1]
    if "mapping values are not allowed" in problem:
        return "a text that holds `: ` needs quotes around it"
    if "\t" in "".join(excerpt):
        return "indent with spaces, not tabs"
    if "cannot start any token" in problem or "alias" in problem or "anchor" in problem:
        return "a text that starts with a mark such as @ ` * & % needs quotes around it"
    return "check the indentation and the quotes of this line and the one before"


def _bad_character(
    error: yaml.reader.ReaderError, text: str, path: str, first_line: int
) -> Diagnostic:
    position = error.position if isinstance(error.position, int) else 0
    before = text[:position]
    return Diagnostic(
        code=Code.YAML_SYNTAX,
        message=f"character U+{ord(text[position : position + 1] or chr(0)):04X} is not allowed",
        span=Span(
            path=path,
            line=first_line + before.count("\n"),
            column=position - before.rfind("\n"),
        ),
        hint="delete it; such characters come from copying out of other programs",
    )
