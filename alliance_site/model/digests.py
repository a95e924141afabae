"""Digests of what is asked of a site.

Never: knows what they are of.
"""

import hashlib
from collections.abc import Iterable


def digest_of_lines(lines: Iterable[str]) -> str:
    """Digest lines in their order."""
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:32]
