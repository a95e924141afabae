"""The list of digests of a published site, and the files that are not as it says.

Source: the format of `sha256sum` (GNU coreutils): digest, two spaces, path; one file a line.

Never: says what a file means.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

from alliance_site.diagnostics import Code, Diagnostic, Severity, Span

_LINE = re.compile(r"([0-9a-f]{64})  ([^\x00-\x1f\\]+)")


def read_sums(text: str, path: str) -> tuple[Mapping[str, str], tuple[Diagnostic, ...]]:
    """Read the list.

    Args:
        text: Its text.
        path: Its own path.

    Returns:
        Path → SHA-256, and a diagnostic for each line that says nothing of the kind, or stands
        where it does not belong.
    """
    sums: dict[str, str] = {}
    faults = []
    *lines, rest = text.split("\n")
    for number, line in enumerate(lines, 1):
        found = _LINE.fullmatch(line)
        if found is None or (sums and found[2] <= next(reversed(sums))):
            faults.append(_bad_line(line, Span(path=path, line=number)))
        else:
            sums[found[2]] = found[1]
    if rest:
        faults.append(_bad_line(rest, Span(path=path, line=len(lines) + 1)))
    return sums, tuple(faults)


def _bad_line(line: str, span: Span) -> Diagnostic:
    return Diagnostic(
        code=Code.ALTERED_FILE,
        message=f"`{line[:80]}` is no line of this list, expected a digest, two spaces and a path, "
        "in the order of paths",
        span=span,
        hint="the list was altered: take it from the publisher again",
    )


def check_sums(
    sums: Mapping[str, str], digests: Mapping[str, str], known: Sequence[str]
) -> Iterator[Diagnostic]:
    """Yield files that are not as the list says, are gone, or are not in it.

    Args:
        sums: Path → digest by the list.
        digests: Path → digest of the file that is there.
        known: Paths that are in no list.
    """
    for path, wanted in sums.items():
        found = digests.get(path)
        if found is None:
            yield Diagnostic(
                code=Code.ALTERED_FILE,
                message=f"`{path}` is gone",
                span=Span(path=path),
                hint="take the file from the publisher again",
            )
        elif found != wanted:
            yield Diagnostic(
                code=Code.ALTERED_FILE,
                message=f"`{path}` is not as it was published",
                span=Span(path=path),
                hint="figures that differ from the data are named too; take the file from the "
                "publisher again",
            )
    for path in sorted(digests):
        if path not in sums and path not in known:
            yield Diagnostic(
                code=Code.FOREIGN_FILE,
                message=f"`{path}` is in no list of what was published",
                span=Span(path=path),
                hint="it was added later; the list says nothing of it",
                severity=Severity.WARNING,
            )


def digest(data: bytes) -> str:
    """Digest a file as the list does."""
    return hashlib.sha256(data).hexdigest()
