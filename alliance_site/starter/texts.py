"""What a new site and new records say; names in braces are filled in.

Never: writes.
"""

SITE = """\
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

FILES = {
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

COMPARISON = {
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

RECORDS = {
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
    "alliance": (
        "content/alliances/{id}.md",
        """\
---
name: {title}
founded: {today}
summary: One or two sentences on what it is.
evidence: none
---
Say here what the alliance is.
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

ENTRIES = {
    "source": (
        "content/sources.yaml",
        """\
{id}:
  type: webpage
  title: {title}
  publisher: Who published it
  kind: primary
  read: excerpt
""",
    ),
    "event": (
        "content/events.yaml",
        """\
{id}:
  date: {today}
  title: {title}
  text: Say in a sentence or two what happened.
  kind: statement
  evidence: none
""",
    ),
    "figure": (
        "content/figures.yaml",
        """\
{id}:
  label: {title}
  value: {{absence: unknown}}
  unit: organisations
  date: {today}
""",
    ),
    "argument": (
        "content/arguments.yaml",
        """\
{id}:
  topic: {topic}
  side: {side}
  claim: {title}
  said_by: Who makes it
  statement: Say here the claim as they make it.
  strength:
    level: medium
    note: Say here why.
  evidence: none
""",
    ),
    "objective-set": (
        "content/objective-sets.yaml",
        """\
{id}:
  alliance: {alliance}
  title: {title}
  date: {today}
  aims:
    - {{id: first-aim, title: First aim}}
  evidence: none
""",
    ),
    "correction": (
        "content/corrections.yaml",
        """\
{id}:
  date: {today}
  severity: clarification
  target: alliance:{alliance}
  was: What was printed
  now: What is printed since
  reason: Say here how one knows.
""",
    ),
}
"""Records of which one file holds many, by id: the file, and an entry of it."""

WORKFLOW = """\
# Builds the site and publishes it on GitHub Pages, at each push to main. GitHub reads this file at
# the top of a repository alone: there content/ must be too.
name: Pages

on:
  push:
    branches: [main]
  workflow_dispatch:

permissions: {}

# One deployment at a time; a newer push waits for the one under way.
concurrency:
  group: pages
  cancel-in-progress: false

jobs:
  build:
    name: Build
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read
      pages: read # configure-pages asks for the site's address
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: actions/setup-python@ece7cb06caefa5fff74198d8649806c4678c61a1 # v6.3.0
        with:
          python-version: "3.14"
      - name: Install what requirements.txt names
        run: |
          if ! grep -q '^[^#]' requirements.txt; then
            echo "::error file=requirements.txt::name here where alliance-site comes from"
            exit 1
          fi
          python -m pip install --requirement requirements.txt
      - id: pages
        uses: actions/configure-pages@45bfe0192ca1faeb007ade9deae92b16b8254a0d # v6.0.0
      # Keyed by content inside, so an older one is never wrong, only less of a help.
      - uses: actions/cache@55cc8345863c7cc4c66a329aec7e433d2d1c52a9 # v6.1.0
        with:
          path: .alliance-site
          key: alliance-site-${{ github.sha }}
          restore-keys: alliance-site-
      - run: alliance-site check --strict --format github --base-url "$BASE_URL"
        env:
          BASE_URL: ${{ steps.pages.outputs.base_url }}
      - run: alliance-site build --strict --base-url "$BASE_URL"
        env:
          BASE_URL: ${{ steps.pages.outputs.base_url }}
      - uses: actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0
        with:
          path: _site

  deploy:
    name: Deploy
    needs: build
    runs-on: ubuntu-latest
    timeout-minutes: 10
    permissions:
      pages: write
      id-token: write # proves to Pages where the artifact comes from
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0
"""

REQUIREMENTS = """\
# Where the program comes from, for .github/workflows/pages.yml. It is in no package registry, so
# one of these must be filled in, and stand without its `#`:
#
# a wheel in this repository, which `python -m build` makes in a clone of the program:
# ./alliance_site-VERSION-py3-none-any.whl[search]
#
# a commit of a repository that the workflow may read:
# alliance-site[search] @ git+https://github.com/OWNER/REPOSITORY@COMMIT
#
# `pip freeze --exclude alliance-site >> requirements.txt` adds the versions that you build with.
"""

PUBLISHING = {".github/workflows/pages.yml": WORKFLOW, "requirements.txt": REQUIREMENTS}
"""The files that publish a site, as they are: braces in them are not ours."""
