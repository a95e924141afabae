"""The data package of a published site → the records in it, and what composes figures of them.

Never: reads `content/`, a page, or a result.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec.structs import replace

from alliance_site.diagnostics import CheckError, Code, Diagnostic, Span
from alliance_site.model import (
    KINDS,
    Archive,
    Clock,
    Comparison,
    DocumentHead,
    Head,
    Joining,
    Kind,
    Listing,
    Markdown,
    PartialDate,
    Structured,
    StructuredDocument,
    comparison_of,
    head_of,
    make_catalog,
    open_site,
    place_of,
    record_of,
    structure_release,
)
from alliance_site.model.comparison_records import CriteriaFile
from alliance_site.model.records import (
    ArticleId,
    ArticleKind,
    RecordLink,
    SiteSettings,
    TopicId,
)
from alliance_site.paths import output_path
from alliance_site.prose import Prose, ProseFindings, compile_prose
from alliance_site.route import make_routes
from alliance_site.view import PUBLISHED, RELEASES, Composer, comparison_records_url, records_url

Read = Callable[[str], bytes]
"""Gives the bytes of a published file by its path; FileNotFoundError where there is none."""

_ARTICLES = "data/articles.json"


class _Texts(Mapping[str, Prose]):
    """Compiled Markdown by its key, each text compiled when it is first asked for."""

    def __init__(self) -> None:
        self._texts: dict[str, Markdown] = {}
        self._made: dict[str, Prose] = {}

    def add(self, texts: list[Markdown]) -> None:
        """Add texts."""
        self._texts |= {item.key: item for item in texts}

    def __getitem__(self, key: str) -> Prose:
        """Compile a text."""
        if key not in self._made:
            text = self._texts[key]
            self._made[key] = compile_prose(text.text, is_body=text.is_body)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the keys."""
        return iter(self._texts)

    def __len__(self) -> int:
        """Count them."""
        return len(self._texts)


class Package(Joining):
    """What is read of the data package.

    Attributes:
        prose: The records' texts.
        findings: Of none of them: what is published was checked when it was made.
        heads: What is known of every file that would hold them.
        comparisons: By id.
        faults: What is wrong with the data.
    """

    def __init__(self, read: Read) -> None:
        """Begin with nothing read."""
        super().__init__()
        self._read = read
        self._documents: dict[str, StructuredDocument] = {}
        self.prose = _Texts()
        self.findings: Mapping[str, ProseFindings] = {}
        self.heads: list[DocumentHead] = []
        self.comparisons: dict[str, Comparison] = {}
        self.faults: list[Diagnostic] = []

    def document(self, path: str) -> StructuredDocument:
        """Return the records of what would be a content file."""
        return self._documents[path]

    def load(self, path: str) -> Any:
        """Read a file of JSON.

        Raises:
            CheckError: It is not there, or no JSON.
        """
        try:
            return json.loads(self._read(path).decode())
        except FileNotFoundError:
            raise _unreadable(f"`{path}` is missing", Span(path=path)) from None
        except json.JSONDecodeError as error:
            span = Span(path=path, line=error.lineno, column=error.colno)
            raise _unreadable(f"`{path}` is no JSON: {error.msg.lower()}", span) from None
        except UnicodeDecodeError:
            raise _unreadable(f"`{path}` is not UTF-8", Span(path=path)) from None

    def mapping(self, path: str) -> Mapping[str, Any]:
        """Read a file that holds a JSON object.

        Raises:
            CheckError: It does not.
        """
        loaded = self.load(path)
        if not isinstance(loaded, dict):
            message = f"`{path}` holds a {type(loaded).__name__}, expected an object"
            raise _unreadable(message, Span(path=path))
        return loaded

    # Records

    def read_collection(self, kind: Kind) -> None:
        """Read all records of a kind."""
        path = output_path(records_url(kind.collection))
        records = {}
        for key, said in self.mapping(path).items():
            record = self.record(kind.record, key, said, path)
            if record is not None:
                records[key] = record
        if kind.collected_in:
            self._add(kind.collected_in, records)
        else:
            for key, record in records.items():
                self._add(f"{kind.folder}/{key}{kind.suffix}", {key: record})

    def record(self, kind: Any, key: str, said: Any, path: str) -> Any:
        """Read one record; None where it is something else, which is reported."""
        found = Structured()
        record = record_of(kind, key, said, path, found)
        self.prose.add(found.markdown)
        self.faults += [_of_record(item, key, path) for item in found.diagnostics]
        if record is None and not found.diagnostics:
            message = f"`{key}` holds no fields"
            self.faults.append(_fault(message, Span(path=path)))
        return record

    def _add(self, name: str, records: dict[str, Any]) -> None:
        path = f"content/{name}"
        place = place_of(name)
        if place is None:
            raise ValueError(name)  # every kind has a place
        spans = {key: Span(path=path) for key in records}
        document = StructuredDocument(path=path, place=place, records=records, spans=spans)
        self._documents[path] = document
        self.heads.append(head_of(document, "", {}))

    def read_comparison(self, key: str) -> None:
        """Read a comparison with all its cells."""
        path = output_path(comparison_records_url(key))
        found = Structured()
        made = comparison_of(key, self.mapping(path), path, found)
        self.prose.add(found.markdown)
        self.faults += [_of_record(item, key, path) for item in found.diagnostics]
        if made is None:
            return
        self.comparisons[key] = made
        self._add(f"comparisons/{key}/comparison.yaml", {key: made.file})
        self._add(f"comparisons/{key}/criteria.yaml", {key: CriteriaFile(criteria=made.criteria)})

    def read_articles(self) -> None:
        """Read what lists show of the articles."""
        for row in self.load(_ARTICLES):
            key = str(row["id"])
            path = f"content/articles/{key}.md"
            updated = row["updated"]
            listing = Listing(
                id=ArticleId(key),
                title=row["title"],
                kind=ArticleKind(row["kind"]),
                dek_text=row["dek"] or "",
                published=_day(row["published"]),
                updated=_day(updated) if updated else None,
                expires=None,
                draft=False,
                topics=tuple(
                    TopicId(topic) for topic in (row["topics"] or "").split("; ") if topic
                ),
                about=tuple(RecordLink(link) for link in (row["about"] or "").split("; ") if link),
            )
            head = Head(path, "articles", key, listing.title, "", "", listing=listing)
            self.heads.append(DocumentHead(path=path, digest="", heads=(head,)))

    def read_titles(self) -> None:
        """Read how the pages of the site's own are called."""
        for key, title in self.mapping(output_path(records_url("pages"))).items():
            path = f"content/pages/{key}.md"
            head = Head(path, "pages", key, str(title), "", str(title))
            self.heads.append(DocumentHead(path=path, digest="", heads=(head,)))

    def read_release(self, key: str) -> None:
        """Read a release of the ledger."""
        name = f"releases/{key}.json"
        path, place = f"content/{name}", place_of(name)
        if place is None:
            raise ValueError(name)  # the ledger has a place
        document = structure_release(path, place, self._read(f"data/{name}"))
        self.faults += document.found.diagnostics
        self._documents[path] = document
        self.heads.append(head_of(document, "", {}))

    def read_quotes(self) -> None:
        """Read which quotes were found in the words of their sources."""
        texts = self.mapping(output_path(records_url("quotes")))
        sources = self.document("content/sources.yaml").records
        for key, quotes in texts.items():
            named = sources[key].archived_text if key in sources else None
            if named is not None:
                path = f"content/archive/{named.file}"
                archive = Archive(path, named.sha256, "\n".join(quotes))
                place = place_of(f"archive/{named.file}")
                if place is not None:
                    self._documents[path] = StructuredDocument(
                        path=path, place=place, archive=archive
                    )
                    self.heads.append(DocumentHead(path=path, digest=""))


def _day(text: str) -> PartialDate:
    day = PartialDate.parse(text)
    if day is None:
        raise ValueError(text)
    return day


def _of_record(found: Diagnostic, key: str, path: str) -> Diagnostic:
    return _fault(f"the entry `{key}`: {found.message}", Span(path=path))


def _fault(message: str, span: Span) -> Diagnostic:
    return Diagnostic(
        code=Code.UNREADABLE_PACKAGE,
        message=message,
        span=span,
        hint="take the file from the publisher again; nothing can be computed without it",
    )


def _unreadable(message: str, span: Span) -> CheckError:
    return CheckError((_fault(message, span),), {})


def read_package(read: Read, paths: Mapping[str, str]) -> Composer:
    """Open the published records as a site, and give everything its address again.

    Args:
        read: Gives the bytes of a published file.
        paths: Of all published files; the comparisons are found by them.

    Raises:
        CheckError: Something is missing, or is not what it should be.
    """
    package = Package(read)
    said = package.mapping(output_path(records_url("site")))
    try:
        return _composed(package, said, paths)
    except MISFITS as error:
        raise CheckError(tuple(package.faults or (misfit(error),)), {}) from error


MISFITS = (AttributeError, LookupError, TypeError, ValueError)
"""What is raised where something was altered so that the records do not fit each other any more."""


def misfit(error: Exception) -> Diagnostic:
    """Say that the records do not fit each other: one names another that is not there, say."""
    return _fault(f"the records do not fit together: {error!r}", Span(path="data/records/"))


def _composed(package: Package, said: Mapping[str, Any], paths: Mapping[str, str]) -> Composer:
    settings = package.record(SiteSettings, "", said["settings"], "data/records/site.json")
    for kind in KINDS:
        if kind.collection in PUBLISHED:
            package.read_collection(kind)
    folder = output_path(comparison_records_url(""))[: -len(".json")]
    for path in sorted(paths):
        if path.startswith(folder) and path.endswith(".json"):
            package.read_comparison(path[len(folder) : -len(".json")])
    ledger = RELEASES.removeprefix("/")
    for path in sorted(paths):
        if path.startswith(ledger) and path.endswith(".json"):
            package.read_release(path[len(ledger) : -len(".json")])
    package.read_articles()
    package.read_titles()
    package.read_quotes()
    if package.faults or settings is None:
        raise CheckError(tuple(package.faults), {})
    known_on = said["known_on"]
    clock = Clock(
        date.fromisoformat(said["as_of"]),
        date.fromisoformat(known_on) if known_on else None,
        is_rewound=said["is_rewound"] == "yes",
    )
    catalog = make_catalog(package.heads, settings, as_of=clock.as_of, with_drafts=True)
    site = replace(open_site(catalog, settings, package, clock), comparisons=package.comparisons)
    routes, _ = make_routes(site)
    return Composer(
        site=site,
        routes=routes,
        base_url=said["base_url"],
        stylesheets={},
        as_of=_day(said["speaks_for"]),
    )
