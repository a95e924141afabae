"""Room 8: the site and its bytes → problems; one function a rule.

Never: changes anything.
"""

from alliance_site.check.content import check_content
from alliance_site.check.evidence import check_share
from alliance_site.check.links import check_links

__all__ = ["check_content", "check_links", "check_share"]
