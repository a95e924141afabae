"""Room 5: views → what to do: targets, fingerprints, the difference from last time.

Never: renders or touches a disk.
"""

from alliance_site.plan.closure import TemplateSource, check_references, closure_digests
from alliance_site.plan.fingerprint import digest_of, fingerprint_of
from alliance_site.plan.manifest import Manifest, Output, Plan, diff_targets
from alliance_site.plan.target import AssetTarget, PageTarget, TableTarget, Target

__all__ = [
    "AssetTarget",
    "Manifest",
    "Output",
    "PageTarget",
    "Plan",
    "TableTarget",
    "Target",
    "TemplateSource",
    "check_references",
    "closure_digests",
    "diff_targets",
    "digest_of",
    "fingerprint_of",
]
