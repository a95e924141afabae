"""The terminal: arguments in, results to standard output, progress to standard error, exit codes.

0 fine, 1 findings, 2 usage, 3 the disk refused, 130 interrupted.

A command loads what it needs when it is run: help, and a new record, are there at once.

Never: holds what another program could not call.
"""

import os
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Self

import click
from msgspec.structs import replace

from alliance_site.diagnostics import (
    AllianceSiteError,
    BuildError,
    CheckError,
    Code,
    Diagnostic,
    OutputError,
    Span,
    UsageError,
    nearest,
)
from alliance_site.paths import base_path
from alliance_site.quick import SECONDS, Observed, note, observe, terminal_columns
from alliance_site.report import (
    FORMATS,
    ToldChange,
    explain_code,
    list_codes,
    render_changes,
    render_report,
    summary_line,
)
from alliance_site.starter import KINDS_OF_RECORD, new_record, start_site

if TYPE_CHECKING:
    from alliance_site.build import BuildOptions, BuildResult, Memory
    from alliance_site.serve import News, Seen

FINDINGS, USAGE, DISK, INTERRUPTED = 1, 2, 3, 130
_EXIT_CODES = {UsageError: USAGE, OutputError: DISK}
_PROGRESS_AFTER_S, _PROGRESS_EVERY_S = 0.5, 0.1
_NAMED_CHANGES = 3


def run(arguments: list[str] | None = None) -> int:
    """Run a command.

    Returns:
        The exit code.
    """
    try:
        result = command.main(arguments, prog_name="alliance-site", standalone_mode=False)
        code = result if isinstance(result, int) else 0
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        code = INTERRUPTED
    except click.ClickException as error:
        error.show()
        code = USAGE
    except AllianceSiteError as error:
        click.echo(f"error: {error}", err=True)
        code = _EXIT_CODES.get(type(error), FINDINGS)
    except BrokenPipeError:
        # Whoever read our output has gone: what it wanted, it has.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    return code


class _Date(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day, expected YYYY-MM-DD", param, ctx)


class _Share(click.ParamType[Decimal]):
    """A share in percent, such as 95 or 97.5."""

    name = "percent"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """Read the share."""
        if isinstance(value, Decimal):
            return value
        try:
            share = Decimal(value)
        except InvalidOperation:
            share = Decimal(-1)
        if not 0 <= share <= Decimal(100):
            self.fail(f"{value!r} is no share, expected a number from 0 to 100", param, ctx)
        return share


_SITE = click.option(
    "-C",
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The site's folder, which holds content/ (default: here).",
)
_OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Where the site goes (default: _site in the site's folder).",
)
_BASE_URL = click.option("--base-url", metavar="URL", help="Overrides `url` of site.yaml.")
_DRAFTS = click.option(
    "--drafts", is_flag=True, help="Show drafts, scheduled and expired articles."
)
_AS_OF = click.option("--as-of", type=_Date(), metavar="DATE", help="Build the site of that day.")
_KNOWN_ON = click.option(
    "--known-on", type=_Date(), metavar="DATE", help="Leave out what was recorded after that day."
)
_JOBS = click.option(
    "-j", "--jobs", type=click.IntRange(0), default=0, help="Worker processes (0: one a processor)."
)
_STRICT = click.option("--strict", is_flag=True, help="Warnings are errors.")
_FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How findings are written.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    None, "-V", "--version", package_name="alliance-site", message="%(prog)s %(version)s"
)
def command() -> None:
    """Publish evidence-backed analysis of an alliance as a static site."""


@command.command("build")
@_SITE
@_OUTPUT
@_BASE_URL
@_DRAFTS
@_AS_OF
@_KNOWN_ON
@_JOBS
@click.option("--no-cache", is_flag=True, help="Read and make everything anew.")
@click.option("--verify", "is_verified", is_flag=True, help="Compare with a clean build.")
@click.option("--profile", "is_profiled", is_flag=True, help="Say where the time went.")
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@_STRICT
@_FORMAT
def build_command(*, is_verified: bool, is_profiled: bool, no_search: bool, **choices: Any) -> int:
    """Check the content, and build the site from it."""
    from alliance_site.build import SearchIndex, build, verify

    form = choices["form"]
    search = SearchIndex.LEAVE_OUT if no_search else SearchIndex.MAKE
    options = _options({**choices, "search": search})
    before = _observe(options)
    with _Progress() as progress:
        try:
            found, looked = (before.found, before.looked_at()) if before else (None, None)
            result = build(options, progress.show, found, looked=looked)
            compared = verify(options, result, progress.show) if is_verified else 0
        except BuildError as error:
            progress.clear()
            # Only a finding about the output itself comes after the writing.
            is_written = isinstance(error, CheckError)
            outcome = "" if is_written else "nothing was written"
            return _show_failure(error, form, outcome, options.site)
        progress.clear()
    report = _findings(result, form, options.site)
    line = build_line(result) if form == "text" else ""
    click.echo(f"{report}{line}", nl=form == "text")
    if is_profiled:
        click.echo(profile_table(result), err=True, nl=False)
    if is_verified:
        click.echo(f"{compared:,} files are as a clean build makes them", err=True)
    if before is not None:
        _note(options, before, result, report, form)
    return 0


def _observe(options: "BuildOptions") -> Observed | None:
    if not options.use_cache:
        return None
    try:
        return observe(str(options.site))
    except OSError:
        # The build says which file cannot be looked at.
        return None


def _note(
    options: "BuildOptions", before: Observed, result: "BuildResult", report: str, form: str
) -> None:
    """Note what was said, for when the same is asked again and nothing has changed."""
    same = replace(result, written=(), kept=len(result.left.outputs), removed=0)
    line = build_line(same, seconds=SECONDS) + "\n" if form == "text" else ""
    said = {"report": report, "line": line}
    note(sys.argv[1:], before, str(options.output_folder), result.left, said)


@command.command("check")
@_SITE
@_OUTPUT
@_BASE_URL
@_DRAFTS
@_AS_OF
@_KNOWN_ON
@_JOBS
@click.option(
    "--min-evidence",
    type=_Share(),
    metavar="PERCENT",
    help="Fail where fewer values have a source.",
)
@_STRICT
@_FORMAT
def check_command(**choices: Any) -> int:
    """Check the content and the finished pages; nothing is written."""
    from alliance_site.build import check

    form = choices["form"]
    with _Progress() as progress:
        try:
            result = check(_options(choices), progress.show)
        except BuildError as error:
            progress.clear()
            return _show_failure(error, form, "", choices["site"])
        progress.clear()
    line = f"{result.pages:,} pages checked in {result.seconds:.2f} s\n" if form == "text" else ""
    click.echo(f"{_findings(result, form, choices['site'])}{line}", nl=False)
    return 0


@command.command("serve")
@_SITE
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Where the site goes (default: a folder of its own below .alliance-site).",
)
@_BASE_URL
@_DRAFTS
@_AS_OF
@_KNOWN_ON
@_JOBS
@click.option("-p", "--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve_command(port: int, **choices: Any) -> int:
    """Build, serve on this machine, and rebuild on change."""
    from alliance_site.build import Memory, SearchIndex, kept_aside
    from alliance_site.serve import News, rebuild_on_change, seen_at, serving

    path = base_path(choices["base_url"]) if choices["base_url"] else ""
    memory, news = Memory(), News()
    with (
        suppress(KeyboardInterrupt),
        kept_aside(_options(choices), port) as aside,
        # A port that is taken is told before anything is built.
        serving(aside.output_folder, path, port, news) as url,
    ):
        # Who saves a file wants to see it; the index is made once, and kept as it is from then on.
        options = replace(aside, base_url=url, search=SearchIndex.KEEP)
        seen = seen_at(options.site)
        _build_and_tell(replace(options, search=SearchIndex.MAKE), memory, news)
        click.echo(f"serving {options.output_folder} at {url} (Ctrl+C stops)", err=True)

        def rebuild(changed: tuple[Path, ...], found: "Seen") -> None:
            # An editor saves by way of files that are gone again; those that stay are the change.
            kept = list(dict.fromkeys(item.name for item in changed if item.exists()))
            names = ", ".join(kept[:_NAMED_CHANGES]) or "files"
            more = " and more" if len(kept) > _NAMED_CHANGES else ""
            click.echo(f"{names}{more} changed", err=True)
            try:
                _build_and_tell(options, memory, news, found)
            except (UsageError, OutputError) as error:
                # A folder may be away for a moment, while a branch is switched, say.
                news.tell_faults(f"error: {error}")
                click.echo(f"error: {error}", err=True)

        rebuild_on_change(options.site, Event(), seen, rebuild)
    return 0


def _build_and_tell(
    options: "BuildOptions", memory: "Memory", news: "News", found: "Seen | None" = None
) -> None:
    """Build, and say here and on the pages how it went; a site with faults stays as it was."""
    from alliance_site.build import build

    try:
        result = build(options, found=found, memory=memory)
    except BuildError as error:
        way = _way_to(options.site, "text")
        news.tell_faults(render_report(error.diagnostics, error.excerpts, "text", prefix=way))
        stays = "the site stays as it was" if news.is_out else "there is no page until it is built"
        _show_failure(error, "text", stays, options.site)
    else:
        news.tell_built(is_other=bool(result.written or result.removed))
        click.echo(f"{_findings(result, 'text', options.site)}{build_line(result)}")


@command.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
def init_command(folder: Path) -> int:
    """Start a site in FOLDER: a small one that builds, to be filled."""
    made = start_site(folder)
    for path in made:
        click.echo(f"  {path}")
    where = "" if folder == Path() else f" -C {folder}"
    click.echo(f"{len(made)} files written; now try `alliance-site serve{where}`")
    return 0


@command.command("new")
@_SITE
@click.argument("kind", type=click.Choice(KINDS_OF_RECORD))
@click.argument("name")
def new_command(site: Path, kind: str, name: str) -> int:
    """Start a record of KIND; NAME is its id or its title."""
    click.echo(f"{new_record(site, kind, name)} written")
    return 0


@command.command("explain")
@_SITE
@_OUTPUT
@_BASE_URL
@_DRAFTS
@_AS_OF
@_KNOWN_ON
@click.argument("subject", metavar="CODE|KIND|PATH", default="codes")
def explain_command(subject: str, **choices: Any) -> int:
    """Explain a finding's CODE, a KIND of record, or the page at PATH.

    KIND is `organization` or any other word that `new` takes, `site`, `statement`, `evidence`, or
    `theme`. PATH is a page's address, its file below the output folder, the file of its record
    below content/, or a record such as org:ibm. Without any, or as `codes`, all codes are listed.
    """
    codes = [item.value for item in Code]
    if subject == "codes":
        click.echo(list_codes(), nl=False)
        return 0
    if subject in codes:
        click.echo(explain_code(Code(subject)), nl=False)
        return 0
    from alliance_site.guide import guide_to

    if guide := guide_to(subject):
        click.echo(guide, nl=False)
        return 0
    from alliance_site.build import explain

    guess = nearest(subject, codes)
    try:
        explanation = explain(_options({**choices, "jobs": 1}), subject)
    except BuildError as error:
        hint = f"there is a code `{guess}`" if guess else "a page is explained once they are mended"
        return _show_failure(error, "text", hint, choices["site"])
    except UsageError as error:
        hint = f"; there is a code `{guess}`" if guess else ""
        raise UsageError(f"{error}{hint}") from error
    width = max(len(label) for label, _ in explanation.lines)
    click.echo(explanation.path)
    for label, text in explanation.lines:
        click.echo(f"  {label:<{width}}  {text}")
    return 0


@command.command("import")
@click.argument("mapping", type=click.Path(path_type=Path, dir_okay=False))
@_SITE
@_FORMAT
@click.option(
    "--replace",
    is_flag=True,
    help="Write over the comparison's files; delete answers of subjects it has no longer.",
)
def import_command(mapping: Path, site: Path, form: str, *, replace: bool) -> int:
    """Import a comparison from the CSV files that MAPPING names."""
    from alliance_site.importer import import_comparison

    try:
        done = import_comparison(site, mapping, replace=replace)
    except BuildError as error:
        return _show_failure(error, form, "nothing was written", site)
    _show_remarks(done.diagnostics, done.excerpts, form, site)
    if form == "text":
        for name in done.removed:
            click.echo(f"{name} deleted: the comparison has no such subject any more")
        click.echo(
            f"{done.subjects:,} subjects, {done.criteria:,} criteria, {done.cells:,} cells: "
            f"{done.files:,} files written below {done.folder}"
        )
    return 0


@command.command("verify")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), required=False)
@_SITE
@_FORMAT
def verify_command(folder: Path | None, site: Path, form: str) -> int:
    """Verify a published site: every file, table and figure.

    FOLDER is where it lies: _site in the site's folder by default.
    """
    from alliance_site.verify import verify_site

    try:
        found = verify_site(site / "_site" if folder is None else folder)
    except BuildError as error:
        return _show_failure(error, form, "", Path())
    _show_remarks(found.diagnostics, {}, form, Path())
    if form == "text":
        click.echo(
            f"{found.files:,} files are as they were published; {found.tables:,} files of data and "
            f"{found.figures:,} figures are as computed from the records"
        )
    return 0


@command.command("release")
@_SITE
@_AS_OF
@click.argument("name", default="")
@_FORMAT
def release_command(site: Path, as_of: date | None, name: str, form: str) -> int:
    """Put on record what each page shows, as release NAME.

    NAME is the content's date by default.

    The record is a file below content/releases/, to be committed. It is what corrections, the page
    of changes and `diff` are made from.
    """
    from alliance_site.build import BuildOptions, release

    options = BuildOptions(site=site, as_of=as_of)
    try:
        made = release(options, name)
    except BuildError as error:
        return _show_failure(error, form, "nothing was written", site)
    _show_remarks((), {}, form, site)
    changed = sum(1 if fields is None else len(fields) for fields in made.values.values())
    if form == "text":
        click.echo(f"{made.span.path} written: {changed:,} values, {len(made.pages):,} pages")
    return 0


@command.command("diff")
@_SITE
@click.argument("before", default="")
@click.argument("after", default="")
@_FORMAT
def diff_command(site: Path, before: str, after: str, form: str) -> int:
    """Say what changed from BEFORE to AFTER.

    Each is a release, or `now` for the content as it is; by default the last release and now. Where
    one is a day (YYYY, YYYY-MM, YYYY-MM-DD) and no release, it is what changed in the world between
    the two, by the dates that the content gives.
    """
    from alliance_site.build import NOW, BuildOptions, diff

    try:
        found = diff(BuildOptions(site=site), before, after or NOW)
    except BuildError as error:
        return _show_failure(error, form, "", site)
    by = ", by the dates in the content" if found.is_by_date else ""
    prefix = _way_to(site, form)
    told = [
        ToldChange(
            kind=line.change.kind.value,
            group=line.group,
            record=line.change.key,
            field=line.change.path,
            was=line.change.was,
            now=line.change.now,
            text=line.text,
            span=replace(line.span, path=f"{prefix}{line.span.path}") if line.span else None,
        )
        for line in found.lines
    ]
    click.echo(render_changes(f"{found.before} → {found.after}{by}", told, form), nl=False)
    return 0


@command.command("clean")
@_SITE
@_OUTPUT
def clean_command(site: Path, output: Path | None) -> int:
    """Delete what builds wrote, and what is kept between them."""
    from alliance_site.build import BuildOptions, clean

    removed = clean(BuildOptions(site=site, output=output))
    click.echo(f"{removed:,} files removed")
    return 0


def _options(choices: dict[str, Any]) -> "BuildOptions":
    from alliance_site.build import BuildOptions, SearchIndex

    return BuildOptions(
        site=choices["site"],
        output=choices["output"],
        base_url=choices["base_url"],
        as_of=choices["as_of"],
        known_on=choices["known_on"],
        with_drafts=choices["drafts"],
        jobs=choices["jobs"],
        use_cache=not choices.get("no_cache"),
        is_strict=bool(choices.get("strict")),
        min_evidence=choices.get("min_evidence"),
        search=choices.get("search", SearchIndex.LEAVE_OUT),
    )


def build_line(result: "BuildResult", seconds: str = "") -> str:
    """Say in one line what a build did; `seconds` may stand in for how long it took."""
    return (
        f"{result.pages:,} pages: {len(result.written):,} files written, {result.kept:,} kept, "
        f"{result.removed:,} removed in {seconds or format(result.seconds, '.2f')} s"
        f"{'; ' if result.remark else ''}{result.remark}"
    )


def profile_table(result: "BuildResult") -> str:
    """Say in lines where the time of a build went."""
    lines = [f"{seconds:8.3f} s  {name}" for name, seconds in result.steps]
    lines.append("   pages    view s  render s  template (over all workers)")
    by_cost = sorted(result.templates.items(), key=lambda item: -sum(item[1][1:]))
    lines += [
        f"{count:>8,}  {view_s:8.3f}  {render_s:8.3f}  {name}"
        for name, (count, view_s, render_s) in by_cost
    ]
    return "\n".join(lines) + "\n"


def _has_colour(stream: Any) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _report(
    diagnostics: Iterable[Diagnostic], excerpts: Mapping[Span, str], form: str, site: Path
) -> str:
    """Write findings for the terminal, or for whatever reads them."""
    return render_report(
        diagnostics,
        excerpts,
        form,
        has_colour=_has_colour(sys.stdout),
        prefix=_way_to(site, form),
        columns=terminal_columns(),
    )


def _way_to(site: Path, form: str) -> str:
    """Return the way to the site's folder, with a slash at its end; empty where it is here.

    A text is for who stands in the current folder. GitHub looks for files from the root of the
    repository, as its working folder or `.git` says. JSON is for programs, which know the site.
    """
    if form == "json":
        return ""
    folder, here = site.resolve(), Path.cwd()
    if form in {"github", "sarif"}:
        above = (folder, *folder.parents)
        root = next((item for item in above if (item / ".git").exists()), here)
        here = Path(os.environ.get("GITHUB_WORKSPACE") or root)
    try:
        way = Path(os.path.relpath(folder, here.resolve())).as_posix()
    except ValueError:  # on another drive
        return f"{folder.as_posix()}/"
    is_elsewhere = way.startswith("..") and form != "text"
    return "" if way == "." or is_elsewhere else f"{way}/"


def _findings(result: "BuildResult", form: str, site: Path) -> str:
    """Write what a build or check that went well has to remark; empty when that is nothing."""
    report = _report(result.diagnostics, result.excerpts, form, site)
    if form == "text" and report:
        return f"{report}\n{summary_line(result.diagnostics)}\n"
    return report


def _show_remarks(
    diagnostics: tuple[Diagnostic, ...], excerpts: Mapping[Span, str], form: str, site: Path
) -> None:
    """Show what a command that went well has to remark; a form for programs holds nothing else."""
    report = _report(diagnostics, excerpts, form, site)
    if report:
        click.echo(report, nl=form == "text")


def _show_failure(error: BuildError, form: str, outcome: str, site: Path) -> int:
    click.echo(_report(error.diagnostics, error.excerpts, form, site))
    if form == "text":
        click.echo(f"{summary_line(error.diagnostics)}{'; ' if outcome else ''}{outcome}")
    return FINDINGS


class _Progress:
    """A line on a terminal that says how far a long build is; nothing elsewhere."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._last = 0.0
        self._is_shown = sys.stderr.isatty() and not os.environ.get("CI")
        self._has_line = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.clear()

    def show(self, what: str, done: int, total: int) -> None:
        """Say how far a step is, at most ten times a second."""
        now = time.monotonic()
        is_due = now - self._started > _PROGRESS_AFTER_S and now - self._last > _PROGRESS_EVERY_S
        if self._is_shown and is_due:
            self._last = now
            self._has_line = True
            click.echo(f"\r\x1b[K{what} {done:,} of {total:,}", err=True, nl=False)

    def clear(self) -> None:
        """Take the line away."""
        if self._has_line:
            self._has_line = False
            click.echo("\r\x1b[K", err=True, nl=False)
