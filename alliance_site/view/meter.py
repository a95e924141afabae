"""The evidence meter as pages show it: one line for a page, a table for the site.

Never: counts (that is `model.meter`).
"""

from decimal import ROUND_DOWN, Decimal

from alliance_site.model import Meter
from alliance_site.model.records import Basis
from alliance_site.plain import Plain
from alliance_site.view.parts import DateView
from alliance_site.view.words import date_view, number_text


class MeterView(Plain, frozen=True, kw_only=True):
    """What the values of a page, or of a kind of record, rest on; all numbers as printed.

    Attributes:
        title: What the values are of; empty on a page.
        percent: The share with a source.
        unstated: How many say nothing of their basis.
        checked: The day on which all of them were last checked, or the first and the last of
            several; empty where there is no value.
        checked_days: Median of days since the last check; empty where there is no value.
        source_days: Median of days since the newest source came out; empty where none is dated.
        stale: How many are due to be looked at again; empty for none.
        stale_days: Since how many days the longest of them has not been looked at.
    """

    title: str
    values: str
    sourced: str
    percent: str
    archived: str
    independent: str
    derived: str
    self_reported: str
    unstated: str
    checked: tuple[DateView, ...]
    checked_days: str
    source_days: str
    stale: str
    stale_days: str
    receipt: str = ""


class GroundsView(Plain, frozen=True, kw_only=True):
    """What the text of a page rests on; all numbers as printed.

    Attributes:
        printed: Over the values that it prints.
        computed: How many numbers it prints that have a receipt of their own.
        others: How many of the cited sources are by nobody whom the text is about.
        cited_days: Median of days since they came out; empty where none is dated.
    """

    printed: MeterView
    computed: str
    cited: str
    archived: str
    of_parties: str
    others: str
    cited_days: str
    receipt: str


def meter_view(title: str, meter: Meter, language: str, receipt: str = "") -> MeterView:
    """Show a meter; `receipt` is where it is told how it was computed."""

    def write(value: Decimal | int | None) -> str:
        return "" if value is None else number_text(Decimal(value), language)

    share = meter.percent.quantize(Decimal("0.1"), ROUND_DOWN)
    return MeterView(
        title=title,
        values=write(meter.values),
        sourced=write(meter.sourced),
        percent=write(share),
        archived=write(meter.archived),
        independent=write(meter.bases.get(Basis.INDEPENDENT, 0)),
        derived=write(meter.bases.get(Basis.DERIVED, 0)),
        self_reported=write(meter.bases.get(Basis.SELF_REPORTED, 0)),
        unstated=write(meter.bases.get(None, 0)),
        checked=tuple(date_view(day, language) for day in dict.fromkeys(meter.checked or ())),
        checked_days=write(meter.checked_days),
        source_days=write(meter.source_days),
        stale=write(meter.stale) if meter.stale else "",
        stale_days=write(meter.stale_days),
        receipt=receipt,
    )
