"""What a page needs of a chart, and the words that charts share.

Never: decides what a chart shows (the modules `…_charts` do).
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

from alliance_site.chart import LAYOUTS, Form, Tick, lay_out, rounded_top
from alliance_site.model import PartialDate
from alliance_site.paths import UrlPath
from alliance_site.plain import Plain
from alliance_site.view.composer import Composer
from alliance_site.view.pages import PageView
from alliance_site.view.parts import ChartView, Link
from alliance_site.view.words import is_right_to_left

FEWEST_NUMBERS = 5
"""With fewer numbers than this, a sentence says it better than a chart."""


class ChartPageView(PageView, frozen=True, kw_only=True):
    """`/charts/<id>/`: a chart alone, fit for a frame on another site of a height in pixels."""

    chart: ChartView
    height: int
    gallery: Link


class ChartRow(Plain, frozen=True, kw_only=True):
    """A chart in the list of charts; `canonical` is its address with scheme and host.

    `height` is that of a frame that shows it, in pixels.
    """

    title: str
    subtitle: str
    url: str
    canonical: str
    height: int
    csv: str
    receipt: str


class ChartsView(PageView, frozen=True, kw_only=True):
    """`/charts/`."""

    dek: str
    charts: tuple[ChartRow, ...]


class ChartWords(Plain, frozen=True, kw_only=True):
    """The words of a chart, as its maker gives them."""

    title: str
    subtitle: str
    description: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    attribution: str = ""


def chart_view(
    composer: Composer, chart_id: str, form: Form, words: ChartWords, source: Link
) -> ChartView:
    """Put a chart together."""
    return ChartView(
        id=chart_id,
        title=words.title,
        subtitle=words.subtitle,
        description=words.description,
        form=form,
        note=words.note,
        attribution=words.attribution,
        columns=words.columns,
        rows=words.rows,
        source=source,
        page=composer.url(f"chart:{chart_id}"),
        csv=composer.path(UrlPath(f"/data/{table_name(chart_id)}.csv")),
        receipt=composer.receipt(f"chart/{chart_id}"),
        is_mirrored=is_right_to_left(composer.language),
    )


_ROUND_IT, _LINE, _SIGNS = 240, 20, 42
"""Of a chart's own page on a narrow screen: what stands round the drawing but for its words, the
height of a line of words, both in pixels, and how many signs a line holds."""


def frame_height(chart: ChartView) -> int:
    """Return how high a frame must be that shows a chart's own page, in pixels.

    It is rather too high than too low: the page below an end can be seen, and what is cut cannot.
    """
    narrow, wide = (lay_out(chart.form, LAYOUTS[name]).height for name in ("narrow", "wide"))
    said = (chart.subtitle, chart.note, chart.attribution, chart.source.text)
    # A title is set larger than the rest.
    lines = 2 * ceil(len(chart.title) / _SIGNS) + sum(ceil(len(text) / _SIGNS) for text in said)
    drawn = max(narrow * 1.25, wide)
    return ceil((drawn + _ROUND_IT + _LINE * lines) / 10) * 10


def table_name(chart_id: str) -> str:
    """Return the name of the table that holds a chart's numbers."""
    return f"chart-{chart_id}"


# Numbers and dates


def years(value: PartialDate) -> Decimal:
    """Place a date on an axis of years; a month stands at its middle, a year at its own."""
    first, last = value.earliest(), value.latest()
    day = first.toordinal() + (last.toordinal() - first.toordinal()) // 2
    start = PartialDate(value.year).earliest().toordinal()
    length = PartialDate(value.year).latest().toordinal() - start + 1
    share = Decimal(day - start) / Decimal(length)
    return value.year + share.quantize(Decimal("0.001"))


def year_ticks(dates: Iterable[PartialDate]) -> tuple[Tick, ...]:
    """Mark the beginning of every year from the first date's to the one after the last date's."""
    found = sorted({item.year for item in dates})
    if not found:
        return ()
    return tuple(Tick(Decimal(year), str(year)) for year in range(found[0], found[-1] + 2))


def value_ticks(composer: Composer, largest: Decimal) -> tuple[Tick, ...]:
    """Mark round numbers from zero to the first that is not below the largest value."""
    top, step = rounded_top(largest)
    return tuple(
        Tick(count * step, composer.number((count * step).normalize() + 0))
        for count in range(int(top / step) + 1)
    )


def share_ticks() -> tuple[Tick, ...]:
    """Mark an axis of shares."""
    return tuple(Tick(Decimal(at), f"{at}%") for at in (0, 25, 50, 75, 100))


def share(count: Decimal | int, total: Decimal | int) -> Decimal:
    """Return a share in whole percent, rounded half up."""
    return (100 * Decimal(count) / Decimal(total)).quantize(Decimal(1), ROUND_HALF_UP)


# Sentences


def listed(names: Sequence[str], most: int = 3) -> str:
    """Write names as a list in a sentence; beyond `most`, only how many more there are."""
    shown = list(names) if len(names) <= most else [*names[: most - 1], _more(names, most)]
    if len(shown) <= 1:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def _more(names: Sequence[str], most: int) -> str:
    return f"{len(names) - most + 1} others"


def counted(count: int, one: str, many: str) -> str:
    """Write a count with its noun."""
    return f"{count} {one if count == 1 else many}"


def inline(title: str) -> str:
    """Write a title within a sentence: a capital that only begins it is made small."""
    first, rest = title[:1], title[1:]
    is_plain = rest == rest.lower()
    return f"{first.lower()}{rest}" if is_plain else title
