"""The edge that strings the rooms together; the only one that knows every room.

Never: holds a rule of the domain.
"""

from alliance_site.build.aside import kept_aside
from alliance_site.build.difference import NOW, Difference, diff
from alliance_site.build.exactness import verify
from alliance_site.build.explanation import Explanation, explain
from alliance_site.build.ledger import release
from alliance_site.build.memory import Memory
from alliance_site.build.options import BuildOptions, BuildResult, Progress, SearchIndex
from alliance_site.build.run import build, check, clean

__all__ = [
    "NOW",
    "BuildOptions",
    "BuildResult",
    "Difference",
    "Explanation",
    "Memory",
    "Progress",
    "SearchIndex",
    "build",
    "check",
    "clean",
    "diff",
    "explain",
    "kept_aside",
    "release",
    "verify",
]
