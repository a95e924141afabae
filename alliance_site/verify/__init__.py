"""The edge that checks a published site: every byte, every table, every figure, from its data.

Never: reads `content/`; reuses a result that was published.
"""

from alliance_site.verify.run import Verified, verify_site

__all__ = ["Verified", "verify_site"]
