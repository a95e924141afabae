"""Read, model, route: a site from which every output can be made.

Never: writes to the output.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from alliance_site.build.inputs import (
    Inputs,
    Templates,
    excerpts_of,
    find_assets,
    find_templates,
    structure_documents,
)
from alliance_site.build.options import BuildOptions, Progress
from alliance_site.build.stopwatch import Stopwatch
from alliance_site.build.work import compile_all
from alliance_site.diagnostics import (
    Code,
    ContentError,
    Diagnostic,
    Span,
    TemplateError,
    UsageError,
    has_errors,
)
from alliance_site.model import Clock, PartialDate, Site, StructuredDocument, resolve_site
from alliance_site.paths import UrlPath, output_path
from alliance_site.plan import AssetTarget
from alliance_site.prose import Prose, dump_prose, load_prose, prose_key
from alliance_site.read import code_digest, read_inputs
from alliance_site.route import RouteTable, make_routes
from alliance_site.scan import code_status
from alliance_site.view import Composer, Table, data_tables
from alliance_site.write import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A site from which every output can be made.

    Attributes:
        composer: Makes views.
        tables: To download.
        assets: Static files, the style sheet first.
        code: Digest of the generator's code.
        diagnostics: Warnings.
    """

    composer: Composer
    tables: tuple[Table, ...]
    assets: tuple[AssetTarget, ...]
    templates: Templates
    inputs: Inputs
    code: str
    diagnostics: tuple[Diagnostic, ...]


def compose(options: BuildOptions, store: Store, progress: Progress, watch: Stopwatch) -> Composed:
    """Compose the site.

    Raises:
        ContentError: The content has faults.
        TemplateError: The templates have faults.
        UsageError: An option makes no sense.
    """
    inputs = read_inputs(options.site)
    code = _code(store)
    templates, template_faults = find_templates(inputs)
    watch.step("read")
    documents, faults = structure_documents(inputs)
    watch.step("parse records")
    prose = _prose(documents, store, code, options, progress)
    watch.step("compile prose")
    as_of = _as_of(options, documents)
    clock = Clock(as_of, options.known_on, is_rewound=options.as_of is not None)
    site, found = resolve_site(documents, prose, clock=clock, with_drafts=options.with_drafts)
    faults += found
    if site is None or has_errors((*faults, *template_faults)):
        raise refusal(faults, template_faults, inputs)
    _check_known_on(options, site)
    routes, found = make_routes(site)
    assets = find_assets(inputs)
    faults += (*found, *_taken(routes, assets.others))
    if has_errors(faults):
        raise refusal(faults, (), inputs)
    composer = Composer(
        site=site,
        routes=routes,
        base_url=_base_url(options, site),
        stylesheet=UrlPath(f"/{assets.stylesheet.path}"),
        script=UrlPath(f"/{assets.script.path}") if assets.script else None,
        as_of=_speaks_for(options, site, as_of),
    )
    tables = data_tables(composer)
    watch.step("resolve and route")
    return Composed(
        composer=composer,
        tables=tables,
        assets=assets.all(),
        templates=templates,
        inputs=inputs,
        code=code,
        diagnostics=faults,
    )


_DOWNLOADS, _DOWNLOAD_ENDINGS = ("data/", "sources/"), (".csv", ".json", ".bib", ".txt")
"""Where files to download are, and how their names end."""


def _taken(routes: RouteTable, assets: Iterable[AssetTarget]) -> Iterator[Diagnostic]:
    """Yield static files that would be written where a page or a table is."""
    addresses = (*routes.url_by_key.values(), *routes.redirects)
    pages = {output_path(UrlPath(url.partition("#")[0])) for url in addresses}
    folders = {str(parent) for path in pages for parent in PurePosixPath(path).parents}
    for asset in assets:
        is_download = asset.path.startswith(_DOWNLOADS) and asset.path.endswith(_DOWNLOAD_ENDINGS)
        if asset.path in pages or asset.path in folders | {"assets", "data"} or is_download:
            yield Diagnostic(
                code=Code.ROUTE_COLLISION,
                message=f"`{asset.path}` is where the site writes a file of its own",
                span=Span(path=asset.inputs[0]),
                hint="rename the file",
            )


def refusal(
    content: Iterable[Diagnostic], templates: Iterable[Diagnostic], inputs: Inputs
) -> ContentError | TemplateError:
    """Make the error that ends a build: of the content where that has any, else of templates."""
    content, templates = tuple(content), tuple(templates)
    found = (*content, *templates)
    kind = TemplateError if has_errors(templates) and not has_errors(content) else ContentError
    return kind(found, excerpts_of(found, inputs))


def _code(store: Store) -> str:
    """Digest the generator's code, reading it only when its files' status has changed."""
    status = code_status()
    if store.header("code_status") != status or not store.header("code"):
        store.set_header("code", code_digest())
        store.set_header("code_status", status)
    return store.header("code")


def _prose(
    documents: Sequence[StructuredDocument],
    store: Store,
    code: str,
    options: BuildOptions,
    progress: Progress,
) -> dict[str, Prose]:
    """Compile every Markdown text, by its key; what is kept from before is taken."""
    texts = {
        prose_key(text.text, is_body=text.is_body): (text.text, text.is_body)
        for document in documents
        for text in document.found.markdown
    }
    kept = store.results(texts, code) if options.use_cache else {}
    loaded = {key: load_prose(key, value) for key, value in kept.items()}
    found = {key: prose for key, prose in loaded.items() if prose is not None}
    missing = {key: text for key, text in texts.items() if key not in found}
    made = compile_all(
        missing, options.jobs, lambda count: progress("reading", count, len(missing))
    )
    store.keep_results({key: dump_prose(item) for key, item in made.items()}, code)
    store.forget_results(texts)
    return found | made


def _as_of(options: BuildOptions, documents: Sequence[StructuredDocument]) -> date:
    """Decide the build's date: asked for, the environment's, the site's own, or today."""
    if options.as_of is not None:
        return options.as_of
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        message = f"SOURCE_DATE_EPOCH is `{epoch}`, expected seconds since 1970"
        if not (epoch.isascii() and epoch.isdigit()):
            raise UsageError(message)
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date()
        except (ValueError, OverflowError, OSError) as error:
            raise UsageError(message) from error
    settings = [item for item in documents if item.place.part == "settings"]
    days = [record.as_of for item in settings for record in item.records.values()]
    own: PartialDate | None = next((day for day in days if day is not None), None)
    return own.latest() if own is not None else datetime.now(UTC).date()


def _check_known_on(options: BuildOptions, site: Site) -> None:
    """Refuse a day before the site began, when nothing was recorded."""
    founded = site.settings.founded
    if options.known_on is not None and options.known_on < founded.earliest():
        raise UsageError(
            f"--known-on is {options.known_on}, but this site began on {founded}: nothing was "
            "recorded before"
        )


def _speaks_for(options: BuildOptions, site: Site, as_of: date) -> PartialDate:
    """Return the day that pages name: the build's date, where somebody has set it.

    Where nobody has, that would be today, and every page would be another one each day; they name
    the day of the newest article then.
    """
    is_set = options.as_of or os.environ.get("SOURCE_DATE_EPOCH") or site.settings.as_of
    if is_set:
        return PartialDate.of(as_of)
    days = [item.updated or item.published for item in site.articles.values()]
    return max(days, default=site.settings.founded)


def _base_url(options: BuildOptions, site: Site) -> str:
    """Return the site's address with a slash at its end."""
    url = options.base_url if options.base_url is not None else site.settings.url
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in {"https", "http"} and bool(parts.hostname)
    except ValueError:
        is_whole = False
    if not is_whole or {"?", "#"} & set(url):
        raise UsageError(f"the base URL is `{url}`, expected one such as https://example.org/path/")
    return f"{url.rstrip('/')}/"
