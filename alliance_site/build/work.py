"""The costly pure steps over many items, on as many processes as there are processors.

The order in which workers finish changes nothing: results are put together by their keys.

Never: decides what is to be made; touches a disk.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from typing import Any

from alliance_site.diagnostics import Diagnostic
from alliance_site.paths import InputPath, OutputPath
from alliance_site.plan import AssetTarget, PageTarget, TableTarget, Target
from alliance_site.prose import Prose, compile_prose
from alliance_site.render import Renderer, Shelf, table_csv, table_json

FEWEST_FOR_WORKERS = 150
"""Below this many items a pool costs more than it saves."""

_CHUNK = 50

_renderer: dict[str, Renderer] = {}
"""The renderer of a worker process, made once by its initialiser."""


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _pool(
    jobs: int, start: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()
) -> Iterator[ProcessPoolExecutor]:
    method = "fork" if "fork" in get_all_start_methods() else "spawn"
    with ProcessPoolExecutor(
        jobs, mp_context=get_context(method), initializer=start, initargs=arguments
    ) as pool:
        yield pool


def _chunks(items: Sequence[Any]) -> list[Sequence[Any]]:
    return [items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK)]


def _is_worth_it(count: int, jobs: int) -> bool:
    return count >= FEWEST_FOR_WORKERS and (jobs or processors()) > 1


def compile_all(
    texts: Mapping[str, tuple[str, bool]], jobs: int, done: Callable[[int], None]
) -> dict[str, Prose]:
    """Compile Markdown texts.

    Args:
        texts: Key → (text, whether it is a body).
        jobs: Worker processes; 0 for one a processor.
        done: Called with how many are ready.
    """
    items = list(texts.values())
    made: list[Prose] = []
    if not _is_worth_it(len(items), jobs):
        return {item.key: item for item in _compile_chunk(items)}
    with _pool(jobs or processors()) as pool:
        for part in pool.map(_compile_chunk, _chunks(items)):
            made += part
            done(len(made))
    return {item.key: item for item in made}


def _compile_chunk(items: Sequence[tuple[str, bool]]) -> list[Prose]:
    return [compile_prose(text, is_body=is_body) for text, is_body in items]


@dataclass(frozen=True, slots=True, kw_only=True)
class Materials:
    """What targets are made from.

    Attributes:
        templates: Template name → text.
        paths: Template name → the input it comes from.
        shelf: HTML between the holes of compiled prose, by key.
        files: Bytes of the static files, by input path.
    """

    templates: Mapping[str, str]
    paths: Mapping[str, str]
    shelf: Shelf
    files: Mapping[InputPath, bytes]


def render_all(
    targets: Sequence[Target], materials: Materials, jobs: int, done: Callable[[int], None]
) -> tuple[dict[OutputPath, bytes], tuple[Diagnostic, ...]]:
    """Make the bytes of targets.

    Args:
        targets: With unique paths, in any order.
        materials: What they are made from.
        jobs: Worker processes; 0 for one a processor.
        done: Called with how many are ready.

    Returns:
        Bytes by output path, in the order of `targets`, and what is wrong with templates.
    """
    pages = [item for item in targets if isinstance(item, PageTarget)]
    made = {
        item.path: _plain_bytes(item, materials.files)
        for item in targets
        if not isinstance(item, PageTarget)
    }
    faults: list[Diagnostic] = []
    arguments = (materials.templates, materials.paths, materials.shelf)
    for path, data, wrong in _rendered(pages, arguments, jobs):
        made[path] = data
        faults += wrong
        done(len(made))
    return {item.path: made[item.path] for item in targets}, tuple(faults)


_Rendered = tuple[OutputPath, bytes, tuple[Diagnostic, ...]]


def _rendered(
    pages: Sequence[PageTarget], arguments: tuple[Any, ...], jobs: int
) -> Iterator[_Rendered]:
    if not _is_worth_it(len(pages), jobs):
        renderer = Renderer(*arguments)
        for page in pages:
            yield _render_one(renderer, page)
        return
    with _pool(jobs or processors(), _start_renderer, arguments) as pool:
        for part in pool.map(_render_chunk, _chunks(pages)):
            yield from part


def _start_renderer(*arguments: Any) -> None:
    _renderer["renderer"] = Renderer(*arguments)


def _render_chunk(pages: Sequence[PageTarget]) -> list[_Rendered]:
    return [_render_one(_renderer["renderer"], page) for page in pages]


def _render_one(renderer: Renderer, target: PageTarget) -> _Rendered:
    data, faults = renderer.render(target.page.template, target.page.view)
    return target.path, data, faults


def _plain_bytes(target: Target, files: Mapping[InputPath, bytes]) -> bytes:
    match target:
        case TableTarget():
            make = table_csv if target.ending == "csv" else table_json
            return make(target.table)
        case AssetTarget():
            return b"".join(files[path] for path in target.inputs)
        case PageTarget():
            raise TypeError("pages are rendered by `_rendered`")
