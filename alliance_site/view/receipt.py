"""Receipts: what each number that the site computes is made of, by what rule, on what sources.

A figure has a name that says how it is computed and of what (`count/members/country/US`). Its
receipt is made of that name and the records alone, by the functions that the pages themselves
use: so whoever has the records can compute it again, and `alliance-site verify` does.

Never: stores a result.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from alliance_site.paths import UrlPath
from alliance_site.plain import Plain
from alliance_site.view.composer import Composer
from alliance_site.view.parts import Bar, Link


class Receipt(Plain, frozen=True, kw_only=True):
    """How a figure is made.

    Attributes:
        title: What it says, for people.
        rule: The name of its formula; see `FORMULAS`.
        texts: All the ways in which pages print it; the first is the receipt's own.
        inputs: The records that it is made of; empty where they are too many to list.
        data: The file of the data package that holds them, and which of its entries they are.
        entries: How many inputs there are, and of what kind, in words.
        sources: What stands behind the inputs.
        working: The calculation in numbers, one of `texts`; empty where it is not written out.
    """

    title: str
    rule: str
    texts: tuple[str, ...]
    inputs: tuple[Link, ...]
    data: Link
    entries: str
    sources: tuple[Link, ...]
    working: str = ""


class Formula(Plain, frozen=True):
    """A rule by which figures are computed: its name for people, and the rule in words."""

    title: str
    text: str


FORMULAS: Mapping[str, Formula] = {
    "count": Formula("Count", "How many records there are of which the condition holds."),
    "meter": Formula(
        "Evidence meter",
        "A value is a statement that says something, or a dated claim. Counted are all values, "
        "those with a source, those of which a copy or the quoted words are kept, and those of "
        "each basis; percent is 100 times sourced by values, rounded down; days are the median, "
        "over all values, from the last check, and from the newest source, to the day of the site.",
    ),
    "text": Formula(
        "Evidence of a text",
        "Of a page that is no record's own, such as an article: the values that its text prints, "
        "each once, counted as by the evidence meter; how many numbers it prints that are "
        "computed, each with a receipt of its own; and the sources in its list, those of which "
        "a copy or their words are kept, and those published by an organisation or "
        "alliance that it is about (of a page that names none, the site's alliance). Days are the "
        "median from when the sources came out to the day of the site. The inputs are the page's "
        "own facts and its list of sources, and the records that these name.",
    ),
    "minutes": Formula(
        "Minutes to read",
        "Words of the article's main text as printed, without note marks, divided by 230, rounded; "
        "at least 1. The input is the page's own text.",
    ),
    "resting": Formula(
        "Values on a source",
        "How many different values name the source as evidence, themselves or by their record.",
    ),
    "chart": Formula("Chart", "The numbers of the chart's table, each counted over the inputs."),
    "release": Formula(
        "What a release holds",
        "Pages of facts and values of records as of the release, by all releases up to it; of the "
        "first also how many records of a kind.",
    ),
    "spread": Formula(
        "Spread of answers",
        "How many of the cells hold each level, are not known or do not apply; the total is their "
        "sum. Numbers and texts are left out.",
    ),
    "score": Formula(
        "Score and place",
        "The answers' points, put together heading by heading as the scoring rules say, in exact "
        "fractions; rounded only when shown. The place counts who has more; its range lets unknown "
        "answers be anything, under every weighting.",
    ),
    "weightings": Formula(
        "Places under other weightings", "The same scores with other weights, ranked anew."
    ),
    "size": Formula(
        "Size of a comparison", "Subjects, criteria of the newest edition, editions, and all cells."
    ),
    "filters": Formula(
        "What narrows a table",
        "How many subjects are in each group, criteria below each heading, and cells hold each "
        "answer, in the newest edition.",
    ),
    "table": Formula(
        "Size of a table",
        "Subjects and criteria of the newest edition that stand in the table, and answers of one "
        "kind.",
    ),
    "answers": Formula(
        "Answers to a question", "How many subjects of the newest edition give the answer."
    ),
    "known": Formula(
        "What is known of a subject",
        "To how many questions of the newest edition there is an answer, whatever it is.",
    ),
    "marks": Formula(
        "Full marks",
        "The most points that the scoring rules give: of the whole, and under each heading.",
    ),
    "universe": Formula(
        "What two editions have in common",
        "Subjects of both, and criteria that are the same or comparable to their predecessor.",
    ),
    "change": Formula(
        "Change between editions",
        "Later minus earlier score, both over the common criteria only.",
    ),
    "groups": Formula(
        "Groups side by side",
        "For each group the mean, in percent, of points by most points over those whose answer is "
        "known; "
        "the gap is the difference of both means.",
    ),
    "pair": Formula(
        "Two side by side", "On how many criteria two subjects answer the same, or otherwise."
    ),
}
"""Every formula, by its name, in the order in which the page of receipts lists them."""

MOST_LISTED = 120
"""Up to how many inputs a receipt lists one by one; beyond, it says where they stand."""

Maker = Callable[[Composer, Sequence[str]], Receipt | None]
"""Makes a receipt of what follows a figure's first word, part by part; None for no such figure."""


def input_links(composer: Composer, keys: Iterable[str]) -> tuple[Link, ...]:
    """Link some records, each once; none where they are more than a receipt lists."""
    found = list(dict.fromkeys(keys))
    return tuple(composer.link(key) for key in found) if len(found) <= MOST_LISTED else ()


def source_links(composer: Composer, sources: Iterable[str]) -> tuple[Link, ...]:
    """Link some sources, in the order of their ids."""
    return tuple(composer.link(f"source:{key}") for key in sorted(set(sources)))


def data_link(composer: Composer, url: UrlPath) -> Link:
    """Link a file of the data package by its path."""
    return Link(url.removeprefix("/"), composer.path(url))


def many(composer: Composer, count: int, one: str, several: str) -> str:
    """Write a count with its noun."""
    return f"{composer.number(count)} {one if count == 1 else several}"


def joined(parts: Iterable[object]) -> str:
    """Write parts in a line."""
    return " ".join(str(part) for part in parts)


def bar_text(label: str, bar: Bar) -> str:
    """Write a bar as pages print it: its drawing's numbers, then its list."""
    drawn = (share.count for share in bar.shares)
    listed = (joined((share.text, share.count)) for share in bar.shares)
    return joined((label, bar.title, bar.total, *drawn, *listed))


Names = Iterator[str]
"""Names of figures, in the order in which receipts are listed."""
