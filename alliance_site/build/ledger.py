"""Adds a release to the ledger: what the content says now, and which page shows it.

Never: builds a page.
"""

from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from alliance_site.build.compose import Composing
from alliance_site.build.options import BuildOptions, check_folders
from alliance_site.build.stopwatch import Stopwatch
from alliance_site.diagnostics import OutputError, UsageError
from alliance_site.model import (
    Published,
    Release,
    Site,
    Values,
    next_release,
    release_text,
    site_fields,
    texts_of,
)
from alliance_site.plan import Past
from alliance_site.view import STAGES, Composer, PageView, Result, summarize
from alliance_site.write import Store, build_lock

RELEASES = "content/releases"
_UNRECORDED = frozenset({"corrections", "changes"})
"""Kinds of page that tell what other pages said."""


def release(options: BuildOptions, name: str = "") -> Release:
    """Write the next entry of the ledger.

    Args:
        options: Of the build that is published; its date is the release's.
        name: The release's id; the date by default.

    Raises:
        UsageError: There is such a release, the name is none, or nothing has changed.
        ContentError: The content has faults.
        OutputError: The disk refused.
    """
    composer = composed(options)
    site, date = composer.site, composer.as_of
    if not name and _is_taken(str(date), site):
        raise UsageError(
            f"there is a release {date} already, of the day that the content speaks for; give "
            "this one a name: `alliance-site release NAME`"
        )
    name = name or str(date)
    _check_name(name, site)
    releases = site.releases.all()
    now = Published(values_of(site), _pages(composer))
    made = next_release(releases, name, date, now)
    if not made.values and not made.pages:
        raise UsageError(f"nothing has changed since the release {made.after}")
    # All that there are: a site of an earlier day tells of those up to it.
    last = max((item.date for item in site.catalog.releases), default=date)
    if date < last:
        raise UsageError(f"the content speaks for {date}, which is before the last release, {last}")
    _write(options.site / RELEASES / f"{name}.json", release_text(made))
    return made


def composed(options: BuildOptions) -> Composer:
    """Open a site with all that its pages are composed with; nothing is built.

    Raises:
        ContentError: The content has faults.
    """
    check_folders(options)
    with (
        build_lock(options.state_folder / "lock"),
        Store(options.state_folder / "state.db") as store,
        ExitStack() as stack,
    ):
        composing = Composing(
            options=replace(options, jobs=1),
            store=store,
            progress=lambda *_: None,
            watch=Stopwatch(),
            past=Past(),
            stage=None,
            stack=stack,
        )
        composer = composing.compose().workshop.composer
        store.commit()
    return composer


def _is_taken(name: str, site: Site) -> bool:
    return any(item.id == name for item in site.releases.heads())


def _check_name(name: str, site: Site) -> None:
    if _is_taken(name, site):
        raise UsageError(f"there is a release {name} already; releases are never changed")
    if not name.replace("-", "a").replace(".", "a").isalnum() or not name.isascii():
        raise UsageError(f"{name!r} is no name for a release; use letters, digits and hyphens")


def values_of(site: Site) -> Values:
    """Return all that the content says, by record and field."""
    values: Values = {}
    for field in site_fields(site):
        values.setdefault(field.key, {})[field.path] = texts_of(field.value)
    return values


def _pages(composer: Composer) -> dict[str, tuple[str, ...]]:
    """Return what each page of facts shows."""
    composer, recorder = composer.recording()
    shown: dict[str, tuple[str, ...]] = {}
    results: list[Result] = []
    for stage in STAGES:
        given = tuple(results)
        for page in chain.from_iterable(family.listed(composer, given) for family in stage):
            recorder.take()
            view = page.make()
            result = summarize(page, view)
            if result is not None:
                results.append(result)
            if isinstance(view, PageView) and _has_facts(view):
                cited = (note.page_url.rstrip("/").rpartition("/")[2] for note in view.sources)
                shown[page.url] = recorder.take(cited, composer.path(page.url))
    return shown


def _has_facts(view: PageView) -> bool:
    return view.frame.cite is not None and view.frame.kind not in _UNRECORDED


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error
