"""YAML text → nodes that keep what the author wrote, and where.

The default constructor of PyYAML reads the country `NO` as false, `12:30` as a number, and lets a
second equal key win silently. Here every scalar stays text and every node has a span; the field's
type decides later what a text means.

Never: gives a field a meaning.
"""

import re
from typing import Protocol, TypeAlias

import yaml
from msgspec import Struct

from alliance_site.diagnostics import Code, Diagnostic, Span
from alliance_site.read.yaml_slips import ODD_HINT, find_slip, odd_character

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml is slower, and the same otherwise
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Characters that neither HTML nor a feed may hold."""

_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
"""Line ends to YAML 1.1 that no editor counts as such: lines would be counted wrongly."""


class Scalar(Struct, frozen=True):
    """A text.

    Attributes:
        raw: It as the file holds it, quotes, folds and all.
        comment: What stands behind a plain text in its line, from the spaces before `#` on.
    """

    text: str
    span: Span
    raw: str
    is_quoted: bool
    comment: str = ""


class Sequence(Struct, frozen=True):
    """A list."""

    items: "tuple[Node, ...]"
    span: Span


class Mapping(Struct, frozen=True):
    """A mapping in the order written; keys are unique."""

    entries: "tuple[tuple[Scalar, Node], ...]"
    span: Span


Node: TypeAlias = Scalar | Sequence | Mapping


class _Mark(Protocol):
    """A place in the text, counted from 0, as both of PyYAML's parsers give it."""

    index: int
    line: int
    column: int


class _MisreadError(Exception):
    """A text is YAML, and certainly not what its author meant; the reason has been reported."""


class _Converter:
    """Turns one file's composed nodes into ours and collects what is wrong."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.text = text
        self.path = path
        self.first_line = first_line
        self.last_line = text.count("\n")
        self.has_comments = " #" in text
        self.diagnostics: list[Diagnostic] = []
        self.seen: set[int] = set()
        self.made: dict[int, Node | None] = {}

    def span(self, start: _Mark, end: _Mark | None = None) -> Span:
        """Convert a pair of marks, which count from 0."""
        if start.line > self.last_line:  # libyaml ends the last line for an empty value
            return Span(path=self.path, line=self.first_line + self.last_line)
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
        if id(node) not in self.seen:
            self.seen.add(id(node))
            self.made[id(node)] = self.convert_anew(node)
        # A second time it is an alias, which `report_aliases` reports; in itself it has no value.
        return self.made.get(id(node))

    def convert_anew(self, node: yaml.Node) -> Node | None:
        """Convert a node that was not met before."""
        span = self.span(node.start_mark, node.end_mark)
        if isinstance(node, yaml.ScalarNode):
            raw = self.text[node.start_mark.index : node.end_mark.index]
            if bad := CONTROL.search(node.value) or _OTHER_BREAKS.search(node.value):
                message = f"character U+{ord(bad[0]):04X} is not allowed in text"
                self.report(Code.YAML_SYNTAX, message, span, "take the escape out")
            # libyaml says '' of a plain text, PyYAML's own parser None.
            comment = "" if node.style or not self.has_comments else self.comment(node.end_mark)
            return Scalar(node.value, span, raw, bool(node.style), comment)
        if isinstance(node, yaml.SequenceNode):
            items = [self.convert(item) for item in node.value]
            return Sequence(tuple(item for item in items if item is not None), span)
        return self.mapping(node, span)

    def comment(self, end: _Mark) -> str:
        """Return the comment behind a text, with the spaces before it; empty for none."""
        found = _COMMENT.match(self.text, end.index)
        return found[0] if found else ""

    def sound_key(self, key: Scalar) -> Scalar | None:
        """Return a key; None for one that is the entry of a list, which is reported.

        Raises:
            _MisreadError: It has an odd character, so nobody knows where it belongs.
        """
        if odd := odd_character(key.text):
            message = f"character {odd} stands in a key, or where a space is expected"
            self.report(Code.YAML_SYNTAX, message, key.span, ODD_HINT)
            raise _MisreadError
        if key.text.startswith("-") and not key.is_quoted and (name := key.text.lstrip("-")):
            message = f"`{key.text}` has no space after the `-` that begins an entry of a list"
            self.report(Code.YAML_SYNTAX, message, key.span, f"write `- {name}: …`")
            return None
        return key

    def report_aliases(self) -> None:
        """Report every alias where it stands; a composed node only knows where its anchor does."""
        for event in yaml.parse(self.text, _Loader):
            if isinstance(event, yaml.AliasEvent) and event.start_mark is not None:
                span = self.span(event.start_mark, event.end_mark)
                self.report(
                    Code.YAML_SYNTAX,
                    f"`*{event.anchor}` stands for a value written elsewhere, expected the value "
                    "itself",
                    span,
                    "write the value out: each stands where it holds, with its own source",
                )

    def mapping(self, node: yaml.Node, span: Span) -> Mapping | None:
        """Convert a mapping; of two equal keys the first is kept and the second reported.

        None for a list whose entries have no space after their `-`.
        """
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key_node, value_node in node.value:
            key = self.convert(key_node)
            value = self.convert(value_node)
            if isinstance(key, Scalar) and not (key := self.sound_key(key)):
                return None
            if key is None:
                continue
            if not isinstance(key, Scalar):
                found = self.span(key_node.start_mark, key_node.end_mark)
                message = "a list, or keys with values, stand where a key is expected"
                self.report(Code.YAML_SYNTAX, message, found, "write the key as a plain text")
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


_COMMENT = re.compile("[ \t]+#.*")


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
    if bad := CONTROL.search(text) or _OTHER_BREAKS.search(text):
        return None, (_bad_character(bad.start(), text, path, first_line),)
    try:
        root = yaml.compose(text, _Loader)
        node = converter.convert(root) if root is not None else None
        if "*" in text:
            converter.report_aliases()
    except yaml.MarkedYAMLError as error:
        converter.diagnostics.append(_syntax_error(error, text, path, first_line))
        node = None
    except _MisreadError:
        node = None
    except RecursionError:
        converter.report(
            Code.YAML_SYNTAX,
            "lists and keys are nested too deeply to be read",
            Span(path=path, line=first_line),
            "no record is nested deeper than five levels",
        )
        node = None
    return node, tuple(converter.diagnostics)


def _syntax_error(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Diagnostic:
    lines = text.split("\n")
    problem = (error.problem or "cannot be read").replace("'", "`")
    context = f" {error.context}" if error.context else ""
    marks = [mark for mark in (error.problem_mark, error.context_mark) if mark is not None]
    # What is never closed is missed at the end of the file; it is mended where it was opened.
    if "end of stream" in problem or "flow" in context:
        marks.reverse()
    mark = next((mark for mark in marks if any(lines[mark.line :])), None)
    last = max((n for n, line in enumerate(lines) if line.strip()), default=0)
    line, column = (mark.line, mark.column + 1) if mark else (last, 0)
    if slip := find_slip(lines, line, context + problem):
        return Diagnostic(
            code=Code.YAML_SYNTAX,
            message=slip.message,
            span=Span(
                path=path,
                line=first_line + slip.line,
                column=slip.column + 1,
                end_column=slip.end + 1,
            ),
            hint=slip.hint,
        )
    return Diagnostic(
        code=Code.YAML_SYNTAX,
        message=f"not YAML:{context}, {problem}".replace(":,", ":"),
        span=Span(path=path, line=first_line + line, column=column),
        hint=_syntax_hint(lines[line] if mark else "", context + problem),
    )


_HINTS = (
    ("mapping values are not allowed", "a text that holds `: ` needs quotes around it"),
    ("found another document", "a file holds one record; delete the line of `---`"),
    ("could not find expected `:`", "write `key: value`; lines of one text are indented alike"),
    ("expected `-` indicator", "every entry of a list starts with `- ` in the same column"),
    ("unknown escape", "write a backslash twice, or use single quotes"),
    ("expected `,` or `]`", "close the list with `]`, or write one entry a line after `- `"),
    ("expected `,` or `}`", "close it with `}`, or write one `key: value` a line"),
    ("unexpected end of stream", "close the quote that is opened here"),
)


def _syntax_hint(line: str, problem: str) -> str:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces, not tabs"
    if re.search("cannot start any token|alias|anchor|directive|block scalar|tag", problem):
        return "a text that starts with a mark such as @ ` * & % ! | > needs quotes around it"
    known = (hint for part, hint in _HINTS if part in problem)
    return next(known, "check the indentation and the quotes of this line and the one before")


def _bad_character(position: int, text: str, path: str, first_line: int) -> Diagnostic:
    column = position - text.rfind("\n", 0, position)
    return Diagnostic(
        code=Code.YAML_SYNTAX,
        message=f"character U+{ord(text[position]):04X} is not allowed",
        span=Span(
            path=path,
            line=first_line + text.count("\n", 0, position),
            column=column,
            end_column=column + 1,
        ),
        hint="delete it; such characters come from copying out of other programs",
    )
