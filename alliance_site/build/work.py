"""The work of a build that is done many times over: reading files, checking them, making pages.

Every process has a workshop. What it has read stays in it, so the process that read a file makes
the page of it too.

Never: decides what is to be made.
"""

import hashlib
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from alliance_site.build.library import DiskLibrary, ReadDocument, unpack_heads
from alliance_site.build.opening import (
    SETTINGS,
    Opening,
    Routing,
    open_library,
    read_settings,
    route,
)
from alliance_site.check import check_evidence, check_quotes
from alliance_site.diagnostics import Diagnostic, OutputError
from alliance_site.model import Known, Site, check_document, rewound
from alliance_site.paths import InputPath, OutputPath, output_path
from alliance_site.pictures import Encoding
from alliance_site.plan import Past, digest_of, page_fingerprint
from alliance_site.read import Inputs
from alliance_site.render import (
    CompiledTemplate,
    Renderer,
    encode_pictures,
    table_csv,
    table_json,
    take_compiled,
)
from alliance_site.route import RouteTable
from alliance_site.view import (
    CSV,
    JSON,
    STAGES,
    TEXT,
    Composer,
    Page,
    Result,
    load_language,
    summarize,
)
from alliance_site.write import Stage

_FAMILIES = {family.name: family for stage in STAGES for family in stage}


class Checked(NamedTuple):
    """A content file after its check.

    Attributes:
        faults: What is wrong with it.
        keys: What was read for it.
    """

    path: str
    faults: tuple[Diagnostic, ...]
    keys: frozenset[str]


class Rendered(Struct, frozen=True, kw_only=True):
    """The bytes of an output, or what became of them.

    Attributes:
        digest: Of the bytes; empty when the file on disk is current and nothing was rendered.
        reason: Why it was made; that of the build which made it, where it was not.
        is_staged: Whether the bytes differ from those on disk, and wait to be put in place.
        data: The bytes, where they are kept in memory.
    """

    digest: str = ""
    reason: str = ""
    is_staged: bool = False
    data: bytes = b""
    faults: tuple[Diagnostic, ...] = ()


class Made(Struct, frozen=True, kw_only=True):
    """An output after its making; thousands are sent by the workers, which a `Struct` is made for.

    Attributes:
        address: Of a page, within the site; empty for a static file.
        fingerprint: Of all that decides it.
        result: What it tells pages that are made later; `told` is its digest.
        keys: What was read for it.
        template: What rendered it, or would have; empty for what has no template.
        view_s: Seconds to make its view and digest it.
        render_s: Seconds to render and stage it.
    """

    path: OutputPath
    address: str
    fingerprint: str
    rendered: Rendered
    result: Result | None = None
    told: str = ""
    keys: frozenset[str] = frozenset()
    template: str = ""
    view_s: float = 0.0
    render_s: float = 0.0


class Workshop(Struct, kw_only=True):
    """What a process works with.

    Attributes:
        renderer: Reads the texts that the library holds.
        closures: Template name → digest of it and all that it refers to.
        code: Digest of the generator's code.
        encoder: Digest of the part of it that reads and writes photographs.
        past: The last build.
        stage: Where files are made; None keeps their bytes in memory.
        results: What the pages of earlier stages tell those of later ones; None until it is known.
    """

    inputs: Inputs
    library: DiskLibrary
    renderer: Renderer
    closures: Mapping[str, str]
    code: str
    encoder: str
    past: Past
    stage: Stage | None
    results: Sequence[Result] | None = None
    _site: Site | None = None
    _composer: Composer | None = None
    _listed: dict[str, Mapping[str, Page]] = field(default_factory=dict)

    # Files

    def take_compiled(self, codes: Iterable[CompiledTemplate]) -> None:
        """Take templates that another process of this build has compiled."""
        take_compiled(codes)

    def load_language(self) -> None:
        """Load what all workers need of the site's language, before they are forked."""
        settings = read_settings(self.library) if SETTINGS in self.inputs else None
        if settings is not None:
            load_language(settings.language)

    def read(
        self,
        paths: Iterable[InputPath],
        is_whole: bool,  # noqa: FBT001 - what a worker is asked has no keywords
    ) -> list[ReadDocument]:
        """Read files for the first time.

        Args:
            paths: Below `content/`.
            is_whole: Return their records and texts too, and not only keep them at hand.
        """
        found = [self.library.read(path, will_be_kept=not is_whole) for path in paths]
        return found if is_whole else [item.without_records() for item in found]

    def open(self, opening: Opening) -> None:
        """Open the site, now that all files are known."""
        self._site = open_library(opening, self.library)

    def open_packed(self, opening: Opening, heads: bytes) -> None:
        """Open the site; the heads come as `pack_heads` wrote them."""
        self.open(replace(opening, heads=tuple(unpack_heads(heads))))

    @property
    def site(self) -> Site:
        """The open site.

        Raises:
            ValueError: It is not open yet.
        """
        if self._site is None:
            raise ValueError("the site is not open")
        return self._site

    def check(self, paths: Iterable[str], faulty: frozenset[str]) -> list[Checked]:
        """Check files alone and with what they refer to.

        Args:
            paths: Below `content/`.
            faulty: Keys of records that could not be made.
        """
        known = Known(self.site.names, faulty)
        return [self._check(path, known) for path in paths]

    def _check(self, path: str, known: Known) -> Checked:
        document = self.library.document(path)
        faults, keys = self.site.trace.record(
            lambda: (
                *check_document(document, self.site, known),
                *check_evidence(document),
                *check_quotes(document, self.site),
            )
        )
        self.library.let_go_after_check(path)
        self._let_oldest_go()
        return Checked(path, faults, keys | {f"document {path}"})

    def turn_back(self) -> None:
        """Leave out what was not there, or not known, on the site's days."""
        self._site = rewound(self.site)

    # Pages

    def route(self, routing: Routing, routes: RouteTable | None = None) -> None:
        """Give everything its address.

        Args:
            routing: What decides it, besides the records.
            routes: All addresses, where they are known already.
        """
        self._composer = route(routing, self.site, routes)

    @property
    def composer(self) -> Composer:
        """What pages are composed with.

        Raises:
            ValueError: Nothing has an address yet.
        """
        if self._composer is None:
            raise ValueError("nothing has an address yet")
        return self._composer

    def pages(self, family: str) -> Mapping[str, Page]:
        """List the pages of a family by their addresses."""
        if family not in self._listed:
            pages = _FAMILIES[family].listed(self.composer, self.results or ())
            self._listed[family] = {page.url: page for page in pages}
        return self._listed[family]

    def forget_lists(self) -> None:
        """Let the lists of pages go, as they are long."""
        self._listed = {}

    def _pages_at(self, family: str, addresses: Collection[str]) -> Mapping[str, Page]:
        """List pages of a family, among them those at some addresses."""
        if family in self._listed:
            return self._listed[family]
        pages = _FAMILIES[family].at(addresses, self.composer)
        return self.pages(family) if pages is None else {page.url: page for page in pages}

    def make(self, family: str, addresses: Collection[str]) -> list[Made]:
        """Make the views of pages of a family, and render and stage those that are not current."""
        pages = self._pages_at(family, addresses)
        return [self._make(pages[address]) for address in addresses]

    def _make(self, page: Page) -> Made:
        started = time.perf_counter()
        view, keys = self.site.trace.record(page.make)
        fingerprint = page_fingerprint(view, self.closures.get(page.template, ""), self.code)
        result = summarize(page, view)
        viewed = time.perf_counter()
        path = output_path(page.url)
        made = Made(
            path=path,
            address=page.url,
            fingerprint=fingerprint,
            rendered=self.render(path, fingerprint, lambda: self._bytes(page.template, view)),
            result=result,
            told="" if result is None else digest_of(result)[:32],
            keys=keys,
            template=page.template,
            view_s=viewed - started,
            render_s=time.perf_counter() - viewed,
        )
        self._let_oldest_go()
        return made

    def _bytes(self, template: str, view: Any) -> tuple[bytes, tuple[Diagnostic, ...]]:
        if template == CSV:
            return table_csv(view), ()
        if template == JSON:
            return table_json(view), ()
        if template == TEXT:
            return view.text.encode(), ()
        return self.renderer.render(template, view)

    def render(
        self,
        path: OutputPath,
        fingerprint: str,
        data: Callable[[], tuple[bytes, tuple[Diagnostic, ...]]],
    ) -> Rendered:
        """Render an output that is not current, and stage it where its bytes are others."""
        if self.past.is_current(path, fingerprint):
            return Rendered()
        made, faults = data()
        digest = hashlib.sha256(made).hexdigest()
        is_staged = self.past.on_disk.get(path) != digest and not faults
        if is_staged and self.stage is not None:
            self.stage.add(path, made)
        return Rendered(
            digest=digest,
            reason=self.past.reason(path, fingerprint),
            is_staged=is_staged,
            data=made if self.stage is None else b"",
            faults=faults,
        )

    def encode(self, path: InputPath, wanted: Iterable[tuple[Encoding, int, int]]) -> list[bytes]:
        """Write a photograph in some encodings, widths and heights.

        Raises:
            OutputError: The encoder failed, though it reads the image.
        """
        data = self.inputs[path].read()
        try:
            return list(encode_pictures(data, wanted))
        except (OSError, ValueError) as error:
            raise OutputError(f"cannot encode {path}: {error}") from error

    def _let_oldest_go(self) -> None:
        """Let articles go that were read again, where all of them might not fit into memory."""
        for article in self.library.let_oldest_go():
            self.site.forget_article(article)
