"""All records → one site, with every reference checked.

A record that could not be made is known by its id, so that what refers to it raises no second
error.

Never: changes a record; stops at the first fault.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from alliance_site.diagnostics import Code, Diagnostic, Severity, Span, nearest
from alliance_site.ids import id_of
from alliance_site.model.catalog import make_catalog
from alliance_site.model.clocks import Clock
from alliance_site.model.consistency import check_consistency
from alliance_site.model.corrections import check_corrections, notices_of
from alliance_site.model.documents import StructuredDocument
from alliance_site.model.facts import FORMATS, fact_of
from alliance_site.model.heads import head_of, is_address
from alliance_site.model.images import NO_IMAGES, Images, check_image
from alliance_site.model.kinds import KINDS
from alliance_site.model.library import Joining, Library, open_site
from alliance_site.model.lineages import check_lineages
from alliance_site.model.records import SiteSettings
from alliance_site.model.rewind import rewound
from alliance_site.model.site import Site
from alliance_site.model.structure import Reference
from alliance_site.model.values import Markdown
from alliance_site.prose import Hole, HoleKind, Mention, Prose

_TERMS = frozenset({"sector", "side", "phase", "author"})
"""What records name, and what has no address to link to."""

_LINKABLE = frozenset(
    {kind.prefix for kind in KINDS} | {"comparison", "criterion", "subject", "topic", "page"}
)

_PARTS_OF = "parts of comparison:"


class Known:
    """What references may name: all that has a name, and what could not be made of its file.

    What names a record that could not be made is no second error.
    """

    def __init__(self, names: Mapping[str, str], faulty: frozenset[str] = frozenset()) -> None:
        """Take the names of a site and the keys of its faulty records."""
        self._names = names
        self.faulty = faulty

    def __contains__(self, key: str) -> bool:
        """Say whether a key names a record; an unreadable file may hold any id of its kind."""
        prefix = key.partition(":")[0]
        excuses = (key, f"{prefix}:*", _comparison_of(key))
        return key in self._names or not self.faulty.isdisjoint(excuses)

    def all(self) -> set[str]:
        """Return every key."""
        return set(self._names) | self.faulty


def resolve_site(
    documents: Sequence[StructuredDocument],
    prose: Mapping[str, Prose],
    *,
    clock: Clock,
    with_drafts: bool = False,
    images: Images = NO_IMAGES,
) -> tuple[Site | None, tuple[Diagnostic, ...]]:
    """Join the records of documents that are all at hand, and check what they say of each other.

    Args:
        documents: In any order.
        prose: The compiled form of every Markdown in them, by key.
        clock: The build's days: later articles are not out yet, expired ones no longer.
        with_drafts: Show drafts, scheduled and expired articles too.
        images: Those that texts show, and might show.

    Returns:
        The site, or None where `site.yaml` is missing or faulty, and what is wrong.
    """
    settings, found = settings_of(documents)
    diagnostics = [fault for item in documents for fault in item.found.diagnostics]
    diagnostics += found
    if settings is None:
        return None, tuple(diagnostics)
    library = Shelved(documents, prose)
    heads = [head_of(item, library.digest(item.path), prose) for item in documents]
    catalog = make_catalog(
        heads, settings, as_of=clock.as_of, with_drafts=with_drafts, images=images
    )
    diagnostics += catalog.diagnostics
    faulty, found = faulty_of(documents, catalog.parts, library)
    diagnostics += found
    site = open_site(catalog.without(faulty), settings, library, clock)
    for document in documents:
        diagnostics += check_document(document, site, Known(site.names, faulty))
    diagnostics += check_lineages(site.objective_sets.values())
    diagnostics += check_archives(site)
    diagnostics += site.releases.check()
    diagnostics += check_corrections(site)
    catalog = replace(site.catalog, notices=notices_of(site))
    return rewound(replace(site, catalog=catalog)), tuple(diagnostics)


class Shelved(Joining):
    """A library of documents that are all at hand."""

    def __init__(self, documents: Iterable[StructuredDocument], prose: Mapping[str, Prose]) -> None:
        """Take the documents and the compiled form of their texts."""
        super().__init__()
        self._documents = {item.path: item for item in documents}
        self.prose = prose
        self.findings = {key: compiled.findings for key, compiled in prose.items()}

    def document(self, path: str) -> StructuredDocument:
        """Return one."""
        return self._documents[path]

    def digest(self, path: str) -> str:
        """Return a digest of what a document says."""
        said = repr((self._documents[path].records, self._documents[path].archive))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def check_archives(site: Site) -> Iterator[Diagnostic]:
    """Yield archived texts that are not there, that have changed, and that no source names."""
    named: set[str] = set()
    for key, source in site.sources.items():
        if source.archived_text is None:
            continue
        named.add(source.archived_text.file)
        archive = site.archives.get(key)
        if archive is None:
            yield Diagnostic(
                code=Code.MISSING_ARCHIVE,
                message=f"`{source.archived_text.file}` is not in content/archive/",
                span=source.archived_text.span,
                hint=Code.MISSING_ARCHIVE.hint,
            )
        elif archive.digest != source.archived_text.sha256:
            yield Diagnostic(
                code=Code.CHANGED_ARCHIVE,
                message=f"{archive.path} is not the text whose SHA-256 `{key}` names",
                span=source.archived_text.span,
                hint=f"put the old text back, or, if it is right, write `sha256: {archive.digest}`",
            )
    for name, path in site.archives.files():
        if name not in named:
            yield Diagnostic(
                code=Code.MISSING_ARCHIVE,
                message=f"{path} is the archived text of no source",
                span=Span(path=path),
                hint="name it as `archived_text` of its source, or delete it",
            )


def settings_of(
    documents: Iterable[StructuredDocument],
) -> tuple[SiteSettings | None, tuple[Diagnostic, ...]]:
    """Find the site's settings; an error where there is no `site.yaml`."""
    found = [item for item in documents if item.place.part == "settings"]
    records: list[SiteSettings] = [record for item in found for record in item.records.values()]
    return next(iter(records), None), () if found else (_no_settings(),)


def faulty_of(
    documents: Iterable[StructuredDocument], parts: Mapping[str, Iterable[str]], library: Library
) -> tuple[frozenset[str], tuple[Diagnostic, ...]]:
    """Find what could not be made of its files.

    Args:
        documents: Files that may have faults.
        parts: Comparison → paths of its files.
        library: Holds those files.

    Returns:
        The keys of what could not be made, and what is wrong with comparisons.
    """
    faulty = set()
    for document in documents:
        kind = document.place.kind
        if kind is not None:
            faulty |= {f"{kind.prefix}:{key}" for key in document.faulty}
    diagnostics: list[Diagnostic] = []
    for comparison, paths in parts.items():
        joined, found = library.join(comparison, [library.document(path) for path in paths])
        diagnostics += found
        if joined is None:
            names = {comparison, id_of(comparison)}
            faulty |= {f"{start}{name}" for start in ("comparison:", _PARTS_OF) for name in names}
    return frozenset(faulty), tuple(diagnostics)


def check_document(document: StructuredDocument, site: Site, known: Known) -> Iterator[Diagnostic]:
    """Yield what is wrong with a document's records, alone and with what they refer to."""
    for record in document.records.values():
        yield from check_consistency(record, site.rule)
    yield from _check_references(document.found.references, known)
    yield from _check_prose(document.found.markdown, site, known)
    if not site.clock.is_turned_back:
        yield from _check_hidden(document, site)


def _no_settings() -> Diagnostic:
    return Diagnostic(
        code=Code.MISSING_KEY,
        message="`content/site.yaml` is missing",
        span=Span(path="content/site.yaml"),
        hint="`alliance-site init` writes one",
    )


def _comparison_of(key: str) -> str:
    """Return the key under which a comparison that could not be made excuses its parts."""
    prefix, _, rest = key.partition(":")
    is_part = prefix in {"criterion", "subject"}
    return f"{_PARTS_OF}{rest.partition('/')[0]}" if is_part else key


def _check_references(references: Iterable[Reference], known: Known) -> Iterator[Diagnostic]:
    for reference in references:
        key = reference.key.partition("#")[0]
        if key not in known or (reference.is_link and not _is_link(key)):
            yield Diagnostic(
                code=Code.DANGLING_REFERENCE,
                message=_dangling(key, is_link=reference.is_link),
                span=reference.span,
                hint=(_suggest_link if reference.is_link else _suggest)(key, known.all()),
            )


def _is_link(key: str) -> bool:
    return key.partition(":")[0] in _LINKABLE


def _dangling(key: str, *, is_link: bool = True) -> str:
    prefix, _, name = key.partition(":")
    if is_link and not (name and _is_link(key)):
        return f"`{key}` is no link to a record, expected one such as `org:ibm` or `page:members`"
    word = {"org": "organization"}.get(prefix, prefix)
    article = "an" if word[0] in "aeiou" else "a"
    return f"`{name}` is not the id of {article} {word}"


_HOMES = {
    "org": "organizations live in content/organizations/",
    "source": "sources live in content/sources.yaml",
    "alliance": "alliances live in content/alliances/",
    "objective": "objectives live in content/objectives/",
    "article": "articles live in content/articles/",
    "objective-set": "sets of objectives live in content/objective-sets.yaml",
    "sector": "sectors are listed in content/site.yaml, `vocabularies`",
    "topic": "topics are listed in content/site.yaml, `vocabularies`",
    "side": "sides are listed in content/site.yaml, `vocabularies`",
    "phase": "phases are listed in content/site.yaml, `vocabularies`",
    "author": "authors are listed in content/site.yaml",
}


def _suggest(key: str, known: set[str]) -> str:
    prefix, _, name = key.partition(":")
    guess = nearest(
        name, sorted(item[len(prefix) + 1 :] for item in known if item.startswith(f"{prefix}:"))
    )
    home = _HOMES.get(prefix, "")
    if guess:
        return f"did you mean `{guess}`?" + (f" {_sentence(home)}" if home else "")
    return home


def _suggest_link(key: str, known: set[str]) -> str:
    """Suggest a link; where the kind is wrong or left out, the record of that id."""
    name = key.rpartition(":")[2]
    same = sorted(item for item in known if item.partition(":")[2] == name and _is_link(item))
    if not _is_link(key):
        hint = f"did you mean `{same[0]}`?" if same else ""
        return hint or "write `[text](org:id)`, `[text](/path/)` or a whole address"
    return _suggest(key, known)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _check_prose(texts: Iterable[Markdown], site: Site, known: Known) -> Iterator[Diagnostic]:
    for text in texts:
        found = site.findings[text.key]
        for remark in found.remarks:
            code = Code(remark.code)
            yield Diagnostic(
                code=code,
                message=remark.message,
                span=text.span_of(remark.needle, line=remark.line),
                hint=remark.hint or code.hint,
                severity=Severity.ERROR if remark.is_error else Severity.WARNING,
            )
        for mention in found.mentions:
            span = span_in(text, mention)
            yield from _check_hole(mention.hole, span, site, known)


def span_in(text: Markdown, mention: Mention) -> Span:
    """Point at a mention in its text, without the parentheses around the address of a link."""
    span = text.span_of(mention.needle, mention.occurrence)
    if not span.end_column or not mention.needle.startswith("("):
        return span
    end = span.end_column - mention.needle.endswith(")")
    return replace(span, column=span.column + 1, end_column=end)


def _check_hole(hole: Hole, span: Span, site: Site, known: Known) -> Iterator[Diagnostic]:
    if hole.kind is HoleKind.CITATION:
        for source in hole.arguments[0::2]:
            if f"source:{source}" not in known:
                yield Diagnostic(
                    code=Code.UNKNOWN_CITATION,
                    message=f"`@{source}` cites a source that is not there",
                    span=span,
                    hint=_suggest(f"source:{source}", known.all()),
                )
    elif hole.kind is HoleKind.FACT:
        yield from _check_fact(hole.arguments, span, site, known)
    elif hole.kind is HoleKind.IMAGE:
        image = site.image(hole.arguments[0])
        others = site.image_files() if image is None else ()
        yield from check_image(hole.arguments[0], image, others, span)
    else:
        target = hole.arguments[0].partition("#")[0]
        if not is_address(target) and not (target in known and _is_link(target)):
            yield Diagnostic(
                code=Code.UNKNOWN_LINK,
                message=_dangling(target),
                span=span,
                hint=_suggest_link(target, known.all()),
            )


def _check_hidden(document: StructuredDocument, site: Site) -> Iterator[Diagnostic]:
    """Yield links to articles that are not out, from records that readers see."""
    kind = document.place.kind
    if kind is not None and site.is_hidden(f"{kind.prefix}:{document.place.id}"):
        return
    for key, span in _links(document, site):
        if site.is_hidden(key.partition("#")[0]):
            yield Diagnostic(
                code=Code.UNKNOWN_LINK,
                message=f"`{key}` is an article that is not out on {site.clock.as_of}, so the link "
                "leads to the list of articles",
                span=span,
                hint="take the link out, or publish the article; `--drafts` shows it",
                severity=Severity.WARNING,
            )


def _links(document: StructuredDocument, site: Site) -> Iterator[tuple[str, Span]]:
    """Yield every link to a record, in fields and in prose."""
    for reference in document.found.references:
        if reference.is_link:
            yield reference.key, reference.span
    for text in document.found.markdown:
        for mention in site.findings[text.key].mentions:
            if mention.hole.kind is HoleKind.LINK:
                yield mention.hole.arguments[0], span_in(text, mention)


def _check_fact(
    arguments: Sequence[str], span: Span, site: Site, known: Known
) -> Iterator[Diagnostic]:
    path, form = arguments
    if path.startswith("{"):
        message = f"`{path}` is no role that prose knows, expected `{{fact}}`"
        yield Diagnostic(code=Code.UNKNOWN_FACT, message=message, span=span)
    elif form not in FORMATS:
        listed = ", ".join(f"`{item}`" for item in FORMATS if item)
        message = f"`{form}` is no format of a fact, expected {listed} or none"
        yield Diagnostic(code=Code.UNKNOWN_FACT, message=message, span=span)
    elif fact_of(site, path) is None and not _is_faulty_fact(path, known.faulty):
        yield Diagnostic(
            code=Code.UNKNOWN_FACT,
            message=f"`{path}` leads to no value",
            span=span,
            hint=_suggest_fact(path, site),
        )


def _is_faulty_fact(path: str, faulty: frozenset[str]) -> bool:
    """Say whether a fact is missing only because a record behind it could not be made."""
    prefixes = {kind.collection: kind.prefix for kind in KINDS}
    prefixes |= {"comparisons": "comparison", "score": "comparison"}
    match path.split("/"):
        case ["count", "cells", comparison, *_]:
            return f"comparison:{comparison}" in faulty
        case ["count", *_]:
            return any(key.startswith(("org:", "objective:")) for key in faulty)
        case [collection, record, *_] if prefix := prefixes.get(collection):
            return bool({f"{prefix}:{record}", f"{prefix}:*"} & faulty)
        case _:
            return False


def _suggest_fact(path: str, site: Site) -> str:
    first, _, rest = path.partition("/")
    if first == "figures" and (guess := nearest(rest, site.figures)):
        return f"did you mean `figures/{guess}`?"
    return "write `figures/<id>`, `organizations/<id>/<field>`, `count/…` or `score/…`"
