"""Says of one output what it depends on, why it was last made, and whether it is current.

Never: builds.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

from msgspec import Struct

from alliance_site.build.compose import Composed, Composing
from alliance_site.build.make import loaded_results
from alliance_site.build.options import BuildOptions, check_folders
from alliance_site.build.scratch import state_aside
from alliance_site.build.stopwatch import Stopwatch
from alliance_site.diagnostics import UsageError, nearest
from alliance_site.model import Kind, Place, place_of, question_in_words
from alliance_site.paths import OutputPath, UrlPath, output_path
from alliance_site.plan import Past, closure_of, page_fingerprint
from alliance_site.route import LISTS
from alliance_site.scan import CONTENT
from alliance_site.view import STAGES, Composer, Page
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
        place: Its path below the output folder, its address, the file of its record below
            `content/`, or its key (`org:ibm`).

    Raises:
        UsageError: The site has no such page.
        ContentError: The content has faults.
        TemplateError: The templates have faults.
    """
    check_folders(options)
    with (
        state_aside(options) as own,
        build_lock(own.state_folder / "lock"),
        Store(own.state_folder / "state.db") as store,
        ExitStack() as stack,
    ):
        manifest, signatures = store.manifest(options.folder_key)
        on_disk, _ = digests_on_disk(options.output_folder, manifest, signatures, trust=True)
        composed = Composing(
            options=own,
            store=store,
            progress=lambda *_: None,
            watch=Stopwatch(),
            past=Past(manifest, on_disk),
            stage=None,
            stack=stack,
        ).compose()
        pages = _pages(composed)
        path = _find(place, pages, composed.workshop.composer)
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


def _find(place: str, pages: dict[OutputPath, Page], composer: Composer) -> OutputPath:
    name = _path_in(place, composer)
    for candidate in (name, f"{name}/index.html", f"{name}index.html", name or "index.html"):
        if candidate in pages:
            return OutputPath(candidate)
    known = {path.removesuffix("index.html"): path for path in pages}
    guess = nearest(f"{name.rstrip('/')}/", known)
    hint = f"; did you mean {guess}?" if guess else ""
    raise UsageError(f"{place} is no page of this site{hint}")


def _path_in(place: str, composer: Composer) -> str:
    """Return the path within the site that an address, a file or a key stands for."""
    urls = composer.routes.url_by_key
    key = place if place in urls else _key_of(place)
    if key in urls:
        return output_path(UrlPath(urls[key].partition("#")[0]))
    address, own = urlsplit(place), urlsplit(composer.base_url)
    is_own = address.netloc == own.netloc or address.hostname in _SERVED_AT
    path = address.path if address.scheme in {"http", "https"} and is_own else place
    return path.partition("#")[0].removeprefix(composer.base).removeprefix("/")


_SERVED_AT = frozenset({"127.0.0.1", "localhost"})


def _key_of(file: str) -> str:
    """Return the key of what is written in a file below `content/`; empty for any other path."""
    _, is_content, inner = f"/{file}".rpartition(f"/{CONTENT}/")
    place = place_of(inner) if is_content else None
    match place:
        case Place(part="record", kind=Kind(prefix=prefix)):
            return f"{prefix}:{place.id}"
        case Place(part="collection", kind=Kind(prefix=prefix)):
            return LISTS.get(prefix, "")
        case Place(part="cells"):
            return f"subject:{place.comparison}/{place.id}"
        case Place(comparison=comparison) if comparison:
            return f"comparison:{comparison}"
        case Place(part=part):
            return _PAGES.get(part, "")
        case _:
            return ""


_PAGES = {"settings": "page:home", "archive": "page:sources", "release": "page:changes"}
"""Where readers see what is in files that hold no record."""


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
