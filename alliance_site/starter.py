"""A new site, and new records: what an editor starts from.

Never: overwrites a file.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_site.diagnostics import OutputError, UsageError
from alliance_site.ids import INTRODUCED, PAGE_LISTS, id_of

if TYPE_CHECKING:
    from alliance_site.read import Node

_PLAIN = re.compile(r"[^\W\d_][\w ,.()/-]*")
"""Texts that mean themselves in YAML without quotes."""

_SITE = """\
# The site: its name, its navigation and its closed lists.
title: {title}
tagline: Who is in it, what it promised, what it did, and how its members compare.
description: >-
  Who is in the alliance, what it promised, what it did, and how its members compare. Every value
  names its source.
# Where the site will live; `--base-url` overrides it.
url: http://localhost:8000/
language: en
publisher:
  name: {title}
founded: {today}
licence: CC-BY-4.0
authors:
  editors:
    name: The editors
navigation:
  - title: Alliance
    link: alliance:example
  - title: Members
    link: page:members
  - title: Objectives
    link: page:objectives
  - title: Comparison
    link: comparison:openness
  - title: Analysis
    link: page:articles
footer:
  - title: About
    link: page:about
  - title: Sources
    link: page:sources
  - title: Data
    link: page:data
  - title: Corrections
    link: page:corrections
alliance: example
comparison: openness
vocabularies:
  sectors:
    research: Research
  topics:
    membership: Membership
  sides:
    for: For
    against: Against
"""

_FILES = {
    "content/sources.yaml": """\
# Every work cited, by id. Names of fields are those of CSL-JSON.
announcement:
  type: webpage
  title: Announcement of the example alliance
  publisher: Example Alliance
  issued: {today}
  kind: primary
  read: full
  note: Replace this entry by a real source, with its `URL`.
""",
    "content/alliances/example.md": """\
---
name: Example Alliance
founded: {today}
founders: [first-member]
summary: An example, to be replaced by the alliance that this site is about.
evidence: announcement
---
Write here what the alliance is. Cite with `[@id]`: it was announced with one founder
[@announcement]. Link records by their kind and id: [](org:first-member).
""",
    "content/organizations/first-member.yaml": """\
name: First Member
classification: nonprofit
sector: research
summary: An example of a member.
memberships:
  - alliance: example
    role: founder
    start_date: {today}
    evidence: announcement
evidence: announcement
""",
    "content/objectives/first-promise.md": """\
---
alliance: example
number: 1
title: The first promise
first_seen: {today}
status: announced
evidence: announcement
---
Say here in your own words what was promised [@announcement].
""",
    "content/comparisons/openness/comparison.yaml": """\
title: How open are they?
question: Which of them publish what they build?
summary: An example of a comparison, with one subject and one criterion.
levels:
  open:
    label: Open
    points: 1
    mark: open
  closed:
    label: Closed
    points: 0
    mark: closed
groups:
  members:
    title: Members
subjects:
  - id: first-member
    name: First Member
    organization: first-member
    group: members
editions:
  - id: {year}
    title: {year}
    as_of: {today}
""",
    "content/comparisons/openness/criteria.yaml": """\
criteria:
  - id: code
    title: Source code
    question: Is the source code published?
""",
    "content/comparisons/openness/cells/first-member.yaml": """\
cells:
  code:
    value: open
    note: Say here what was found.
evidence: announcement
""",
    "content/articles/{year}/first-article.md": """\
---
title: The first article
dek: One sentence that states the finding.
kind: news
authors: [editors]
published: {today}
about: [alliance:example]
topics: [membership]
---
The site knows {{fact}}`count/members` member so far [@announcement].
""",
    "content/pages/about.md": """\
---
title: About this site
dek: Who makes this site, and how.
---
Say here who is behind the site, who pays for it, and how to report an error.
""",
    ".gitignore": "_site/\n.alliance-site/\n",
}

_COMPARISON = {
    "comparison.yaml": """\
title: {title}
question: What is asked of all of them?
summary: One or two sentences on who is compared, and why.
# What a criterion may be answered, and what each answer counts.
levels:
  yes: {{label: Met, points: 1}}
  partly: {{label: Partly met, points: 0.5}}
  no: {{label: Not met, points: 0}}
groups:
  all: {{title: All}}
subjects:
  - {{id: first-subject, name: First Subject, group: all}}
editions:
  - {{id: {year}, title: {year}, as_of: {today}}}
""",
    "criteria.yaml": """\
# In the order of the table. A criterion that others name as `parent` is a heading.
criteria:
  - {{id: first-heading, title: First heading}}
  - id: first-criterion
    parent: first-heading
    title: First criterion
    question: Is the first point met?
""",
    "scoring.yaml": """\
# How answers become scores: mean, weighted-mean, sum, minimum, or a ladder of classes.
aggregate: mean
unknown: bounds
scale: 100
unit: percent
rounding: {{digits: 0, mode: half-up}}
""",
    "cells/first-subject.yaml": """\
# The answers of one subject, each with its source; `evidence` stands behind all that name none.
cells:
  first-criterion: {{absence: unknown}}
evidence: none
""",
}
"""The files of a new comparison, below its folder; the first is the one to begin with."""

_RECORDS = {
    "article": (
        "content/articles/{year}/{id}.md",
        """\
---
title: {title}
dek: One sentence that states the finding.
kind: analysis
authors: [{author}]
published: {today}
draft: yes
---
""",
    ),
    "organization": (
        "content/organizations/{id}.yaml",
        """\
name: {title}
classification: company
summary: One or two sentences on what it is.
evidence: none
""",
    ),
    "objective": (
        "content/objectives/{id}.md",
        """\
---
alliance: {alliance}
number: {number}
title: {title}
first_seen: {today}
status: announced
evidence: none
---
Say in your own words what was promised.
""",
    ),
    "page": (
        "content/pages/{id}.md",
        """\
---
title: {title}
dek: One sentence on what the page is for.
---
""",
    ),
}

KINDS_OF_RECORD = (*_RECORDS, "comparison")
"""What `new_record` can begin."""


def start_site(folder: Path) -> tuple[Path, ...]:
    """Write a small site that builds.

    Returns:
        The files written.

    Raises:
        UsageError: There is a `content/` already.
        OutputError: The disk refused.
    """
    if _is_there(folder / "content"):
        raise UsageError(f"{folder / 'content'} exists already; nothing was written")
    title = folder.resolve().name.replace("-", " ").capitalize() or "Alliance"
    names = _today() | {"title": _as_yaml(title)}
    files = {"content/site.yaml": _SITE, **_FILES}
    made = []
    for name, text in files.items():
        path = folder / name.format(**names)
        if _is_there(path):
            continue
        _write(path, text.format(**names))
        made.append(path)
    return tuple(made)


def new_record(site: Path, kind: str, name: str) -> Path:
    """Write a record to be filled; its id is made from `name`.

    Raises:
        UsageError: There is no site, no id can be made, or a record or page of that id exists
            already.
        OutputError: The disk refused.
    """
    if not (site / "content").is_dir():
        raise UsageError(f"{site} holds no content/ folder; name the site's folder with -C")
    record_id = _shortened(id_of(name))
    if not record_id:
        raise UsageError(f"no id can be made of `{name}`; give one in a-z, 0-9 and hyphens")
    if kind == "page" and record_id in PAGE_LISTS and record_id not in INTRODUCED:
        raise UsageError(f"every site has a page `{record_id}` already; give yours another name")
    title = name.replace("-", " ").capitalize() if name == record_id else name
    names = _today() | {"id": record_id, "title": _as_yaml(title)}
    if kind == "comparison":
        return _new_comparison(site / "content/comparisons" / record_id, names)
    if kind == "objective":
        names |= _place_among_objectives(site / "content")
    if kind == "article":
        names["author"] = next(_keys(site / "content/site.yaml", "authors"), "editors")
    return _new_record(site, kind, names)


def _new_record(site: Path, kind: str, names: Mapping[str, str]) -> Path:
    """Write a record of one file, where no other of its kind has its id."""
    place, text = _RECORDS[kind]
    path = site / place.format(**names)
    folder = site / place.partition("{")[0]
    for taken in (path, *sorted(folder.glob(f"**/{path.name}"))):
        if _is_there(taken):
            raise UsageError(f"{taken} exists already; nothing was written")
    _write(path, text.format(**names))
    return path


def _new_comparison(folder: Path, names: Mapping[str, str]) -> Path:
    """Write the files of a comparison with one subject and one criterion, which builds."""
    if _is_there(folder):
        raise UsageError(f"{folder} exists already; nothing was written")
    for name, text in _COMPARISON.items():
        _write(folder / name, text.format(**names))
    return folder / next(iter(_COMPARISON))


def _shortened(record_id: str) -> str:
    """Cut an id that would be too long for a file's name, between words where there are any."""
    if len(record_id) <= _LONGEST_ID:
        return record_id
    return record_id[: _LONGEST_ID + 1].rpartition("-")[0] or record_id[:_LONGEST_ID]


_LONGEST_ID = 80
"""File systems take names of 255 bytes; readers, and other sites, take addresses of a line."""


def _place_among_objectives(content: Path) -> dict[str, str]:
    """Name the alliance that the site is about, and the first number after its objectives'."""
    alliances = sorted(item.stem for item in (content / "alliances").glob("*.md"))
    chosen = _text(content / "site.yaml", "alliance")
    alliance = chosen or next(iter(alliances), "example")
    numbers = [
        int(number)
        for path in (content / "objectives").glob("*.md")
        if _text(path, "alliance") == alliance
        and (number := _text(path, "number")).isascii()
        and number.isdigit()
    ]
    return {"alliance": alliance, "number": str(max(numbers, default=0) + 1)}


def _text(file: Path, key: str) -> str:
    """Return what a record says under a key; empty where it says nothing, or no one text."""
    from alliance_site.read import Scalar  # noqa: PLC0415 - most records need none

    node = _field(file, key)
    return node.text if isinstance(node, Scalar) else ""


def _keys(file: Path, key: str) -> Iterator[str]:
    """Yield the keys of a mapping in a record."""
    from alliance_site.read import Mapping as Fields  # noqa: PLC0415 - most records need none

    node = _field(file, key)
    if isinstance(node, Fields):
        yield from (name.text for name, _ in node.entries)


def _field(file: Path, key: str) -> "Node | None":
    """Return a field of a record; what is wrong with the file is for `check` to say."""
    from alliance_site.read import parse_document  # noqa: PLC0415 - most records need none

    try:
        document, _ = parse_document(file.name, file.read_bytes())
    except OSError:
        return None
    entries = document.fields.entries if document is not None else ()
    return next((node for name, node in entries if name.text == key), None)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror}") from error


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error


def _as_yaml(text: str) -> str:
    """Write a text as a YAML scalar, in quotes where it needs them (JSON's are YAML's too)."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _today() -> dict[str, str]:
    today = datetime.now(UTC).date()
    return {"today": today.isoformat(), "year": str(today.year)}
