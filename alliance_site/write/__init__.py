"""Room 7: bytes → disk.

Never: deletes what the manifest does not list.
"""

from alliance_site.write.lock import build_lock
from alliance_site.write.output import (
    Stage,
    delete_outputs,
    digests_on_disk,
    foreign_files,
    settled_only,
)
from alliance_site.write.store import DocumentRow, Store, read_prose

__all__ = [
    "DocumentRow",
    "Stage",
    "Store",
    "build_lock",
    "delete_outputs",
    "digests_on_disk",
    "foreign_files",
    "read_prose",
    "settled_only",
]
