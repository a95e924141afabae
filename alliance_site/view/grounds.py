"""What the text of a page rests on, as the page shows it; how long it takes to read.

Both are computed from the page itself – what it prints, cites and says – and from the records, so
an article can be edited without any other page being made again. Their formulas stand on the page
of receipts; their inputs are the page, which `alliance-site verify` reads.

Never: counts (that is `model.grounds`).
"""

from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from alliance_site.model import FORMATS, Grounds, TextMeter, fact_of, text_meter
from alliance_site.prose import count_words
from alliance_site.view.composer import Composer
from alliance_site.view.meter import GroundsView, meter_view
from alliance_site.view.notes import Notes
from alliance_site.view.pages import PageView
from alliance_site.view.parts import FactFill, ProseView, TextFill
from alliance_site.view.words import fact_text

WORDS_PER_MINUTE = 230
"""How fast a reader is taken to read."""

V = TypeVar("V", bound=PageView)


def grounded(composer: Composer, view: V, notes: Notes, key: str) -> V:
    """Return a view whose page says what its text rests on; call it once all is composed.

    Args:
        composer: What the page was composed with.
        view: Of the page.
        notes: Those that all of its text was composed with.
        key: Of the page.
    """
    shown = grounds_view(composer, notes.grounds(), key)
    return replace(view, frame=replace(view.frame, grounds=shown))


def grounds_view(composer: Composer, grounds: Grounds, key: str) -> GroundsView | None:
    """Measure a page's text; None where it prints no value and cites nothing."""
    site = composer.site
    parties = {item: composer.name_of(item) for item in parties_of(composer, key)}
    meter = text_meter(site, grounds, parties, site.clock.as_of)
    return None if meter is None else _shown(composer, meter)


def _shown(composer: Composer, meter: TextMeter) -> GroundsView:
    number = composer.number
    return GroundsView(
        printed=meter_view("", meter.printed, composer.language),
        computed=number(meter.computed),
        cited=number(meter.cited),
        archived=number(meter.archived),
        of_parties=number(meter.of_parties),
        others=number(meter.cited - meter.of_parties),
        cited_days="" if meter.cited_days is None else number(meter.cited_days),
        receipt=own_receipt(composer, "text"),
    )


def grounds_line(shown: GroundsView) -> str:
    """Write what a text rests on as pages do, number after number."""
    printed = shown.printed
    parts = []
    if printed.stale:
        parts.append(f"Last checked {printed.stale_days} days ago.")
    if printed.values != "0":
        parts.append(
            f"{printed.sourced} of {printed.values} values printed here have a source, "
            f"{printed.archived} an archived copy; {printed.independent} independent, "
            f"{printed.derived} derived, {printed.self_reported} self-reported, "
            f"{printed.unstated} without a stated basis."
        )
    if shown.computed != "0":
        parts.append(f"{shown.computed} numbers are computed.")
    if shown.cited != "0":
        parts.append(
            f"{shown.cited} sources are cited, {shown.archived} with an archived copy; "
            f"{shown.of_parties} of a party, {shown.others} of others."
        )
    if shown.cited_days:
        parts.append(f"They are {shown.cited_days} days old (median).")
    return " ".join(parts)


def fact_forms(composer: Composer, path: str) -> tuple[str, ...]:
    """Return all the ways in which a text may print a fact; empty where there is none.

    Args:
        composer: Of the site.
        path: As `{fact}` writes it.
    """
    fact = fact_of(composer.site, path)
    if fact is None:
        return ()
    shown = (fact_text(fact, form, composer.language) for form in FORMATS)
    return tuple(dict.fromkeys(shown))


def own_receipt(composer: Composer, rule: str) -> str:
    """Return where it is told how a figure is computed whose inputs are its own page."""
    return f"{composer.url('page:receipts')}#formula-{rule}"


def parties_of(composer: Composer, key: str) -> tuple[str, ...]:
    """Return who a page is about: its organisations and alliances; else the site's alliance."""
    prefix, _, name = key.partition(":")
    if prefix != "article":
        return (f"alliance:{composer.site.settings.alliance}",)
    (listing,) = composer.site.listings_of((name,))
    return tuple(item for item in listing.about if item.partition(":")[0] in {"alliance", "org"})


# Reading


def minutes_to_read(word_count: int) -> int:
    """Return how many minutes a text takes, rounded half up, at least 1."""
    return max((2 * word_count + WORDS_PER_MINUTE) // (2 * WORDS_PER_MINUTE), 1)


def words_printed(composer: Composer, prose: ProseView) -> int:
    """Count the words of a text as the page prints it, without its note marks."""
    filled = (fill.text for fill in prose.fills if isinstance(fill, FactFill | TextFill))
    return composer.site.prose[prose.key].words + _words_in(filled)


def _words_in(texts: Iterable[str]) -> int:
    return sum(count_words(text) for text in texts)
