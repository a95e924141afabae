"""No text in any record can break out of a page: a whole site of hostile texts, in the theme."""

import json
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from alliance_site.build import BuildOptions, build
from tests.small_site import BASE, COMPARISON

EVIL = (
    "\"'`--></script></title></textarea><script>alert(1)</script><img src=x onerror=alert(2)>&lt;"
)
QUOTED = json.dumps(EVIL)
"""The same as YAML's double quotes take it."""

SOURCE = (
    "evil: {type: webpage, title: EVIL, container-title: EVIL, publisher: EVIL, "
    "author: [{literal: EVIL}], kind: press, read: full, licence: EVIL, note: EVIL, DOI: EVIL, URL: 'https://a.example/?a=b&c'}\n"
)
ITEM = "evidence: [{source: evil, locator: EVIL, quote: EVIL, shows: EVIL}]"
FILES = {
    **BASE,
    **{
        path: text.replace("Openness", "EVIL").replace("name: Acme", "name: EVIL")
        for path, text in COMPARISON.items()
    },
    "site.yaml": BASE["site.yaml"].replace("title: Commons Watch", "title: EVIL")
    + "vocabularies: {topics: {t: EVIL}, sides: {s: EVIL}, sectors: {x: EVIL}, phases: {p: EVIL}}\n"
    + "highlights: [{text: EVIL, link: page:home}]\nnavigation: [{title: EVIL, link: page:home}]\n",
    "sources.yaml": BASE["sources.yaml"] + SOURCE,
    "organizations/acme.yaml": (
        f"name: EVIL\nother_names: [EVIL]\nclassification: company\nsector: x\nheadquarters: EVIL\n"
        f"summary: EVIL\nnotable: [{{text: EVIL, {ITEM}}}]\n{ITEM}\n"
        f"memberships: [{{alliance: commons, role: founder, note: EVIL, {ITEM}}}]\n"
    ),
    "events.yaml": (
        "e: {date: 2024, title: EVIL, text: EVIL, kind: join, phase: p, participants: [acme], "
        f"{ITEM}}}\n"
    ),
    "arguments.yaml": (
        "a: {topic: t, side: s, claim: EVIL, said_by: EVIL, statement: EVIL, "
        f"strength: {{level: weak, note: EVIL}}, {ITEM}}}\n"
    ),
    "figures.yaml": f"f: {{label: EVIL, value: 1, unit: EVIL, note: EVIL, {ITEM}}}\n",
    "corrections.yaml": (
        "c: {date: 2024, severity: typo, target: article:news, was: EVIL, now: EVIL, "
        "reason: EVIL, found_by: EVIL}\n"
    ),
    "articles/news.md": (
        "---\ntitle: EVIL\ndek: EVIL\nkind: news\nauthors: [desk]\npublished: 2024\n"
        "in_short: [EVIL]\ncounterpoint: EVIL\nunknowns: EVIL\nmethod: EVIL\ndisclosure: EVIL\n"
        "about: [org:acme]\ntopics: [t]\n---\n## BODY\n\nBODY {fact}`organizations/acme/name` "
        "[](org:acme) {fact}`figures/f | full` [@evil, x] [x][j]\n\n"
        "[j]: javascript:alert(3)\n"
    ),
}


class Page(HTMLParser):
    """Collects what a browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.data = ""
        self._script: dict[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._script = dict(attrs) if tag == "script" else None
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_endtag(self, tag: str) -> None:
        self._script = None if tag == "script" else self._script

    def handle_data(self, data: str) -> None:
        if self._script is None:
            self.data += data
        elif self._script.get("type") != "application/ld+json":
            self.scripts.append(data)
        else:
            json.loads(data)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("evil")
    for name, text in FILES.items():
        (site / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        written = text.replace("EVIL", QUOTED).replace("BODY", EVIL)
        (site / "content" / name).write_text(written, "utf-8")
    build(BuildOptions(site=site, jobs=1))
    return site / "_site"


def parsed(file: Path) -> Page:
    page = Page()
    page.feed(file.read_text("utf-8"))
    page.close()
    return page


def test_no_page_runs_what_a_record_says(output: Path) -> None:
    pages = {file: parsed(file) for file in output.rglob("*.html")}
    assert len(pages) > 25
    assert [file for file, page in pages.items() if "alert" in "".join(page.scripts)] == []
    assert [file for file, page in pages.items() if page.handlers] == []
    assert [
        url for page in pages.values() for url in page.addresses if "script:" in url or url == "x"
    ] == []


@pytest.mark.parametrize(
    "path", ["articles/news/index.html", "organizations/acme/index.html", "sources/evil/index.html"]
)
def test_the_reader_sees_the_text_as_it_was_written(output: Path, path: str) -> None:
    assert "<script>alert(1)</script><img src=x onerror=alert(2)>" in parsed(output / path).data


@pytest.mark.parametrize("name", ["feed.xml", "sitemap.xml"])
def test_the_feeds_are_well_formed(output: Path, name: str) -> None:
    ET.fromstring((output / name).read_bytes())  # noqa: S314 - our own output


def test_the_tables_hold_the_text_as_it_was_written(output: Path) -> None:
    rows = json.loads((output / "data/organizations.json").read_bytes())
    assert rows[0]["name"] == EVIL
