"""Room 7: bytes → disk.

Never: deletes what the manifest does not list.
"""

from alliance_site.write.lock import build_lock
from alliance_site.write.output import (
    Stage,
    delete_outputs,
    digests_on_disk,
    settled_only,
)
from alliance_site.write.rows import RowKind
from alliance_site.write.store import DocumentReader, DocumentRow, Store, only_inside
from alliance_site.write.surroundings import Surroundings, folders_above, look_around

__all__ = [
    "DocumentReader",
    "DocumentRow",
    "RowKind",
    "Stage",
    "Store",
    "Surroundings",
    "build_lock",
    "delete_outputs",
    "digests_on_disk",
    "folders_above",
    "look_around",
    "only_inside",
    "settled_only",
]
