"""A site with one comparison of any size, to see how large ones build and read.

    python -m tests.large_comparison FOLDER [SUBJECTS [CRITERIA]]

writes the site; `alliance-site build -C FOLDER --profile` then says what it costs. The answers are
made up by arithmetic, the same on every machine: no random numbers.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.small_site import BASE

PER_HEADING = 20
ANSWERS = ("open", "partly", "closed", "open", "closed", "{absence: unknown}", "partly")
GROUPS = ("north", "south", "east")

SCORING = """\
aggregate: mean
unknown: bounds
scale: 100
rounding: {digits: 1, mode: half-up}
alternatives:
  - {id: first-double, title: The first heading counts double, weights: {h00: 2}}
  - {id: last-nothing, title: The first heading counts nothing, weights: {h00: 0}}
"""


def answer(subject: int, criterion: int) -> str:
    """Give a level or an absence; neighbours differ, and every subject has some unknown."""
    return ANSWERS[(subject * 7 + criterion * 13 + (subject * criterion) % 11) % len(ANSWERS)]


def large_comparison(subjects: int, criteria: int) -> Iterator[tuple[str, str]]:
    """Yield the files of a comparison, by their paths below `content/`."""
    folder = "comparisons/large"
    names = [f"s{number:03}" for number in range(subjects)]
    listed = "".join(
        f"  - {{id: {name}, name: Subject {name[1:]}, group: {GROUPS[place % len(GROUPS)]}}}\n"
        for place, name in enumerate(names)
    )
    groups = "".join(f"  {key}: {{title: {key.capitalize()}}}\n" for key in GROUPS)
    yield (
        f"{folder}/comparison.yaml",
        (
            f"title: Large\nquestion: How large may it be?\nsummary: {subjects} by {criteria}.\n"
            "levels:\n  open: {label: Open, points: 1, mark: open}\n"
            "  partly: {label: Partly, points: 0.5, mark: partly}\n"
            "  closed: {label: Closed, points: 0, mark: closed}\n"
            f"groups:\n{groups}subjects:\n{listed}"
            "editions:\n  - {id: 2024, title: 2024, as_of: 2024-06}\n"
        ),
    )
    headings = range(-(-criteria // PER_HEADING))
    tree = [f"  - {{id: h{number:02}, title: Heading {number}}}\n" for number in headings]
    tree += [
        f"  - {{id: c{number:03}, title: Criterion {number}, parent: h{number // PER_HEADING:02}, "
        f"question: Is point {number} met?}}\n"
        for number in range(criteria)
    ]
    yield f"{folder}/criteria.yaml", "criteria:\n" + "".join(tree)
    yield f"{folder}/scoring.yaml", SCORING
    for place, name in enumerate(names):
        cells = "".join(f"  c{number:03}: {answer(place, number)}\n" for number in range(criteria))
        yield f"{folder}/cells/{name}.yaml", f"cells:\n{cells}evidence: launch-note\n"


def write_site(folder: Path, subjects: int, criteria: int) -> None:
    """Write a site that builds."""
    for path, text in {**BASE, **dict(large_comparison(subjects, criteria))}.items():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")


if __name__ == "__main__":
    target, *sizes = sys.argv[1:]
    count, asked = (*map(int, sizes), *(300, 120)[len(sizes) :])
    write_site(Path(target), count, asked)
