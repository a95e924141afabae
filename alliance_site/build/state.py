"""What is kept between builds, each thing with the way it is recalled.

Never: decides what is current.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from alliance_site.build.inputs import Templates
from alliance_site.build.memory import Memory
from alliance_site.diagnostics import Diagnostic, dump_diagnostic, load_diagnostic
from alliance_site.model import DocumentHead
from alliance_site.plan import Task, Tasks
from alliance_site.read import Inputs
from alliance_site.scan import is_signature_settled
from alliance_site.write import RowKind, Store


def keep_heads(store: Store, code: str, heads: Mapping[str, DocumentHead]) -> None:
    """Keep what is known of files, with the code that has read them."""
    store.keep_rows("heads", heads, _HEADS, code)


def recalled_heads(store: Store, code: str) -> Mapping[str, DocumentHead]:
    """Return what is known of files by their paths, where this code has read them."""
    return store.rows("heads", _HEADS, code)


_HEADS: RowKind[DocumentHead] = RowKind(DocumentHead)


def keep_inputs(store: Store, inputs: Inputs, started_ns: int) -> None:
    """Keep the signature and digest of every input that was read.

    Args:
        store: Where.
        inputs: All of them.
        started_ns: When the build began; a file changed just before may change again unseen.
    """
    fresh = {
        file.path: (file.signature, file.digest)
        for file in inputs.asked_for
        if file.is_known
        and file.path not in inputs.kept
        and is_signature_settled(file.signature, started_ns)
    }
    # The very same rows are known for the same at once.
    store.keep_rows("inputs", {**inputs.kept, **fresh}, _INPUTS)


def recalled_inputs(store: Store) -> Mapping[str, tuple[str, str]]:
    """Return the signature and digest of every input that was read before."""
    return store.rows("inputs", _INPUTS)


_INPUTS: RowKind[tuple[str, str]] = RowKind(tuple[str, str])


def recalled_refs(store: Store) -> dict[str, list[tuple[str, int]]]:
    """Return what templates refer to, by their digests."""
    try:
        kept = json.loads(store.header("templates") or "{}")
        return {
            str(digest): [(str(name), int(line)) for name, line in names]
            for digest, names in kept.items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}


def keep_refs(store: Store, templates: Templates) -> None:
    """Keep what templates without faults refer to."""
    kept = {
        item.digest: templates.references[name].names for name, item in templates.sources.items()
    }
    store.set_header("templates", json.dumps(kept))


_PARTS = ("tasks", "traces", "news", "told")
"""What is kept of a build's tasks: what they are, what each of them read, what is new since these
were written, what pages tell."""


class Ground(NamedTuple):
    """What tasks rest on besides the answers to the questions that they ask.

    Attributes:
        all: Digest of what every one of them rests on.
        others: Digest of what else the answers are made of, besides heads: images, and where the
            notices of corrections stand. Empty where nobody may tell by it that they are the same.
    """

    all: str
    others: str = ""

    def without_others(self) -> "Ground":
        """Return the same, by which nobody may tell that answers are the same."""
        return Ground(self.all)


def recalled_tasks(
    store: Store, folder: str, ground: Ground, memory: Memory
) -> tuple[Tasks, bytes, bool]:
    """Return the tasks of the last build into a folder.

    There are none if it stood on other ground, or where one part is not of the same build as the
    others, which happens in a state that was damaged. They are taken out of the memory, as
    comparing changes them: a build that fails leaves none there.

    Returns:
        They, what its pages told, as JSON, and whether the answers of that build were made of the
        heads that are kept, and of nothing else that is new since.
    """
    said = store.header(f"ground of {folder}")
    kept = memory.tasks.pop(folder, None)
    first, _, rest = said.partition(" ")
    answers, *seals = rest.split(" ")
    if first != ground.all or seals != [store.seal(f"{part} of {folder}") for part in _PARTS]:
        return Tasks(), b"", False
    is_of_heads = bool(ground.others) and answers == _answers(store, ground)
    if kept is not None and kept[0] == said:
        return *kept[1:], is_of_heads
    text, numbers, news, told = (store.data(f"{part} of {folder}") for part in _PARTS)
    if not told:
        return Tasks(), b"", False
    return Tasks.load(text, numbers, news, _whole_of(store, folder)), told, is_of_heads


def _answers(store: Store, ground: Ground) -> str:
    """Name all that answers are made of, besides what all tasks rest on."""
    return "+".join((store.seal("heads"), store.seal("heads news"), ground.others))


def _whole_of(store: Store, folder: str) -> str:
    """Name what is kept of a folder's tasks as a whole."""
    return " ".join(store.seal(f"{part} of {folder}") for part in _PARTS[:2])


def keep_tasks(
    store: Store, folder: str, ground: Ground, made: tuple[Tasks, bytes], memory: Memory
) -> None:
    """Keep the tasks of a build.

    Args:
        store: Where; the heads that they rest on are in it already.
        folder: The output folder's name in the state.
        ground: On what the tasks rest.
        made: They, and what pages tell.
        memory: What this process keeps.
    """
    tasks, told = made
    if tasks.whole != _whole_of(store, folder) or not tasks.is_little_new:
        text, numbers = tasks.dump()
        store.set_data(f"tasks of {folder}", text)
        store.set_data(f"traces of {folder}", numbers)
        tasks.whole = _whole_of(store, folder)
    store.set_data(f"news of {folder}", tasks.dump_news())
    store.set_data(f"told of {folder}", told)
    seals = (store.seal(f"{part} of {folder}") for part in _PARTS)
    said = " ".join((ground.all, _answers(store, ground), *seals))
    store.set_header(f"ground of {folder}", said)
    memory.tasks[folder] = said, tasks, told


def forget_tasks(store: Store, folder: str) -> None:
    """Let the next build into a folder do every task."""
    store.set_header(f"ground of {folder}", "")


def diagnosed(keys: Iterable[str], faults: Iterable[Diagnostic]) -> Task:
    """Make the task that found faults; where they stand is part of what it rests on."""
    listed = list(faults)
    places = {f"document {item.span.path}" for item in listed}
    # Nearly every key is that of many files; each worker sends its own copy.
    rests = tuple(sys.intern(key) for key in {*keys, *places})
    return Task(rests, [dump_diagnostic(item) for item in listed])


def recalled_diagnostics(tasks: Tasks, name: str) -> Iterator[Diagnostic]:
    """Yield what a task found."""
    for item in tasks.results.get(name, ()):
        yield load_diagnostic(item)
