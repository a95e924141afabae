"""Says of one output what it depends on, why it was last made, and whether it is current.

Never: builds.
"""

from collections.abc import Iterator
from contextlib import ExitStack

from msgspec import Struct

from alliance_site.build.compose import Composed, Composing
from alliance_site.build.make import loaded_results
from alliance_site.build.options import BuildOptions, check_folders
from alliance_site.build.stopwatch import Stopwatch
from alliance_site.diagnostics import UsageError, nearest
from alliance_site.model import question_in_words
from alliance_site.paths import OutputPath, output_path
from alliance_site.plan import Past, closure_of, page_fingerprint
from alliance_site.view import STAGES, Page
from alliance_site.write import Store, build_lock, digests_on_disk


class Explanation(Struct, frozen=True, kw_only=True):
    """What there is to say of an output.

    Attributes:
        lines: Pairs of a label and a text.
    """

    path: OutputPath
    lines: tuple[tuple[str, str], ...]


def explain(options: BuildOptions, place: str) -> Explanation:
    """Explain an output.

    Args:
        options: Of the build in question.
        place: Its path below the output folder, or its address within the site.

    Raises:
        UsageError: The site has no such page.
    """
    check_folders(options)
    with (
        build_lock(options.state_folder / "lock"),
        Store(options.state_folder / "state.db") as store,
        ExitStack() as stack,
    ):
        manifest, signatures = store.manifest(options.folder_key)
        on_disk, _ = digests_on_disk(options.output_folder, manifest, signatures, trust=True)
        composed = Composing(
            options=options,
            store=store,
            progress=lambda *_: None,
            watch=Stopwatch(),
            past=Past(manifest, on_disk),
            stage=None,
            stack=stack,
        ).compose()
        pages = _pages(composed)
        path = _find(place, pages, composed.workshop.composer.base)
        lines = tuple(_lines(composed, pages[path], path))
    return Explanation(path=path, lines=lines)


def _pages(composed: Composed) -> dict[OutputPath, Page]:
    """List every page; those that rest on others as what those told in the last build."""
    results = loaded_results(composed.told).values()
    composed.workshop.results = tuple(results)
    return {
        output_path(page.url): page
        for stage in STAGES
        for family in stage
        for page in composed.workshop.pages(family.name).values()
    }


def _find(place: str, pages: dict[OutputPath, Page], base: str) -> OutputPath:
    name = place.removeprefix(base).removeprefix("/")
    for candidate in (name, f"{name}/index.html", f"{name}index.html", name or "index.html"):
        if candidate in pages:
            return OutputPath(candidate)
    guess = nearest(name, pages)
    hint = f"; did you mean {guess}?" if guess else ""
    raise UsageError(f"{place} is no page of this site{hint}")


def _lines(composed: Composed, page: Page, path: OutputPath) -> Iterator[tuple[str, str]]:
    templates, workshop = composed.templates, composed.workshop
    view, keys = workshop.site.trace.record(page.make)
    closure = workshop.closures.get(page.template, "")
    fingerprint = page_fingerprint(view, closure, workshop.code)
    last = workshop.past.manifest.get(path)
    yield "view", type(view).__name__
    if page.template in templates.sources:
        for name in closure_of(page.template, templates.sources, templates.references):
            yield "template", templates.sources[name].path
    for key in sorted(keys):
        yield "rests on", question_in_words(key)
    for part in fingerprint.split("; "):
        label, _, digest = part.partition("=")
        yield label, digest
    yield "last made because", last.reason if last else "it has not been made yet"
    if workshop.past.is_current(path, fingerprint):
        yield "now", "current; a build leaves it as it is"
    else:
        yield "now", f"to be made, because {workshop.past.reason(path, fingerprint)}"
