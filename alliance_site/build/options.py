"""What a build is asked for, and what it says it did.

Never: reads a file.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from msgspec import Struct, field

from alliance_site.diagnostics import Diagnostic, Span, UsageError
from alliance_site.paths import OutputPath
from alliance_site.scan import INPUT_FOLDERS, Left

STATE_FOLDER = ".alliance-site"
OUTPUT_FOLDER = "_site"

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


class SearchIndex(StrEnum):
    """What is to become of the index that readers search."""

    MAKE = "make"
    KEEP = "keep"
    LEAVE_OUT = "leave out"


class BuildOptions(Struct, frozen=True, kw_only=True):
    """What a build is asked for.

    Attributes:
        site: The folder that holds `content/`.
        output: Where the site goes; `_site` in the site's folder by default.
        base_url: Overrides `url` of `site.yaml`.
        as_of: The build's date; `SOURCE_DATE_EPOCH`, then `as_of` of `site.yaml`, then today.
            Given here, what came later is left out.
        known_on: Leave out what was recorded after this day.
        with_drafts: Show drafts, scheduled and expired articles.
        jobs: Worker processes; 0 means as many as there are processors.
        use_cache: Trust what is remembered; without it everything is read and made anew.
        is_strict: Warnings are errors.
        search: Make the search index, keep the last one as it is, or leave it out.
        min_evidence: How many values in a hundred must have a source, for `check`; None for any.
        state: Where everything is kept that a later build may use; `.alliance-site` in the site's
            folder by default. It can be deleted at any time.
    """

    site: Path
    output: Path | None = None
    base_url: str | None = None
    as_of: date | None = None
    known_on: date | None = None
    with_drafts: bool = False
    jobs: int = 0
    use_cache: bool = True
    is_strict: bool = False
    search: SearchIndex = SearchIndex.LEAVE_OUT
    state: Path | None = None
    min_evidence: Decimal | None = None

    @property
    def output_folder(self) -> Path:
        """Where the site goes."""
        return self.output if self.output is not None else self.site / OUTPUT_FOLDER

    @property
    def state_folder(self) -> Path:
        """Where what a later build may use is kept."""
        return self.state if self.state is not None else self.site / STATE_FOLDER

    @property
    def is_aside(self) -> bool:
        """Whether the site goes beside its state, where nobody deploys it from."""
        return self.state is not None and self.output == self.state / OUTPUT_FOLDER

    @property
    def folder_key(self) -> str:
        """The output folder's name in the state, so that a moved site keeps what it remembers."""
        site, output = self.site.resolve(), self.output_folder.resolve()
        return output.relative_to(site).as_posix() if site in output.parents else output.as_posix()


class BuildResult(Struct, frozen=True, kw_only=True):
    """What a build did.

    Attributes:
        pages: How many pages the site has (HTML files).
        written: Files made or changed, in order.
        kept: How many files were current.
        removed: How many files of the last build the site no longer has.
        steps: What the build did, in order, with the seconds each step took.
        templates: Template → how many pages it made, seconds for their views, for rendering them;
            with several workers the sum over all of them.
        left: What is in the output folder now.
        diagnostics: Warnings; a build with errors raises.
        excerpts: The line of the file that each span points at.
        remark: What readers will miss; empty where that is nothing.
    """

    pages: int
    written: tuple[OutputPath, ...]
    kept: int
    removed: int
    seconds: float
    steps: tuple[tuple[str, float], ...] = ()
    templates: Mapping[str, tuple[int, float, float]] = field(default_factory=dict)
    left: Left = Left()
    diagnostics: tuple[Diagnostic, ...] = ()
    excerpts: Mapping[Span, str] = field(default_factory=dict)
    remark: str = ""


def check_folders(options: BuildOptions) -> None:
    """Refuse to write a site over what it is made from.

    Raises:
        UsageError: There is no content, or the output folder is no place for a site.
    """
    site, output = options.site.resolve(), options.output_folder.resolve()
    if not (site / "content").is_dir():
        raise UsageError(
            f"{options.site} holds no content/ folder; name the site's folder with -C, "
            "or make one with `alliance-site init`"
        )
    for name in (*INPUT_FOLDERS, *(() if options.is_aside else (STATE_FOLDER,))):
        folder = site / name
        if output == folder or folder in output.parents or output in folder.parents:
            raise UsageError(f"the output folder {output} holds, or lies in, the site's {name}/")
    if output.exists() and not output.is_dir():
        raise UsageError(f"the output {output} is not a folder")
