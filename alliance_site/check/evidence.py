"""Whether enough of a site's values have a source.

Never: decides how much is enough (whoever runs the check says so).
"""

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from alliance_site.diagnostics import Code, Diagnostic, Span
from alliance_site.model import Meter, Site, site_meters


def check_share(site: Site, wanted: Decimal) -> Iterator[Diagnostic]:
    """Yield an error where fewer values have a source than a share in percent."""
    *rows, (_, whole) = site_meters(site, site.clock.as_of)
    if whole.percent >= wanted:
        return
    poorest = [row for row in rows if row[1].percent < wanted]
    listed = "; ".join(f"{title} {_share(meter)}" for title, meter in poorest)
    yield Diagnostic(
        code=Code.THIN_EVIDENCE,
        message=f"{_share(whole)} of values have a source, expected at least {wanted} %",
        span=Span(path=site.settings.span.path),
        hint=f"where they are: {listed}",
    )


def _share(meter: Meter) -> str:
    share = meter.percent.quantize(Decimal("0.1"), ROUND_DOWN)
    return f"{share} % ({meter.sourced} of {meter.values})"
