"""Makes the outputs of a composed site: pages stage by stage, then static files.

Never: puts a file in place.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

import msgspec
from msgspec import Struct, structs

from alliance_site.build.compose import Composed, refusal
from alliance_site.build.crew import Crew, Part, in_chunks
from alliance_site.build.documents import CHUNK, crew_for
from alliance_site.build.options import BuildOptions, Progress
from alliance_site.build.photographs import make_pictures
from alliance_site.build.state import diagnosed, recalled_diagnostics
from alliance_site.build.sums import SUMS_PATH
from alliance_site.build.work import Made
from alliance_site.check import check_addresses, check_summaries, lost_addresses
from alliance_site.diagnostics import Diagnostic, has_errors
from alliance_site.paths import OutputPath, UrlPath, output_path
from alliance_site.plan import Output, Task, asset_fingerprint, template_part
from alliance_site.render import asset_bytes
from alliance_site.view import STAGES, Family, Result, Summary

_FEWEST_FREE = 5
"""How many pages that are no worker's own are made at once at least."""


class Outputs(Struct):
    """Every output of a site after its making.

    Attributes:
        made: Those that were made, or looked at, in this build.
        kept: Those of the last build that nothing has touched.
        addresses: Of all pages.
        results: What pages tell each other; None where all of it is as it was.
        diagnostics: What the quick checks found; all of it warnings.
    """

    made: dict[OutputPath, Made]
    kept: dict[OutputPath, Output]
    addresses: frozenset[str]
    results: dict[str, Result] | None
    diagnostics: tuple[Diagnostic, ...]


class Making:
    """The making of all outputs of a site.

    Args:
        composed: The site.
        options: How many workers, and whether warnings are errors.
        progress: Told how far it is.
    """

    def __init__(self, composed: Composed, options: BuildOptions, progress: Progress) -> None:
        """Begin with nothing made."""
        self._composed = composed
        self._options = options
        self._progress = progress
        self._made: dict[OutputPath, Made] = {}
        self._kept: dict[OutputPath, Output] = {}
        self._addresses: list[str] = []
        self._earlier = 0
        self._results: dict[str, Result] | None = None
        self._gathered: dict[str, Result] = {}
        self._asked = 0
        self._known: Mapping[str, Result] | None = None

    def make(self) -> Outputs:
        """Make every output that is not current.

        Raises:
            ContentError: Under `is_strict`, there are warnings.
            TemplateError: A template asked its view for what it does not hold.
        """
        for number, stage in enumerate(STAGES):
            self._make_stage(stage, is_first=number == 0)
        found = (*self._check(), *self._check_addresses())
        self._refuse_faults(found)
        self._make_assets()
        pictures = make_pictures(self._composed.workshop, self._options, self._progress)
        self._made |= {item.path: item for item in pictures}
        addresses = frozenset(self._addresses)
        return Outputs(self._made, self._kept, addresses, self._results, found)

    # Which

    def _make_stage(self, stage: Sequence[Family], *, is_first: bool) -> None:
        is_same = self._results is None
        workshop = self._composed.workshop
        self._earlier = len(self._addresses)
        workshop.results = None
        dirty: list[tuple[str, str]] = []
        is_new = False
        for family in stage:
            addresses, is_listed_as_before = self._list(family, is_same=is_same)
            self._addresses += addresses
            is_new |= is_listed_as_before is False
            may_keep = is_same and (is_listed_as_before is None or family.is_by_id)
            stale = self._stale(addresses) if may_keep else addresses
            dirty += ((family.name, address) for address in stale)
        if dirty:
            self._tell()
        made = self._make_pages(dirty, is_first=is_first)
        workshop.forget_lists()
        told = self._composed.tasks.results
        is_new |= any(told.get(f"page {item.address}", "") != item.told for item in made)
        if is_new or not is_same:
            self._results = self._gather(len(self._addresses))

    def _tell(self) -> None:
        """Hand the workshop what the pages of earlier stages tell; it costs time, so only once."""
        workshop = self._composed.workshop
        if workshop.results is None:
            results = self._gather(self._earlier) if self._results is None else self._results
            workshop.results = tuple(results.values())

    def _list(self, family: Family, *, is_same: bool) -> tuple[Sequence[str], bool | None]:
        """List the addresses of a family's pages.

        Returns:
            They, and whether they are those of the last build; None where what they rest on is.
        """
        composed, name = self._composed, f"family {family.name}"
        before: list[str] = composed.tasks.results.get(name, [])
        if is_same and composed.tasks.holds(name):
            return before, None
        workshop = composed.workshop
        self._tell()
        pages, keys = workshop.site.trace.record(lambda: workshop.pages(family.name))
        addresses = list(pages)
        composed.done[name] = Task(keys, addresses)
        return addresses, addresses == before

    def _stale(self, addresses: Sequence[str]) -> Iterator[str]:
        """Yield the pages that are not there as this build would make them; no view is made."""
        current = self._current
        stale = set(self._composed.tasks.not_holding("page", addresses))
        for address in addresses:
            path = output_path(UrlPath(address))
            last = current.get(path)
            if last is None or address in stale:
                yield address
            else:
                self._kept[path] = last

    @cached_property
    def _current(self) -> Mapping[OutputPath, Output]:
        """The outputs that are as the last build left them, and of templates as they are now."""
        workshop = self._composed.workshop
        closures = {template_part(digest) for digest in ("", *workshop.closures.values())}
        present: dict[str, bool] = {}
        on_disk = workshop.past.on_disk
        current = {}
        for path, last in workshop.past.manifest.items():
            # Very many are of the same template.
            _, _, rest = last.fingerprint.partition("; ")
            is_present = present.get(rest)
            if is_present is None:
                is_present = not closures.isdisjoint(last.fingerprint.split("; "))
                present[rest] = is_present
            if is_present and on_disk.get(path) == last.digest:
                current[path] = last
        return current

    # Making

    def _make_pages(self, dirty: Sequence[tuple[str, str]], *, is_first: bool) -> list[Made]:
        composed = self._composed
        if is_first and composed.crew is not None:
            return self._take(composed.crew.ask("make", self._parts(composed.crew, dirty)), dirty)
        crew = crew_for(composed.workshop, len(dirty), self._options.jobs)
        if crew is None:
            made = (composed.workshop.make(*part) for part in _by_family(dirty))
            return self._take(made, dirty)
        with crew:
            return self._take(crew.ask("make", self._parts(crew, dirty)), dirty)

    def _parts(self, crew: Crew, dirty: Sequence[tuple[str, str]]) -> list[Part]:
        """Share pages out: each to the worker that holds its record, the others to whoever is free.

        The others come first. Among them are tables of all records: what memory they take is used
        again for the pages that follow, of which this process remembers ever more.
        """
        others: list[tuple[str, str]] = []
        owned: list[list[tuple[str, str]]] = [[] for _ in range(len(crew))]
        for family, address in dirty:
            owner = self._owner(address)
            (others if owner is None else owned[owner]).append((family, address))
        shares = [list(_by_family(pages)) for pages in owned]
        # In turn, so that no worker's answers wait behind all those of another.
        longest = max(len(share) for share in shares)
        return [
            *((None, part) for part in _by_family(others, _free_chunk(len(others)))),
            *(
                (worker, share[index])
                for index in range(longest)
                for worker, share in enumerate(shares)
                if index < len(share)
            ),
        ]

    def _owner(self, address: str) -> int | None:
        """Return the worker that holds the record of a page; None for a page without one."""
        owners = self._composed.owners
        if not owners:
            return None
        _, plural, name, *_ = f"{address}///".split("/")
        head = self._composed.workshop.site.catalog.heads.get(plural, {}).get(name)
        return owners.get(head.path) if head is not None else None

    def _take(
        self, parts: Iterable[Sequence[Made]], dirty: Sequence[tuple[str, str]]
    ) -> list[Made]:
        """Take what was made, in the order in which it was listed."""
        found: dict[OutputPath, Made] = {}
        listed = {address: address for _, address in dirty}
        before, total = len(self._made), len(self._made) + len(dirty)
        for part in parts:
            for made in part:
                # Nearly every key is that of many pages; each worker sends its own copy.
                keys = tuple(map(sys.intern, made.keys))
                address = listed[made.address]
                result = _sharing(address, made.result)
                found[made.path] = structs.replace(
                    made, address=address, result=result, keys=frozenset()
                )
                self._composed.done[f"page {address}"] = Task(keys, made.told)
            self._progress("making", before + len(found), total)
        ordered = [found[output_path(UrlPath(address))] for _, address in dirty]
        self._made |= {item.path: item for item in ordered}
        return ordered

    def _make_assets(self) -> None:
        workshop = self._composed.workshop
        for asset in self._composed.assets.all():
            fingerprint = asset_fingerprint(asset)
            inputs = [workshop.inputs[path] for path in asset.inputs]
            rendered = workshop.render(
                asset.path,
                fingerprint,
                lambda asset=asset, inputs=inputs: (  # type: ignore[misc]  # bound as defaults
                    asset_bytes(asset.form, (file.read() for file in inputs)),
                    (),
                ),
            )
            self._made[asset.path] = Made(
                path=asset.path, address="", fingerprint=fingerprint, rendered=rendered
            )

    # What pages tell

    def _gather(self, count: int) -> dict[str, Result]:
        """Put together what the first pages tell, in the order in which they are listed.

        Args:
            count: How many pages; at least as many as when this was called before.
        """
        for address in self._addresses[self._asked : count]:
            made = self._made.get(output_path(UrlPath(address)))
            if made is None and self._known is None:
                self._known = loaded_results(self._composed.told)
            result = made.result if made else (self._known or {}).get(address)
            if result is not None:
                self._gathered[address] = result
        self._asked = count
        return self._gathered

    def _check(self) -> tuple[Diagnostic, ...]:
        """Check pages beside each other, where what they tell is new."""
        composed, name = self._composed, "pages together"
        site = composed.workshop.site
        if self._results is None and composed.tasks.holds(name):
            return tuple(recalled_diagnostics(composed.tasks, name))
        results = self._results
        if results is None:
            results = self._gather(len(self._addresses))
        summaries = [item for item in results.values() if isinstance(item, Summary)]
        found, keys = site.trace.record(lambda: tuple(check_summaries(site, summaries)))
        composed.done[name] = diagnosed(keys, found)
        return found

    def _check_addresses(self) -> tuple[Diagnostic, ...]:
        """Check the links that texts write as addresses, now that all pages are listed.

        In a site that is turned back some are not there, and were not then.
        """
        workshop = self._composed.workshop
        site, library = workshop.site, workshop.library
        documents = [item for item in site.catalog.documents.values() if item.links]
        if not documents or site.clock.is_turned_back:
            return ()
        known = {output_path(UrlPath(address)) for address in self._addresses}
        known |= {SUMS_PATH, *(asset.path for asset in self._composed.assets.all())}
        lost = lost_addresses({link for item in documents for link in item.links}, known)
        return tuple(
            fault
            for item in documents
            if not lost.isdisjoint(item.links)
            for fault in check_addresses(library.document(item.path), site, lost, known)
        )

    def _refuse_faults(self, found: Sequence[Diagnostic]) -> None:
        composed = self._composed
        faults = tuple(fault for item in self._made.values() for fault in item.rendered.faults)
        warnings = (*composed.diagnostics, *found)
        if has_errors((*faults, *found)) or (self._options.is_strict and warnings):
            raise refusal(warnings, faults, composed.inputs)


def _free_chunk(count: int) -> int:
    """Say how many of so many pages that are no worker's own are made at once.

    Few, as some take long; of very many more, as none is then a great part of the whole.
    """
    return min(max(count // 200, _FEWEST_FREE), CHUNK)


def _sharing(address: str, result: Result | None) -> Result | None:
    """Make the address of a page one text wherever it stands: there are very many pages."""
    if not isinstance(result, Summary):
        return result
    url = address if result.url == address else result.url
    return structs.replace(result, path=UrlPath(address), url=url)


def _by_family(
    pages: Sequence[tuple[str, str]], size: int = CHUNK
) -> Iterator[tuple[str, Sequence[str]]]:
    """Cut a list of pages into chunks of one family each."""
    for family, group in groupby(pages, key=lambda page: page[0]):
        for chunk in in_chunks([address for _, address in group], size):
            yield family, chunk


# What is kept between builds

_READER = msgspec.json.Decoder(dict[str, Result])


def loaded_results(kept: bytes) -> dict[str, Result]:
    """Return what pages told, by their addresses; nothing where it is something else."""
    try:
        return _READER.decode(kept)
    except msgspec.DecodeError:
        return {}


def dumped_results(results: Mapping[str, Result]) -> bytes:
    """Write what pages tell as JSON."""
    return msgspec.json.encode(results)
