"""All records → one site, with every reference checked.

A record that could not be made is known by its id, so that what refers to it raises no second
error.

Never: changes a record; stops at the first fault.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from alliance_site.diagnostics import Code, Diagnostic, Severity, Span, nearest
from alliance_site.model.archives import Archive
from alliance_site.model.clocks import Clock, order_record
from alliance_site.model.comparisons import join_comparisons
from alliance_site.model.consistency import check_consistency
from alliance_site.model.documents import StructuredDocument
from alliance_site.model.facts import FORMATS, fact_of
from alliance_site.model.kinds import KINDS, PAGE_LISTS
from alliance_site.model.lineages import check_lineages
from alliance_site.model.records import Article, SiteSettings, Source
from alliance_site.model.rewind import rewind
from alliance_site.model.site import Comparison, Site
from alliance_site.model.statements import HeadlineRule
from alliance_site.model.structure import Reference
from alliance_site.model.values import Markdown
from alliance_site.prose import Hole, HoleKind, Mention, Prose, prose_key

_TERMS = frozenset({"sector", "side", "phase", "author"})
"""What records name, and what has no address to link to."""

_LINKABLE = frozenset(
    {kind.prefix for kind in KINDS} | {"comparison", "criterion", "subject", "topic", "page"}
)

HIDDEN_NAME = "an article that is not out"
"""Stands for the title of an article that readers may not see yet, or no longer."""

_PARTS_OF = "parts of comparison:"


@dataclass(slots=True)
class _Gathered:
    """The records of all files by collection, before they are one site."""

    settings: SiteSettings | None = None
    records: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {kind.collection: {} for kind in KINDS}
    )
    spans: dict[tuple[str, str], Span] = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def resolve_site(
    documents: Sequence[StructuredDocument],
    prose: Mapping[str, Prose],
    *,
    clock: Clock,
    with_drafts: bool = False,
) -> tuple[Site | None, tuple[Diagnostic, ...]]:
    """Join the records of all documents and check what they say of each other.

    Args:
        documents: In any order.
        prose: The compiled form of every Markdown in them, by key.
        clock: The build's days: later articles are not out yet, expired ones no longer.
        with_drafts: Show drafts, scheduled and expired articles too.

    Returns:
        The site, or None where `site.yaml` is missing or faulty, and what is wrong.
    """
    as_of = clock.as_of
    gathered = _gather(documents)
    comparisons, faults = join_comparisons(documents)
    gathered.diagnostics += faults
    started = {item.place.comparison for item in documents if item.place.comparison}
    for key in started - set(comparisons):
        gathered.faulty |= {f"comparison:{key}", f"{_PARTS_OF}{key}"}
    settings = gathered.settings
    if settings is None:
        return None, tuple(gathered.diagnostics)
    rule = HeadlineRule(settings.policies, as_of)
    articles = gathered.records["articles"]
    gathered.records["articles"] = {
        key: item for key, item in articles.items() if with_drafts or is_out(item, as_of)
    }
    hidden = {f"article:{key}" for key in articles.keys() - gathered.records["articles"].keys()}
    site = Site(
        settings=settings,
        archives=_archives(documents, gathered.records["sources"]),
        clock=clock,
        rule=rule,
        comparisons=MappingProxyType(
            {key: _in_order(item, rule) for key, item in comparisons.items()}
        ),
        prose=prose,
        names=_names(settings, gathered.records, comparisons, hidden),
        **{
            name: MappingProxyType(
                {key: order_record(item, rule) for key, item in sorted(items.items())}
            )
            for name, items in gathered.records.items()
        },
    )
    known = set(site.names) | gathered.faulty
    diagnostics = gathered.diagnostics
    for document in documents:
        for record in document.records.values():
            diagnostics += check_consistency(record, rule)
    for document in documents:
        diagnostics += _check_references(document.found.references, known)
        diagnostics += _check_prose(document.found.markdown, site, known)
        if not clock.is_turned_back:
            diagnostics += _check_hidden(document, site, hidden, as_of)
    diagnostics += check_lineages(site.objective_sets.values())
    diagnostics += _check_archives(documents, site)
    return rewind(site), tuple(diagnostics)


def _archives(
    documents: Sequence[StructuredDocument], sources: Mapping[str, Source]
) -> Mapping[str, Archive]:
    """Return the archived text of every source that has one."""
    by_name = {item.place.id: item.archive for item in documents if item.archive is not None}
    named = ((key, source.archived_text) for key, source in sources.items())
    found = {key: by_name.get(item.file) for key, item in named if item is not None}
    return MappingProxyType({key: item for key, item in found.items() if item is not None})


def _check_archives(documents: Sequence[StructuredDocument], site: Site) -> Iterator[Diagnostic]:
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
                span=source.span,
                hint=Code.MISSING_ARCHIVE.hint,
            )
        elif archive.digest != source.archived_text.sha256:
            yield Diagnostic(
                code=Code.CHANGED_ARCHIVE,
                message=f"{archive.path} is not the text whose SHA-256 `{key}` names",
                span=source.span,
                hint=f"put the old text back, or, if it is right, write `sha256: {archive.digest}`",
            )
    for document in documents:
        if document.archive is not None and document.place.id not in named:
            yield Diagnostic(
                code=Code.MISSING_ARCHIVE,
                message=f"{document.path} is the archived text of no source",
                span=Span(path=document.path),
                hint="name it as `archived_text` of its source, or delete it",
            )


def _in_order(comparison: Comparison, rule: HeadlineRule) -> Comparison:
    """Put the statements of every cell into the rule's order."""
    moved = {
        place: replace(cell, statements=rule.ordered(cell.statements))
        for place, cell in comparison.cells.items()
        if len(cell.statements) > 1
    }
    return replace(comparison, cells=MappingProxyType({**comparison.cells, **moved}))


def is_out(article: Article, as_of: date) -> bool:
    """Say whether an article is shown on a day: no draft, published, and not expired."""
    is_over = article.expires is not None and article.expires.earliest() <= as_of
    return not article.draft and article.published.earliest() <= as_of and not is_over


def _gather(documents: Sequence[StructuredDocument]) -> _Gathered:
    gathered = _Gathered()
    for document in sorted(documents, key=lambda item: item.path):
        place, kind = document.place, document.place.kind
        gathered.diagnostics += document.found.diagnostics
        if place.part == "settings":
            gathered.settings = next(iter(document.records.values()), None)
        elif kind is not None:
            gathered.faulty |= {f"{kind.prefix}:{key}" for key in document.faulty}
            _add_records(document, kind.collection, gathered)
    if not any(document.place.part == "settings" for document in documents):
        gathered.diagnostics.append(_no_settings())
    return gathered


def _no_settings() -> Diagnostic:
    return Diagnostic(
        code=Code.MISSING_KEY,
        message="`content/site.yaml` is missing",
        span=Span(path="content/site.yaml"),
        hint="`alliance-site init` writes one",
    )


def _add_records(document: StructuredDocument, collection: str, gathered: _Gathered) -> None:
    for key, record in document.records.items():
        first = gathered.spans.get((collection, key))
        if first is None:
            gathered.records[collection][key] = record
            gathered.spans[collection, key] = document.spans[key]
            continue
        gathered.diagnostics.append(
            Diagnostic(
                code=Code.DUPLICATE_ID,
                message=f"`{key}` is the id of another record, in {first.path}",
                span=document.spans[key],
                hint="rename one of them",
                related=((first, "the other one"),),
            )
        )


def _names(
    settings: SiteSettings,
    collections: Mapping[str, Mapping[str, Any]],
    comparisons: Mapping[str, Any],
    hidden: Iterable[str],
) -> Mapping[str, str]:
    """Name everything that can be linked or referred to."""
    names = {f"page:{name}": name.capitalize() for name in PAGE_LISTS}
    for kind in KINDS:
        for key, record in collections[kind.collection].items():
            names[f"{kind.prefix}:{key}"] = _name(record)
    for key, comparison in comparisons.items():
        names[f"comparison:{key}"] = comparison.file.title
        names |= {f"criterion:{key}/{item.id}": item.title for item in comparison.criteria}
        names |= {f"subject:{key}/{item.id}": item.name for item in comparison.file.subjects}
    terms = settings.vocabularies
    for prefix, labels in (
        ("sector", terms.sectors),
        ("topic", terms.topics),
        ("side", terms.sides),
        ("phase", terms.phases),
    ):
        names |= {f"{prefix}:{key}": label for key, label in labels.items()}
    names |= {f"author:{key}": author.name for key, author in settings.authors.items()}
    names |= dict.fromkeys(hidden, HIDDEN_NAME)
    return MappingProxyType(names)


def _name(record: Any) -> str:
    for attribute in ("name", "title", "claim", "label", "id"):
        if value := getattr(record, attribute, ""):
            return str(value)
    return ""


def _is_known(key: str, known: set[str]) -> bool:
    """Say whether a key names a record; where a whole file was unreadable, any id may be in it."""
    prefix = key.partition(":")[0]
    return key in known or f"{prefix}:*" in known or _comparison_of(key) in known


def _comparison_of(key: str) -> str:
    """Return the key under which a comparison that could not be made excuses its parts."""
    prefix, _, rest = key.partition(":")
    is_part = prefix in {"criterion", "subject"}
    return f"{_PARTS_OF}{rest.partition('/')[0]}" if is_part else key


def _check_references(references: Iterable[Reference], known: set[str]) -> Iterator[Diagnostic]:
    for reference in references:
        key = reference.key.partition("#")[0]
        if not _is_known(key, known) or (reference.is_link and not _is_link(key)):
            yield Diagnostic(
                code=Code.DANGLING_REFERENCE,
                message=_dangling(key, is_link=reference.is_link),
                span=reference.span,
                hint=(_suggest_link if reference.is_link else _suggest)(key, known),
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


def _check_prose(texts: Iterable[Markdown], site: Site, known: set[str]) -> Iterator[Diagnostic]:
    for text in texts:
        compiled = site.prose[prose_key(text.text, is_body=text.is_body)]
        for remark in compiled.remarks:
            code = Code(remark.code)
            yield Diagnostic(
                code=code,
                message=remark.message,
                span=text.span_of(remark.needle),
                hint=code.hint,
                severity=Severity.WARNING,
            )
        for mention in compiled.mentions:
            span = _span_in(text, mention)
            yield from _check_hole(mention.hole, span, site, known)


def _span_in(text: Markdown, mention: Mention) -> Span:
    """Point at a mention; the parentheses around the address of a link are not marked."""
    span = text.span_of(mention.needle, mention.occurrence)
    if not span.end_column or not mention.needle.startswith("("):
        return span
    end = span.end_column - mention.needle.endswith(")")
    return replace(span, column=span.column + 1, end_column=end)


def _check_hole(hole: Hole, span: Span, site: Site, known: set[str]) -> Iterator[Diagnostic]:
    if hole.kind is HoleKind.CITATION:
        for source in hole.arguments[0::2]:
            if not _is_known(f"source:{source}", known):
                yield Diagnostic(
                    code=Code.UNKNOWN_CITATION,
                    message=f"`@{source}` cites a source that is not there",
                    span=span,
                    hint=_suggest(f"source:{source}", known),
                )
    elif hole.kind is HoleKind.FACT:
        yield from _check_fact(hole.arguments, span, site, known)
    else:
        target = hole.arguments[0].partition("#")[0]
        is_path = target.startswith("/") and not target.startswith("//")
        if not is_path and not (_is_known(target, known) and _is_link(target)):
            yield Diagnostic(
                code=Code.UNKNOWN_LINK,
                message=_dangling(target),
                span=span,
                hint=_suggest_link(target, known),
            )


def _check_hidden(
    document: StructuredDocument, site: Site, hidden: set[str], as_of: date
) -> Iterator[Diagnostic]:
    """Yield links to articles that are not out, from records that readers see."""
    kind = document.place.kind
    if kind is not None and f"{kind.prefix}:{document.place.id}" in hidden:
        return
    for key, span in _links(document, site):
        if key.partition("#")[0] in hidden:
            yield Diagnostic(
                code=Code.UNKNOWN_LINK,
                message=f"`{key}` is an article that is not out on {as_of}, so the link leads to "
                "the list of articles",
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
        for mention in site.prose[prose_key(text.text, is_body=text.is_body)].mentions:
            if mention.hole.kind is HoleKind.LINK:
                yield mention.hole.arguments[0], _span_in(text, mention)


def _check_fact(
    arguments: Sequence[str], span: Span, site: Site, known: set[str]
) -> Iterator[Diagnostic]:
    path, form = arguments
    if path.startswith("{"):
        message = f"`{path}` is no role that prose knows, expected `{{fact}}`"
        yield Diagnostic(code=Code.UNKNOWN_FACT, message=message, span=span)
    elif form not in FORMATS:
        listed = ", ".join(f"`{item}`" for item in FORMATS if item)
        message = f"`{form}` is no format of a fact, expected {listed} or none"
        yield Diagnostic(code=Code.UNKNOWN_FACT, message=message, span=span)
    elif fact_of(site, path) is None and not _is_faulty_fact(path, known - set(site.names)):
        yield Diagnostic(
            code=Code.UNKNOWN_FACT,
            message=f"`{path}` leads to no value",
            span=span,
            hint=_suggest_fact(path, site),
        )


def _is_faulty_fact(path: str, faulty: set[str]) -> bool:
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
