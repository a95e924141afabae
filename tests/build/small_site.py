"""A small but complete site, as a folder that tests edit, and the clean build to compare with.

It holds every kind of record, every kind of reference between them, every state an article can be
in, one template and one style sheet over the theme's, and a few warnings.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from alliance_site.build import BuildOptions, BuildResult, build
from alliance_site.diagnostics import AllianceSiteError, BuildError, Code, Diagnostic

THEME = Path(__file__).resolve().parents[2]
"""The folder that holds the default theme: this checkout."""

BASE_URL = "https://example.org/harbour/"
AS_OF = date(2026, 6, 1)
"""The day that `site.yaml` names."""

SITE = """\
title: The Harbour Alliance, examined
tagline: Who is in it and what it promised.
description: >-
  An example with {fact}`count/members` members, one of them [](org:north-lab) [@charter].
url: http://localhost:8000/
language: en-GB
publisher:
  name: The harbour desk
  url: https://example.org/
founded: 2025-01-01
as_of: 2026-06-01
licence: CC-BY-4.0
authors:
  desk:
    name: The desk
    description: Writes what the sources say.
  guest:
    name: A guest
navigation:
  - title: Alliance
    link: alliance:harbour
  - title: Members
    link: page:members
  - title: Comparison
    link: comparison:openness
  - title: Analysis
    link: page:articles
footer:
  - title: About
    link: page:about
  - title: Sources
    link: page:sources
alliance: harbour
comparison: openness
search: no
highlights:
  - text: It counts {fact}`figures/berths | full` today [@charter, p. 2].
    link: page:members
vocabularies:
  sectors:
    research: Research
    shipping: Shipping
  topics:
    membership: Membership
    licensing: Licensing
    unread: Unread
  sides:
    for: For
    against: Against
  phases:
    before: Before
    after: After
"""

SOURCES = """\
charter:
  type: webpage
  title: Charter of the harbour
  publisher: Harbour Alliance
  issued: 2024-12-05
  URL: https://example.org/charter
  kind: primary
  read: full
gazette:
  type: article-newspaper
  title: Ships and who owns them
  author:
    - family: Quay
      given: Ann
  publisher: The Gazette
  issued: 2025-03
  URL: https://example.org/gazette
  kind: press
  read: excerpt
register:
  type: dataset
  title: Register of berths
  publisher: Harbour Office
  kind: dataset
  linkable: no
  read: full
  note: Counted by hand.
unread:
  type: report
  title: A report that nobody cites
  publisher: Harbour Office
  kind: analysis
  read: excerpt
"""

NORTH_LAB = """\
name: North Lab
other_names:
  - The Lab
classification: research
sector: research
country: NO
headquarters: Tromsø
founding_date:
  - value: 1999-04
    rank: preferred
    evidence: charter, p. 1
  - value: 1998
    evidence: gazette
homepage: https://example.org/north-lab
summary: A laboratory that *measures* [@gazette].
contributes_to: [open-charts]
memberships:
  - alliance: harbour
    role: founder
    start_date: 2024-12-05
    evidence: charter
notable:
  - text: It opened its charts [@register].
    date: 2025-02
    evidence: gazette, p. 4
evidence: charter
"""

SOUTH_WORKS = """\
name: South Works
classification: company
sector: shipping
country: PT
founding_date: 1950
summary: A shipyard.
memberships:
  - alliance: harbour
    role: member
    start_date: 2025-01
    evidence: gazette
evidence: gazette
former_ids: [south-yard]
"""

EAST_COLLEGE = """\
name: East College
classification: university
sector: research
country: PT
summary: It teaches navigation.
memberships:
  - alliance: harbour
    role: collaborator
    evidence: charter
"""

WEST_FUND = """\
name: West Fund
classification: foundation
summary: Compared, though no member.
evidence: none
"""

ALLIANCE = """\
---
name: Harbour Alliance
founded: 2024-12-05
founders: [north-lab]
homepage: https://example.org/
summary: An alliance of those who use the harbour.
governance: A council of three [@charter].
size_claims:
  - value: more than 10
    asserted_by: north-lab
    basis: self_reported
    evidence: charter
  - value: 3
    rank: preferred
    evidence: register
evidence: charter
---
It was founded on {fact}`alliances/harbour/founded` by [](org:north-lab) [@charter, p. 1; @gazette].

## Council

It meets in the harbour.
"""

OPEN_CHARTS = """\
---
alliance: harbour
number: 1
title: Open charts
first_seen: 2024-12-05
successor: [shared-pilots]
status:
  value: under-way
  note: Half of the charts are out [@register].
  recorded: 2026-05-01
  evidence: register
owners: [north-lab]
deliverables:
  - title: First chart
    kind: data
    date: 2025-02
    url: https://example.org/chart
    evidence: gazette
evidence: charter
---
Charts for all.
"""

SHARED_PILOTS = """\
---
alliance: harbour
number: 2
title: Shared pilots
first_seen: 2025-06
predecessor: [open-charts]
status: announced
evidence: charter
---
Pilots who know each [port](objective:open-charts).
"""

COMPARISON = """\
title: How open are they?
question: Who publishes charts and prices?
summary: Two questions to three subjects.
answer: Open in {fact}`count/cells/openness/open` of all cells [@register].
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
  others:
    title: Others
subjects:
  - id: north-lab
    name: North Lab
    organization: north-lab
    group: members
  - id: south-works
    name: South Works
    organization: south-works
    group: members
  - id: west-fund
    name: West Fund
    organization: west-fund
    group: others
editions:
  - id: first
    title: First run
    as_of: 2026-01-01
topics: [licensing]
"""

CRITERIA = """\
criteria:
  - id: papers
    title: Papers
  - id: charts
    parent: papers
    title: Charts
    question: Are the charts published?
    why_it_matters: A hidden rock is found once.
    positions:
      - group: members
        text: They say so [@charter].
        evidence: charter
  - id: prices
    parent: papers
    title: Prices
    question: Are the prices published?
"""

ARGUMENTS = """\
rocks:
  topic: licensing
  side: for
  claim: Open charts save ships
  said_by: North Lab
  statement: Who sees a rock avoids it [@charter].
  strength:
    level: medium
    note: Nobody counted the ships.
  evidence: gazette
"""

EVENTS = """\
launch:
  date: 2024-12-05
  title: The alliance is founded
  text: In the [harbour](alliance:harbour) itself.
  kind: launch
  phase: before
  participants: [north-lab]
  alliances: [harbour]
  evidence: charter
joined:
  date: 2025-01
  title: South Works joins
  text: By letter.
  kind: join
  phase: after
  participants: [south-works]
  alliances: [harbour]
  evidence: gazette
"""

FIGURES = """\
berths:
  label: Berths
  value: about 40
  unit: berths
  date: 2025-03
  evidence: register
  note: Counted twice.
pilots:
  label: Pilots
  value: 7
  unit: people
  evidence: gazette
"""

CORRECTIONS = """\
wrong-port:
  date: 2025-06-01
  severity: factual
  target: article:launch
  was: Three ports
  now: One port
  reason: Miscounted [@register].
  found_by: A reader
"""

LAUNCH = """\
---
title: How the alliance began
dek: It began with {fact}`figures/pilots` pilots and one founder.
kind: news
authors: [desk]
published: 2025-01-10
updated: 2025-06-01
checked: 2025-06-02
about: [alliance:harbour, org:north-lab]
topics: [membership]
in_short:
  - One founder, [North Lab](org:north-lab) [@charter].
counterpoint: The Gazette saw two [@gazette, p. 3].
unknowns: Who paid.
method: We read the charter.
---
The harbour had {fact}`figures/berths | qualified` berths [@register], see [](figure:berths).

## The first day

- [](org:north-lab) signed first [@charter, p. 1].
- The rest is in [the count](article:count#by-kind).

```python
ships = [ship for ship in harbour]
```

## After

| who | when |
| --- | --- |
| South | later[^1] |

[^1]: By letter [@gazette].
"""

COUNT = """\
---
title: Counting the members
dek: There are {fact}`count/members`.
kind: analysis
authors: [desk, guest]
published: 2026-02-01
about: [org:south-works]
topics: [membership, licensing]
---
We counted {fact}`count/members` members and {fact}`count/countries` countries [@register].

## By kind

Of them {fact}`count/members/classification/company` is a company; the score of the first is
{fact}`score/openness/first/north-lab`.
"""

ENDING = """\
---
title: A notice for the summer
dek: Valid until August.
kind: news
authors: [desk]
published: 2026-03-01
expires: 2026-08-01
topics: [unread]
---
The pier is closed.
"""

SCHEDULED = """\
---
title: What comes in autumn
dek: Out in September.
kind: explainer
authors: [guest]
published: 2026-09-01
topics: [licensing]
---
The pier opens [@charter].
"""

DRAFT = """\
---
title: Not yet written
dek: A draft.
kind: analysis
authors: [desk]
published: 2026-04-01
draft: yes
about: [org:east-college]
---
Nothing yet.
"""

ABOUT = """\
---
title: About this site
dek: Who makes it.
---
Made in the harbour by people who [count](page:figures).
"""

OWN_PAGER = """\
{% macro pager(previous, next) %}
{% for link in (previous, next) %}
{% if link %}
<p class="own"><a href="{{ link.url }}">{{ link.text }}</a></p>
{% endif %}
{% endfor %}
{% endmacro %}
"""

FILES: Mapping[str, str] = {
    "content/site.yaml": SITE,
    "content/sources.yaml": SOURCES,
    "content/alliances/harbour.md": ALLIANCE,
    "content/organizations/north-lab.yaml": NORTH_LAB,
    "content/organizations/south-works.yaml": SOUTH_WORKS,
    "content/organizations/east-college.yaml": EAST_COLLEGE,
    "content/organizations/west-fund.yaml": WEST_FUND,
    "content/objectives/open-charts.md": OPEN_CHARTS,
    "content/objectives/shared-pilots.md": SHARED_PILOTS,
    "content/comparisons/openness/comparison.yaml": COMPARISON,
    "content/comparisons/openness/criteria.yaml": CRITERIA,
    "content/comparisons/openness/cells/north-lab.yaml": (
        "cells:\n  charts: open\n  prices:\n    value: closed\n    note: On request.\n"
        "evidence: register\n"
    ),
    "content/comparisons/openness/cells/south-works.yaml": (
        "cells:\n  charts: closed\n  prices:\n    absence: unknown\nevidence: register, p. 9\n"
    ),
    "content/comparisons/openness/cells/west-fund.yaml": (
        "cells:\n  charts: open\n  prices: open\n"
    ),
    "content/arguments.yaml": ARGUMENTS,
    "content/events.yaml": EVENTS,
    "content/figures.yaml": FIGURES,
    "content/corrections.yaml": CORRECTIONS,
    "content/articles/2025/launch.md": LAUNCH,
    "content/articles/2026/count.md": COUNT,
    "content/articles/2026/ending.md": ENDING,
    "content/articles/2026/scheduled.md": SCHEDULED,
    "content/articles/2026/draft.md": DRAFT,
    "content/pages/about.md": ABOUT,
    "templates/components/pager.html": OWN_PAGER,
    "static/css/components/own.css": ".own { font-weight: bold }\n",
    "static/images/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
}


@dataclass(frozen=True)
class SmallSite:
    """The site's folder, with the ways tests change it."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> "SmallSite":
        """Write the small site into a folder that may not exist yet."""
        site = cls(root)
        for name, text in FILES.items():
            site.write(name, text)
        return site

    @property
    def output(self) -> Path:
        """Where `build` puts the site by default."""
        return self.root / "_site"

    def path(self, name: str) -> Path:
        """Return an input's file."""
        return self.root / name

    def read(self, name: str) -> str:
        """Return an input's text."""
        return self.path(name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Make or replace an input."""
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(text, encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the one place where `old` stands."""
        text = self.read(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def delete(self, name: str) -> None:
        """Delete an input, and folders that it leaves empty."""
        path = self.path(name)
        path.unlink()
        while not any((path := path.parent).iterdir()):
            path.rmdir()

    def options(self, **changes: Any) -> BuildOptions:
        """Return the options of most tests: one process, an address with a path."""
        return BuildOptions(**{"site": self.root, "base_url": BASE_URL, "jobs": 1, **changes})

    def build(self, **changes: Any) -> BuildResult:
        """Build."""
        return build(self.options(**changes))

    def outputs(self) -> dict[str, bytes]:
        """Return what stands in the default output folder."""
        return files_below(self.output)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a build led to, as far as it may not depend on what was built before.

    `failure` is the exception's name, and the files are then left out.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    failure: str = ""


def files_below(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def outcome_of(options: BuildOptions) -> tuple[Outcome, BuildResult | None]:
    """Build, and tell what it led to; findings about foreign files are left out."""
    try:
        result = build(options)
    except AllianceSiteError as error:
        found = error.diagnostics if isinstance(error, BuildError) else ()
        return Outcome(diagnostics=without_foreign(found), failure=type(error).__name__), None
    files = files_below(options.output_folder)
    return Outcome(files=files, diagnostics=without_foreign(result.diagnostics)), result


def clean_outcome(options: BuildOptions) -> Outcome:
    """Build the same inputs where nothing was ever built, with every choice but the site's own."""
    with TemporaryDirectory(prefix="clean-") as folder:
        site = Path(folder) / "site"
        for part in ("content", "templates", "static"):
            if (options.site / part).is_dir():
                shutil.copytree(options.site / part, site / part)
        outcome, _ = outcome_of(
            BuildOptions(
                site=site,
                output=Path(folder) / "made",
                base_url=options.base_url,
                as_of=options.as_of,
                with_drafts=options.with_drafts,
                is_strict=options.is_strict,
                jobs=1,
            )
        )
        return outcome


def without_foreign(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Leave out what is said of files that no build wrote."""
    return tuple(item for item in found if item.code is not Code.FOREIGN_FILE)
