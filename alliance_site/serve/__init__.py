"""The development server: serves the built site, rebuilds it when its inputs change.

Never: has a meaning of "changed" of its own.
"""

from alliance_site.serve.news import News
from alliance_site.serve.server import serving
from alliance_site.serve.watch import Seen, rebuild_on_change, seen_at

__all__ = ["News", "Seen", "rebuild_on_change", "seen_at", "serving"]
