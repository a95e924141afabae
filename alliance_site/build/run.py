"""Builds, checks and cleans; the one `build` that the command line, CI and the server call.

Never: holds a rule of the domain.
"""

import time
from collections.abc import Container, Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from alliance_site.build.aside import clean_asides
from alliance_site.build.compose import Composed, Composing
from alliance_site.build.inputs import excerpts_of
from alliance_site.build.keep import keep_state
from alliance_site.build.make import Making, Outputs
from alliance_site.build.memory import Memory
from alliance_site.build.options import (
    BuildOptions,
    BuildResult,
    Progress,
    SearchIndex,
    check_folders,
)
from alliance_site.build.photographs import remark_on
from alliance_site.build.scratch import state_aside
from alliance_site.build.search import Searchable, is_installed, kept_index, make_index
from alliance_site.build.stopwatch import Stopwatch
from alliance_site.build.sums import SUMS_PATH, listed_outputs, make_sums
from alliance_site.build.work import Made
from alliance_site.check import check_links, check_numbers, check_share
from alliance_site.diagnostics import (
    CheckError,
    Code,
    Diagnostic,
    InputChangedError,
    OutputChangedError,
    Severity,
    Span,
    has_errors,
    sorted_diagnostics,
)
from alliance_site.paths import OutputPath
from alliance_site.plan import Manifest, Output, Past
from alliance_site.scan import Found, Left, Looked, note_of
from alliance_site.write import (
    Stage,
    Store,
    Surroundings,
    build_lock,
    delete_outputs,
    digests_on_disk,
    folders_above,
    look_around,
    settled_only,
)


def _silent(what: str, done: int, total: int) -> None:
    """Report no progress."""


def build(
    options: BuildOptions,
    progress: Progress = _silent,
    found: Mapping[str, Found] | None = None,
    memory: Memory | None = None,
    looked: Looked | None = None,
) -> BuildResult:
    """Build the site.

    Args:
        options: What is asked for.
        progress: Told how far it is.
        found: The site's inputs, where somebody has just looked for them.
        memory: What this process keeps between its builds, where there is more than one.
        looked: What somebody has just seen of the code, and of what the last build left.

    Raises:
        UsageError: The site's folder, or the output's, is not one to work on.
        ContentError: The content has faults; the output is untouched.
        TemplateError: The templates have faults; the output is untouched.
        CheckError: Under `is_strict` there are warnings about the output folder.
        OutputError: The disk refused.
    """
    memory = Memory() if memory is None else memory
    # A file may be changed under a build: it begins again, and looks for the inputs itself. Who
    # serves wants to see a page at once: what this process has built is taken to be as it left it
    # until the new pages are out, and looked at then.
    is_left = options.use_cache and options.folder_key in memory.built
    for known in (found, None, None):
        with suppress(InputChangedError, OutputChangedError):
            return _Build(options, progress, memory, is_left=is_left, looked=looked).run(known)
        is_left, looked = False, None
    return _Build(options, progress, memory, is_left=False).run()


class _Build:
    """One attempt to build a site.

    Args:
        is_left: Take the outputs to be as the last build left them, until the new ones are out.
        looked: What somebody has just seen of the code, and of what the last build left.
    """

    def __init__(
        self,
        options: BuildOptions,
        progress: Progress,
        memory: Memory,
        *,
        is_left: bool,
        looked: Looked | None = None,
    ) -> None:
        self._options = options
        self._progress = progress
        self._memory = memory
        self._is_left = is_left
        self._looked = looked or Looked()

    def run(self, found: Mapping[str, Found] | None = None) -> BuildResult:
        """Build.

        Raises:
            InputChangedError: A file was changed meanwhile.
            OutputChangedError: An output was not as it was left.
        """
        options, watch = self._options, Stopwatch()
        started, started_ns = time.perf_counter(), time.time_ns()
        check_folders(options)
        with (
            build_lock(options.state_folder / "lock"),
            _store(options, self._memory, self._looked.kept) as store,
            ExitStack() as stack,
            Stage(options.output_folder) as stage,
        ):
            before = store.manifest(options.folder_key)
            if not before[0]:
                before = listed_outputs(options.output_folder), {}
            on_disk, now = self._look(store, *before)
            past = Past(before[0] if options.use_cache else {}, on_disk)
            watch.step("look at the outputs")
            composed = Composing(
                options=options,
                store=store,
                progress=self._progress,
                watch=watch,
                past=past,
                stage=stage,
                stack=stack,
                found=found,
                code_status=self._looked.code,
                memory=self._memory,
            ).compose()
            outputs = Making(composed, options, self._progress).make()
            stack.close()
            watch.step("view and render")
            written = _Written(stage, store, options.folder_key, before)
            self._write(composed, outputs, written, watch)
            if self._is_left:
                now = self._look_again(*before, written.signatures)
            kept = self._tidy(store, written, before[0], now, started_ns)
            self._keep(store, (composed, outputs), kept, before[1])
        watch.step("tidy up")
        self._memory.built.add(options.folder_key)
        return self._result(composed, outputs, written, kept, (started, watch))

    def _write(
        self, composed: Composed, outputs: Outputs, written: "_Written", watch: Stopwatch
    ) -> None:
        """Put what was made in place: pages and static files, the search index, all digests."""
        written.place(outputs.made.values())
        watch.step("write")
        index = _index(composed, self._options, outputs.made.values(), outputs.kept)
        written.place(index)
        watch.step("index for search")
        made = [*outputs.made.values(), *index]
        manifest = written.before
        written.kept = outputs.kept | {item.path: _kept(item, manifest) for item in made}
        sums = make_sums(written.kept, composed.workshop)
        written.place([sums])
        written.made = [*made, sums]
        written.kept = {**written.kept, sums.path: _kept(sums, manifest)}

    def _tidy(
        self,
        store: Store,
        written: "_Written",
        before: Manifest,
        now: Mapping[OutputPath, str],
        started_ns: int,
    ) -> "_Kept":
        """Delete what the site no longer has, and look at what else lies in its folder."""
        output, key = self._options.output_folder, self._options.folder_key
        wanted = sorted(written.kept)
        gone = list(Past(before).gone(wanted))
        removed = delete_outputs(output, gone)
        seen = store.surroundings(key) if self._options.use_cache else Surroundings()
        touched = folders_above((*written.signatures, *gone))
        around = look_around(output, wanted, seen, self._folders(store, seen), touched)
        signatures = {**now, **written.signatures}
        noted = note_of(map(signatures.__getitem__, wanted), around.folders.values())
        return _Kept(key, written.kept, signatures, started_ns, around, noted, removed)

    def _result(
        self,
        composed: Composed,
        outputs: Outputs,
        written: "_Written",
        kept: "_Kept",
        timed: tuple[float, Stopwatch],
    ) -> BuildResult:
        """Say what was done.

        Raises:
            CheckError: Under `is_strict`, there are warnings about the output folder.
        """
        options = self._options
        strangers = _foreign(options.output_folder, kept.around.strangers)
        diagnostics = sorted_diagnostics((*composed.diagnostics, *outputs.diagnostics, *strangers))
        if options.is_strict and strangers:
            raise CheckError(diagnostics, excerpts_of(diagnostics, composed.inputs))
        staged = tuple(item.path for item in written.made if item.rendered.is_staged)
        wanted = sorted(kept.manifest)
        return BuildResult(
            pages=sum(path.endswith(".html") for path in wanted),
            written=staged,
            kept=len(wanted) - len(staged),
            removed=kept.removed,
            seconds=time.perf_counter() - timed[0],
            steps=timed[1].steps,
            templates=_by_template(written.made),
            left=Left(wanted, list(kept.around.folders), kept.noted),
            diagnostics=diagnostics,
            excerpts=excerpts_of(diagnostics, composed.inputs),
            remark=_remark(composed, options),
        )

    def _look(
        self, store: Store, manifest: Manifest, signatures: Mapping[OutputPath, str]
    ) -> tuple[dict[OutputPath, str], dict[OutputPath, str]]:
        """Say what the outputs are now: the digest, and the signature, of each."""
        if self._is_left:
            return {path: item.digest for path, item in manifest.items()}, {}
        output, trust = self._options.output_folder, self._options.use_cache
        looked: Mapping[OutputPath, str] = signatures
        if not (trust and self._is_as_noted(store)):
            seen, root = self._looked.outputs, f"{output}/"
            looked = {path: seen.get(root + path, "") for path in manifest} if seen else {}
        return digests_on_disk(output, manifest, signatures, trust=trust, observed=looked)

    def _is_as_noted(self, store: Store) -> bool:
        """Say whether somebody has just seen all outputs as the last build left them."""
        noted = self._looked.noted
        return bool(noted) and noted == store.header(f"noted of {self._options.folder_key}")

    def _folders(self, store: Store, before: Surroundings) -> Mapping[str, str]:
        """Return the status of folders, as somebody has just seen them."""
        if self._is_as_noted(store):
            return before.folders
        looked, root = self._looked.folders, f"{self._options.output_folder}/"
        return {folder: looked.get(root + folder, "") for folder in before.folders}

    def _look_again(
        self,
        manifest: Manifest,
        signatures: Mapping[OutputPath, str],
        placed: Container[OutputPath],
    ) -> dict[OutputPath, str]:
        """Return the signatures of the outputs that were left as they were taken to be.

        Raises:
            OutputChangedError: One of them is something else.
        """
        left = {path: item for path, item in manifest.items() if path not in placed}
        found, now = digests_on_disk(self._options.output_folder, left, signatures, trust=True)
        changed = [path for path, item in left.items() if found.get(path) != item.digest]
        if changed:
            raise OutputChangedError(changed[0])
        return now

    def _keep(
        self,
        store: Store,
        made: tuple[Composed, Outputs],
        kept: "_Kept",
        known: Mapping[OutputPath, str],
    ) -> None:
        """Keep all that the next build may use.

        Args:
            store: Where.
            made: The site, and all that was made of it.
            kept: What is kept of the output folder.
            known: The signatures of outputs that were kept before.
        """
        settled = settled_only(kept.signatures, time.time_ns(), known)
        replacements = -1
        while replacements != store.replacements:
            # A file that proves damaged half-way is made anew, and all of this goes into it.
            replacements = store.replacements
            store.keep_manifest(kept.folder, kept.manifest, settled)
            store.keep_surroundings(kept.folder, kept.around, time.time_ns())
            store.set_header(f"noted of {kept.folder}", kept.noted)
            keep_state(store, kept.folder, made, kept.started_ns, self._memory)
        store.commit()
        self._memory.has_unkept_heads = False


class _Written:
    """What a build has put in place so far.

    Attributes:
        before: What the state lists; what is put in place is added to it.
        signatures: Of what was put in place.
        made: Every output that was made, or looked at.
        kept: What is to be remembered of each output of the site.
    """

    def __init__(
        self,
        stage: Stage,
        store: Store,
        folder: str,
        before: tuple[Manifest, Mapping[OutputPath, str]],
    ) -> None:
        self._stage = stage
        self._store = store
        self._folder = folder
        self.before, self._signatures = dict(before[0]), before[1]
        self.signatures: dict[OutputPath, str] = {}
        self.made: list[Made] = []
        self.kept: dict[OutputPath, Output] = {}

    def place(self, made: Iterable[Made]) -> None:
        """Put staged files in place.

        New files are noted before the first is put in place, so that those of a killed build are
        known. What is noted has no fingerprint, so that it is never taken for current.
        """
        staged = tuple(item.path for item in made if item.rendered.is_staged)
        if new := [path for path in staged if path not in self.before]:
            unended = Output("", "", "its build did not end")
            self.before = {**self.before, **dict.fromkeys(new, unended)}
            self._store.keep_manifest(self._folder, self.before, self._signatures)
            self._store.commit()
        if staged:
            self.signatures |= self._stage.place(staged)


class _Kept(NamedTuple):
    """What is kept of an output folder.

    Attributes:
        folder: Its name in the state.
        signatures: Of each of its files.
        started_ns: When the build began.
        around: What lies in the folder.
        noted: Digests of the status of the files, and of the folders.
        removed: How many files that the site no longer has were deleted.
    """

    folder: str
    manifest: Manifest
    signatures: Mapping[OutputPath, str]
    started_ns: int
    around: Surroundings
    noted: str
    removed: int


def _index(
    composed: Composed, options: BuildOptions, made: Iterable[Made], kept: Manifest
) -> list[Made]:
    """Make the search index of the pages, which are in place."""
    workshop = composed.workshop
    settings = workshop.site.settings
    if options.search is SearchIndex.KEEP and settings.search:
        return kept_index(workshop.past)
    if options.search is not SearchIndex.MAKE or not settings.search or not is_installed():
        return []
    outputs = {**kept, **{item.path: _kept(item, workshop.past.manifest) for item in made}}
    found = Searchable(
        pages={
            path: output.digest
            for path, output in sorted(outputs.items())
            if path.endswith("/index.html") or path == "index.html"
        },
        read=lambda path: (options.output_folder / path).read_bytes(),
        site_title=settings.title,
        language=settings.language,
        code=workshop.code,
    )
    with Store(options.state_folder / "search.db") as memo:
        return make_index(found, workshop, memo, options.jobs)


def _remark(composed: Composed, options: BuildOptions) -> str:
    site = composed.workshop.site
    remarks = [remark_on(site.catalog)]
    if options.search is SearchIndex.MAKE and site.settings.search and not is_installed():
        remarks.append(
            "readers cannot search, as Pagefind is not installed (pip install pagefind_bin)"
        )
    return "; ".join(filter(None, remarks))


def _by_template(made: Iterable[Made]) -> dict[str, tuple[int, float, float]]:
    totals: dict[str, tuple[int, float, float]] = {}
    for item in made:
        if item.template:
            count, view_s, render_s = totals.get(item.template, (0, 0.0, 0.0))
            totals[item.template] = (count + 1, view_s + item.view_s, render_s + item.render_s)
    return dict(sorted(totals.items()))


def _kept(made: Made, manifest: Manifest) -> Output:
    """Return what is to be remembered of an output, whether it was made now or before."""
    if made.rendered.digest:
        rendered = made.rendered
        return Output(made.fingerprint, rendered.digest, rendered.reason)
    return manifest[made.path]


def check(options: BuildOptions, progress: Progress = _silent) -> BuildResult:
    """Make the site in memory and check it whole, finished pages included; nothing is written.

    Raises:
        ContentError: The content has faults.
        TemplateError: The templates have faults.
        CheckError: The finished pages or the texts have faults, or under `is_strict` there are
            warnings.
    """
    started = time.perf_counter()
    check_folders(options)
    # All that is wrong is told at once, so nothing ends the check before its last rule.
    with (
        state_aside(replace(options, is_strict=False, use_cache=False)) as lenient,
        build_lock(lenient.state_folder / "lock"),
        _store(lenient) as store,
        ExitStack() as stack,
    ):
        composed = Composing(
            options=lenient,
            store=store,
            progress=progress,
            watch=Stopwatch(),
            past=Past(),
            stage=None,
            stack=stack,
        ).compose()
        outputs = Making(composed, lenient, progress).make()
    data = {path: item.rendered.data for path, item in outputs.made.items()}
    pages = {path: data[path] for path in sorted(data) if path.endswith(".html")}
    others = frozenset({SUMS_PATH, *(path for path in data if path not in pages)})
    found = tuple(check_links(pages, others, composed.workshop.composer.base))
    found = (*found, *check_numbers(composed.workshop.site))
    if options.min_evidence is not None:
        found = (*found, *check_share(composed.workshop.site, options.min_evidence))
    remarks = (_weighed(item) for item in (*composed.diagnostics, *outputs.diagnostics))
    diagnostics = sorted_diagnostics((*remarks, *found))
    excerpts = excerpts_of(diagnostics, composed.inputs)
    if has_errors(diagnostics) or (options.is_strict and diagnostics):
        raise CheckError(diagnostics, excerpts)
    return BuildResult(
        pages=len(pages),
        written=(),
        kept=len(outputs.made),
        removed=0,
        seconds=time.perf_counter() - started,
        diagnostics=diagnostics,
        excerpts=excerpts,
    )


_FAILS_CHECK = frozenset({Code.QUOTE_NOT_FOUND})
"""What a build marks on the page, and a check does not let pass."""


def _weighed(remark: Diagnostic) -> Diagnostic:
    """Make a warning of a build an error, where a check must not let it pass."""
    return replace(remark, severity=Severity.ERROR) if remark.code in _FAILS_CHECK else remark


def clean(options: BuildOptions) -> int:
    """Delete the outputs that builds have listed, and all that is remembered between builds.

    What was served goes with them; what somebody serves at this moment stays.

    Returns:
        How many outputs were deleted.

    Raises:
        UsageError: There is no site.
        OutputError: The disk refused.
    """
    check_folders(options)
    removed = clean_asides(options)
    state = options.state_folder / "state.db"
    if not state.exists():
        return removed
    with build_lock(options.state_folder / "lock"):
        with _store(options) as store:
            manifest, _ = store.manifest(options.folder_key)
        removed += delete_outputs(options.output_folder, manifest)
        for pattern in ("state.db*", "search.db*", "pictures.db*", "last-*.json"):
            for path in options.state_folder.glob(pattern):
                path.unlink(missing_ok=True)
    return removed


def _store(
    options: BuildOptions,
    memory: Memory | None = None,
    ahead: Mapping[str, tuple[str, bytes]] = MappingProxyType({}),
) -> Store:
    return Store(options.state_folder / "state.db", memory.rows if memory else None, ahead)


def _foreign(output: Path, strangers: Iterable[OutputPath]) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            code=Code.FOREIGN_FILE,
            message=f"`{path}` in the output folder is not of this site",
            span=Span(path=f"{output.name}/{path}"),
            hint=Code.FOREIGN_FILE.hint,
            severity=Severity.WARNING,
        )
        for path in strangers
    )
