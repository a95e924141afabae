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
    page_fingerprint,
    picture_fingerprint,
    picture_key,
    search_fingerprint,
    sums_fingerprint,
    template_part,
)
from alliance_site.plan.manifest import Manifest, Output, Past
from alliance_site.plan.target import AssetForm, AssetTarget, PictureTarget
from alliance_site.plan.tasks import Task, Tasks

__all__ = [
    "AssetForm",
    "AssetTarget",
    "Manifest",
    "Output",
    "Past",
    "PictureTarget",
    "Task",
    "Tasks",
    "TemplateSource",
    "asset_fingerprint",
    "check_references",
    "closure_digests",
    "closure_of",
    "digest_of",
    "page_fingerprint",
    "picture_fingerprint",
    "picture_key",
    "search_fingerprint",
    "sums_fingerprint",
    "template_part",
]
