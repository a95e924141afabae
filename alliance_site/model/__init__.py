"""Room 2: documents → records, with every reference checked.

Never: knows a URL, HTML or a disk.
"""

from alliance_site.model.archives import Archive, fold, nearest_passage
from alliance_site.model.arrangement import (
    ALL_PAIRS,
    PART_SUBJECTS,
    Grouping,
    GroupShare,
    TablePart,
    answers_in,
    edition_of_both,
    filtered_groups,
    filtered_values,
    group_share,
    groupings,
    is_whole,
    pairs_of,
    ranked_subjects,
    share_of,
    table_parts,
    top_of,
)
from alliance_site.model.board import Board, Standing, rank, under
from alliance_site.model.catalog import Catalog, make_catalog
from alliance_site.model.clocks import Clock
from alliance_site.model.collections import Listings
from alliance_site.model.comparisons import join_comparison
from alliance_site.model.consistency import StatedField, stated_fields
from alliance_site.model.corrections import NAMING, check_corrections, fields_of, notices_of
from alliance_site.model.dated import dated_values
from alliance_site.model.documents import (
    StructuredDocument,
    archived_document,
    meant_path,
    misplaced,
    structure_document,
    structure_release,
    unreadable_document,
)
from alliance_site.model.facts import (
    FORMATS,
    Fact,
    counted_by,
    fact_of,
    members_of,
    membership_in,
    role_in,
)
from alliance_site.model.fields import (
    ABSENT,
    DIGESTED,
    RecordField,
    record_fields,
    site_fields,
    texts_of,
)
from alliance_site.model.grounds import Grounds, TextMeter, text_meter
from alliance_site.model.heads import DocumentHead, Head, Listing, head_of, linked_address
from alliance_site.model.images import (
    NO_IMAGES,
    Images,
    SiteImage,
    dump_header,
    image_address,
    load_header,
)
from alliance_site.model.kept import dump_document, load_document
from alliance_site.model.kinds import KINDS, PAGE_LISTS, Kind, Place, place_of
from alliance_site.model.ledger import RecordEdition, Releases
from alliance_site.model.library import Joining, Library, open_site
from alliance_site.model.lineages import (
    Aim,
    Fate,
    ObjectiveSet,
    TracedAim,
    TracedSet,
    check_lineages,
    trace,
)
from alliance_site.model.meter import (
    Measured,
    Meter,
    measured_cells,
    measured_comparison,
    measured_in,
    meter_of,
    site_meters,
)
from alliance_site.model.published import (
    comparison_of,
    plain_comparison,
    plain_record,
    record_of,
)
from alliance_site.model.questions import question_in_words
from alliance_site.model.reads import Trace
from alliance_site.model.record import Implicit, Record
from alliance_site.model.releases import (
    Published,
    Release,
    Texts,
    Values,
    next_release,
    release_text,
    state_after,
)
from alliance_site.model.resolve import (
    Known,
    check_archives,
    check_document,
    faulty_of,
    resolve_site,
    settings_of,
    span_in,
)
from alliance_site.model.rewind import rewound
from alliance_site.model.rubric import levels_of
from alliance_site.model.scoring.bounds import Rules, Scenario, Score, scenarios
from alliance_site.model.scoring.declared import Aggregate
from alliance_site.model.scoring.rounding import exact, rounded
from alliance_site.model.scoring.tree import Leaf, Node
from alliance_site.model.series import (
    Change,
    Universe,
    changes,
    common_tree,
    common_universe,
    full_marks,
    oldest_first,
)
from alliance_site.model.shown import NAME, FieldNames
from alliance_site.model.site import Comparison, Site
from alliance_site.model.statements import (
    HeadlineRule,
    evidence_of,
    headline,
    headline_value,
)
from alliance_site.model.structure import Structured, found_in, shape_of, structure_record
from alliance_site.model.value_changes import ChangeKind, ValueChange, changes_between
from alliance_site.model.values import Markdown, PartialDate, Quantity, TextElsewhere, parse_number

__all__ = [
    "ABSENT",
    "ALL_PAIRS",
    "DIGESTED",
    "FORMATS",
    "KINDS",
    "NAME",
    "NAMING",
    "NO_IMAGES",
    "PAGE_LISTS",
    "PART_SUBJECTS",
    "Aggregate",
    "Aim",
    "Archive",
    "Board",
    "Catalog",
    "Change",
    "ChangeKind",
    "Clock",
    "Comparison",
    "DocumentHead",
    "Fact",
    "Fate",
    "FieldNames",
    "Grounds",
    "GroupShare",
    "Grouping",
    "Head",
    "HeadlineRule",
    "Images",
    "Implicit",
    "Joining",
    "Kind",
    "Known",
    "Leaf",
    "Library",
    "Listing",
    "Listings",
    "Markdown",
    "Measured",
    "Meter",
    "Node",
    "ObjectiveSet",
    "PartialDate",
    "Place",
    "Published",
    "Quantity",
    "Record",
    "RecordEdition",
    "RecordField",
    "Release",
    "Releases",
    "Rules",
    "Scenario",
    "Score",
    "Site",
    "SiteImage",
    "Standing",
    "StatedField",
    "Structured",
    "StructuredDocument",
    "TablePart",
    "TextElsewhere",
    "TextMeter",
    "Texts",
    "Trace",
    "TracedAim",
    "TracedSet",
    "Universe",
    "ValueChange",
    "Values",
    "answers_in",
    "archived_document",
    "changes",
    "changes_between",
    "check_archives",
    "check_corrections",
    "check_document",
    "check_lineages",
    "common_tree",
    "common_universe",
    "comparison_of",
    "counted_by",
    "dated_values",
    "dump_document",
    "dump_header",
    "edition_of_both",
    "evidence_of",
    "exact",
    "fact_of",
    "faulty_of",
    "fields_of",
    "filtered_groups",
    "filtered_values",
    "fold",
    "found_in",
    "full_marks",
    "group_share",
    "groupings",
    "head_of",
    "headline",
    "headline_value",
    "image_address",
    "is_whole",
    "join_comparison",
    "levels_of",
    "linked_address",
    "load_document",
    "load_header",
    "make_catalog",
    "meant_path",
    "measured_cells",
    "measured_comparison",
    "measured_in",
    "members_of",
    "membership_in",
    "meter_of",
    "misplaced",
    "nearest_passage",
    "next_release",
    "notices_of",
    "oldest_first",
    "open_site",
    "pairs_of",
    "parse_number",
    "place_of",
    "plain_comparison",
    "plain_record",
    "question_in_words",
    "rank",
    "ranked_subjects",
    "record_fields",
    "record_of",
    "release_text",
    "resolve_site",
    "rewound",
    "role_in",
    "rounded",
    "scenarios",
    "settings_of",
    "shape_of",
    "share_of",
    "site_fields",
    "site_meters",
    "span_in",
    "state_after",
    "stated_fields",
    "structure_document",
    "structure_record",
    "structure_release",
    "table_parts",
    "text_meter",
    "texts_of",
    "top_of",
    "trace",
    "under",
    "unreadable_document",
]
