"""Reads content files: once each, and again only where what was made of them is not kept.

Never: decides what must be read.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import msgspec

from alliance_site.build.inputs import Inputs
from alliance_site.build.memory import Held, Memory
from alliance_site.diagnostics import Diagnostic
from alliance_site.model import (
    DocumentHead,
    StructuredDocument,
    archived_document,
    head_of,
    misplaced,
    place_of,
    structure_document,
    structure_release,
    unreadable_document,
)
from alliance_site.paths import InputPath
from alliance_site.prose import Prose, compile_prose, dump_prose, load_prose, prose_key
from alliance_site.read import decode, parse_document
from alliance_site.write import ProseReader, ProseRow

T = TypeVar("T")

MOST_HELD = 4_000
"""How many articles a process holds in memory; the others are read again when they are asked for.

A large site's do not fit, and reading the fields of one again costs a fraction of making its page.
"""


HEADS = "heads"
"""Where the state has what is known of files, with the code that has read them."""


def dump_heads(heads: Iterable[DocumentHead], code: str) -> bytes:
    """Write what is known of files as JSON."""
    return msgspec.json.encode((code, list(heads)))


def load_heads(kept: bytes, code: str) -> list[DocumentHead]:
    """Read what `dump_heads` wrote; nothing where it is something else, or of other code."""
    try:
        made_by, heads = _HEADS_READER.decode(kept)
    except msgspec.DecodeError:
        return []
    return heads if made_by == code else []


_HEADS_READER = msgspec.json.Decoder(tuple[str, list[DocumentHead]])


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDocument:
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
    row: ProseRow | None
    prose: Mapping[str, Prose]
    faults: tuple[Diagnostic, ...]

    def without_records(self) -> "ReadDocument":
        """Return the same without what only this process needs, unless it has faults to tell."""
        return self if self.faults else replace(self, document=None, prose={})


class DiskLibrary:
    """Content files as records, read when they are asked for.

    Attributes:
        prose: Compiled texts, by key, of the documents that are held.
    """

    def __init__(self, inputs: Inputs, state: Path, code: str, memory: Memory) -> None:
        """Begin with nothing read in this build.

        Args:
            inputs: Every input.
            state: The file that holds compiled texts.
            code: Digest of the code that must have compiled them.
            memory: What this process has read before.
        """
        self.prose: MutableMapping[str, Prose] = {}
        self._inputs = inputs
        self._reader = ProseReader(state, code)
        self._code = code
        self._memory = memory
        self._documents: dict[str, StructuredDocument] = {}
        self._uses: Counter[str] = Counter()
        self._articles = 0

    def hold(
        self, path: InputPath, document: StructuredDocument, prose: Mapping[str, Prose]
    ) -> None:
        """Keep what was made of a file at hand."""
        if path not in self._documents:
            self._documents[path] = document
            self._uses.update(list(prose))
            self.prose.update(prose)
            self._memory.files[path] = Held(self._inputs[path].digest, document, prose)

    def close(self) -> None:
        """Close the state; it is opened again if it is needed again."""
        self._reader.close()

    def holds(self, path: str) -> bool:
        """Say whether the records of a content file are at hand."""
        return path in self._documents

    def remember(self, name: str, digest: str, make: Callable[[], T]) -> T:
        """Return a thing that is made once in this process while what it is made of is the same."""
        return self._memory.remember(name, digest, make)

    def document(self, path: str) -> StructuredDocument:
        """Return the records of a content file."""
        if path not in self._documents:
            self._read_again(InputPath(path))
        return self._documents[path]

    def _read_again(self, path: InputPath) -> None:
        """Read a file whose compiled texts are kept; what is not kept is compiled."""
        file = self._inputs[path]
        held = self._memory.files.get(path)
        if held is not None and held.digest == file.digest:
            self.hold(path, held.document, held.prose)
            return
        document, _ = _structured(path, file.read())
        if document is None:
            raise KeyError(path)
        kept = load_prose(self._reader.read(path, file.digest))
        self.hold(path, document, _compiled(document, kept))

    def read(self, path: InputPath) -> ReadDocument:
        """Read a file for the first time, and keep what is made of it at hand."""
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
        head = head_of(document, file.digest, prose)
        faults += tuple(document.found.diagnostics)
        is_whole = not faults and not document.faulty
        made = ReadDocument(
            path=path,
            digest=file.digest,
            document=document,
            head=head,
            row=self._row(head, prose) if is_whole else None,
            prose=prose,
            faults=faults,
        )
        self._hold_some(made)
        return made

    def _hold_some(self, made: ReadDocument) -> None:
        if "/articles/" in made.path:
            self._articles += 1
            if self._articles > MOST_HELD:
                return
        if made.document is not None:
            self.hold(made.path, made.document, made.prose)

    def _row(self, head: DocumentHead, prose: Mapping[str, Prose]) -> ProseRow:
        return ProseRow.of(head.path, head.digest, self._code, dump_prose(prose.values()))

    def let_go(self, path: str) -> None:
        """Let a file's records and texts go; they are read again if they are asked for."""
        document = self._documents.pop(path, None)
        self._memory.forget(path)
        if document is None:
            return
        for key in {prose_key(text.text, is_body=text.is_body) for text in document.found.markdown}:
            self._uses[key] -= 1
            if self._uses[key] <= 0:
                del self._uses[key]
                self.prose.pop(key, None)


def _compiled(document: StructuredDocument, kept: Mapping[str, Prose]) -> dict[str, Prose]:
    """Compile the texts of a document, where they are not kept."""
    made = {}
    for text in document.found.markdown:
        key = prose_key(text.text, is_body=text.is_body)
        if key not in made:
            made[key] = kept.get(key) or compile_prose(text.text, is_body=text.is_body)
    return made


def _structured(
    path: InputPath, data: bytes
) -> tuple[StructuredDocument | None, tuple[Diagnostic, ...]]:
    name = path.removeprefix("content/")
    place = place_of(name)
    if place is None:
        return None, (misplaced(name),)
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
