"""The words every room shares for what is wrong: spans, severities, codes, diagnostics, exceptions.

A fault in content or templates is a `Diagnostic`, returned beside the result of a stage. Exceptions
are for callers:

    AllianceSiteError            every deliberate error; nothing of ours escapes it
    ├── UsageError               wrong arguments or site folder                 exit 2
    ├── BuildError               carries the diagnostics of the stage           exit 1
    │   ├── ContentError         read, prose, model, route
    │   ├── TemplateError        templates and rendering
    │   └── CheckError           check
    ├── InputChangedError        a file was changed while it was read           exit 1
    ├── NotExactError            the built site differs from a clean build      exit 1
    └── OutputError              the disk refused; chained to the OSError       exit 3

Never: knows the domain, formats an excerpt (that is `report`).
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum, StrEnum
from typing import Any, Self

from msgspec import Struct, field

__all__ = [
    "AllianceSiteError",
    "BuildError",
    "CheckError",
    "Code",
    "ContentError",
    "Diagnostic",
    "InputChangedError",
    "NotExactError",
    "OutputChangedError",
    "OutputError",
    "Severity",
    "Span",
    "TemplateError",
    "UsageError",
    "dump_diagnostic",
    "has_errors",
    "load_diagnostic",
    "nearest",
    "sorted_diagnostics",
]


_SHOWN_PATHS = 10


class Span(Struct, frozen=True, kw_only=True, order=True):
    """A place in an input file.

    Attributes:
        path: The input's path relative to the site's folder, with forward slashes.
        line: From 1; 0 means the file as a whole.
        column: From 1, in code points; 0 means the line as a whole.
        end_column: One past the last code point marked, on `line`; 0 means up to the line's end.
    """

    path: str
    line: int = 0
    column: int = 0
    end_column: int = 0


class Severity(IntEnum):
    """How bad it is; errors stop a build, warnings do so under `--strict`."""

    WARNING = 1
    ERROR = 2

    @property
    def word(self) -> str:
        """The lower-case word that reports print."""
        return self.name.lower()


class Code(StrEnum):
    """Every kind of fault the tool can find; the value is what reports print in brackets.

    `why` says why it matters, `mend` how to put it right. `tests/cases/<code>.md` shows each one.
    """

    why: str
    mend: str

    def __new__(cls, value: str, why: str = "", mend: str = "") -> Self:
        """Make a member that is its own text and carries its explanation.

        A look-up by value (`Code("bad-id")`) gives the value alone.
        """
        member = str.__new__(cls, value)
        member._value_ = value
        member.why = why
        member.mend = mend
        return member

    @property
    def hint(self) -> str:
        """How to put it right, as the hint of a report."""
        return f"{self.mend[0].lower()}{self.mend[1:].rstrip('.')}"

    # read
    BAD_ENCODING = (
        "bad-encoding",
        "Bytes that are not UTF-8, and control characters, would reach readers as wrong letters.",
        "Save the file as UTF-8; delete a control character.",
    )
    EMPTY_FILE = (
        "empty-file",
        "An empty record says nothing, and is most often a file saved too early.",
        "Write the record, or delete the file.",
    )
    YAML_SYNTAX = (
        "yaml-syntax",
        "A file that cannot be read as YAML loses everything in it.",
        "Mend the line shown; quoting a value that holds `: ` or starts with a mark often helps.",
    )
    DUPLICATE_KEY = (
        "duplicate-key",
        "Of two equal keys one would silently win.",
        "Keep one of them, or rename the other.",
    )
    MERGE_CONFLICT = (
        "merge-conflict",
        "Both versions of a text, and git's marks between them, would be published.",
        "Keep what is right and delete the marks; a code block that shows some indents them.",
    )
    FRONT_MATTER = (
        "front-matter",
        "A Markdown record needs its fields between two lines of `---` at the top.",
        "Add the missing line of `---`.",
    )
    MISPLACED_FILE = (
        "misplaced-file",
        "A file where no record is looked for would be ignored without a word.",
        "Move it to the folder of its kind, or delete it.",
    )
    # structure
    UNKNOWN_KEY = (
        "unknown-key",
        "A misspelled key would drop what it holds.",
        "Use one of the keys that the record knows.",
    )
    MISSING_KEY = (
        "missing-key",
        "A record without it cannot be shown.",
        "Add the key.",
    )
    WRONG_TYPE = (
        "wrong-type",
        "A list where one value belongs, or the reverse, cannot be read.",
        "Give the value the shape that the message names.",
    )
    BAD_VALUE = (
        "bad-value",
        "A value outside what the field allows would be shown as it stands.",
        "Use a value that the message names.",
    )
    BAD_DATE = (
        "bad-date",
        "A day that does not exist cannot be ordered or shown.",
        "Write YYYY, YYYY-MM or YYYY-MM-DD.",
    )
    BAD_URL = (
        "bad-url",
        "A reader could not follow it.",
        "Write an absolute address that starts with https:// or http://.",
    )
    BAD_ID = (
        "bad-id",
        "Ids become addresses, so they hold only a-z, 0-9 and single hyphens.",
        "Rename the file or key.",
    )
    MIXED_STATEMENT = (
        "mixed-statement",
        "A statement has either a value or a reason why there is none.",
        "Keep `value` or `absence`.",
    )
    # resolve
    DUPLICATE_ID = (
        "duplicate-id",
        "Two records of one kind would share an address.",
        "Rename one of them.",
    )
    DANGLING_REFERENCE = (
        "dangling-reference",
        "A reference to a record that does not exist leads readers nowhere.",
        "Correct the id, or add the record.",
    )
    RIVAL_STATEMENTS = (
        "rival-statements",
        "Statements that disagree need a rule that says which one is printed first.",
        "Mark one `rank: preferred`, or the others `rank: deprecated`.",
    )
    VANISHED_OBJECTIVE = (
        "vanished-objective",
        "An aim that is in one set and not in the next, without a word, is how promises get lost.",
        "Say its `fate` in the next set; where the sources are silent, `absence: unknown`.",
    )
    BROKEN_LINEAGE = (
        "broken-lineage",
        "A fate that contradicts the next set tells readers of a link that is not there.",
        "Name a successor of the next set for what goes on, and none for what does not.",
    )
    MISSING_ARCHIVE = (
        "missing-archive",
        "A quote can be held to the words of its source only where these are kept.",
        "Put the text into `content/archive/`, or correct `file` below `archived_text`.",
    )
    CHANGED_ARCHIVE = (
        "changed-archive",
        "An archived text that has changed proves nothing about the quotes taken from it.",
        "Put the old text back, or write the new SHA-256 after a look at the difference.",
    )
    OUTSIDE_RUBRIC = (
        "outside-rubric",
        "A cell's value must be one of the levels its criterion defines.",
        "Use a level of the rubric, or add the level.",
    )
    MISSING_CELL = (
        "missing-cell",
        "A gap in a comparison reads like an answer.",
        "Add the cell; where nothing is known, `absence: unknown` says so.",
    )
    UNKNOWN_SUBJECT = (
        "unknown-subject",
        "Answers of a subject that the comparison does not list would be shown nowhere.",
        "Add the subject to comparison.yaml, or rename the file.",
    )
    WEIGHTLESS_HEADING = (
        "weightless-heading",
        "Where all weights are zero there is nothing to divide by, and every score is the same.",
        "Give one of the criteria a weight above 0.",
    )
    CYCLIC_INHERITANCE = (
        "cyclic-inheritance",
        "A criterion that takes its answer from itself, by whatever way round, never has one.",
        "Take one of the lines of `inherits` out.",
    )
    NO_COMMON_SUBJECTS = (
        "no-common-subjects",
        "Between two editions without a common subject nothing can have changed.",
        "Add a subject that both editions have, or make it a comparison of its own.",
    )
    MISSING_BREAK = (
        "missing-break",
        "A line through totals that rest on different questions shows a change that nobody made.",
        "Declare the break, with its reason, in the later edition.",
    )
    DUPLICATE_NUMBER = (
        "duplicate-number",
        "Pages name a promise by its number; of two with one number nobody knows which is meant.",
        "Give one of them a number that is free.",
    )
    DATES_REVERSED = (
        "dates-reversed",
        "An end before its start cannot be true.",
        "Correct one of the two dates.",
    )
    # import
    UNJOINED_NAME = (
        "unjoined-name",
        "A name that finds no partner in the other file would drop a row, or join the wrong one.",
        "Correct the name, or say `join: position` where the rows stand in one order.",
    )
    # the ledger
    BROKEN_LEDGER = (
        "broken-ledger",
        "The ledger says what was published; an altered one proves nothing.",
        "Restore `content/releases/` from the repository's history; releases are never edited.",
    )
    UNKNOWN_FIELD = (
        "unknown-field",
        "A correction of a field that does not exist mends nothing.",
        "Correct `field`; the message names the record.",
    )
    UNPUBLISHED_VALUE = (
        "unpublished-value",
        "What no release showed was never published, so there is nothing to correct.",
        "Correct `was` to what was published, or take the correction out.",
    )
    CORRECTION_NOT_MADE = (
        "correction-not-made",
        "A correction that the record does not follow tells readers what the page contradicts.",
        "Change the record as the correction says.",
    )
    # prose
    UNKNOWN_LINK = (
        "unknown-link",
        "A link in the text leads to no record or page.",
        "Correct its target.",
    )
    UNKNOWN_CITATION = (
        "unknown-citation",
        "A citation that names no source proves nothing.",
        "Correct the id, or add the source.",
    )
    UNKNOWN_FACT = (
        "unknown-fact",
        "A fact that names no value cannot be printed.",
        "Correct the path, or add the value.",
    )
    RAW_HTML = (
        "raw-html",
        "Raw HTML is off: it would be printed as text.",
        "Write Markdown instead, or escape the mark with a backslash.",
    )
    UNREAD_MARKUP = (
        "unread-markup",
        "A citation, link or fact that is not well written would be printed as it stands.",
        "Write it as README says, or put a backslash before its bracket.",
    )
    LOST_TEXT = (
        "lost-text",
        "Words that Markdown or YAML leave out reach no reader, and nobody notices.",
        "Write them where they are shown, or take them out.",
    )
    SECOND_TITLE = (
        "second-title",
        "Who listens to a page, or finds it, is told of one title (WCAG 2.2, 1.3.1).",
        "Begin headings of a text with `##`.",
    )
    UNKNOWN_LANGUAGE = (
        "unknown-language",
        "A code block in a language that the highlighter does not know stays plain.",
        "Use a name that Pygments knows, or `text`.",
    )
    # images
    MISSING_IMAGE = (
        "missing-image",
        "Readers would see an empty frame in the place of an image that is not there.",
        "Put the file below `static/`, and write its address from there: `/images/launch.jpg`.",
    )
    UNREADABLE_IMAGE = (
        "unreadable-image",
        "A file that no browser can show leaves an empty frame; a damaged one shows half.",
        "Save it again as JPEG, PNG, WebP, GIF or SVG.",
    )
    HUGE_IMAGE = (
        "huge-image",
        "No page shows an image wider than 1,472 pixels; the rest costs memory, time and traffic.",
        "Scale it down to about 3,000 pixels on its longer side.",
    )
    IMAGE_LOCATION = (
        "image-location",
        "The original is published as it is, and may lead strangers to the people in it.",
        "Save the photograph without its location.",
    )
    MISSING_ALT = (
        "missing-alt",
        "Who does not see an image is told nothing of it (WCAG 2.2, 1.1.1).",
        'Say in the brackets what it shows; `![""](…)` if it only decorates.',
    )
    THIRD_PARTY = (
        "third-party",
        "Another site would learn of everyone who reads the page, and could change what it shows.",
        "Put the file below `static/`, where its licence allows it, and write its address there.",
    )
    # route
    ROUTE_COLLISION = (
        "route-collision",
        "Two pages at one address would overwrite each other.",
        "Rename one of the records, or remove the former id.",
    )
    # templates
    TEMPLATE_SYNTAX = (
        "template-syntax",
        "A template that cannot be compiled renders no page.",
        "Mend the line shown.",
    )
    TEMPLATE_MISSING = (
        "template-missing",
        "A page, or another template, asks for a template that is not there.",
        "Add it, or correct the name.",
    )
    TEMPLATE_COMPUTED_NAME = (
        "template-computed-name",
        "A template name computed at run time makes it unknowable what a page depends on.",
        "Write the name as text, with an `if` around it where there is a choice.",
    )
    TEMPLATE_FAILED = (
        "template-failed",
        "The template asked its view for something that it does not hold.",
        "Use a field that the view has.",
    )
    # write
    FOREIGN_FILE = (
        "foreign-file",
        "A file in the output folder that no build wrote would be published with the site.",
        "Move it to `static/` if it belongs to the site, or delete it.",
    )
    # verify
    UNREADABLE_PACKAGE = (
        "unreadable-package",
        "The data from which a published site's figures are computed are missing or damaged.",
        "Take the files below `data/` from the publisher again.",
    )
    ALTERED_FILE = (
        "altered-file",
        "A published file is gone or altered: its SHA-256 is not the one that the site lists.",
        "Take the file from the publisher again, or build the site anew.",
    )
    ALTERED_TABLE = (
        "altered-table",
        "A published table says something else than the records that it was computed from.",
        "Take both files from the publisher again, or build the site anew.",
    )
    ALTERED_FIGURE = (
        "altered-figure",
        "A published page prints a figure that the data of the site do not give.",
        "Follow the figure to its receipt, which says what it is computed from.",
    )
    # check
    BROKEN_LINK = (
        "broken-link",
        "A link inside the site leads to a page that was not built.",
        "Correct the address; names are compared with upper and lower case.",
    )
    BROKEN_FRAGMENT = (
        "broken-fragment",
        "A link leads to a page, but to a place that is not on it.",
        "Correct the part after the `#`.",
    )
    DUPLICATE_ANCHOR = (
        "duplicate-anchor",
        "Of two places with one id, a link reaches only the first.",
        "Rename the heading or the record, or change the template that writes the id.",
    )
    DUPLICATE_TITLE = (
        "duplicate-title",
        "Two pages of one title cannot be told apart in a search result or a tab.",
        "Give one of them another title.",
    )
    MISSING_DESCRIPTION = (
        "missing-description",
        "Search engines and cards show the description of a page.",
        "Add a `dek` or `summary`.",
    )
    NO_EVIDENCE = (
        "no-evidence",
        "A value without a source is an assertion of ours.",
        "Add `evidence`, or say `evidence: none` where none was found.",
    )
    QUOTE_NOT_FOUND = (
        "quote-not-found",
        "Words in quotation marks that the source does not have are nobody's.",
        "Quote what the archived text says, or take the quotation marks away and paraphrase.",
    )
    THIN_EVIDENCE = (
        "thin-evidence",
        "A site whose values rest on nothing that a reader can look up asks to be believed.",
        "Find sources for the values that have none; the method page shows where they are.",
    )
    REPEATED_NUMBER = (
        "repeated-number",
        "A number typed into a text stays behind when the figure it repeats changes.",
        "Write the role that the hint names; ``{literal}`57` `` where it is another number.",
    )
    CONTRADICTED_NUMBER = (
        "contradicted-number",
        "A number in a text that is not the one the site keeps leaves readers with two.",
        "Correct the text or the figure; ``{literal}`57` `` where they are not of one thing.",
    )
    UNUSED_SOURCE = (
        "unused-source",
        "A source that nothing rests on is either forgotten or superfluous.",
        "Cite it, or remove it.",
    )


class Diagnostic(Struct, frozen=True, kw_only=True):
    """One problem: what was found, what was expected, where, and what to do.

    Attributes:
        message: One sentence without a full stop, literals in backticks.
        hint: What to do, in one line; empty when the message says it all.
        related: Other places that matter, each with a few words.
    """

    code: Code
    message: str
    span: Span
    severity: Severity = Severity.ERROR
    hint: str = ""
    related: tuple[tuple[Span, str], ...] = field(default=())


def dump_diagnostic(found: Diagnostic) -> list[object]:
    """Turn a diagnostic into lists and texts, to be kept as JSON."""
    return [
        found.code.value,
        found.message,
        _dump_span(found.span),
        int(found.severity),
        found.hint,
        [[_dump_span(span), words] for span, words in found.related],
    ]


def load_diagnostic(kept: Any) -> Diagnostic:
    """Make a diagnostic of what `dump_diagnostic` gave.

    Raises:
        ValueError, TypeError: It is something else.
    """
    code, message, span, severity, hint, related = kept
    return Diagnostic(
        code=Code(code),
        message=message,
        span=_load_span(span),
        severity=Severity(severity),
        hint=hint,
        related=tuple((_load_span(place), words) for place, words in related),
    )


def _dump_span(span: Span) -> list[object]:
    return [span.path, span.line, span.column, span.end_column]


def _load_span(kept: Any) -> Span:
    path, line, column, end_column = kept
    return Span(path=path, line=line, column=column, end_column=end_column)


class AllianceSiteError(Exception):
    """Root of every deliberate error; its text is meant for people."""


class UsageError(AllianceSiteError):
    """The arguments or the site's folder are not what a command can work on."""


class BuildError(AllianceSiteError):
    """A stage found faults; nothing was written.

    Attributes:
        diagnostics: All that the stage and those before it found, sorted by place.
        excerpts: The line of the file that each span points at.
    """

    def __init__(
        self, diagnostics: Iterable[Diagnostic], excerpts: Mapping[Span, str] | None = None
    ) -> None:
        """Keep the diagnostics, sorted."""
        self.diagnostics = sorted_diagnostics(diagnostics)
        self.excerpts = excerpts or {}
        super().__init__(f"{len(self.diagnostics)} problems")


class ContentError(BuildError):
    """Faults in the content."""


class TemplateError(BuildError):
    """Faults in templates."""


class CheckError(BuildError):
    """Findings of `check`."""


class InputChangedError(AllianceSiteError):
    """A file was changed while the site was being made of it."""


class OutputChangedError(AllianceSiteError):
    """A file of the output was not as the last build in this process had left it."""


class NotExactError(AllianceSiteError):
    """A built site is not what a clean build makes; a fault of this tool, and worth reporting.

    Attributes:
        paths: What differs.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        """Name what differs, the first few of many."""
        self.paths = tuple(paths)
        shown = ", ".join(self.paths[:_SHOWN_PATHS])
        more = len(self.paths) - _SHOWN_PATHS
        rest = f" and {more:,} more" if more > 0 else ""
        super().__init__(f"the site differs from a clean build in {shown}{rest}")


class OutputError(AllianceSiteError):
    """The disk refused; raised from the `OSError`."""


class BusyError(OutputError):
    """Another process works on the same folder."""


def sorted_diagnostics(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Order diagnostics by file, line, column, then code and message; equal ones are kept once."""
    return tuple(
        sorted(
            dict.fromkeys(diagnostics),
            key=lambda item: (item.span, item.code.value, item.message),
        )
    )


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Say whether any of them is an error."""
    return any(item.severity is Severity.ERROR for item in diagnostics)


def nearest(word: str, known: Sequence[str] | Iterable[str]) -> str:
    """Return the known word most like `word`, or an empty string when none is close."""
    from difflib import get_close_matches  # noqa: PLC0415 - only where something is wrong

    matches = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return matches[0] if matches else ""
