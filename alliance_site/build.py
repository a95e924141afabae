"""Strings the rooms together; the only module that knows every one of them.

The command line, continuous integration and the server call the same `build`.

Never: holds a rule of the domain.
"""

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from alliance_site.check import check_content, check_links
from alliance_site.diagnostics import (
    CheckError,
    Code,
    ContentError,
    Diagnostic,
    Severity,
    Span,
    TemplateError,
    UsageError,
    has_errors,
    sorted_diagnostics,
)
from alliance_site.model import (
    PartialDate,
    Site,
    StructuredDocument,
    misplaced,
    place_of,
    resolve_site,
    structure_document,
    unreadable_document,
)
from alliance_site.paths import InputPath, OutputPath, UrlPath, base_path, output_path
from alliance_site.plan import (
    AssetTarget,
    Output,
    PageTarget,
    TableTarget,
    Target,
    TemplateSource,
    check_references,
    closure_digests,
    diff_targets,
    fingerprint_of,
)
from alliance_site.prose import Prose, dump_prose, load_prose, prose_key
from alliance_site.read import (
    InputFile,
    TemplateRefs,
    code_digest,
    code_status,
    decode,
    find_inputs,
    find_template_refs,
    parse_document,
    read_input,
)
from alliance_site.route import make_routes
from alliance_site.view import Composer, Page, Table, make_pages
from alliance_site.work import compile_all, render_all
from alliance_site.write import (
    Store,
    build_lock,
    delete_outputs,
    digests_on_disk,
    foreign_files,
    write_output,
)

STATE_FOLDER = ".alliance-site"
OUTPUT_FOLDER = "_site"
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and of how much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What a build is asked for.

    Attributes:
        site: The folder that holds `content/`.
        output: Where the site goes; `_site` in the site's folder by default.
        base_url: Overrides `url` of `site.yaml`.
        as_of: The build's date; `SOURCE_DATE_EPOCH`, then `as_of` of `site.yaml`, then today.
        with_drafts: Show drafts, scheduled and expired articles.
        jobs: Worker processes; 0 means as many as there are processors.
        use_cache: Trust what is remembered; without it everything is read and made anew.
        is_strict: Warnings are errors.
    """

    site: Path
    output: Path | None = None
    base_url: str | None = None
    as_of: date | None = None
    with_drafts: bool = False
    jobs: int = 0
    use_cache: bool = True
    is_strict: bool = False

    @property
    def output_folder(self) -> Path:
        """Where the site goes."""
        return self.output if self.output is not None else self.site / OUTPUT_FOLDER


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What a build did.

    Attributes:
        pages: How many pages the site has (HTML files).
        written: Files made or changed.
        kept: Files that were current.
        removed: Files of the last build that the site no longer has.
        diagnostics: Warnings; a build with errors raises.
        excerpts: The line of the file that each span points at.
    """

    pages: int
    written: tuple[OutputPath, ...]
    kept: int
    removed: int
    seconds: float
    diagnostics: tuple[Diagnostic, ...] = ()
    excerpts: Mapping[Span, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Composed:
    """A site up to its targets: everything but bytes."""

    targets: tuple[Target, ...]
    fingerprints: Mapping[OutputPath, str]
    templates: Mapping[str, str]
    template_paths: Mapping[str, str]
    prose: Mapping[str, Prose]
    inputs: Mapping[InputPath, InputFile]
    diagnostics: tuple[Diagnostic, ...]
    base: str


def _silent(what: str, done: int, total: int) -> None:
    """Report no progress."""


def build(options: BuildOptions, progress: Progress = _silent) -> BuildResult:
    """Build the site.

    Raises:
        UsageError: The site's folder, or the output's, is not one to work on.
        ContentError: The content has faults; the output is untouched.
        TemplateError: The templates have faults; the output is untouched.
        OutputError: The disk refused.
    """
    started = time.perf_counter()
    _check_folders(options)
    state = options.site / STATE_FOLDER
    output = options.output_folder
    with build_lock(state / "lock"), Store(state / "state.db") as store:
        composed = _compose(options, store, progress)
        folder = _folder_key(options)
        manifest, signatures = store.manifest(folder)
        on_disk, now = digests_on_disk(output, manifest, signatures, trust=options.use_cache)
        plan = diff_targets(composed.targets, composed.fingerprints, manifest, on_disk)
        if not options.use_cache:
            plan = diff_targets(composed.targets, composed.fingerprints, {}, {})
        made = _render(composed, [target for target, _ in plan.render], options, progress)
        digests = {path: hashlib.sha256(data).hexdigest() for path, data in made.items()}
        written = tuple(path for path in made if on_disk.get(path) != digests[path])
        for count, path in enumerate(written, 1):
            now[path] = write_output(output, path, made[path])
            progress("writing", count, len(written))
        wanted = {target.path for target in composed.targets}
        removed = delete_outputs(output, [path for path in manifest if path not in wanted])
        kept_outputs = {
            path: Output(composed.fingerprints[path], digests.get(path) or on_disk[path])
            for path in sorted(wanted)
        }
        store.keep_manifest(folder, kept_outputs, now)
        store.commit()
        strangers = _foreign(output, wanted)
    diagnostics = sorted_diagnostics((*composed.diagnostics, *strangers))
    excerpts = _excerpts(diagnostics, composed.inputs)
    if options.is_strict and strangers:
        raise CheckError(diagnostics, excerpts)
    return BuildResult(
        pages=sum(path.endswith(".html") for path in wanted),
        written=written,
        kept=len(wanted) - len(written),
        removed=removed,
        seconds=time.perf_counter() - started,
        diagnostics=diagnostics,
        excerpts=excerpts,
    )


def check(options: BuildOptions, progress: Progress = _silent) -> BuildResult:
    """Make the site in memory and check it whole, finished pages included; nothing is written.

    Raises:
        CheckError: There are errors, or under `is_strict` warnings.
    """
    started = time.perf_counter()
    _check_folders(options)
    state = options.site / STATE_FOLDER
    with build_lock(state / "lock"), Store(state / "state.db") as store:
        composed = _compose(options, store, progress)
        store.commit()
    made = _render(composed, composed.targets, options, progress)
    pages = {path: data for path, data in made.items() if path.endswith(".html")}
    others = frozenset(path for path in made if path not in pages)
    found = check_links(pages, others, composed.base)
    diagnostics = sorted_diagnostics((*composed.diagnostics, *found))
    excerpts = _excerpts(diagnostics, composed.inputs)
    if has_errors(diagnostics) or (options.is_strict and diagnostics):
        raise CheckError(diagnostics, excerpts)
    return BuildResult(
        pages=len(pages),
        written=(),
        kept=len(made),
        removed=0,
        seconds=time.perf_counter() - started,
        diagnostics=diagnostics,
        excerpts=excerpts,
    )


def _check_folders(options: BuildOptions) -> None:
    """Refuse to write a site over what it is made from."""
    site, output = options.site.resolve(), options.output_folder.resolve()
    if not (site / "content").is_dir():
        raise UsageError(
            f"{options.site} holds no content/ folder; name the site's folder with -C, "
            "or make one with `alliance-site init`"
        )
    for name in ("content", "templates", "static", STATE_FOLDER):
        folder = site / name
        if output == folder or folder in output.parents or output in folder.parents:
            raise UsageError(f"the output folder {output} holds, or lies in, the site's {name}/")
    if output.exists() and not output.is_dir():
        raise UsageError(f"the output {output} is not a folder")


def _folder_key(options: BuildOptions) -> str:
    """Name the output folder in the state, so that a moved site keeps what it remembers."""
    site, output = options.site.resolve(), options.output_folder.resolve()
    return output.relative_to(site).as_posix() if site in output.parents else output.as_posix()


def _compose(options: BuildOptions, store: Store, progress: Progress) -> _Composed:
    """Read, model, route, view and plan."""
    inputs = {path: read_input(path, file) for path, file in find_inputs(options.site).items()}
    code = _code(store)
    documents, read_faults = _documents(inputs)
    prose = _prose(documents, store, code, options, progress)
    as_of = _as_of(options, documents)
    site, model_faults = resolve_site(
        documents, prose, as_of=as_of, with_drafts=options.with_drafts
    )
    templates, references, template_faults = _templates(inputs)
    content_faults = (*read_faults, *model_faults)
    if site is None or has_errors((*content_faults, *template_faults)):
        _refuse(content_faults, template_faults, inputs)
    routes, route_faults = make_routes(site)
    if has_errors(route_faults):
        _refuse((*content_faults, *route_faults), (), inputs)
    assets = _assets(inputs)
    composer = Composer(
        site=site,
        routes=routes,
        base_url=_base_url(options, site),
        stylesheet=UrlPath(f"/{assets[0].path}"),
        as_of=PartialDate.of(as_of),
    )
    pages, tables = make_pages(composer)
    diagnostics = (*content_faults, *check_content(site, pages))
    if options.is_strict and diagnostics:
        _refuse(diagnostics, (), inputs)
    targets = _targets(pages, tables, assets)
    closures = closure_digests(templates, references)
    return _Composed(
        targets=targets,
        fingerprints={item.path: fingerprint_of(item, closures, code) for item in targets},
        templates={name: _text(inputs, item.path) for name, item in templates.items()},
        template_paths={name: item.path for name, item in templates.items()},
        prose=prose,
        inputs=inputs,
        diagnostics=diagnostics,
        base=composer.base,
    )


def _refuse(
    content: Iterable[Diagnostic],
    templates: Iterable[Diagnostic],
    inputs: Mapping[InputPath, InputFile],
) -> None:
    content, templates = tuple(content), tuple(templates)
    diagnostics = sorted_diagnostics((*content, *templates))
    kind = ContentError if has_errors(content) or not has_errors(templates) else TemplateError
    raise kind(diagnostics, _excerpts(diagnostics, inputs))


def _code(store: Store) -> str:
    """Digest the generator's code, reading it only when its files' status has changed."""
    status = code_status()
    if store.header("code_status") != status or not store.header("code"):
        store.set_header("code", code_digest())
        store.set_header("code_status", status)
    return store.header("code")


def _documents(
    inputs: Mapping[InputPath, InputFile],
) -> tuple[list[StructuredDocument], tuple[Diagnostic, ...]]:
    documents: list[StructuredDocument] = []
    faults: list[Diagnostic] = []
    for path, file in inputs.items():
        if not path.startswith("content/"):
            continue
        relative = path.removeprefix("content/")
        place = place_of(relative)
        if place is None:
            faults.append(misplaced(relative))
            continue
        document, found = parse_document(path, file.data)
        faults += found
        if document is None:
            documents.append(unreadable_document(path, place))
        else:
            documents.append(structure_document(document, place))
    return documents, tuple(faults)


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
    found: dict[str, Prose] = {}
    if options.use_cache:
        for key, kept in store.results(texts, code).items():
            if (prose := load_prose(key, kept)) is not None:
                found[key] = prose
    missing = {key: text for key, text in texts.items() if key not in found}
    made = compile_all(missing, options.jobs, lambda n: progress("reading", n, len(missing)))
    store.keep_results({key: dump_prose(item) for key, item in made.items()}, code)
    store.forget_results(texts)
    return found | made


def _as_of(options: BuildOptions, documents: Sequence[StructuredDocument]) -> date:
    """Decide the build's date: asked for, the environment's, the site's own, or today."""
    if options.as_of is not None:
        return options.as_of
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        if not epoch.isdigit():
            raise UsageError(f"SOURCE_DATE_EPOCH is `{epoch}`, expected seconds since 1970")
        return datetime.fromtimestamp(int(epoch), UTC).date()
    for document in documents:
        for record in document.records.values() if document.place.part == "settings" else ():
            if record.as_of is not None:
                return record.as_of.latest()
    return datetime.now(UTC).date()


def _base_url(options: BuildOptions, site: Site) -> str:
    url = options.base_url or site.settings.url
    if not url.startswith(("https://", "http://")):
        raise UsageError(f"the base URL is `{url}`, expected one that starts with https://")
    base = base_path(url)
    return url if base else f"{url.rstrip('/')}/"


def _templates(
    inputs: Mapping[InputPath, InputFile],
) -> tuple[dict[str, TemplateSource], dict[str, TemplateRefs], tuple[Diagnostic, ...]]:
    sources: dict[str, TemplateSource] = {}
    references: dict[str, TemplateRefs] = {}
    faults: list[Diagnostic] = []
    for path, file in inputs.items():
        inner = path.removeprefix("theme/")
        if not inner.startswith("templates/"):
            continue
        name = inner.removeprefix("templates/")
        text, found = decode(path, file.data)
        faults += found
        refs, wrong = find_template_refs(path, text or "")
        faults += wrong
        sources[name] = TemplateSource(name, path, file.digest)
        references[name] = refs
    return sources, references, (*faults, *check_references(sources, references))


def _text(inputs: Mapping[InputPath, InputFile], path: str) -> str:
    text, _ = decode(path, inputs[InputPath(path)].data)
    return text or ""


def _assets(inputs: Mapping[InputPath, InputFile]) -> tuple[AssetTarget, ...]:
    """List the style sheet, then every other static file."""
    styles: list[tuple[str, InputFile]] = []
    others: list[AssetTarget] = []
    for path, file in inputs.items():
        inner = path.removeprefix("theme/")
        if not inner.startswith("static/"):
            continue
        name = inner.removeprefix("static/")
        if name.startswith("css/") and name.endswith(".css"):
            styles.append((name, file))
        else:
            others.append(AssetTarget(OutputPath(name), (path,), (file.digest,)))
    first = {"css/tokens.css": 0, "css/base.css": 1}
    styles.sort(key=lambda item: (first.get(item[0], 2), item[0]))
    digests = tuple(file.digest for _, file in styles)
    name = hashlib.sha256("\n".join(digests).encode()).hexdigest()[:10]
    sheet = AssetTarget(
        OutputPath(f"assets/site-{name}.css"), tuple(file.path for _, file in styles), digests
    )
    return (sheet, *others)


def _targets(
    pages: Iterable[Page], tables: Iterable[Table], assets: Iterable[AssetTarget]
) -> tuple[Target, ...]:
    made: list[Target] = [PageTarget(output_path(page.url), page) for page in pages]
    made += [
        TableTarget(OutputPath(f"data/{table.name}.{ending}"), table, ending)
        for table in tables
        for ending in ("csv", "json")
    ]
    made += assets
    return tuple(made)


def _render(
    composed: _Composed, targets: Sequence[Target], options: BuildOptions, progress: Progress
) -> dict[OutputPath, bytes]:
    """Make the bytes of some targets.

    Raises:
        TemplateError: A template asked its view for what it does not hold.
    """
    data = {path: file.data for path, file in composed.inputs.items()}
    made, faults = render_all(
        targets,
        composed.templates,
        composed.template_paths,
        {key: prose.parts for key, prose in composed.prose.items()},
        data,
        options.jobs,
        lambda count: progress("rendering", count, len(targets)),
    )
    if faults:
        diagnostics = sorted_diagnostics((*composed.diagnostics, *faults))
        raise TemplateError(diagnostics, _excerpts(diagnostics, composed.inputs))
    return made


def _foreign(output: Path, wanted: Iterable[OutputPath]) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            code=Code.FOREIGN_FILE,
            message=f"`{path}` in the output folder is not of this site",
            span=Span(path=f"{output.name}/{path}"),
            hint=Code.FOREIGN_FILE.mend,
            severity=Severity.WARNING,
        )
        for path in foreign_files(output, wanted)
    )


def _excerpts(
    diagnostics: Iterable[Diagnostic], inputs: Mapping[InputPath, InputFile]
) -> dict[Span, str]:
    """Take the line each span points at."""
    found: dict[Span, str] = {}
    for item in diagnostics:
        for span in (item.span, *(place for place, _ in item.related)):
            file = inputs.get(InputPath(span.path))
            if file is not None and span.line:
                lines = file.data.decode("utf-8-sig", "replace").replace("\r\n", "\n").split("\n")
                found[span] = lines[span.line - 1] if span.line <= len(lines) else ""
    return found


def clean(options: BuildOptions) -> int:
    """Delete the outputs that builds have listed, and all that is remembered between builds.

    Returns:
        How many outputs were deleted.
    """
    state = options.site / STATE_FOLDER
    removed = 0
    if (state / "state.db").exists():
        with build_lock(state / "lock"):
            with Store(state / "state.db") as store:
                manifest, _ = store.manifest(_folder_key(options))
            removed = delete_outputs(options.output_folder, manifest)
            for name in ("state.db", "state.db-journal"):
                (state / name).unlink(missing_ok=True)
    return removed
