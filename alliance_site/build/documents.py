"""Content files → heads: from what is kept where a file is as it was, else by reading it.

Never: looks at what files say of each other.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct, field

from alliance_site.build.crew import FEWEST_FOR_WORKERS, Crew, can_fork, in_chunks
from alliance_site.build.library import ReadDocument, sharing_texts
from alliance_site.build.work import Workshop
from alliance_site.diagnostics import Diagnostic
from alliance_site.model import DocumentHead
from alliance_site.paths import InputPath
from alliance_site.processors import processors
from alliance_site.read import Inputs
from alliance_site.write import DocumentRow

FEWEST_TO_SPLIT = 1_000
"""Below this many files the first process holds them all; above it each worker holds its share."""

CHUNK = 50
"""How many files or pages are worked on at once."""


class Documents(Struct):
    """All content files.

    Attributes:
        faults: What is wrong with files alone.
        faulty: Keys of the records that could not be made.
        rows: Compiled texts of files that were read, to be kept, and not taken yet.
        owners: Which worker holds a file; empty where the first process holds what was read.
    """

    heads: list[DocumentHead] = field(default_factory=list)
    faults: list[Diagnostic] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)
    rows: list[DocumentRow] = field(default_factory=list)
    owners: dict[str, int] = field(default_factory=dict)

    def add(self, read: ReadDocument) -> None:
        """Add a file that was read."""
        self.faults += read.faults
        if read.head is not None:
            self.heads.append(sharing_texts(read.head))
        if read.row is not None:
            self.rows.append(read.row)
        kind = read.document.place.kind if read.document is not None else None
        if read.document is not None and kind is not None:
            self.faulty |= {f"{kind.prefix}:{key}" for key in read.document.faulty}

    def take_rows(self) -> list[DocumentRow]:
        """Hand over what is to be kept of the files read so far."""
        rows, self.rows = self.rows, []
        return rows


def find_documents(
    inputs: Inputs, known: Mapping[str, DocumentHead]
) -> tuple[Documents, list[InputPath]]:
    """Find the heads of files that are as they were.

    Args:
        inputs: Every input.
        known: Path → what this process knows of a file.

    Returns:
        Them, and the files of which nothing is known.
    """
    # Nearly all content files are as they were: nothing is asked of each of these.
    kept = {
        path: head
        for path, (_, digest) in inputs.kept.items()
        if (head := known.get(path)) is not None and head.is_of(digest)
    }
    heads, unread = list(kept.values()), []
    for path in inputs.content(without=kept):
        head = known.get(path)
        if head is not None and head.is_of(inputs[path].digest):
            heads.append(head)
        else:
            unread.append(path)
    return Documents(heads), unread


def crew_for(
    workshop: Workshop, count: int, jobs: int, fewest: int = FEWEST_FOR_WORKERS
) -> Crew | None:
    """Form a crew where the work is enough for one.

    Args:
        workshop: What each of them works with.
        count: How many items there are to work on.
        jobs: How many workers; 0 for one a processor.
        fewest: Below this many items a crew costs more than it saves.
    """
    workers = jobs or processors()
    if workers == 1 or count < fewest or not can_fork():
        return None
    return Crew(workshop, workers)


def reading_crew(workshop: Workshop, unread: Sequence[InputPath], jobs: int) -> Crew | None:
    """Form a crew to read files, where that is worth one.

    The workers of a large site keep what they have read. Those of another send it, which for
    records takes as long as to read them: what is worth it there is to have bodies compiled.
    """
    if len(workshop.inputs) < FEWEST_TO_SPLIT:
        return crew_for(workshop, sum(path.endswith(".md") for path in unread), jobs)
    if len(unread) >= FEWEST_FOR_WORKERS:
        workshop.load_language()
    return crew_for(workshop, len(unread), jobs)


def read_documents(
    workshop: Workshop,
    crew: Crew | None,
    documents: Documents,
    unread: Sequence[InputPath],
    done: Callable[[int], None],
    keep: Callable[[list[DocumentRow]], None],
) -> None:
    """Read files, and add what they are to the others.

    Args:
        workshop: What each of them works with.
        crew: Workers, where the work is enough for some.
        documents: The others.
        unread: Which to read.
        done: Told how many have been read.
        keep: Given what is to be kept of them, chunk by chunk: all of it would not fit into memory.
    """
    if crew is None:
        for index, path in enumerate(unread):
            documents.add(workshop.library.read(path))
            if index % CHUNK == 0:
                keep(documents.take_rows())
                done(index)
        keep(documents.take_rows())
        return
    is_whole = len(workshop.inputs) < FEWEST_TO_SPLIT
    chunks = list(in_chunks(unread, CHUNK))
    parts = [(index % len(crew), (chunk, is_whole)) for index, chunk in enumerate(chunks)]
    ready = 0
    for (worker, (chunk, _)), found in zip(parts, crew.ask("read", parts), strict=True):
        _take(workshop, documents, found, is_whole=is_whole)
        if not is_whole:
            documents.owners |= dict.fromkeys(chunk, worker)
        ready += len(chunk)
        keep(documents.take_rows())
        done(ready)


def _take(
    workshop: Workshop, documents: Documents, found: Iterable[ReadDocument], *, is_whole: bool
) -> None:
    for read in found:
        workshop.inputs[read.path].told(read.digest)
        documents.add(read)
        if is_whole and read.document is not None:
            workshop.library.hold(read.path, read.document, read.prose)
