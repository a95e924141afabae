"""An incremental build is a clean build: after any run of edits, accidents and changed options.

After each step the site is built where it has been built before, and the same inputs are built in a
folder where nothing ever was. Files, diagnostics and failures must be the same, and a second build
must have nothing to do.
"""

import io
import json
import os
import random
import shutil
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout, suppress
from datetime import date
from pathlib import Path
from tempfile import mkdtemp
from unittest.mock import patch

import pytest
from hypothesis import note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from msgspec.structs import replace

from alliance_site.__main__ import main
from alliance_site.build import BuildOptions, Memory, build
from alliance_site.diagnostics import AllianceSiteError, BuildError, Code, OutputError
from alliance_site.report import render_report
from alliance_site.verify import verify_site
from tests.build.killed_build import kill_build
from tests.build.small_site import (
    AS_OF,
    BASE_URL,
    Outcome,
    SmallSite,
    clean_outcome,
    files_below,
)
from tests.properties.edits import (
    ARTICLE_EDITS,
    EDITS,
    FAULTS,
    RECORD_EDITS,
    THEME_EDITS,
    Edit,
)

NUMBERS = st.integers(0, 99)
BASE_URLS = (BASE_URL, "https://other.example/", "https://other.example/a/b/", None)
DAYS = (AS_OF, date(2026, 9, 15), date(2025, 1, 5))

CHANGES = st.one_of(st.integers(0, 30), st.integers(0, 400))
"""At which change of the disk a build is killed: a small one has few."""

FOREIGN = (
    "mine.txt",
    "articles/mine.html",
    "a/b/c.css",
    "a/b/d.css",
    "comparisons/openness/criteria/mine.txt",
)
"""Beside pages, in folders of their own, and in one that holds nothing but folders."""


def named(edits: tuple[Edit, ...]) -> st.SearchStrategy[str]:
    """Draw an edit by its name, which a failing example then shows."""
    return st.sampled_from([edit.__name__ for edit in edits])


EDIT_BY_NAME: Mapping[str, Edit] = {edit.__name__: edit for edit in EDITS}


class Editing(RuleBasedStateMachine):
    """An editor, a disk and an operator, each of whom may do anything between two builds."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="incremental-"))
        self.site = SmallSite(self.folder / "site")
        self.options = BuildOptions(site=self.site.root)
        self.foreign: dict[Path, dict[str, bytes]] = {}
        self.trusted: set[Path] = set()  # outputs built since the state was last harmed
        self.held_builds = 0
        self.clean: dict[str, Outcome] = {}
        self.older_state: bytes | None = None
        self.served: Memory | None = None

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    # What there is

    @property
    def output(self) -> Path:
        return self.options.output_folder

    @property
    def state(self) -> Path:
        return self.site.root / ".alliance-site" / "state.db"

    def own_outputs(self) -> list[str]:
        """Return what builds have put into the output folder, in order."""
        return sorted(set(files_below(self.output)) - set(self.foreign.get(self.output, {})))

    def an_output(self, n: int) -> Path | None:
        found = self.own_outputs()
        return self.output / found[n % len(found)] if found else None

    def clean_outcome(self) -> Outcome:
        """Return the outcome of a clean build, made once for the same inputs and options."""
        folders = [self.site.root / part for part in ("content", "templates", "static")]
        inputs = [files_below(folder) for folder in folders if folder.is_dir()]
        asked = replace(self.options, site=Path(), output=None, jobs=1, use_cache=True)
        key = repr((asked, inputs))
        if key not in self.clean:
            self.clean[key] = clean_outcome(self.options)
        return self.clean[key]

    # The invariant

    @initialize()
    def start(self) -> None:
        SmallSite.at(self.site.root)
        self.options = self.site.options()

    @invariant()
    def building_again_is_building_anew(self) -> None:
        if self.held_builds:
            self.held_builds -= 1
            return
        if self.served is not None:
            # The server is there first; what it then left as it was, the command must mend.
            with suppress(BuildError):
                build(self.options, memory=self.served)
        code, said = self.command("--format", "json")
        if self.output not in self.trusted and not code:
            # The command may have known that nothing changed; the state is to be made anew, too.
            build(self.options)
        clean = self.clean_outcome()
        note(f"{clean.failure or 'built'}: {len(clean.files)} files")
        assert code == bool(clean.failure)
        found = [item for item in json.loads(said) if item["code"] != Code.FOREIGN_FILE]
        assert found == json.loads(render_report(clean.diagnostics, {}, "json"))
        if not clean.failure:
            self.files_are_those_of(clean.files)
            strangers = [item["path"] for item in json.loads(said) if item not in found]
            foreign = self.foreign[self.output]
            assert strangers == [f"{self.output.name}/{name}" for name in sorted(foreign)]
            # Every table, figure and release is as computed from what is published alone.
            verified = verify_site(self.output)
            assert {item.code for item in verified.diagnostics} <= {Code.FOREIGN_FILE}
            assert verified.figures > 0
            self.a_second_build_has_nothing_to_do(said)

    def files_are_those_of(self, clean: Mapping[str, bytes]) -> None:
        found = files_below(self.output)
        foreign = self.foreign.setdefault(self.output, {})
        if self.output not in self.trusted:
            # Nobody knows any more who wrote these.
            foreign |= {name: data for name, data in found.items() if name not in clean}
        self.trusted.add(self.output)
        expected = {**foreign, **clean}
        assert sorted(found) == sorted(expected)
        assert [name for name in expected if found[name] != expected[name]] == []

    def a_second_build_has_nothing_to_do(self, said: str) -> None:
        again = build(self.options)
        assert (again.written, again.removed) == ((), 0)
        assert render_report(again.diagnostics, {}, "json").strip() == said.strip()
        if self.options.use_cache:
            # This one may note that nothing changed, which the next step then must not believe.
            assert self.command("--format", "json") == (0, said)

    def command(self, *arguments: str) -> tuple[int, str]:
        """Run `build` as its users do, but in this process; return its exit code and its words."""
        options = self.options
        given = ["build", "-C", str(options.site), *arguments, "--jobs", str(options.jobs)]
        given += ["--output", str(options.output)] if options.output else []
        given += ["--base-url", options.base_url] if options.base_url else []
        given += ["--as-of", str(options.as_of)] if options.as_of else []
        given += ["--drafts"] * options.with_drafts + ["--no-cache"] * (not options.use_cache)
        said = io.StringIO()
        with (
            patch.object(sys, "argv", ["alliance-site", *given]),
            redirect_stdout(said),
        ):
            code = main()
        return code, said.getvalue()

    # The editor

    @rule()
    def serve(self) -> None:
        """Begin, or stop, to build in a process that remembers what it has read."""
        self.served = Memory() if self.served is None else None

    @rule(name=named(ARTICLE_EDITS), n=NUMBERS)
    def edit_articles(self, name: str, n: int) -> None:
        EDIT_BY_NAME[name](self.site, n)

    @rule(name=named(RECORD_EDITS), n=NUMBERS)
    def edit_records(self, name: str, n: int) -> None:
        EDIT_BY_NAME[name](self.site, n)

    @rule(name=named(THEME_EDITS), n=NUMBERS)
    def edit_the_theme(self, name: str, n: int) -> None:
        EDIT_BY_NAME[name](self.site, n)

    @rule(edits=st.lists(st.tuples(named(EDITS), NUMBERS), min_size=2, max_size=6))
    def edit_much_at_once(self, edits: list[tuple[str, int]]) -> None:
        for name, n in edits:
            EDIT_BY_NAME[name](self.site, n)

    @rule(name=named(EDITS), n=NUMBERS)
    def edit_and_keep_the_times(self, name: str, n: int) -> None:
        before = {path: path.stat() for path in self.site.root.rglob("*") if path.is_file()}
        EDIT_BY_NAME[name](self.site, n)
        for path, status in before.items():
            if path.exists():
                os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    @rule(name=named(EDITS), n=NUMBERS, step=st.integers(0, 60))
    def edit_while_a_build_runs(self, name: str, n: int, step: int) -> None:
        add = EDIT_BY_NAME[ARTICLE_EDITS[n % len(ARTICLE_EDITS)].__name__]
        add(self.site, n)
        steps = iter(range(step + 1))

        def at_some_step(what: str, done: int, total: int) -> None:
            del what, done, total
            if next(steps, None) == step:
                EDIT_BY_NAME[name](self.site, n)

        try:
            build(self.options, at_some_step)
        except AllianceSiteError as error:
            note(f"the build under the edit failed: {error}")

    @rule(n=NUMBERS)
    def touch_inputs_without_an_edit(self, n: int) -> None:
        inputs = sorted(path for path in (self.site.root / "content").rglob("*") if path.is_file())
        for path in inputs[n % 5 :: 5]:
            path.touch()

    @rule()
    def check_the_site_out_afresh(self) -> None:
        for part in ("content", "templates", "static"):
            folder = self.site.root / part
            if folder.is_dir():
                shutil.copytree(folder, self.folder / "fresh", copy_function=shutil.copyfile)
                shutil.rmtree(folder)
                (self.folder / "fresh").rename(folder)

    @rule(kind=st.sampled_from(sorted(FAULTS)), n=NUMBERS)
    def make_a_fault_and_mend_it(self, kind: str, n: int) -> None:
        names = (
            "content/organizations/faulty.yaml",
            "content/faulty.txt",
            "content/releases/faulty.json",
            "content/pages/faulty.md",
            "templates/pages/search.html",
        )
        kept = {name: self.site.path(name).read_bytes() for name in names if self.exists(name)}
        FAULTS[kind](self.site, n)
        before = files_below(self.output) if self.output.is_dir() else {}
        with pytest.raises(BuildError) as caught:
            build(self.options, memory=self.served)
        assert (files_below(self.output) if self.output.is_dir() else {}) == before
        assert caught.value.diagnostics == self.clean_outcome().diagnostics
        for name in names:
            if name in kept:
                self.site.path(name).write_bytes(kept[name])
            elif self.exists(name):
                self.site.delete(name)

    def exists(self, name: str) -> bool:
        return self.site.path(name).exists()

    # The operator

    @rule(url=st.sampled_from(BASE_URLS))
    def publish_at(self, url: str | None) -> None:
        self.options = replace(self.options, base_url=url)

    @rule(day=st.sampled_from((None, None, *DAYS)))
    def turn_the_site_back_to_a_day_or_not(self, day: date | None) -> None:
        self.options = replace(self.options, as_of=day)

    @rule()
    def show_drafts_or_not(self) -> None:
        self.options = replace(self.options, with_drafts=not self.options.with_drafts)

    @rule(jobs=st.sampled_from((1, 2)))
    def use_workers(self, jobs: int) -> None:
        self.options = replace(self.options, jobs=jobs)

    @rule()
    def trust_the_cache_or_not(self) -> None:
        self.options = replace(self.options, use_cache=not self.options.use_cache)

    @rule(name=st.sampled_from((None, "../public", "deep/public")))
    def build_to(self, name: str | None) -> None:
        output = (self.site.root / name).resolve() if name else None
        self.options = replace(self.options, output=output)

    @rule(builds=st.integers(1, 3))
    def edit_on_without_a_build(self, builds: int) -> None:
        self.held_builds = builds

    @precondition(lambda self: self.options.output is None)
    @rule(n=NUMBERS)
    def move_the_site(self, n: int) -> None:
        root = self.folder / f"site-{n}"
        if root.exists():
            return
        old = self.site.root

        def moved(path: Path) -> Path:
            return root / path.relative_to(old) if old in path.parents else path

        old.rename(root)
        self.site = SmallSite(root)
        self.options = replace(self.options, site=root)
        self.foreign = {moved(path): files for path, files in self.foreign.items()}
        self.trusted = {moved(path) for path in self.trusted}

    # The disk

    @rule(n=NUMBERS, how=st.sampled_from(("deleted", "altered", "truncated", "same size")))
    def harm_an_output(self, n: int, how: str) -> None:
        path = self.an_output(n)
        if path is None:
            return
        data = path.read_bytes()
        if how == "deleted":
            path.unlink()
        elif how == "altered":
            path.write_bytes(data + b"x")
        elif how == "truncated":
            os.truncate(path, len(data) // 2)
        else:
            status = path.stat()
            path.write_bytes(bytes([(byte + 1) % 256 for byte in data[:1]]) + data[1:])
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    @rule(n=NUMBERS, name=st.sampled_from((None, "left", "left/behind")))
    def put_a_folder_in_place_of_an_output(self, n: int, name: str | None) -> None:
        path = self.an_output(n)
        if path is None:
            return
        path.unlink()
        path.mkdir()
        if name:
            (path / name).parent.mkdir(exist_ok=True)
            (path / name).write_bytes(b"mine")
        error = self.refusal()
        assert error is None or path.name in error
        if path.is_dir():
            shutil.rmtree(path)
        else:
            assert name is None, "a folder that was not empty is gone"

    @rule(n=NUMBERS)
    def put_a_file_in_place_of_a_folder(self, n: int) -> None:
        folders = sorted(path for path in self.output.rglob("*") if path.is_dir())
        is_foreign = self.foreign.get(self.output)
        if not folders or is_foreign:
            return
        folder = folders[n % len(folders)]
        shutil.rmtree(folder)
        folder.write_bytes(b"mine")
        error = self.refusal()
        assert error is None or folder.name in error
        if folder.is_file():
            folder.unlink()

    def refusal(self) -> str | None:
        """Build, and return what the disk's refusal says, if it refuses."""
        try:
            build(self.options)
        except OutputError as error:
            return str(error)
        except BuildError:
            note("the content has faults")
        return None

    @rule()
    def delete_the_whole_output(self) -> None:
        shutil.rmtree(self.output, ignore_errors=True)
        self.foreign.pop(self.output, None)

    @rule(n=NUMBERS, name=st.sampled_from(FOREIGN))
    def put_a_foreign_file_into_the_output(self, n: int, name: str) -> None:
        (self.output / name).parent.mkdir(parents=True, exist_ok=True)
        (self.output / name).write_bytes(b"%d" % n)
        self.foreign.setdefault(self.output, {})[name] = b"%d" % n

    @rule(n=NUMBERS)
    def take_a_foreign_file_away(self, n: int) -> None:
        foreign = self.foreign.get(self.output)
        if foreign:
            name = sorted(foreign)[n % len(foreign)]
            (self.output / name).unlink()
            del foreign[name]

    @rule()
    def lose_the_state(self) -> None:
        self.trusted.clear()
        self.state.unlink(missing_ok=True)

    @rule()
    def lose_the_whole_state_folder(self) -> None:
        self.trusted.clear()
        shutil.rmtree(self.state.parent, ignore_errors=True)

    @precondition(lambda self: self.state.exists())
    @rule(seed=st.integers(0, 2**32), how=st.sampled_from(("bytes", "text", "cut", "nothing left")))
    def damage_the_state(self, seed: int, how: str) -> None:
        self.trusted.clear()
        data = bytearray(self.state.read_bytes())
        chance = random.Random(seed)  # noqa: S311 - damage needs no secrecy
        start = chance.randrange(len(data) + 1)
        if how == "bytes":
            data[start : start + 64] = chance.randbytes(64)
        elif how == "text":
            data[start : start + 8] = b"abcdefgh"
        elif how == "cut":
            del data[start:]
        else:
            data = bytearray(b"not a database, but of some length")
        self.state.write_bytes(data)

    @precondition(lambda self: self.state.exists())
    @rule()
    def keep_a_copy_of_the_state(self) -> None:
        self.older_state = self.state.read_bytes()

    @precondition(lambda self: self.older_state is not None)
    @rule()
    def bring_back_an_older_state(self) -> None:
        assert self.older_state is not None
        self.trusted.clear()
        self.state.parent.mkdir(exist_ok=True)
        self.state.write_bytes(self.older_state)

    @rule(name=named(EDITS), n=NUMBERS, change=CHANGES, held_builds=st.integers(0, 2))
    def kill_a_build_in_the_middle(self, name: str, n: int, change: int, held_builds: int) -> None:
        EDIT_BY_NAME[name](self.site, n)
        note(f"killed: {kill_build(self.options, change)}")
        self.held_builds = held_builds

    @rule(name=named(EDITS), n=NUMBERS, step=st.integers(0, 60), held_builds=st.integers(0, 2))
    def interrupt_a_build(self, name: str, n: int, step: int, held_builds: int) -> None:
        EDIT_BY_NAME[name](self.site, n)
        steps = iter(range(step + 1))

        def at_some_step(what: str, done: int, total: int) -> None:
            del what, done, total
            if next(steps, None) == step:
                raise KeyboardInterrupt

        try:
            build(self.options, at_some_step)
        except (AllianceSiteError, KeyboardInterrupt) as error:
            note(f"ended by {type(error).__name__}")
        self.held_builds = held_builds


TestIncremental = Editing.TestCase
EXAMPLES = {"default": (8, 12), "ci": (12, 12), "exact": (150, 40)}
"""Hypothesis profile → runs, and steps in each."""

_runs, _steps = EXAMPLES[settings.get_current_profile_name()]
TestIncremental.settings = settings(max_examples=_runs, stateful_step_count=_steps)
