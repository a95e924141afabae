"""Small sites for tests: a few files laid over `tests/sites/minimal`, taken as far as asked."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from alliance_site.diagnostics import Diagnostic, has_errors
from alliance_site.model import (
    Clock,
    Site,
    StructuredDocument,
    archived_document,
    place_of,
    resolve_site,
    structure_document,
    structure_release,
    unreadable_document,
)
from alliance_site.prose import Prose, compile_prose, prose_key
from alliance_site.read import parse_document

CONTENT = Path(__file__).parent / "sites" / "minimal" / "content"
BASE = {
    path.relative_to(CONTENT).as_posix(): path.read_text("utf-8")
    for path in sorted(CONTENT.rglob("*.*"))
}
TODAY = date(2024, 6, 30)

Files = Mapping[str, str]


def organization(name: str = "Acme", more: str = "") -> str:
    """Write an organisation's file."""
    return (
        f"name: {name}\nclassification: company\nsummary: A maker.\nevidence: launch-note\n{more}"
    )


def article(title: str = "News", more: str = "", body: str = "Text.") -> str:
    """Write an article's file."""
    front = f"title: {title}\ndek: What happened.\nkind: news\nauthors: [desk]\n{more}"
    return f"---\n{front}---\n{body}\n"


def structured(path: str, text: str) -> tuple[StructuredDocument, tuple[Diagnostic, ...]]:
    """Read and structure one file."""
    place = place_of(path)
    assert place is not None, path
    if place.part == "archive":
        digest = sha256(text.encode()).hexdigest()
        return archived_document(f"content/{path}", place, text, digest), ()
    if place.part == "release":
        release = structure_release(f"content/{path}", place, text.encode())
        return release, ()
    document, faults = parse_document(f"content/{path}", text.encode())
    if document is None:
        return unreadable_document(f"content/{path}", place), faults
    return structure_document(document, place), faults


def record_in(path: str, text: str) -> Any:
    """Structure one file that holds one record, and return that."""
    found, _ = structured(path, text)
    assert found.found.diagnostics == []
    return next(iter(found.records.values()))


def faults_in(path: str, text: str) -> list[tuple[str, int, int]]:
    """Structure one file, and return code, line and column of what is wrong."""
    found, faults = structured(path, text)
    every = (*faults, *found.found.diagnostics)
    return [(item.code.value, item.span.line, item.span.column) for item in every]


def resolved(
    files: Files, as_of: date | Clock = TODAY, *, with_drafts: bool = False
) -> tuple[Site | None, tuple[Diagnostic, ...]]:
    """Resolve some files laid over the minimal site; an empty text takes a file away."""
    every = {path: text for path, text in {**BASE, **files}.items() if text}
    made = [structured(path, text) for path, text in every.items()]
    prose: dict[str, Prose] = {}
    for document, _ in made:
        for text in document.found.markdown:
            key = prose_key(text.text, is_body=text.is_body)
            prose[key] = compile_prose(text.text, is_body=text.is_body)
    clock = as_of if isinstance(as_of, Clock) else Clock(as_of)
    site, found = resolve_site(
        [document for document, _ in made], prose, clock=clock, with_drafts=with_drafts
    )
    return site, (*(fault for _, faults in made for fault in faults), *found)


def codes(files: Files, as_of: date = TODAY) -> list[str]:
    """Resolve some files, and return the codes of what is wrong, in order."""
    _, found = resolved(files, as_of)
    return sorted(item.code.value for item in found)


def site_of(
    files: Files | None = None, as_of: date | Clock = TODAY, *, with_drafts: bool = False
) -> Site:
    """Resolve some files that hold no errors."""
    site, found = resolved(files or {}, as_of, with_drafts=with_drafts)
    assert not has_errors(found), found
    assert site is not None
    return site


COMPARISON = {
    "comparisons/openness/comparison.yaml": """\
title: Openness
question: How open are they?
summary: Two questions, three makers.
levels:
  open: {label: Open, points: 1, mark: open}
  partly: {label: Partly, points: 0.5, mark: partly}
  closed: {label: Closed, points: 0, mark: closed}
groups:
  outside: {title: Outside}
  inside: {title: Inside}
subjects:
  - {id: zeta, name: Zeta, group: inside}
  - {id: acme, name: Acme, group: inside, organization: acme}
  - {id: globex, name: Globex, group: outside}
editions:
  - {id: 2024, title: 2024, as_of: 2024-06}
""",
    "comparisons/openness/criteria.yaml": """\
criteria:
  - {id: model, title: Model}
  - {id: weights, title: Weights, parent: model, question: Are the weights out?}
  - {id: code, title: Code, parent: model}
""",
    "comparisons/openness/cells/acme.yaml": """\
cells: {weights: open, code: partly}
evidence: launch-note
""",
    "comparisons/openness/cells/globex.yaml": """\
cells: {weights: closed, code: {absence: unknown}}
evidence: launch-note
""",
    "comparisons/openness/cells/zeta.yaml": """\
cells: {weights: closed, code: closed}
evidence: launch-note
""",
}
