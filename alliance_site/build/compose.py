"""Read, model, route: a site from which every output can be made.

Never: writes to the output.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack

from msgspec import Struct, field
from msgspec.structs import replace

from alliance_site.build.crew import Crew, in_chunks
from alliance_site.build.documents import (
    CHUNK,
    Documents,
    find_documents,
    read_documents,
    reading_crew,
)
from alliance_site.build.inputs import (
    Assets,
    Templates,
    digest_of_theme,
    excerpts_of,
    find_assets,
)
from alliance_site.build.library import DiskLibrary, pack_heads
from alliance_site.build.memory import Memory
from alliance_site.build.opening import (
    SETTINGS,
    Opening,
    Routing,
    base_url_of,
    check_known_on,
    day_named,
    day_of,
    read_settings,
)
from alliance_site.build.options import BuildOptions, Progress
from alliance_site.build.photographs import read_images
from alliance_site.build.state import (
    Ground,
    diagnosed,
    keep_heads,
    keep_tasks,
    recalled_diagnostics,
    recalled_heads,
    recalled_inputs,
    recalled_refs,
    recalled_tasks,
)
from alliance_site.build.stopwatch import Stopwatch
from alliance_site.build.sums import SUMS_PATH
from alliance_site.build.theme import Theme
from alliance_site.build.work import Checked, Workshop
from alliance_site.check import check_cells, check_objectives
from alliance_site.diagnostics import (
    Code,
    ContentError,
    Diagnostic,
    Span,
    TemplateError,
    has_errors,
    load_diagnostic,
)
from alliance_site.model import (
    Clock,
    DocumentHead,
    Site,
    check_archives,
    check_corrections,
    check_lineages,
    faulty_of,
    notices_of,
    settings_of,
)
from alliance_site.paths import InputPath, UrlPath
from alliance_site.plan import AssetTarget, Past, Task, Tasks, closure_digests
from alliance_site.read import CodeDigests, Inputs, code_digests, read_font, scan_inputs
from alliance_site.render import Renderer
from alliance_site.route import RouteTable, listed_routes, make_routes
from alliance_site.scan import Found, code_status
from alliance_site.write import Stage, Store


class Composed(Struct, kw_only=True):
    """A site from which every output can be made.

    Attributes:
        workshop: What this process works with.
        theme: Reads templates ahead.
        crew: Workers that hold what was read; None where this process does.
        owners: Which worker holds a file.
        tasks: Those of the last build; which of them hold is known.
        told: What the pages of the last build told each other, as JSON.
        ground: What everything rests on.
        done: Tasks that were done so far.
        diagnostics: Warnings.
    """

    workshop: Workshop
    theme: Theme
    templates: Templates
    assets: Assets
    crew: Crew | None = None
    owners: Mapping[str, int] = field(default_factory=dict)
    tasks: Tasks = field(default_factory=Tasks)
    told: bytes = b""
    ground: Ground = Ground("")
    done: dict[str, Task] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def inputs(self) -> Inputs:
        """Every input."""
        return self.workshop.inputs


class Composing(Struct, kw_only=True):
    """The steps from files to a site.

    Attributes:
        past: The last build.
        stage: Where files are made; None keeps their bytes in memory.
        stack: Ends the workers.
        found: The inputs, where somebody has just looked for them.
        code_status: That of the code, where somebody has just looked at it.
        memory: What this process keeps between its builds.
    """

    options: BuildOptions
    store: Store
    progress: Progress
    watch: Stopwatch
    past: Past
    stage: Stage | None
    stack: ExitStack
    found: Mapping[str, Found] | None = None
    code_status: str = ""
    memory: Memory = field(default_factory=Memory)

    def compose(self) -> Composed:
        """Compose the site.

        Raises:
            ContentError: The content has faults.
            TemplateError: The templates have faults.
            UsageError: An option makes no sense.
        """
        composed, template_faults = self._start()
        workshop = composed.workshop
        self.watch.step("look at the inputs")
        documents = self._documents(composed)
        self.watch.step("read")
        opening = self._opening(documents, template_faults, composed)
        workshop.open(opening)
        opening = self._noticed(composed, opening)
        check_known_on(self.options, workshop.site.settings)
        routing = self._routing(composed, opening)
        self.watch.step("open")
        self._recall(composed, opening, routing)
        self._check(composed, opening)
        faults = composed.diagnostics
        if has_errors((*faults, *template_faults)):
            # What a value rests on is asked once all values are there.
            told = (item for item in faults if item.code not in _ASKED_LAST)
            raise refusal(told, template_faults, composed.inputs)
        self._route(composed, routing)
        self.watch.step("check and route")
        return composed

    def _start(self) -> tuple[Composed, tuple[Diagnostic, ...]]:
        """Find the inputs, and read templates and static files."""
        known = recalled_inputs(self.store) if self.options.use_cache else {}
        inputs = scan_inputs(self.options.site, known, self.found, self.memory.inputs)
        refs = recalled_refs(self.store) if self.options.use_cache else {}
        theme = digest_of_theme(inputs)
        ahead = Theme(inputs, refs, self.options.jobs, self.stack)
        # What a process runs is what it has loaded, whatever becomes of the files.
        code = self.memory.remember("code", "", lambda: _code(self.store, self.code_status))
        templates, faults = self.memory.remember("templates", theme, ahead.find)
        state = self.options.state_folder / "state.db"
        library = DiskLibrary(inputs, state, code.whole, self.memory)
        self.stack.callback(library.close)
        workshop = Workshop(
            inputs=inputs,
            library=library,
            renderer=Renderer(templates.texts, templates.paths(), library.prose, read_font),
            closures=closure_digests(templates.sources, templates.references),
            code=code.whole,
            encoder=code.encoder,
            past=self.past,
            stage=self.stage,
        )
        assets = self.memory.remember("assets", theme, lambda: find_assets(inputs, templates))
        made = Composed(workshop=workshop, theme=ahead, templates=templates, assets=assets)
        return made, faults

    def _documents(self, composed: Composed) -> Documents:
        workshop, jobs = composed.workshop, self.options.jobs
        known: Mapping[str, DocumentHead] = {}
        if self.options.use_cache:
            known = self.memory.heads or recalled_heads(self.store, workshop.code)
        documents, unread = find_documents(workshop.inputs, known)
        crew = reading_crew(workshop, unread, jobs)
        with ExitStack() as stack:
            if crew is not None:
                stack.enter_context(crew)
            read_documents(
                workshop,
                crew,
                documents,
                unread,
                lambda count: self.progress("reading", count, len(unread)),
                self.store.keep_documents,
            )
            if documents.owners:
                composed.crew, composed.owners = crew, documents.owners
                self.stack.push(stack.pop_all())
        gone = sorted(known.keys() - workshop.inputs.keys())
        for path in gone:
            self.memory.forget(path)
        faulty = {item.span.path for item in documents.faults}
        heads = {item.path: item for item in documents.heads if item.path not in faulty}
        self.memory.has_unkept_heads |= bool(unread or gone)
        self.store.forget_documents(gone)
        if crew is not None:
            # Kept at once: it holds whatever becomes of this build, and workers may read it.
            keep_heads(self.store, workshop.code, heads)
            self.store.commit()
        self.memory.heads = heads
        return documents

    def _opening(
        self,
        documents: Documents,
        template_faults: tuple[Diagnostic, ...],
        composed: Composed,
    ) -> Opening:
        workshop = composed.workshop
        faults = documents.faults
        is_there = InputPath(SETTINGS) in workshop.inputs
        settings = read_settings(workshop.library) if is_there else None
        if settings is None:
            faults += settings_of(())[1] if not is_there else ()
            raise refusal(faults, template_faults, workshop.inputs)
        composed.diagnostics += faults
        return Opening(
            heads=tuple(documents.heads),
            clock=Clock(
                day_of(self.options, settings),
                self.options.known_on,
                is_rewound=self.options.as_of is not None,
            ),
            with_drafts=self.options.with_drafts,
            faulty=frozenset(documents.faulty),
            images=read_images(workshop.inputs, documents.heads, self.store, workshop.encoder),
        )

    def _noticed(self, composed: Composed, opening: Opening) -> Opening:
        """Find where notices of corrections stand, unless all that this rests on is as it was."""
        workshop, name = composed.workshop, "notices"
        catalog = workshop.site.catalog
        if not catalog.heads["corrections"]:
            return opening
        clock = repr(opening.clock)
        ground = Ground(_digest(workshop.code, catalog.documents[SETTINGS].digest, clock))
        tasks = Tasks()
        if self.options.use_cache:
            tasks, _, _ = recalled_tasks(self.store, _NOTICES, ground, self.memory)
        tasks.compare(catalog.digests, catalog.bases)
        if not tasks.holds(name):
            try:
                site = workshop.site
                found, keys = site.trace.record(lambda: tuple(notices_of(site).items()))
            except ContentError:
                return opening  # a comparison has faults; they are told when it is checked
            tasks.renew({name: Task(keys, found)}, tasks.names, catalog.digests, catalog.bases)
            keep_tasks(self.store, _NOTICES, ground, (tasks, _NO_PAGES), self.memory)
        notices = tuple((at, tuple(ids)) for at, ids in tasks.results.get(name, ()))
        opening = replace(opening, notices=notices)
        workshop.open(opening)
        return opening

    def _routing(self, composed: Composed, opening: Opening) -> Routing:
        site, assets = composed.workshop.site, composed.assets
        return Routing(
            base_url=base_url_of(self.options, site.settings),
            stylesheets={
                name: UrlPath(f"/{sheet.path}") for name, sheet in assets.stylesheets.items()
            },
            scripts=tuple(UrlPath(f"/{item.path}") for item in assets.scripts),
            listed=(),
            speaks_for=day_named(self.options, site, opening.clock.as_of),
        )

    def _route(self, composed: Composed, routing: Routing) -> None:
        """Give everything its address, here and in the workers.

        Raises:
            ContentError: Two things would have the same.
        """
        workshop = composed.workshop
        workshop.turn_back()
        routing = replace(routing, listed=self._listed(composed))
        routes, found = self._routes(workshop.site, routing.listed)
        composed.diagnostics += (*found, *_taken(routes, composed.assets.others))
        if has_errors(composed.diagnostics):
            raise refusal(composed.diagnostics, (), composed.inputs)
        workshop.route(routing, routes)
        codes = composed.theme.compiled()
        workshop.take_compiled(codes)
        if composed.crew is not None:
            composed.crew.ask_all("turn_back")
            composed.crew.ask_all("route", routing)
            composed.crew.ask_all("take_compiled", codes)

    def _routes(
        self, site: Site, listed: tuple[tuple[str, str], ...]
    ) -> tuple[RouteTable, Sequence[Diagnostic]]:
        """Make all addresses, or take those of the last build where they follow from the same."""
        ground, kept = (site.catalog.shape, listed), self.memory.routes
        if kept is None or kept[0] != ground:
            kept = self.memory.routes = (ground, *make_routes(site, listed))
        _, routes, found = kept
        return replace(routes, trace=site.trace), found

    def _recall(self, composed: Composed, opening: Opening, routing: Routing) -> None:
        """Recall the tasks of the last build, if it stood on the same ground as this one."""
        site = composed.workshop.site
        rests_on_all = (
            composed.workshop.code,
            site.catalog.documents[SETTINGS].digest,
            repr(opening.choices),
            repr(routing),
        )
        others = repr((opening.notices, opening.images))
        composed.ground = Ground(_digest(*rests_on_all), _digest(others))
        # What is turned back is made of all records at once: nobody knows what read which.
        may_recall = self.options.use_cache and not opening.clock.is_turned_back
        if may_recall and not opening.faulty:
            composed.tasks, composed.told, is_of_heads = recalled_tasks(
                self.store, self.options.folder_key, composed.ground, self.memory
            )
            catalog = site.catalog
            kept = recalled_heads(self.store, composed.workshop.code) if is_of_heads else {}
            touched = catalog.touched_since(kept) if kept else None
            if touched is None:
                composed.tasks.compare(catalog.digests, catalog.bases)
            else:
                composed.tasks.compare(catalog.digests, catalog.bases, touched.of)

    def _check(self, composed: Composed, opening: Opening) -> None:
        """Check what files say of each other, where that may have changed."""
        workshop, tasks, done = composed.workshop, composed.tasks, composed.done
        catalog = workshop.site.catalog
        composed.diagnostics += catalog.diagnostics
        parts = {
            key: paths for key, paths in catalog.parts.items() if not tasks.holds(f"join {key}")
        }
        broken, found = faulty_of((), parts, workshop.library)
        composed.diagnostics += found
        faulty = opening.faulty | broken
        if broken:
            opening = replace(opening, faulty=faulty)
            workshop.open(opening)
        self._check_cells(composed, parts)
        if composed.crew is not None:
            # As JSON: it is read faster than what is pickled, and into half of the memory.
            packed = pack_heads(opening.heads)
            composed.crew.ask_all("open_packed", replace(opening, heads=()), packed)
        self._check_together(
            composed, "lineages", lambda site: check_lineages(site.objective_sets.values())
        )
        self._check_together(composed, "objectives", check_objectives)
        self._check_together(composed, "archived texts", check_archives)
        self._check_together(composed, "ledger", lambda site: site.releases.check())
        if not faulty:
            self._check_together(composed, "corrections", check_corrections)
        for path, told in tasks.results_that_hold("check"):
            if path in catalog.documents:
                composed.diagnostics += map(load_diagnostic, told)
        unchecked = tasks.not_holding("check", catalog.documents)
        for item in _checked(composed, unchecked, faulty):
            composed.diagnostics += item.faults
            done[f"check {item.path}"] = diagnosed(item.keys, item.faults)

    def _check_cells(self, composed: Composed, joined: Iterable[str]) -> None:
        """Check the cells of comparisons that have been joined."""
        site, tasks = composed.workshop.site, composed.tasks
        for key in site.catalog.heads["comparisons"]:
            name = f"join {key}"
            if key in joined:
                found = tuple(check_cells(site.comparisons[key]))
                composed.done[name] = diagnosed((f"record comparisons/{key}",), found)
                composed.diagnostics += found
            else:
                composed.diagnostics += recalled_diagnostics(tasks, name)

    def _check_together(
        self, composed: Composed, name: str, check: Callable[[Site], Iterable[Diagnostic]]
    ) -> None:
        """Check records of several files beside each other."""
        tasks, site = composed.tasks, composed.workshop.site
        if tasks.holds(name):
            composed.diagnostics += recalled_diagnostics(tasks, name)
            return
        found, keys = site.trace.record(lambda: tuple(check(site)))
        composed.diagnostics += found
        composed.done[name] = diagnosed(keys, found)

    def _listed(self, composed: Composed) -> tuple[tuple[str, str], ...]:
        """Return the addresses that follow from what records say."""
        name = "listed routes"
        if composed.tasks.holds(name):
            return tuple((key, url) for key, url in composed.tasks.results.get(name, ()))
        site = composed.workshop.site
        listed, keys = site.trace.record(lambda: tuple(listed_routes(site)))
        composed.done[name] = Task(keys, listed)
        return listed


_NOTICES, _NO_PAGES = "(notices)", b"{}"
"""Stand for the name of an output folder, and what its pages tell, in what is kept."""

_ASKED_LAST = frozenset({Code.NO_EVIDENCE, Code.QUOTE_NOT_FOUND})


def _checked(composed: Composed, paths: list[str], faulty: frozenset[str]) -> Iterator[Checked]:
    """Check files, each where it is held."""
    if composed.crew is None:
        yield from composed.workshop.check(paths, faulty)
        return
    by_worker: dict[int, list[str]] = {worker: [] for worker in range(len(composed.crew))}
    for path in paths:
        by_worker[composed.owners.get(path, 0)].append(path)
    parts = [
        (worker, (chunk, faulty))
        for worker, owned in by_worker.items()
        for chunk in in_chunks(owned, CHUNK)
    ]
    for found in composed.crew.ask("check", parts):
        yield from found


_DOWNLOADS, _DOWNLOAD_ENDINGS = ("data/", "sources/"), (".csv", ".json", ".bib", ".txt")
"""Where files to download are, and how their names end."""


def _taken(routes: RouteTable, assets: Iterable[AssetTarget]) -> Iterator[Diagnostic]:
    """Yield static files that would be written where a page or a table is."""
    # Few static files and very many addresses: each of these is looked at once, as a text.
    addresses = "\n".join(("", *routes.url_by_key.values(), *routes.key_by_former, ""))
    for asset in assets:
        folder, slash, name = f"/{asset.path}".rpartition("/")
        page = folder + slash if name == "index.html" else f"/{asset.path}"
        is_page = any(f"\n{page}{end}" in addresses for end in ("\n", "#"))
        is_folder = f"\n/{asset.path}/" in addresses or asset.path in {"assets", "data"}
        is_download = asset.path.startswith(_DOWNLOADS) and asset.path.endswith(_DOWNLOAD_ENDINGS)
        is_own = is_page or asset.path == SUMS_PATH
        if is_own or is_folder or is_download:
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


def _code(store: Store, status: str) -> CodeDigests:
    """Digest the generator's code, reading it only when its files' status has changed."""
    status = status or code_status()
    if store.header("code_status") != status or not all(map(store.header, _CODES)):
        digests = code_digests()
        store.set_header("code", digests.whole)
        store.set_header("encoder", digests.encoder)
        store.set_header("code_status", status)
    return CodeDigests(*map(store.header, _CODES))


_CODES = ("code", "encoder")


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
