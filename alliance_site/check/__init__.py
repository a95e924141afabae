"""Room 8: the site and its bytes → problems; one function a rule.

Never: changes anything.
"""

from alliance_site.check.addresses import check_addresses, lost_addresses
from alliance_site.check.content import (
    check_cells,
    check_evidence,
    check_objectives,
    check_summaries,
)
from alliance_site.check.evidence import check_share
from alliance_site.check.links import check_links
from alliance_site.check.numbers import check_numbers
from alliance_site.check.quotes import check_quotes

__all__ = [
    "check_addresses",
    "check_cells",
    "check_evidence",
    "check_links",
    "check_numbers",
    "check_objectives",
    "check_quotes",
    "check_share",
    "check_summaries",
    "lost_addresses",
]
