"""Makes the outputs of a composed site: pages in three steps, then tables and static files.

Never: puts a file in place.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from alliance_site.build.compose import Composed, refusal
from alliance_site.build.options import BuildOptions, Progress
from alliance_site.build.work import Made, Workshop, make_pages
from alliance_site.check import check_content
from alliance_site.diagnostics import Diagnostic, has_errors
from alliance_site.paths import OutputPath, output_path
from alliance_site.plan import (
    Past,
    asset_fingerprint,
    closure_digests,
    document_fingerprint,
    table_fingerprint,
)
from alliance_site.render import Renderer, asset_bytes, table_csv, table_json
from alliance_site.view import (
    Page,
    Summary,
    closing_pages,
    documents,
    first_pages,
    source_pages_of,
    summarize,
)
from alliance_site.write import Stage


@dataclass(frozen=True, slots=True)
class Outputs:
    """Every output of a site after its making.

    Attributes:
        made: One for each output, in the order of paths.
        diagnostics: What the quick checks found; all of it warnings.
    """

    made: tuple[Made, ...]
    diagnostics: tuple[Diagnostic, ...]


def make_outputs(
    composed: Composed,
    past: Past,
    stage: Stage | None,
    options: BuildOptions,
    progress: Progress,
) -> Outputs:
    """Make every output that is not current.

    Args:
        composed: The site.
        past: The last build.
        stage: Where files are made; None keeps their bytes in memory.
        options: How many workers, and whether warnings are errors.
        progress: Told how far it is.

    Raises:
        ContentError: Under `is_strict`, there are warnings.
        TemplateError: A template asked its view for what it does not hold.
    """
    workshop = _workshop(composed, past, stage)
    made: list[Made] = []

    def make(pages: Iterable[Page]) -> list[Summary]:
        batch = list(pages)
        total = len(made) + len(batch)
        ready = len(made)
        found = make_pages(
            workshop, batch, options.jobs, lambda n: progress("making", ready + n, total)
        )
        made.extend(found)
        return [item.summary for item in found if item.summary is not None]

    composer = composed.composer
    summaries = make(first_pages(composer, composed.tables))
    summaries += make(source_pages_of(composer, summaries))
    make(closing_pages(composer, summaries))
    everything = [item.summary for item in made if item.summary is not None]
    found = tuple(check_content(composer.site, everything))
    _refuse_faults(composed, made, found, options)
    made += _plain_outputs(composed, workshop)
    return Outputs(tuple(sorted(made, key=lambda item: item.path)), found)


def all_pages(composed: Composed) -> Iterator[Page]:
    """Yield every page of a site; those that list others as they will be once all are made."""
    composer = composed.composer
    first = list(first_pages(composer, composed.tables))
    summaries = [summarize(page, page.make()) for page in first]
    known = [item for item in summaries if item is not None]
    sources = list(source_pages_of(composer, known))
    summaries = [summarize(page, page.make()) for page in sources]
    known += [item for item in summaries if item is not None]
    yield from (*first, *sources, *closing_pages(composer, known))


def _workshop(composed: Composed, past: Past, stage: Stage | None) -> Workshop:
    templates = composed.templates
    shelf = {key: prose.parts for key, prose in composed.composer.site.prose.items()}
    return Workshop(
        renderer=Renderer(templates.texts, templates.paths(), shelf),
        closures=closure_digests(templates.sources, templates.references),
        code=composed.code,
        past=past,
        stage=stage,
    )


def _refuse_faults(
    composed: Composed,
    made: Sequence[Made],
    found: Sequence[Diagnostic],
    options: BuildOptions,
) -> None:
    faults = tuple(fault for item in made for fault in item.faults)
    warnings = (*composed.diagnostics, *found)
    if has_errors(faults) or (options.is_strict and warnings):
        raise refusal(warnings, faults, composed.inputs)


def _plain_outputs(composed: Composed, workshop: Workshop) -> list[Made]:
    """Make tables, other downloads and static files."""
    made = []
    for table in composed.tables:
        for ending, write in (("csv", table_csv), ("json", table_json)):
            path = OutputPath(f"data/{table.name}.{ending}")
            fingerprint = table_fingerprint(table, ending, composed.code)
            made.append(_plain(workshop, path, fingerprint, partial(write, table)))
    for document in documents(composed.composer):
        path = output_path(document.url)
        fingerprint = document_fingerprint(document, composed.code)
        made.append(_plain(workshop, path, fingerprint, document.text.encode))
    for asset in composed.assets:
        inputs = [composed.inputs[path].data for path in asset.inputs]
        fingerprint = asset_fingerprint(asset)
        made.append(
            _plain(workshop, asset.path, fingerprint, partial(asset_bytes, asset.form, inputs))
        )
    return made


def _plain(
    workshop: Workshop, path: OutputPath, fingerprint: str, data: Callable[[], bytes]
) -> Made:
    if workshop.past.is_current(path, fingerprint):
        return Made(path=path, fingerprint=fingerprint, summary=None)
    made = data()
    digest = hashlib.sha256(made).hexdigest()
    is_staged = workshop.past.on_disk.get(path) != digest
    if is_staged and workshop.stage is not None:
        workshop.stage.add(path, made)
    return Made(
        path=path,
        fingerprint=fingerprint,
        summary=None,
        digest=digest,
        reason=workshop.past.reason(path, fingerprint),
        is_staged=is_staged,
        data=made if workshop.stage is None else b"",
    )
