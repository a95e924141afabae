"""Room 5: what decides an output, and whether the one on disk is current.

Never: renders or touches a disk.
"""

from alliance_site.plan.closure import (
    TemplateSource,
    check_references,
    closure_digests,
    closure_of,
)
from alliance_site.plan.fingerprint import (
    asset_fingerprint,
    digest_of,
    document_fingerprint,
    page_fingerprint,
    search_fingerprint,
    table_fingerprint,
)
from alliance_site.plan.manifest import Manifest, Output, Past
from alliance_site.plan.target import AssetForm, AssetTarget

__all__ = [
    "AssetForm",
    "AssetTarget",
    "Manifest",
    "Output",
    "Past",
    "TemplateSource",
    "asset_fingerprint",
    "check_references",
    "closure_digests",
    "closure_of",
    "digest_of",
    "document_fingerprint",
    "page_fingerprint",
    "search_fingerprint",
    "table_fingerprint",
]
