"""Which file holds which kind of record, and under which key prose and other records name it.

Never: reads a record's fields.
"""

import re
from typing import Any

from msgspec import Struct

from alliance_site.model import records
from alliance_site.model.lineages import ObjectiveSet


class Kind(Struct, frozen=True):
    """A kind of record.

    Attributes:
        prefix: Names it in links (`org:ibm`).
        collection: The attribute of `Site` that holds the records, by id.
        folder: Where one-record files live, below `content/`; empty when there are none.
        collected_in: A file that holds many records by id; empty when there is none.
        suffix: The ending of a one-record file.
    """

    prefix: str
    record: Any
    collection: str
    folder: str = ""
    suffix: str = ".yaml"
    collected_in: str = ""


KINDS = (
    Kind("source", records.Source, "sources", "sources", ".yaml", "sources.yaml"),
    Kind("org", records.Organization, "organizations", "organizations"),
    Kind("alliance", records.Alliance, "alliances", "alliances", ".md"),
    Kind("objective", records.Objective, "objectives", "objectives", ".md"),
    Kind("article", records.Article, "articles", "articles", ".md"),
    Kind("page", records.Page, "pages", "pages", ".md"),
    Kind("event", records.Event, "events", "", "", "events.yaml"),
    Kind("argument", records.Argument, "arguments", "", "", "arguments.yaml"),
    Kind("figure", records.Figure, "figures", "", "", "figures.yaml"),
    Kind("objective-set", ObjectiveSet, "objective_sets", "", "", "objective-sets.yaml"),
    Kind("correction", records.Correction, "corrections", "", "", "corrections.yaml"),
)

_COMPARISON = re.compile(r"comparisons/([^/]+)/(comparison|criteria|scoring)\.yaml")
_CELLS = re.compile(r"comparisons/([^/]+)/cells/([^/]+)\.yaml")
_ARCHIVE = re.compile(r"archive/([^/]+\.txt)")
_RELEASE = re.compile(r"releases/([^/]+)\.json")
_ARTICLE = re.compile(r"articles/(?:\d{4}/)?([^/]+)\.md")


class Place(Struct, frozen=True):
    """What a content file is.

    `kind` is None for the settings and for the parts of a comparison; `part` is `settings`,
    `archive`, `record`, `collection`, `release`, `comparison`, `criteria`, `scoring` or `cells`.
    """

    part: str
    kind: Kind | None = None
    id: str = ""
    comparison: str = ""


def place_of(path: str) -> Place | None:
    """Say what a file below `content/` is, by its path; None when nothing is looked for there."""
    if path == "site.yaml":
        return Place("settings")
    if match := _ARCHIVE.fullmatch(path):
        return Place("archive", id=match[1])
    if match := _COMPARISON.fullmatch(path):
        return Place(match[2], id=match[1], comparison=match[1])
    if match := _RELEASE.fullmatch(path):
        return Place("release", id=match[1])
    if match := _CELLS.fullmatch(path):
        return Place("cells", id=match[2], comparison=match[1])
    return _place_of_record(path)


def _place_of_record(path: str) -> Place | None:
    if match := _ARTICLE.fullmatch(path):
        return Place("record", _kind("article"), match[1])
    for kind in KINDS:
        if path == kind.collected_in:
            return Place("collection", kind)
        folder, _, name = path.rpartition("/")
        if kind.folder and folder == kind.folder and name.endswith(kind.suffix):
            return Place("record", kind, name.removesuffix(kind.suffix))
    return None


def _kind(prefix: str) -> Kind:
    return next(kind for kind in KINDS if kind.prefix == prefix)
