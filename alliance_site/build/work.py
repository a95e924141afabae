"""The costly pure steps over many items, on as many processes as there are processors.

Workers are forks: they inherit the site, make views, render them and stage the files, and send
back only what the build must know. The order in which they finish changes nothing.

Never: decides what is to be made.
"""

import gc
import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_all_start_methods, get_context
from typing import Any

from alliance_site.diagnostics import Diagnostic
from alliance_site.paths import OutputPath, output_path
from alliance_site.plan import Past, page_fingerprint
from alliance_site.prose import Prose, compile_prose
from alliance_site.render import Renderer
from alliance_site.view import Page, Summary, summarize
from alliance_site.write import Stage

FEWEST_FOR_WORKERS = 150
"""Below this many items a pool costs more than it saves."""

_CHUNK = 50

_inherited: dict[str, Any] = {}
"""What a fork needs of its parent: set before the fork, read only after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What pages are made with.

    Attributes:
        closures: Template name → digest of it and all that it refers to.
        code: Digest of the generator's code.
        past: The last build.
        stage: Where files are made; None keeps their bytes in memory.
    """

    renderer: Renderer
    closures: Mapping[str, str]
    code: str
    past: Past
    stage: Stage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A page after its making.

    Attributes:
        digest: Of its bytes; empty when the file on disk is current and nothing was rendered.
        reason: Why it was made; that of the build which made it, where it was not.
        is_staged: Whether its bytes differ from those on disk, and wait to be put in place.
        data: The bytes, where they are kept in memory.
        template: What rendered it, or would have; empty for what has no template.
        view_s: Seconds to make its view and digest it.
        render_s: Seconds to render and stage it.
    """

    path: OutputPath
    fingerprint: str
    summary: Summary | None
    digest: str = ""
    reason: str = ""
    is_staged: bool = False
    data: bytes = b""
    faults: tuple[Diagnostic, ...] = ()
    template: str = ""
    view_s: float = 0.0
    render_s: float = 0.0


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def make_pages(
    workshop: Workshop, pages: Sequence[Page], jobs: int, done: Callable[[int], None]
) -> list[Made]:
    """Make the view of every page, and render and stage those that are not current.

    Args:
        workshop: What they are made with.
        pages: With unique addresses.
        jobs: Worker processes; 0 for one a processor.
        done: Called with how many are ready.

    Returns:
        One for each page, in their order.
    """
    make = _MakePages(workshop, pages)
    return list(_shared_out(make, len(pages), jobs, done))


@dataclass(frozen=True, slots=True)
class _MakePages:
    workshop: Workshop
    pages: Sequence[Page]

    def __call__(self, start: int, end: int) -> list[Made]:
        return [_make_page(self.workshop, page) for page in self.pages[start:end]]


def _make_page(workshop: Workshop, page: Page) -> Made:
    started = time.perf_counter()
    view = page.make()
    path = output_path(page.url)
    fingerprint = page_fingerprint(view, workshop.closures[page.template], workshop.code)
    summary = summarize(page, view)
    viewed = time.perf_counter()
    common = Made(
        path=path,
        fingerprint=fingerprint,
        summary=summary,
        template=page.template,
        view_s=viewed - started,
    )
    if workshop.past.is_current(path, fingerprint):
        return common
    data, faults = workshop.renderer.render(page.template, view)
    digest = hashlib.sha256(data).hexdigest()
    is_staged = workshop.past.on_disk.get(path) != digest and not faults
    if is_staged and workshop.stage is not None:
        workshop.stage.add(path, data)
    return replace(
        common,
        digest=digest,
        reason=workshop.past.reason(path, fingerprint),
        is_staged=is_staged,
        data=data if workshop.stage is None else b"",
        faults=faults,
        render_s=time.perf_counter() - viewed,
    )


def compile_all(
    texts: Mapping[str, tuple[str, bool]], jobs: int, done: Callable[[int], None]
) -> dict[str, Prose]:
    """Compile Markdown texts.

    Args:
        texts: Key → (text, whether it is a body).
        jobs: Worker processes; 0 for one a processor.
        done: Called with how many are ready.
    """
    make = _CompileTexts(list(texts.values()))
    return {item.key: item for item in _shared_out(make, len(texts), jobs, done)}


@dataclass(frozen=True, slots=True)
class _CompileTexts:
    texts: Sequence[tuple[str, bool]]

    def __call__(self, start: int, end: int) -> list[Prose]:
        return [compile_prose(text, is_body=is_body) for text, is_body in self.texts[start:end]]


def _shared_out(
    make: Callable[[int, int], list[Any]], count: int, jobs: int, done: Callable[[int], None]
) -> Iterator[Any]:
    """Yield what `make` gives for every range of items, in order, from workers where that pays."""
    workers = jobs or processors()
    ready = 0
    if workers == 1 or count < FEWEST_FOR_WORKERS or not _can_fork():
        for start in range(0, count, _CHUNK):
            yield from make(start, min(start + _CHUNK, count))
            ready = min(start + _CHUNK, count)
            done(ready)
        return
    with _forks(workers, make) as pool:
        starts = range(0, count, _CHUNK)
        for part in pool.map(_make_range, starts, [min(at + _CHUNK, count) for at in starts]):
            yield from part
            ready += len(part)
            done(ready)


def _can_fork() -> bool:
    """Say whether a fork is safe: where there is one, and no other thread may hold a lock."""
    return "fork" in get_all_start_methods() and threading.active_count() == 1


@contextmanager
def _forks(workers: int, make: Callable[[int, int], list[Any]]) -> Iterator[ProcessPoolExecutor]:
    _inherited["make"] = make
    # What the parent made stays where it is: a collection in a fork would copy all of it.
    gc.freeze()
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
            yield pool
    finally:
        gc.unfreeze()
        _inherited.clear()


def _make_range(start: int, end: int) -> list[Any]:
    made: list[Any] = _inherited["make"](start, end)
    return made
