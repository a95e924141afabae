"""Sites at the edges: nobody and nothing, many, very long, right to left.

Each is the minimal site with files laid over it. All names are made of what they are about.
"""

from collections.abc import Mapping
from pathlib import Path

from tests.small_site import BASE

LONG_NAME = (
    "International Consortium for the Interdisciplinary Study, Measurement and Responsible "
    "Publication of Computational Infrastructure "
    "(Donaudampfschifffahrtsgesellschaftskapitänspatent)"
)
RIGHT_TO_LEFT = "مؤسسة القياس المفتوح"
SUBJECTS = 40
LONG_QUESTION = "Is it so" + ", and is it said by whoever made it, and since when" * 6 + "?"
assert len(LONG_QUESTION) >= 300

SITE = BASE["site.yaml"]
VOCABULARIES = """
vocabularies:
  topics: {openness: Openness}
  sectors: {measuring: Measuring and weighing of all that can be measured or weighed at all}
"""


def member(name: str, country: str = "US", more: str = "") -> str:
    """Write a member's file."""
    return (
        f'name: "{name}"\nclassification: company\ncountry: {country}\n'
        f"{more}summary: A member, for the tests.\nevidence: launch-note\n"
        "memberships: [{alliance: commons, role: member, start_date: 2024-01-15, "
        "evidence: launch-note}]\n"
    )


def members(count: int) -> dict[str, str]:
    """Write some members; the first names are the hard ones."""
    names = [LONG_NAME, RIGHT_TO_LEFT, "A", *(f"Member {place}" for place in range(3, count))]
    countries = ("US", "JP", "DE", "FR", "IN", "BR")
    return {
        f"organizations/member-{place}.yaml": member(
            name, countries[place % len(countries)], "" if place % 3 else "sector: measuring\n"
        )
        for place, name in enumerate(names[:count])
    }


def comparison() -> dict[str, str]:
    """Write a table of 40 columns, with a criterion of 300 characters."""
    answers = ("open", "partly", "closed", "{absence: unknown}", "{absence: not_applicable}")
    subjects = "".join(
        f'  - {{id: s{place}, name: "{LONG_NAME[:60] if place == 1 else f"Subject {place}"}", '
        f"group: {'inside' if place % 2 else 'outside'}}}\n"
        for place in range(SUBJECTS)
    )
    files = {
        "comparisons/wide/comparison.yaml": (
            "title: Forty columns\nquestion: How open are forty of them?\n"
            "summary: Forty subjects.\n"
            "levels:\n  open: {label: Open, points: 1, mark: open}\n"
            "  partly: {label: Partly open, points: 0.5, mark: partly}\n"
            "  closed: {label: Closed, points: 0, mark: closed}\n"
            f"groups:\n  outside: {{title: Outside}}\n  inside: {{title: Inside}}\n"
            f"subjects:\n{subjects}editions:\n  - {{id: 2024, title: 2024, as_of: 2024-06}}\n"
        ),
        "comparisons/wide/criteria.yaml": (
            f'criteria:\n  - {{id: long, title: "{LONG_QUESTION}", question: "{LONG_QUESTION}"}}\n'
            + "".join(
                f"  - {{id: c{place}, title: Criterion {place}, question: Is it so?}}\n"
                for place in range(12)
            )
        ),
    }
    criteria = ["long", *(f"c{place}" for place in range(12))]
    for place in range(SUBJECTS):
        cells = ", ".join(
            f"{item}: {answers[(place + number) % len(answers)]}"
            for number, item in enumerate(criteria)
        )
        files[f"comparisons/wide/cells/s{place}.yaml"] = (
            f"cells: {{{cells}}}\nevidence: launch-note\n"
        )
    return files


def article(place: int, title: str) -> str:
    """Write an article with a table wider than a phone, a long word and code."""
    columns = " | ".join(f"Column {number}" for number in range(40))
    line = " | ".join("---" for _ in range(40))
    values = " | ".join(str(number * 1000) for number in range(40))
    return (
        f'---\ntitle: "{title}"\ndek: What was found.\nkind: analysis\nauthors: [desk]\n'
        f"published: 2024-02-{place % 28 + 1:02}\nabout: [org:member-0]\ntopics: [openness]\n"
        "in_short: [One finding.]\ncounterpoint: Nothing yet.\n---\n"
        "Text about [](org:member-1) [@launch-note].\n\n"
        f"| {columns} |\n| {line} |\n| {values} |\n\n"
        f"{'verylongword' * 20}\n\n```text\n{'code ' * 60}\n```\n"
    )


SITES: Mapping[str, Mapping[str, str]] = {
    # One member, no article, no event, no comparison, no footer.
    "nobody": {"site.yaml": SITE.replace("search: no\n", "")},
    "sixty": {"site.yaml": SITE + VOCABULARIES, **members(60)},
    "many": {
        "site.yaml": SITE + "comparison: wide\n" + VOCABULARIES,
        **members(600),
        **comparison(),
        **{
            f"articles/a{place}.md": article(place, LONG_NAME if place == 0 else f"Article {place}")
            for place in range(70)
        },
        "events.yaml": (
            "launch: {date: 2024-01-15, title: Launch, text: It began., kind: launch, "
            "participants: [member-0, member-1], evidence: launch-note}\n"
        ),
    },
    "right-to-left": {
        "site.yaml": SITE.replace("language: en-GB", "language: ar").replace(
            "Commons Watch", RIGHT_TO_LEFT
        )
        + "comparison: wide\n"
        + VOCABULARIES,
        **members(12),
        **comparison(),
        "articles/a1.md": article(1, RIGHT_TO_LEFT),
    },
}


def write_files(files: Mapping[str, str], folder: Path) -> None:
    """Write files, text by path, into a folder, which is made."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
