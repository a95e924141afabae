"""Room 2: documents → records, with every reference checked.

Never: knows a URL, HTML or a disk.
"""

from alliance_site.model.board import Board, Standing
from alliance_site.model.clocks import Clock
from alliance_site.model.consistency import StatedField, stated_fields
from alliance_site.model.documents import (
    StructuredDocument,
    misplaced,
    structure_document,
    unreadable_document,
)
from alliance_site.model.facts import Fact, fact_of, members_of, membership_in, role_in
from alliance_site.model.fields import (
    ABSENT,
    DIGESTED,
    RecordField,
    record_fields,
    site_fields,
    texts_of,
)
from alliance_site.model.kinds import KINDS, PAGE_LISTS, Kind, Place, place_of
from alliance_site.model.lineages import Aim, Fate, ObjectiveSet, TracedAim, TracedSet, trace
from alliance_site.model.resolve import resolve_site
from alliance_site.model.scoring.rounding import rounded
from alliance_site.model.site import Comparison, Site
from alliance_site.model.statements import (
    HeadlineRule,
    evidence_of,
    headline,
    headline_value,
)
from alliance_site.model.values import Markdown, PartialDate, Quantity

__all__ = [
    "ABSENT",
    "DIGESTED",
    "KINDS",
    "PAGE_LISTS",
    "Aim",
    "Board",
    "Clock",
    "Comparison",
    "Fact",
    "Fate",
    "HeadlineRule",
    "Kind",
    "Markdown",
    "ObjectiveSet",
    "PartialDate",
    "Place",
    "Quantity",
    "RecordField",
    "Site",
    "Standing",
    "StatedField",
    "StructuredDocument",
    "TracedAim",
    "TracedSet",
    "evidence_of",
    "fact_of",
    "headline",
    "headline_value",
    "members_of",
    "membership_in",
    "misplaced",
    "place_of",
    "record_fields",
    "resolve_site",
    "role_in",
    "rounded",
    "site_fields",
    "stated_fields",
    "structure_document",
    "texts_of",
    "trace",
    "unreadable_document",
]
