"""What is known of a file's records without reading it again: ids, names, and what lists show.

Heads are kept between builds, each as a list of its fields, so that a build knows every record by
its head and reads only the files of those that it must make something of. There are very many, and
none is in a circle, so Python need not look for circles among them.

Never: holds what only a record's own page shows.
"""

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from msgspec import Struct, structs

from alliance_site.diagnostics import Span
from alliance_site.model.comparison_records import ComparisonFile, CriteriaFile
from alliance_site.model.documents import StructuredDocument
from alliance_site.model.images import image_address
from alliance_site.model.kinds import Place, place_of
from alliance_site.model.records import (
    Article,
    ArticleId,
    ArticleKind,
    RecordLink,
    TopicId,
)
from alliance_site.model.releases import Release
from alliance_site.model.values import Markdown, PartialDate
from alliance_site.prose import Hole, HoleKind, Prose


@cache
def _topic_tie(topic: str) -> str:
    """Name the tie that a topic is."""
    return f"topic:{topic}"


class Listing(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """An article as lists show it.

    Attributes:
        dek_text: Its dek without markup; None where the text depends on other records.
        expires: The day from which it is no longer out.
    """

    id: ArticleId
    title: str
    kind: ArticleKind
    dek_text: str | None
    published: PartialDate
    updated: PartialDate | None
    expires: PartialDate | None
    draft: bool
    topics: tuple[TopicId, ...]
    about: tuple[RecordLink, ...]

    @property
    def ties(self) -> tuple[str, ...]:
        """What it is about, and its topics as `topic:…`; each once."""
        return tuple(dict.fromkeys((*self.about, *map(_topic_tie, self.topics))))

    def is_out(self, as_of: date) -> bool:
        """Say whether it is shown on a day: no draft, published, and not expired."""
        is_over = self.expires is not None and self.expires.has_come(as_of)
        return not self.draft and self.published.has_come(as_of) and not is_over


class Head(Struct, frozen=True, array_like=True, gc=False):
    """A record as it is known without being read.

    Attributes:
        collection: The attribute of `Site` that holds it.
        digest: Of all that it says; not of where it stands.
        card: Of all that is said of it elsewhere: its name, and its listing.
        place: Line, column and end column at which its id stands; zeros for a file of its own.
        listing: Of an article.
    """

    path: str
    collection: str
    id: str
    name: str
    digest: str
    card: str
    place: tuple[int, int, int] = (0, 0, 0)
    former_ids: tuple[str, ...] = ()
    listing: Listing | None = None

    @property
    def span(self) -> Span:
        """Where the record's id stands."""
        line, column, end_column = self.place
        return Span(path=self.path, line=line, column=column, end_column=end_column)


class ReleaseHead(Struct, frozen=True, array_like=True):
    """A release as it is known without being read.

    Attributes:
        after: The release before it; empty for the first.
        seal: Digest of its file with the seal that it claims, which need not be the right one.
        records: Keys of the records that changed with it.
    """

    path: str
    id: str
    date: PartialDate
    after: str
    seal: str
    records: frozenset[str]


class DocumentHead(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A content file as it is known without being read.

    Attributes:
        digest: The first half of the SHA-256 of its bytes.
        heads: Of its records, in the order of the file.
        terms: Key and name of what a comparison's file defines besides (`criterion:…`).
        former_ids: Of a comparison.
        release: Where the file is one of the ledger.
        images: Addresses of the images that its texts show, each once, sorted.
        links: Addresses within the site that its texts link to, without `#…`, each once, sorted.
    """

    path: str
    digest: str
    heads: tuple[Head, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    former_ids: tuple[str, ...] = ()
    release: ReleaseHead | None = None
    images: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    def is_of(self, digest: str) -> bool:
        """Say whether it is what is known of a file with this SHA-256."""
        return self.digest == digest[:_KEPT_DIGITS]

    def says_the_same_elsewhere(self, other: "DocumentHead") -> bool:
        """Say whether other records know of this file what they know of another version of it."""
        if len(self.heads) != len(other.heads):
            return False
        heads = tuple(
            structs.replace(head, digest=known.digest)
            for head, known in zip(self.heads, other.heads, strict=True)
        )
        links = other.links  # asked of all files in every build
        return structs.replace(self, digest=other.digest, heads=heads, links=links) == other

    @property
    def place(self) -> Place:
        """What the file is."""
        place = place_of(self.path.removeprefix("content/"))
        if place is None:
            raise ValueError(self.path)
        return place


def head_of(document: StructuredDocument, digest: str, prose: Mapping[str, Prose]) -> DocumentHead:
    """Sum up a document.

    Args:
        document: Its records; those that could not be made are left out.
        digest: SHA-256 of its bytes.
        prose: The compiled form of its texts, by key.
    """
    kind, digest = document.place.kind, digest[:_KEPT_DIGITS]
    if document.place.part == "release":
        releases = (_release_head(item) for item in document.records.values())
        return DocumentHead(path=document.path, digest=digest, release=next(releases, None))
    images, links = _images(document, prose), _links(document, prose)
    if kind is None:
        terms, former_ids = _terms(document)
        return DocumentHead(
            path=document.path,
            digest=digest,
            terms=terms,
            former_ids=former_ids,
            images=images,
            links=links,
        )
    heads = tuple(
        _head(kind.collection, key, record, document, digest, prose)
        for key, record in document.records.items()
    )
    return DocumentHead(path=document.path, digest=digest, heads=heads, images=images, links=links)


def _images(document: StructuredDocument, prose: Mapping[str, Prose]) -> tuple[str, ...]:
    texts = (prose[item.key] for item in document.found.markdown)
    holes = (hole for text in texts for hole in text.holes if hole.kind is HoleKind.IMAGE)
    return tuple(sorted({image_address(hole.arguments[0]) for hole in holes}))


def _links(document: StructuredDocument, prose: Mapping[str, Prose]) -> tuple[str, ...]:
    texts = (prose[item.key] for item in document.found.markdown)
    found = {linked_address(hole) for text in texts for hole in text.holes}
    return tuple(sorted(found - {""}))


def linked_address(hole: Hole) -> str:
    """Return the address within the site that a link leads to; empty for everything else."""
    if hole.kind is not HoleKind.LINK or not is_address(hole.arguments[0]):
        return ""
    return hole.arguments[0].partition("#")[0].partition("?")[0]


def is_address(target: str) -> bool:
    """Say whether a link's target is an address within the site, and not a record."""
    return target.startswith("/") and not target.startswith("//")


def _head(
    collection: str,
    key: str,
    record: Any,
    document: StructuredDocument,
    digest: str,
    prose: Mapping[str, Prose],
) -> Head:
    name = name_of(record)
    span = document.spans[key]
    listing = _listing(record, prose) if isinstance(record, Article) else None
    return Head(
        path=document.path,
        collection=collection,
        id=key,
        name=name,
        digest=document.digests.get(key, digest)[:_KEPT_DIGITS],
        card=name if listing is None else _digest(repr((name, listing))),
        place=(span.line, span.column, span.end_column),
        former_ids=tuple(getattr(record, "former_ids", ())),
        listing=listing,
    )


_KEPT_DIGITS = 32


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_KEPT_DIGITS]


def _release_head(release: Release) -> ReleaseHead:
    return ReleaseHead(
        release.span.path,
        release.id,
        release.date,
        release.after,
        _digest(f"{release.body}{release.seal}"),
        frozenset(release.values),
    )


def _listing(article: Article, prose: Mapping[str, Prose]) -> Listing:
    return Listing(
        id=article.id,
        title=article.title,
        kind=article.kind,
        dek_text=plain_text(article.dek, prose),
        published=article.published,
        updated=article.updated,
        expires=article.expires,
        draft=article.draft,
        topics=article.topics,
        about=article.about,
    )


def plain_text(text: Markdown, prose: Mapping[str, Prose]) -> str | None:
    """Return a text without markup, where that does not depend on other records."""
    compiled = prose[text.key]
    return compiled.text_parts[0] if len(compiled.text_parts) == 1 else None


def _terms(
    document: StructuredDocument,
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Name what a comparison's file defines."""
    comparison = document.place.comparison
    for record in document.records.values():
        if isinstance(record, ComparisonFile):
            subjects = ((f"subject:{comparison}/{i.id}", i.name) for i in record.subjects)
            return ((f"comparison:{comparison}", record.title), *subjects), record.former_ids
        if isinstance(record, CriteriaFile):
            criteria = ((f"criterion:{comparison}/{i.id}", i.title) for i in record.criteria)
            return tuple(criteria), ()
    return (), ()


def name_of(record: Any) -> str:
    """Return what a record is called."""
    for attribute in ("name", "title", "claim", "label", "id"):
        if value := getattr(record, attribute, ""):
            return str(value)
    return ""
