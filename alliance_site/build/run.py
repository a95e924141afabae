"""Builds, checks and cleans; the one `build` that the command line, CI and the server call.

Never: holds a rule of the domain.
"""

import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

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
from alliance_site.build.search import Searchable, is_installed, kept_index, make_index
from alliance_site.build.stopwatch import Stopwatch
from alliance_site.build.sums import SUMS_PATH, make_sums
from alliance_site.build.work import Made
from alliance_site.check import check_links, check_numbers, check_share
from alliance_site.diagnostics import (
    CheckError,
    Code,
    Diagnostic,
    InputChangedError,
    Severity,
    Span,
    has_errors,
    sorted_diagnostics,
)
from alliance_site.paths import OutputPath
from alliance_site.plan import Manifest, Output, Past
from alliance_site.scan import Found
from alliance_site.write import (
    Stage,
    Store,
    Surroundings,
    build_lock,
    delete_outputs,
    digests_on_disk,
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
) -> BuildResult:
    """Build the site.

    Args:
        options: What is asked for.
        progress: Told how far it is.
        found: The site's inputs, where somebody has just looked for them.
        memory: What this process keeps between its builds, where there is more than one.

    Raises:
        UsageError: The site's folder, or the output's, is not one to work on.
        ContentError: The content has faults; the output is untouched.
        TemplateError: The templates have faults; the output is untouched.
        CheckError: Under `is_strict` there are warnings about the output folder.
        OutputError: The disk refused.
    """
    memory = Memory() if memory is None else memory
    # A file may be changed under a build: it begins again, and looks for the inputs itself.
    for known in (found, None):
        with suppress(InputChangedError):
            return _build(options, progress, memory, known)
    return _build(options, progress, memory)


def _build(
    options: BuildOptions,
    progress: Progress,
    memory: Memory,
    found: Mapping[str, Found] | None = None,
) -> BuildResult:
    started, started_ns = time.perf_counter(), time.time_ns()
    check_folders(options)
    output, key, watch = options.output_folder, options.folder_key, Stopwatch()
    with (
        build_lock(options.state_folder / "lock"),
        _store(options) as store,
        ExitStack() as stack,
        Stage(output) as stage,
    ):
        manifest, signatures = store.manifest(key)
        on_disk, now = digests_on_disk(output, manifest, signatures, trust=options.use_cache)
        past = Past(manifest if options.use_cache else {}, on_disk)
        watch.step("look at the outputs")
        composed = Composing(
            options=options,
            store=store,
            progress=progress,
            watch=watch,
            past=past,
            stage=stage,
            stack=stack,
            found=found,
            memory=memory,
        ).compose()
        outputs = Making(composed, options, progress).make()
        stack.close()
        watch.step("view and render")
        noted = dict(manifest)
        now |= _place(outputs.made.values(), stage, store, key, noted)
        watch.step("write")
        index = _index(composed, options, outputs.made.values(), outputs.kept)
        now |= _place(index, stage, store, key, noted)
        watch.step("index for search")
        made, kept = _summed(composed, outputs, index, manifest)
        now |= _place(made[-1:], stage, store, key, noted)
        wanted = sorted(kept)
        removed = delete_outputs(output, Past(manifest).gone(wanted))
        around = look_around(output, wanted, _around_before(store, options))
        _keep(
            store,
            composed,
            outputs,
            _Kept(key, kept, settled_only(now, time.time_ns()), started_ns, around),
        )
        strangers = _foreign(output, around.strangers)
    watch.step("tidy up")
    diagnostics = sorted_diagnostics((*composed.diagnostics, *outputs.diagnostics, *strangers))
    if options.is_strict and strangers:
        raise CheckError(diagnostics, excerpts_of(diagnostics, composed.inputs))
    written = tuple(item.path for item in made if item.rendered.is_staged)
    return BuildResult(
        pages=sum(path.endswith(".html") for path in wanted),
        written=written,
        kept=len(wanted) - len(written),
        removed=removed,
        seconds=time.perf_counter() - started,
        steps=watch.steps,
        templates=_by_template(made),
        signatures={path: now[path] for path in wanted},
        folders=around.folders,
        diagnostics=diagnostics,
        excerpts=excerpts_of(diagnostics, composed.inputs),
        remark=_remark(composed, options),
    )


class _Kept(NamedTuple):
    """What is kept of an output folder.

    Attributes:
        folder: Its name in the state.
        signatures: Of the files whose status will show a change.
        started_ns: When the build began.
        around: What lies in the folder.
    """

    folder: str
    manifest: Manifest
    signatures: Mapping[OutputPath, str]
    started_ns: int
    around: Surroundings


def _around_before(store: Store, options: BuildOptions) -> Surroundings:
    """Return what lay in the output folder after the last build."""
    return store.surroundings(options.folder_key) if options.use_cache else Surroundings()


def _keep(store: Store, composed: Composed, outputs: Outputs, kept: _Kept) -> None:
    """Keep all that the next build may use."""
    replacements = -1
    while replacements != store.replacements:
        # A file that proves damaged half-way is made anew, and all of this goes into it.
        replacements = store.replacements
        store.keep_manifest(kept.folder, kept.manifest, kept.signatures)
        store.keep_surroundings(kept.folder, kept.around, time.time_ns())
        keep_state(store, kept.folder, composed, outputs, kept.started_ns)
    store.commit()


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
        return make_index(found, workshop, memo)


def _remark(composed: Composed, options: BuildOptions) -> str:
    site = composed.workshop.site
    remarks = [remark_on(site.catalog)]
    if options.search is SearchIndex.MAKE and site.settings.search and not is_installed():
        remarks.append(
            "readers cannot search, as Pagefind is not installed (pip install pagefind_bin)"
        )
    return "; ".join(filter(None, remarks))


def _summed(
    composed: Composed, outputs: Outputs, index: Iterable[Made], manifest: Manifest
) -> tuple[list[Made], dict[OutputPath, Output]]:
    """Make the list of all digests, and return it last of all that was made, and what is kept."""
    made = [*outputs.made.values(), *index]
    kept = outputs.kept | {item.path: _kept(item, manifest) for item in made}
    sums = make_sums(kept, composed.workshop)
    return [*made, sums], {**kept, sums.path: _kept(sums, manifest)}


def _place(
    made: Iterable[Made],
    stage: Stage,
    store: Store,
    key: str,
    noted: dict[OutputPath, Output],
) -> dict[OutputPath, str]:
    """Put staged files in place; return the signature of each.

    New files are noted before the first is put in place, so that those of a killed build are
    known. What is noted has no fingerprint, so that it is never taken for current.

    What the state lists is `noted`; what is noted is added to it.
    """
    written = tuple(item.path for item in made if item.rendered.is_staged)
    if not written:
        return {}
    if new := [path for path in written if path not in noted]:
        noted |= dict.fromkeys(new, Output("", "", "its build did not end"))
        store.keep_manifest(key, noted, {})
        store.commit()
    return stage.place(written)


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
    lenient = replace(options, is_strict=False, use_cache=False)
    with (
        build_lock(options.state_folder / "lock"),
        _store(options) as store,
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

    Returns:
        How many outputs were deleted.

    Raises:
        UsageError: There is no site.
        OutputError: The disk refused.
    """
    check_folders(options)
    state = options.state_folder / "state.db"
    if not state.exists():
        return 0
    with build_lock(options.state_folder / "lock"):
        with _store(options) as store:
            manifest, _ = store.manifest(options.folder_key)
        removed = delete_outputs(options.output_folder, manifest)
        for pattern in ("state.db*", "search.db*", "pictures.db*", "last-*.json"):
            for path in options.state_folder.glob(pattern):
                path.unlink(missing_ok=True)
    return removed


def _store(options: BuildOptions) -> Store:
    return Store(options.state_folder / "state.db")


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
