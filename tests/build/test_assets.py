"""What becomes of `static/`: one style sheet a template, one or two scripts, and copies."""

import re
import shutil
from pathlib import Path

from tests.build.command import REPOSITORY
from tests.build.small_site import SmallSite


def scripts_of(site: SmallSite, page: str = "index.html") -> list[Path]:
    """Return the scripts that a page names, in their order."""
    text = (site.output / page).read_text(encoding="utf-8")
    names = re.findall(r'<script src="/harbour/(assets/[^"]+)" defer></script>', text)
    return [site.output / name for name in names]


def test_scripts_of_the_site_are_one_deferred_file_in_the_order_of_their_names(
    site: SmallSite,
) -> None:
    site.write("static/js/b.js", "// Second.\n(() => { console.log('b'); })();\n")
    site.write("static/js/a.js", "/* First. */\n(() => { console.log('a'); })();\n")
    site.build()
    text = scripts_of(site)[-1].read_text(encoding="utf-8")
    assert text.index("'a'") < text.index("'b'")
    assert "First" not in text
    assert "Second" not in text


def test_scripts_of_the_site_stand_apart_from_those_of_the_theme(site: SmallSite) -> None:
    site.build()
    (of_theme,) = scripts_of(site)
    before = of_theme.read_bytes()
    site.write("static/js/own.js", "function (")
    site.build()
    first, own = scripts_of(site)
    assert (first, first.read_bytes()) == (of_theme, before)
    assert own.read_bytes() == b"function(\n"
    assert {*(site.output / "assets").glob("*.js")} == {first, own}


def test_a_file_of_the_site_takes_the_place_of_the_theme_s_script(site: SmallSite) -> None:
    site.write("static/js/mine.js", "(() => { console.log('theme'); })();\n")
    before = joined_after(site)
    site.write("static/js/mine.js", "(() => { console.log('site'); })();\n")
    after = joined_after(site)
    assert before != after


def joined_after(site: SmallSite) -> str:
    """Build; return the name of the script, which is made of its bytes."""
    site.build()
    return scripts_of(site)[-1].name


def sheet_of(site: SmallSite, page: str = "index.html") -> Path:
    """Return the style sheet that a page names."""
    found = re.search(r'rel="stylesheet" href="/harbour/([^"]+)"', (site.output / page).read_text())
    assert found
    return site.output / found[1]


def test_a_comment_does_not_change_the_name_of_the_style_sheet(site: SmallSite) -> None:
    site.write("static/css/mine.css", "a { color: red; }\n")
    site.build()
    before = sheet_of(site)
    site.write("static/css/mine.css", "/* Why. */ a  {  color:  red;  }\n")
    site.build()
    assert sheet_of(site) == before


def test_tokens_and_base_stand_first_in_the_style_sheet(site: SmallSite) -> None:
    site.write("static/css/a.css", ".mine-first{color:red}")
    site.build()
    text = sheet_of(site).read_text(encoding="utf-8")
    assert re.match(r":root\s*{", text)
    assert text.index(":root") < text.index("body") < text.index(".mine-first")


def test_a_page_loads_only_the_components_that_its_template_names(site: SmallSite) -> None:
    site.build()
    table = ".matrix caption"
    assert table in sheet_of(site, "comparisons/openness/index.html").read_text("utf-8")
    assert table not in sheet_of(site, "articles/index.html").read_text("utf-8")


def test_pages_of_one_template_share_a_style_sheet(site: SmallSite) -> None:
    site.build()
    sheets = {sheet_of(site, str(path)) for path in site.output.glob("sources/*/index.html")}
    assert len(sheets) == 1


def test_a_file_under_js_that_is_no_script_is_copied(site: SmallSite) -> None:
    site.write("static/js/words.json", "[ 1 ]\n")
    site.build()
    assert (site.output / "js/words.json").read_text(encoding="utf-8") == "[ 1 ]\n"


def test_every_component_of_the_theme_has_its_styles_on_some_page(site: SmallSite) -> None:
    shutil.copytree(REPOSITORY / "static/css", site.root / "static/css", dirs_exist_ok=True)
    shutil.copytree(REPOSITORY / "templates", site.root / "templates", dirs_exist_ok=True)
    for name in (site.root / "static/css/components").iterdir():
        name.write_text(f"{name.read_text('utf-8')}\n.zyx-{name.stem} {{ color: red }}\n", "utf-8")
    site.build()
    sheets = "".join(sheet.read_text("utf-8") for sheet in (site.output / "assets").glob("*.css"))
    components = {item.stem for item in (REPOSITORY / "static/css/components").iterdir()}
    assert {name for name in components if f".zyx-{name}{{" not in sheets} == set()


def test_a_component_s_styles_are_no_part_of_pages_that_only_use_its_name_as_a_word(
    site: SmallSite,
) -> None:
    site.write("static/css/components/harbour.css", ".harbour { color: red; }\n")
    page = "templates/pages/articles.html"
    text = (REPOSITORY / page).read_text("utf-8")
    site.write(page, text.replace("{% block main %}", "{% block main %}\n<p>A harbour</p>"))
    site.build()
    assert ".harbour{" not in sheet_of(site, "articles/index.html").read_text("utf-8")
    site.write(page, text.replace("{% block main %}", '{% block main %}\n<p class="harbour">A</p>'))
    site.build()
    assert ".harbour{" in sheet_of(site, "articles/index.html").read_text("utf-8")
    kind = """{% block main %}\n<p class="{{ 'harbour' if view else '' }}">A</p>"""
    site.write(page, text.replace("{% block main %}", kind))
    site.build()
    assert ".harbour{" in sheet_of(site, "articles/index.html").read_text("utf-8")


def test_a_page_has_the_styles_of_every_component_it_names(site: SmallSite) -> None:
    shutil.copytree(REPOSITORY / "static/css", site.root / "static/css", dirs_exist_ok=True)
    shutil.copytree(REPOSITORY / "templates", site.root / "templates", dirs_exist_ok=True)
    shutil.copytree(REPOSITORY / "static/js", site.root / "static/js", dirs_exist_ok=True)
    site.build()
    components = {item.stem for item in (site.root / "static/css/components").iterdir()}
    missing = set[str]()
    seen = set[str]()
    for page in site.output.rglob("*.html"):
        html = page.read_text("utf-8")
        if 'rel="stylesheet"' not in html:
            continue
        named = components & {
            word for words in re.findall(r'class="([^"]*)"', html) for word in words.split()
        }
        sheet = sheet_of(site, str(page.relative_to(site.output))).read_text("utf-8")
        missing |= {f"{page}: {name}" for name in named if f".{name}" not in sheet}
        seen |= named
    assert missing == set()
    assert len(seen) > 20


def test_a_script_gives_no_class_whose_styles_its_page_lacks() -> None:
    components = {item.stem for item in (REPOSITORY / "static/css/components").iterdir()}
    given = {
        (script.name, word)
        for script in (REPOSITORY / "static/js").glob("*.js")
        for words in re.findall(r'class(?:Name)?[:=] *"([^"]*)"', script.read_text("utf-8"))
        for word in words.split()
        if word in components
    }
    # The page of the search names `tallies` itself.
    assert given == {("search.js", "tallies")}


def test_an_attribute_that_is_never_closed_costs_no_time(site: SmallSite) -> None:
    page = "templates/pages/articles.html"
    text = (REPOSITORY / page).read_text("utf-8")
    open_ended = '{% endblock %}\n{# <p class="mine' + "{{ view }} " * 60 + "#}\n"
    site.write(page, text.removesuffix("{% endblock %}\n") + open_ended)
    site.build()
