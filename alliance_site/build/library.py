"""Reads content files: once each, and again only where what was made of them is not kept.

Never: decides what must be read.
"""

import hashlib
import sys
from collections import deque
from collections.abc import (
    Callable,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    MutableMapping,
    Sequence,
)
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, structs
from msgspec.structs import force_setattr, replace

from alliance_site.build.memory import Held, Memory
from alliance_site.diagnostics import Diagnostic
from alliance_site.model import (
    Catalog,
    DocumentHead,
    Joining,
    PartialDate,
    StructuredDocument,
    TextElsewhere,
    archived_document,
    dump_document,
    head_of,
    load_document,
    meant_path,
    misplaced,
    place_of,
    structure_document,
    structure_release,
    unreadable_document,
)
from alliance_site.paths import InputPath
from alliance_site.prose import (
    Prose,
    ProseFindings,
    compile_prose,
    dump_prose,
    load_prose,
)
from alliance_site.read import InputFile, Inputs, decode, parse_document
from alliance_site.write import DocumentReader, DocumentRow

T = TypeVar("T")

MOST_HELD = 8_000
"""How many articles a process holds in memory; the others are read again when they are asked for.

A large site's do not fit, and reading the fields of one again costs a fraction of making its page.
"""

MOST_AGAIN = 100
"""Of how many articles that, or whose texts, were read again these stay at hand.

Feeds have the same ones in common.
"""


def pack_heads(heads: Iterable[DocumentHead]) -> bytes:
    """Write what is known of files as JSON, to be sent to another process."""
    return msgspec.json.encode(list(heads))


def unpack_heads(packed: bytes) -> Iterator[DocumentHead]:
    """Read what `pack_heads` wrote into little memory."""
    # One by one: what sharing texts sets free of the first holds the next.
    for item in _PACKED_READER.decode(packed):
        yield sharing_texts(_HEAD_READER.decode(item))


def sharing_texts(document: DocumentHead) -> DocumentHead:
    """Make equal texts one: every process of a build holds the heads of all files."""
    for head in document.heads:
        force_setattr(head, "path", document.path)
        if head.digest == document.digest:
            force_setattr(head, "digest", document.digest)
        if head.place == _OF_ITS_OWN:
            force_setattr(head, "place", _OF_ITS_OWN)
        force_setattr(head, "collection", sys.intern(head.collection))
        if (listing := head.listing) is not None:
            force_setattr(listing, "id", head.id)
            force_setattr(listing, "published", _day(listing.published))
            force_setattr(listing, "topics", tuple(map(sys.intern, listing.topics)))
            force_setattr(listing, "about", tuple(map(sys.intern, listing.about)))
            if listing.title == head.name:
                force_setattr(listing, "title", head.name)
    return document


_NONE: dict[str, Any] = {}

_OF_ITS_OWN = (0, 0, 0)
"""The place of a record with a file of its own."""


@cache
def _day(day: PartialDate) -> PartialDate:
    """Return the first of equal days."""
    return day


_PACKED_READER = msgspec.json.Decoder(list[msgspec.Raw])
_HEAD_READER = msgspec.json.Decoder(DocumentHead)


class ReadDocument(Struct, frozen=True, kw_only=True):
    """A content file after its first reading.

    Attributes:
        document: Its records; None for a file in which nothing is looked for.
        head: What is known of it without reading it again.
        row: Its compiled texts as they are kept; None where it has faults, which must be told
            again.
        prose: Its compiled texts, by key.
    """

    path: InputPath
    digest: str
    document: StructuredDocument | None
    head: DocumentHead | None
    row: DocumentRow | None
    prose: Mapping[str, Prose]
    faults: tuple[Diagnostic, ...]

    def without_records(self) -> "ReadDocument":
        """Return the same without what only this process needs, unless it has faults to tell."""
        return self if self.faults else structs.replace(self, document=None, prose={})


class _OnDemand(dict[str, T]):
    """A mapping that asks for what it does not hold."""

    def __init__(self, find: Callable[[str], T]) -> None:
        """Hold nothing yet; `find` returns what a key stands for, or raises a `KeyError`."""
        super().__init__()
        self._find = find

    def __missing__(self, key: str) -> T:
        """Ask for it."""
        return self._find(key)


class DiskLibrary(Joining):
    """Content files as records, read when they are asked for.

    Attributes:
        prose: Compiled texts, by key, of the documents that are held; those that are kept in the
            state alone are read from there when they are asked for.
        findings: What a check asks of the same texts.
    """

    def __init__(self, inputs: Inputs, state: Path, code: str, memory: Memory) -> None:
        """Begin with nothing read in this build.

        Args:
            inputs: Every input.
            state: The file that holds compiled texts.
            code: Digest of the code that must have compiled them.
            memory: What this process has read before.
        """
        self.prose: MutableMapping[str, Prose] = _OnDemand(self._kept)
        self.findings: MutableMapping[str, ProseFindings] = _OnDemand(
            lambda key: self.prose[key].findings
        )
        super().__init__()
        self._inputs = inputs
        self._reader = DocumentReader(state, code)
        self._code = code
        self._memory = memory
        self._documents: dict[str, StructuredDocument] = {}
        self._places: dict[str, InputPath] = {}
        """Where a text is that may have to be read again, by its key."""
        self._bare: set[InputPath] = set()
        """Documents that are held without their texts."""
        self._again: deque[InputPath] = deque()
        self._articles = 0

    def hold(
        self, path: InputPath, document: StructuredDocument, prose: Mapping[str, Prose]
    ) -> None:
        """Keep what was made of a file at hand."""
        if path not in self._documents:
            self._documents[path] = document
            self.prose.update(prose)
            self._memory.files[path] = Held(self._inputs[path].digest, document, prose)

    def _hold_bare(
        self, path: InputPath, document: StructuredDocument, prose: Mapping[str, Prose]
    ) -> None:
        """Keep the records of an article at hand; its texts are in the state when they are used."""
        ((key, article),) = document.records.items()
        read = partial(_body_of, self._inputs[path])
        body = TextElsewhere(article.body.span, article.body.key, read)
        document.found.markdown[:] = [
            body if item is article.body else item for item in document.found.markdown
        ]
        records = {key: replace(article, body=body)}
        # Where its record stands, and what is said of it, has gone into its head.
        self._documents[path] = replace(document, records=records, spans=_NONE, digests=_NONE)
        self._bare.add(path)
        for key, compiled in prose.items():
            self.findings[key] = compiled.findings
            self._places[key] = path

    def _kept(self, key: str) -> Prose:
        """Return a text of a document that is held without its texts, or was let go."""
        path = self._places[key]
        if path not in self._documents:
            self._read_again(path)
            return self.prose[key]
        self._again.append(path)
        kept = load_prose(self._reader.read(path, self._inputs[path].digest)[0])
        made = _compiled(self._documents[path], kept)
        self.prose.update(made)
        return made[key]

    def close(self) -> None:
        """Close the state; it is opened again if it is needed again."""
        self._reader.close()

    def catalog(
        self, ground: Hashable, heads: Sequence[DocumentHead], make: Callable[[], Catalog]
    ) -> Catalog:
        """Return the catalogue of a site: that of the last build where only heads are new."""
        return self._memory.catalog(ground, heads, make)

    def remember(self, name: str, digest: str, make: Callable[[], T]) -> T:
        """Return a thing that is made once in this process while what it is made of is the same."""
        return self._memory.remember(name, digest, make)

    def holds(self, path: str) -> bool:
        """Say whether the records of a content file are at hand."""
        return path in self._documents

    def document(self, path: str) -> StructuredDocument:
        """Return the records of a content file."""
        if not self.holds(path):
            self._read_again(InputPath(path))
        return self._documents[path]

    def _read_again(self, path: InputPath) -> None:
        """Read a file whose compiled texts are kept; what is not kept is compiled."""
        file = self._inputs[path]
        if "/articles/" in path:
            self._again.append(path)
        held = self._memory.files.get(path)
        if held is not None and held.digest == file.digest:
            self.hold(path, held.document, held.prose)
            return
        prose, records = self._reader.read(path, file.digest)
        document = _of_fields(file, records)
        if document is None:
            document, _ = _structured(path, file.read())
        if document is None:
            raise KeyError(path)
        self.hold(path, document, _compiled(document, load_prose(prose)))

    def read(self, path: InputPath, *, will_be_kept: bool = False) -> ReadDocument:
        """Read a file for the first time, and keep what is made of it at hand.

        Args:
            path: Below `content/`.
            will_be_kept: The compiled texts will be in the state before they are used.
        """
        file = self._inputs[path]
        document, faults = _structured(path, file.read())
        if document is None:
            return ReadDocument(
                path=path,
                digest=file.digest,
                document=None,
                head=None,
                row=None,
                prose={},
                faults=faults,
            )
        prose = _compiled(document, {})
        is_placed = place_of(path.removeprefix("content/")) is not None
        head = head_of(document, file.digest, prose) if is_placed else None
        faults += tuple(document.found.diagnostics)
        is_whole = not faults and not document.faulty
        made = ReadDocument(
            path=path,
            digest=file.digest,
            document=document,
            head=head,
            row=self._row(document, prose) if is_whole else None,
            prose=prose,
            faults=faults,
        )
        is_article = "/articles/" in path
        self._articles += is_article
        if is_article and self._articles > MOST_HELD:
            return made
        if is_article and will_be_kept and made.row is not None:
            self._hold_bare(path, document, prose)
        else:
            self.hold(path, document, prose)
        return made

    def _row(self, document: StructuredDocument, prose: Mapping[str, Prose]) -> DocumentRow:
        digest = self._inputs[InputPath(document.path)].digest
        made = dump_prose(prose.values()), dump_document(document)
        return DocumentRow.of(document.path, digest, self._code, made)

    def let_oldest_go(self) -> Iterator[str]:
        """Let go what was read again, but for the last; yield the ids of articles that are gone."""
        while len(self._again) > MOST_AGAIN:
            path = self._again.popleft()
            document = self._documents.get(path)
            if document is None:
                continue
            if path in self._bare:
                for key in _keys(document):
                    self.prose.pop(key, None)
            else:
                yield document.place.id
                self.let_go(path)

    def let_go_after_check(self, path: str) -> None:
        """Let go what nothing but the check of a file asks of it, where its records alone are held.

        What is asked of its texts can be asked again; what it refers to cannot.
        """
        if path in self._bare:
            document = self._documents[path]
            document.found.references.clear()
            for key in _keys(document):
                self.findings.pop(key, None)

    def let_go(self, path: str) -> None:
        """Let a file's records and texts go; they are read again if they are asked for."""
        document = self._documents.pop(path, None)
        self._bare.discard(InputPath(path))
        self._memory.forget(path)
        for key in _keys(document) if document is not None else ():
            self._places[key] = InputPath(path)
            self.prose.pop(key, None)
            self.findings.pop(key, None)


def _keys(document: StructuredDocument) -> set[str]:
    """Return the keys of the texts of a document."""
    return {text.key for text in document.found.markdown}


def _compiled(document: StructuredDocument, kept: Mapping[str, Prose]) -> dict[str, Prose]:
    """Compile the texts of a document, where they are not kept."""
    made = {}
    for text in document.found.markdown:
        if text.key not in made:
            compiled = kept.get(text.key) or compile_prose(text.text, is_body=text.is_body)
            made[text.key] = compiled
    return made


def _of_fields(file: InputFile, records: bytes) -> StructuredDocument | None:
    """Read a file's records as they are kept; None where they are not."""
    place = place_of(file.path.removeprefix("content/")) if records else None
    if place is None:
        return None
    return load_document(records, file.path, place, partial(_body_of, file))


def _body_of(file: InputFile) -> str:
    """Read the text below the fields of a file, whose records are at hand without it.

    Raises:
        KeyError: There is none.
    """
    document, _ = _structured(file.path, file.read())
    if document is None:
        raise KeyError(file.path)
    (record,) = document.records.values()
    text: str = record.body.text
    return text


def _structured(
    path: InputPath, data: bytes
) -> tuple[StructuredDocument | None, tuple[Diagnostic, ...]]:
    name = path.removeprefix("content/")
    place = place_of(name)
    if place is None:
        # What names the record that was meant is no second error.
        meant = place_of(meant_path(name))
        stands_for = unreadable_document(path, meant) if meant is not None else None
        return stands_for, (misplaced(name),)
    if place.part == "archive":
        text, faults = decode(path, data)
        digest = hashlib.sha256(data).hexdigest()
        return archived_document(path, place, text or "", digest), faults
    if place.part == "release":
        return structure_release(path, place, data), ()
    document, faults = parse_document(path, data)
    if document is None:
        return unreadable_document(path, place), faults
    return structure_document(document, place), faults
