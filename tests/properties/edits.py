"""What an editor does to the small site, one function each; `n` picks what, and the new value.

An edit keeps the site free of errors; what has nothing to work on does nothing.
"""

import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from alliance_site.build import release
from alliance_site.diagnostics import BuildError, UsageError
from tests.build.small_site import THEME, SmallSite
from tests.photographs import exif, photograph

Edit: TypeAlias = Callable[[SmallSite, int], None]

# Others link to these, so they stay where they are.
_LINKED = {"launch", "count", "scheduled"}
_TOPICS = ("[membership]", "[licensing, membership]", "[unread]", "[]")
_PARAGRAPHS = (
    "Plain words, {n} of them.",
    "A claim [@gazette, p. {n}].",
    "There are {{fact}}`figures/pilots | full` and {{fact}}`count/members`.",
    "See [](org:south-works), [this](objective:open-charts) and [that](article:launch).",
    "## Part {n}\n\nWith *stress*, `code` and an [outside link](https://example.org/{n}).",
    "```python\nships = {n}\n```",
    "Read [what comes](article:scheduled), that is, [](article:scheduled).",
    "As the register says[^{n}].\n\n[^{n}]: On page {n} [@register].",
)


def _articles(site: SmallSite) -> list[Path]:
    return sorted((site.root / "content/articles").rglob("*.md"))


def _article(site: SmallSite, n: int) -> str:
    articles = _articles(site)
    return articles[n % len(articles)].relative_to(site.root).as_posix()


def _loose_article(site: SmallSite, n: int) -> Path | None:
    loose = [path for path in _articles(site) if path.stem not in _LINKED]
    return loose[n % len(loose)] if loose else None


def _is_taken(site: SmallSite, article_id: str) -> bool:
    return any(
        path.stem == article_id or f"former_ids: [{article_id}]" in path.read_text(encoding="utf-8")
        for path in _articles(site)
    )


def _set_line(site: SmallSite, name: str, key: str, value: str) -> None:
    """Give a top-level key of front matter or YAML another one-line value, or add it."""
    text = site.read(name)
    line = f"{key}: {value}"
    pattern = re.compile(rf"^{re.escape(key)}:.*$", re.MULTILINE)
    if pattern.search(text):
        text = pattern.sub(lambda _: line, text, count=1)
    else:
        head = "---\n" if text.startswith("---\n") else ""
        text = f"{head}{line}\n{text.removeprefix(head)}"
    site.write(name, text)


def _drop_line(site: SmallSite, name: str, key: str) -> None:
    site.write(name, re.sub(rf"(?m)^{re.escape(key)}:.*\n", "", site.read(name), count=1))


def add_a_paragraph(site: SmallSite, n: int) -> None:
    name = _article(site, n)
    text = site.read(name)
    if f"[^{n}]:" not in text:
        paragraph = _PARAGRAPHS[n % len(_PARAGRAPHS)].format(n=n)
        site.write(name, f"{text}\n{paragraph}\n")


def print_another_fact(site: SmallSite, n: int) -> None:
    """Let an article print and cite what it did not: it rests on something else then."""
    name = _article(site, n)
    fact = ("count/members", "figures/berths", "count/sources/kind/press")[n % 3]
    cited = ("gazette", "charter, p. 2", "register")[n // 3 % 3]
    site.write(name, f"{site.read(name)}\nIt is {{fact}}`{fact}` [@{cited}].\n")


def drop_the_last_paragraph(site: SmallSite, n: int) -> None:
    name = _article(site, n)
    head, _, rest = site.read(name).rpartition("---\n")
    paragraphs = rest.split("\n\n")
    is_plain = "[^" not in rest and "```" not in rest and Path(name).stem not in _LINKED
    if is_plain and len(paragraphs) > 1:
        body = "\n\n".join(paragraphs[:-1])
        site.write(name, f"{head}---\n{body}\n")


def retitle_an_article(site: SmallSite, n: int) -> None:
    _set_line(site, _article(site, n), "title", f"Title {n}")


def change_a_dek(site: SmallSite, n: int) -> None:
    _set_line(site, _article(site, n), "dek", f"Dek {n} with {{fact}}`count/articles` [@charter].")


def redate_an_article(site: SmallSite, n: int) -> None:
    dates = ("2025-01-10", "2026-05-31", "2024", "2026-03", "2026-08-01")
    _set_line(site, _article(site, n), "published", dates[n % len(dates)])


def update_an_article(site: SmallSite, n: int) -> None:
    _set_line(site, _article(site, n), "updated", f"2026-09-{n % 28 + 1:02}")


def change_the_topics_of_an_article(site: SmallSite, n: int) -> None:
    _set_line(site, _article(site, n), "topics", _TOPICS[n % len(_TOPICS)])


def change_what_an_article_is_about(site: SmallSite, n: int) -> None:
    about = (
        "[org:north-lab]",
        "[objective:open-charts, comparison:openness]",
        "[alliance:harbour]",
    )
    _set_line(site, _article(site, n), "about", about[n % len(about)])


def make_an_article_a_draft_or_not(site: SmallSite, n: int) -> None:
    path = _loose_article(site, n)
    if path is not None:
        _set_line(site, path.relative_to(site.root).as_posix(), "draft", ("yes", "no")[n // 7 % 2])


def let_an_article_expire_or_not(site: SmallSite, n: int) -> None:
    path = _loose_article(site, n)
    if path is not None:
        name = path.relative_to(site.root).as_posix()
        if n % 2:
            _set_line(site, name, "expires", f"2026-0{n % 9 + 1}-01")
        else:
            _drop_line(site, name, "expires")


def add_an_article(site: SmallSite, n: int) -> None:
    if not _is_taken(site, f"added-{n}"):
        site.write(
            f"content/articles/2026/added-{n}.md",
            f"---\ntitle: Added {n}\ndek: A dek.\nkind: news\nauthors: [guest]\n"
            f"published: 2026-05-{n % 28 + 1:02}\ntopics: {_TOPICS[n % len(_TOPICS)]}\n"
            f"about: [org:north-lab]\n---\n{_PARAGRAPHS[n % len(_PARAGRAPHS)].format(n=n)}\n",
        )


def delete_an_article(site: SmallSite, n: int) -> None:
    path = _loose_article(site, n)
    if path is not None:
        path.unlink()


def rename_an_article(site: SmallSite, n: int) -> None:
    path = _loose_article(site, n)
    if path is None or _is_taken(site, f"renamed-{n}"):
        return
    renamed = path.with_name(f"renamed-{n}.md")
    path.rename(renamed)
    if n % 2:
        name = renamed.relative_to(site.root).as_posix()
        _set_line(site, name, "former_ids", f"[{path.stem}]")


def move_an_article_to_another_year(site: SmallSite, n: int) -> None:
    path = _loose_article(site, n)
    if path is not None:
        folder = site.root / f"content/articles/{2020 + n % 3}"
        folder.mkdir(exist_ok=True)
        path.rename(folder / path.name)


ARTICLE_EDITS: tuple[Edit, ...] = (
    add_a_paragraph,
    print_another_fact,
    drop_the_last_paragraph,
    retitle_an_article,
    change_a_dek,
    redate_an_article,
    update_an_article,
    change_the_topics_of_an_article,
    change_what_an_article_is_about,
    make_an_article_a_draft_or_not,
    let_an_article_expire_or_not,
    add_an_article,
    delete_an_article,
    rename_an_article,
    move_an_article_to_another_year,
)


def change_a_field_of_an_organization(site: SmallSite, n: int) -> None:
    names = ("south-works", "east-college", "west-fund")
    fields = (
        ("name", f"Renamed {n}"),
        ("founding_date", f"{1900 + n}"),
        ("country", ("SE", "PT", "NO")[n % 3]),
        ("sector", ("shipping", "research")[n % 2]),
        ("classification", ("company", "nonprofit")[n % 2]),
        ("summary", f"A summary [@gazette, p. {n}]."),
        ("homepage", f"https://example.org/{n}"),
    )
    key, value = fields[n % len(fields)]
    _set_line(site, f"content/organizations/{names[n // 7 % 3]}.yaml", key, value)


def drop_a_field_of_an_organization(site: SmallSite, n: int) -> None:
    key = ("founding_date", "country", "sector", "homepage")[n % 4]
    _drop_line(site, "content/organizations/south-works.yaml", key)


def add_an_organization(site: SmallSite, n: int) -> None:
    membership = "memberships:\n  - {alliance: harbour, role: member, evidence: gazette}\n"
    site.write(
        f"content/organizations/added-{n % 3}.yaml",
        f"name: Added organisation {n}\nclassification: startup\ncountry: {('DE', 'SE')[n % 2]}\n"
        f"summary: Number {n}.\nevidence: charter\n{membership if n % 2 else ''}",
    )


def remove_an_organization(site: SmallSite, n: int) -> None:
    added = sorted((site.root / "content/organizations").glob("added-*.yaml"))
    if added:
        added[n % len(added)].unlink()


def retitle_a_source(site: SmallSite, n: int) -> None:
    text = site.read("content/sources.yaml")
    number = n % 4
    titles = re.findall(r"(?m)^  title: .*$", text)
    site.write(
        "content/sources.yaml", text.replace(titles[number], f"  title: Source {number} as of {n}")
    )


def change_who_published_a_source(site: SmallSite, n: int) -> None:
    """Give a source to a party, or take it from one: pages count what a party published."""
    text = site.read("content/sources.yaml")
    publishers = re.findall(r"(?m)^  publisher: .*$", text)
    name = ("Harbour Alliance", "The Gazette", f"Press {n}")[n % 3]
    chosen = publishers[n // 3 % len(publishers)]
    site.write("content/sources.yaml", text.replace(chosen, f"  publisher: {name}", 1))


def add_a_source(site: SmallSite, n: int) -> None:
    site.write(
        f"content/sources/own-{n % 2}.yaml",
        f"type: webpage\ntitle: Own source {n}\npublisher: Somebody\nkind: index\nread: full\n",
    )


def remove_a_source(site: SmallSite, n: int) -> None:
    path = site.root / f"content/sources/own-{n % 2}.yaml"
    path.unlink(missing_ok=True)


def change_a_figure(site: SmallSite, n: int) -> None:
    text = site.read("content/figures.yaml")
    values = re.findall(r"(?m)^  value: .*$", text)
    site.write(
        "content/figures.yaml", text.replace(values[n % 2], f"  value: {('about ', '')[n % 2]}{n}")
    )


def change_the_status_of_an_objective(site: SmallSite, n: int) -> None:
    value = ("announced", "delivered", "stalled")[n % 3]
    _set_line(site, "content/objectives/shared-pilots.md", "status", value)


def retitle_an_objective(site: SmallSite, n: int) -> None:
    name = ("open-charts", "shared-pilots")[n % 2]
    _set_line(site, f"content/objectives/{name}.md", "title", f"Objective {n}")


def change_the_alliance(site: SmallSite, n: int) -> None:
    key, value = (("name", f"Alliance {n}"), ("founded", f"20{10 + n % 14}"))[n % 2]
    _set_line(site, "content/alliances/harbour.md", key, value)


def change_a_cell(site: SmallSite, n: int) -> None:
    value = ("open", "closed")[n % 2]
    site.write(
        f"content/comparisons/openness/cells/{('north-lab', 'west-fund')[n // 2 % 2]}.yaml",
        f"cells:\n  charts: {value}\n  prices:\n    value: closed\n    note: Note {n}.\n"
        "evidence: register\n",
    )


def retitle_a_criterion(site: SmallSite, n: int) -> None:
    name = "content/comparisons/openness/criteria.yaml"
    site.write(name, re.sub(r"title: Prices.*", f"title: Prices {n}", site.read(name)))


def change_an_event(site: SmallSite, n: int) -> None:
    name = "content/events.yaml"
    site.write(name, re.sub(r"text: By .*", f"text: By letter {n} [@charter].", site.read(name)))


def add_or_remove_the_last_event(site: SmallSite, n: int) -> None:
    name = "content/events.yaml"
    kept = site.read(name).partition("parted:")[0]
    last = (
        f"parted:\n  date: 2025-02\n  title: They part {n}\n  text: By letter.\n  kind: join\n"
        "  phase: after\n  participants: [south-works]\n  evidence: gazette\n"
    )
    site.write(name, kept + (last if n % 3 else ""))


def change_an_argument(site: SmallSite, n: int) -> None:
    name = "content/arguments.yaml"
    side = ("for", "against")[n % 2]
    site.write(name, re.sub(r"side: .*", f"side: {side}", site.read(name)))


def add_or_remove_the_correction(site: SmallSite, n: int) -> None:
    name = "content/corrections.yaml"
    kept = site.read(name).partition("late-port:")[0]
    late = (
        "late-port:\n  date: 2026-05-01\n  severity: typo\n  target: org:south-works\n"
        f"  was: '{n}'\n  now: One\n  reason: Because.\n"
    )
    site.write(name, kept + (late if n % 2 else ""))


def release_the_site(site: SmallSite, n: int) -> None:
    """Put the site on record, in a copy: the state of this one may be damaged, or in use."""
    with TemporaryDirectory() as folder:
        copy = SmallSite(Path(folder) / "site")
        shutil.copytree(site.root / "content", copy.root / "content")
        with suppress(BuildError, UsageError):  # it has faults, or nothing has changed
            made = release(copy.options(), f"r{len(_releases(site)):03}-{n}")
            site.write(made.span.path, copy.read(made.span.path))


def take_the_last_release_back(site: SmallSite, n: int) -> None:
    """Delete a release, as somebody who checks out an older commit does; not one in use."""
    del n
    releases = _releases(site)
    if releases and "field:" not in site.read("content/corrections.yaml"):
        releases[-1].unlink()


def correct_a_published_value(site: SmallSite, n: int) -> None:
    """Mend the seat of an organisation that a release shows, and say so."""
    organization = "content/organizations/north-lab.yaml"
    was = re.search(r"(?m)^headquarters: (.*)$", site.read(organization))
    published = "".join(path.read_text(encoding="utf-8") for path in _releases(site))
    if was is None or f'"headquarters":"{was[1]}"' not in published:
        return
    text = site.read("content/corrections.yaml")
    town = f"Town {text.count('field:')}"
    _set_line(site, organization, "headquarters", town)
    site.write(
        "content/corrections.yaml",
        f"seat-{text.count('field:')}:\n  date: 2026-05-{n % 28 + 1:02}\n  severity: factual\n"
        f"  target: org:north-lab\n  field: headquarters\n  was: {was[1]}\n  now: {town}\n"
        f"  reason: A slip [@gazette].\n{text}",
    )


def _releases(site: SmallSite) -> list[Path]:
    return sorted((site.root / "content/releases").glob("*.json"))


def change_a_page(site: SmallSite, n: int) -> None:
    _set_line(site, "content/pages/about.md", ("title", "dek")[n % 2], f"About {n}")


def add_or_remove_a_page(site: SmallSite, n: int) -> None:
    if n % 2:
        site.write(
            "content/pages/extra.md", f"---\ntitle: Extra {n}\ndek: More.\n---\n[@charter]\n"
        )
    else:
        (site.root / "content/pages/extra.md").unlink(missing_ok=True)


def retitle_the_site(site: SmallSite, n: int) -> None:
    _set_line(site, "content/site.yaml", ("title", "tagline")[n % 2], f"Site {n}")


def let_a_day_pass(site: SmallSite, n: int) -> None:
    """Move the site's own day, past which articles come out and expire."""
    _set_line(site, "content/site.yaml", "as_of", _DAYS[n % len(_DAYS)])


_DAYS = ("2026-06-01", "2026-06-02", "2026-09-15", "2026-08-01", "2025-01-05", "2026-02-01")


def change_the_navigation(site: SmallSite, n: int) -> None:
    name = "content/site.yaml"
    text = site.read(name)
    entry = "  - title: Timeline\n    link: page:timeline\n"
    text = (
        text.replace(entry, "") if entry in text else text.replace("footer:\n", f"{entry}footer:\n")
    )
    site.write(name, text if n % 2 else text.replace("title: Members\n", f"title: Who {n}\n"))


def change_a_vocabulary(site: SmallSite, n: int) -> None:
    name = "content/site.yaml"
    key = ("research", "licensing", "before")[n % 3]
    site.write(name, re.sub(rf"(?m)^    {key}: .*$", f"    {key}: Label {n}", site.read(name)))


def change_who_writes(site: SmallSite, n: int) -> None:
    name = "content/site.yaml"
    site.write(name, re.sub(r"name: A guest.*", f"name: A guest {n}", site.read(name)))


RECORD_EDITS: tuple[Edit, ...] = (
    let_a_day_pass,
    change_a_field_of_an_organization,
    drop_a_field_of_an_organization,
    add_an_organization,
    remove_an_organization,
    retitle_a_source,
    change_who_published_a_source,
    add_a_source,
    remove_a_source,
    change_a_figure,
    change_the_status_of_an_objective,
    retitle_an_objective,
    change_the_alliance,
    change_a_cell,
    retitle_a_criterion,
    change_an_event,
    add_or_remove_the_last_event,
    change_an_argument,
    add_or_remove_the_correction,
    release_the_site,
    take_the_last_release_back,
    correct_a_published_value,
    change_a_page,
    add_or_remove_a_page,
    retitle_the_site,
    change_the_navigation,
    change_a_vocabulary,
    change_who_writes,
)


def _theme_templates() -> list[Path]:
    return sorted(path for path in (THEME / "templates").rglob("*.*ml"))


def override_template(site: SmallSite, name: str, n: int) -> None:
    """Put the theme's own text over a template, with a mark that its pages show."""
    text = (THEME / "templates" / name).read_text(encoding="utf-8")
    for place, marked in (
        ("</main>", f"<!-- {n} --></main>"),
        ("{% block main %}", f"{{% block main %}}<!-- {n} -->"),
        ("{% endmacro %}", f"<!-- {n} -->{{% endmacro %}}"),
    ):
        if place in text:
            site.write(f"templates/{name}", text.replace(place, marked))
            return
    site.write(f"templates/{name}", f"{text}<!-- {n} -->\n")


def override_a_template(site: SmallSite, n: int) -> None:
    templates = _theme_templates()
    path = templates[n % len(templates)]
    override_template(site, path.relative_to(THEME / "templates").as_posix(), n)


def override_the_base_template(site: SmallSite, n: int) -> None:
    override_template(site, "base.html", n)


def override_a_component(site: SmallSite, n: int) -> None:
    override_template(site, ("components/date.html", "components/mark.html")[n % 2], n)


def give_a_template_back_to_the_theme(site: SmallSite, n: int) -> None:
    own = sorted((site.root / "templates").rglob("*.*ml"))
    if site.path("templates/pages/text.html").exists():
        own = [path for path in own if path.name != "own.html"]  # that page includes it
    if own:
        own[n % len(own)].unlink()


def include_a_component_of_ones_own(site: SmallSite, n: int) -> None:
    site.write("templates/components/own.html", f"<p>Own {n}</p>\n")
    text = (THEME / "templates/pages/text.html").read_text(encoding="utf-8")
    include = '{% block main %}{% include "components/own.html" %}'
    site.write("templates/pages/text.html", text.replace("{% block main %}", include))


def change_the_component_of_ones_own(site: SmallSite, n: int) -> None:
    if site.path("templates/components/own.html").exists():
        site.write("templates/components/own.html", f"<p>Changed {n}</p>\n")


def add_or_change_a_style_sheet(site: SmallSite, n: int) -> None:
    names = ("components/own", "components/added", "tokens", "late")
    site.write(f"static/css/{names[n % 4]}.css", f".own {{ order: {n} }}\n")


def remove_a_style_sheet(site: SmallSite, n: int) -> None:
    own = sorted((site.root / "static").rglob("*.css"))
    if own:
        own[n % len(own)].unlink()


def add_or_change_an_asset(site: SmallSite, n: int) -> None:
    names = ("images/dot.svg", "images/deep/er/dot.svg", "favicon.svg", "notice.txt")
    site.write(f"static/{names[n % 4]}", f"<svg><!-- {n} --></svg>\n")


def remove_an_asset(site: SmallSite, n: int) -> None:
    kept = {".css", *_SHOWN}
    own = [path for path in sorted((site.root / "static").rglob("*.*")) if path.suffix not in kept]
    if own:
        own[n % len(own)].unlink()


_SHOWN = {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP"}
"""Ending → form of the images that texts show; a text may not outlive its image."""


def show_an_image_or_not(site: SmallSite, n: int) -> None:
    """Let a page show an image, or another one of the same name; or only leave the file there."""
    ending = list(_SHOWN)[n % 3]
    path = site.path(f"static/images/shown{ending}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(photograph(24 + n % 5, 16, _SHOWN[ending]))
    text = f'![Shown](/images/shown{ending} "Caption {n % 2}")' if n // 3 % 4 else "Nothing."
    site.write("content/pages/pictured.md", f"---\ntitle: Pictured\ndek: Seen.\n---\n{text}\n")


def change_an_image(site: SmallSite, n: int) -> None:
    """Draw an image anew, whether a text shows it or not."""
    for path in sorted((site.root / "static/images").glob("shown.*")):
        path.write_bytes(photograph(24 + n % 7, 16, _SHOWN[path.suffix]))


def make_an_image_a_warning_or_not(site: SmallSite, n: int) -> None:
    """Let a photograph say where it was taken, or a text not say what an image shows."""
    for path in sorted((site.root / "static/images").glob("shown.jpg")):
        path.write_bytes(photograph(30, 20, exif=exif(is_located=bool(n % 2))))
    if site.path("content/pages/pictured.md").exists():
        text = site.read("content/pages/pictured.md")
        words = ("![Shown]", "![]")[n // 2 % 2]
        site.write("content/pages/pictured.md", re.sub(r"!\[\w*\]", lambda _: words, text))


THEME_EDITS: tuple[Edit, ...] = (
    override_a_template,
    override_the_base_template,
    override_a_component,
    give_a_template_back_to_the_theme,
    include_a_component_of_ones_own,
    change_the_component_of_ones_own,
    add_or_change_a_style_sheet,
    remove_a_style_sheet,
    add_or_change_an_asset,
    remove_an_asset,
    show_an_image_or_not,
    change_an_image,
    make_an_image_a_warning_or_not,
)
EDITS = ARTICLE_EDITS + RECORD_EDITS + THEME_EDITS


def _record(text: str) -> Edit:
    return lambda site, _: site.write("content/organizations/faulty.yaml", text)


def _write_bytes_that_are_no_text(site: SmallSite, n: int) -> None:
    del n
    site.path("content/organizations/faulty.yaml").write_bytes(b"name: \xff\xfe\n")


FAULTS: dict[str, Edit] = {
    "a key that no record knows": _record("name: X\ncolour: blue\n"),
    "a file that is no YAML": _record("name: [\n"),
    "a reference to nobody": _record(
        "name: X\nclassification: company\nsummary: Y\nevidence: nobody\n"
    ),
    "a citation of nothing": _record(
        "name: X\nclassification: company\nsummary: Y [@nobody]\nevidence: none\n"
    ),
    "an empty file": _record(""),
    "bytes that are no text": _write_bytes_that_are_no_text,
    "a file that lies in no place": lambda site, _: site.write("content/faulty.txt", "x"),
    "a release that somebody edited": lambda site, n: site.write(
        "content/releases/faulty.json", f'{{"release": "faulty-{n}"}}\n'
    ),
    "an address taken twice": lambda site, n: site.write(
        "content/pages/faulty.md",
        f"---\ntitle: X\ndek: Y\nformer_ids: [about]\n---\n{n}\n",
    ),
    "a template that is none": lambda site, n: site.write(
        "templates/pages/search.html", f"{{% block b{n} %}}{{% if %}}"
    ),
    "a template that asks for another": lambda site, n: site.write(
        "templates/pages/search.html", f'{{% include "nowhere-{n}.html" %}}'
    ),
    "a template that asks for too much": lambda site, _: site.write(
        "templates/pages/search.html", "{{ view.nothing_of_the_kind }}"
    ),
}
"""What makes a build fail; each adds or replaces one file."""
