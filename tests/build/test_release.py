"""The ledger at work: a release, a correction that follows the value, what changed since."""

import json
import re
from datetime import date
from html import unescape

import pytest

from alliance_site.build import Difference, diff, release
from alliance_site.diagnostics import ContentError, UsageError
from alliance_site.model.corrections import shows
from tests.build.small_site import SmallSite, clean_outcome
from tests.properties.edits import (
    add_or_remove_the_correction,
    change_a_figure,
    correct_a_published_value,
    release_the_site,
    rename_an_article,
)

FIGURES = "content/figures.yaml"
CORRECTION = """\
berths-2025:
  date: 2026-05-30
  severity: factual
  target: figure:berths
  field: value
  was: about 40
  now: 42
  reason: The register was read again.
  found_by: A reader
"""


def released(site: SmallSite, name: str = "") -> SmallSite:
    release(site.options(), name)
    return site


def corrected(site: SmallSite) -> SmallSite:
    """Mend the number of berths after a release, and say so."""
    site.edit(FIGURES, "value: about 40", "value: 42")
    site.write("content/corrections.yaml", CORRECTION)
    return site


def changed_by_the_notice(site: SmallSite) -> set[str]:
    """Return the files that a correction changes, beside those that tell of all corrections."""
    site.edit(FIGURES, "value: about 40", "value: 42")
    site.write("content/corrections.yaml", "{}\n")
    site.build()
    before = site.outputs()
    site.write("content/corrections.yaml", CORRECTION)
    site.build()
    after = site.outputs()
    told = re.compile(
        r"corrections/index.html|corrections.(?:json|xml)|data/.*"
        r"|SHA256SUMS.txt|receipts/count/index.html"  # every digest; how many corrections there are
    )
    return {
        path
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path) and not told.fullmatch(path)
    }


def test_the_notice_stands_on_exactly_the_pages_that_ever_showed_the_value(
    site: SmallSite,
) -> None:
    assert changed_by_the_notice(released(site)) == {
        "index.html",
        "articles/launch/index.html",
        "articles/launch/index.md",
        "figures/index.html",
        "sources/register/index.html",
    }


def test_a_page_that_has_dropped_the_value_since_bears_the_notice_too(site: SmallSite) -> None:
    released(site)
    launch = "content/articles/2025/launch.md"
    site.edit(launch, "{fact}`figures/berths | qualified` berths", "many berths")
    assert "articles/launch/index.html" in changed_by_the_notice(site)


def test_a_page_that_took_up_the_value_after_its_mending_bears_none(site: SmallSite) -> None:
    released(site)
    about = site.read("content/pages/about.md")
    site.write("content/pages/about.md", f"{about}\n{{fact}}`figures/berths` berths.\n")
    assert "about/index.html" not in changed_by_the_notice(site)


def test_the_notice_says_what_it_said_what_it_says_why_and_who_found_it(site: SmallSite) -> None:
    corrected(released(site)).build()
    page = site.outputs()["figures/index.html"].decode()
    assert "Berths, Value: it said <del>about 40</del>, it says <ins>42</ins>." in page
    assert "The register was read again. Found by: A reader." in page
    assert '<a href="/harbour/corrections/#berths-2025">All of this correction</a>' in page


def test_the_notice_is_a_correction_comment_for_machines(site: SmallSite) -> None:
    corrected(released(site)).build()
    page = site.outputs()["figures/index.html"].decode()
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found = [json.loads(unescape(text)) for text in scripts]
    (comment,) = next(item["correction"] for item in found if "correction" in item)
    assert comment == {
        "@type": "CorrectionComment",
        "datePublished": "2026-05-30",
        "text": "Berths, Value. It said: about 40. It says: 42. The register was read again. "
        "Found by: A reader.",
        "url": "https://example.org/harbour/corrections/#berths-2025",
    }


def test_the_page_of_corrections_names_every_page_on_which_the_value_stood(
    site: SmallSite,
) -> None:
    corrected(released(site)).build()
    page = site.outputs()["corrections/index.html"].decode()
    stood = page.partition("<dt>Stood on</dt>")[2].partition("</dd>")[0]
    assert re.findall(r'href="([^"]+)"', stood) == [
        "/harbour/",
        "/harbour/articles/launch/",
        "/harbour/figures/",
        "/harbour/sources/register/",
    ]


def test_the_feed_of_corrections_tells_of_it(site: SmallSite) -> None:
    corrected(released(site)).build()
    found = json.loads(site.outputs()["corrections.json"])["items"]
    assert [item["date_published"] for item in found] == ["2026-05-30T00:00:00Z"]
    feed = site.outputs()["corrections.xml"].decode()
    assert "<title>Correction: Berths</title>" in feed
    assert "It said: about 40\nIt says: 42\nThe register was read again." in feed


def test_a_value_that_no_release_showed_cannot_be_corrected(site: SmallSite) -> None:
    with pytest.raises(ContentError) as caught:
        corrected(site).build()
    assert [item.code.value for item in caught.value.diagnostics] == ["unpublished-value"]


# What is made again


def looked_at(site: SmallSite) -> dict[str, int]:
    """Build, and return how many pages were made or looked at, by template."""
    return {name: count for name, (count, *_) in site.build().templates.items()}


def test_an_edit_looks_at_no_more_pages_because_there_is_a_ledger(site: SmallSite) -> None:
    text = "content/organizations/north-lab.yaml"
    site.build()
    site.edit(text, "Tromsø", "Bodø")
    without = looked_at(site)
    site.edit(text, "Bodø", "Tromsø")
    corrected(released(site, "first")).build()
    site.edit(text, "Tromsø", "Bodø")
    assert looked_at(site) == without


def test_a_release_looks_at_the_pages_of_what_it_changed_and_at_those_of_changes(
    site: SmallSite,
) -> None:
    released(site, "first")
    site.edit("content/organizations/north-lab.yaml", "headquarters: Tromsø", "headquarters: Bodø")
    site.build()
    assert looked_at(released(site, "second")) == {
        "document.txt": 2,
        "feeds/notes.json": 1,
        "feeds/notes.xml": 1,
        "feeds/page.md": 1,
        "pages/changes.html": 1,
        "pages/corrections.html": 1,
        "pages/home.html": 1,
        "pages/organization.html": 1,
        "pages/receipt_list.html": 1,
    }


def test_a_correction_looks_at_the_pages_that_bear_it_and_at_few_others(site: SmallSite) -> None:
    released(site).edit(FIGURES, "value: about 40", "value: 42")
    site.build()
    site.write("content/corrections.yaml", f"{site.read('content/corrections.yaml')}{CORRECTION}")
    assert sum(looked_at(site).values()) < len(site.outputs()) / 3


def test_a_run_of_releases_and_corrections_is_built_as_a_clean_build_builds_it(
    site: SmallSite,
) -> None:
    edits = (
        release_the_site,
        correct_a_published_value,
        change_a_figure,
        release_the_site,
        correct_a_published_value,
        rename_an_article,
        release_the_site,
        add_or_remove_the_correction,
    )
    for number, edit in enumerate(edits, 1):
        edit(site, number)
        site.build()
        assert site.outputs() == clean_outcome(site.options()).files, edit.__name__
    assert len(list(site.path("content/releases").iterdir())) == 3
    assert site.read("content/corrections.yaml").count("field: headquarters") == 2


# Which pages show a field


MARKED = {
    "org:north-lab name": ("organizations/north-lab.yaml", "name: ", "North Lab"),
    "org:north-lab headquarters": ("organizations/north-lab.yaml", "headquarters: ", "Tromsø"),
    "org:west-fund summary": ("organizations/west-fund.yaml", "", "Compared, though no member"),
    "alliance:harbour governance": ("alliances/harbour.md", "", "A council of three"),
    "objective:open-charts title": ("objectives/open-charts.md", "title: ", "Open charts"),
    "objective:shared-pilots title": ("objectives/shared-pilots.md", "title: ", "Shared pilots"),
    "comparison:openness title": ("comparisons/openness/comparison.yaml", "", "How open are they?"),
    "comparison:openness question": ("comparisons/openness/comparison.yaml", "", "Who publishes"),
    "criterion:openness/charts title": ("comparisons/openness/criteria.yaml", "title: ", "Charts"),
    "criterion:openness/prices question": (
        "comparisons/openness/criteria.yaml",
        "",
        "Are the prices",
    ),
    "subject:openness/south-works name": (
        "comparisons/openness/comparison.yaml",
        "name: ",
        "South Works",
    ),
    "argument:rocks claim": ("arguments.yaml", "", "Open charts save ships"),
    "event:launch title": ("events.yaml", "", "The alliance is founded"),
    "event:joined title": ("events.yaml", "", "South Works joins"),
    "figure:berths label": ("figures.yaml", "label: ", "Berths"),
    "source:gazette title": ("sources.yaml", "", "Ships and who owns them"),
    "source:charter title": ("sources.yaml", "title: ", "Charter"),
    "article:count title": ("articles/2026/count.md", "", "Counting the members"),
    "article:ending title": ("articles/2026/ending.md", "", "A notice for the summer"),
    "article:ending dek": ("articles/2026/ending.md", "", "Valid until August"),
    "page:about dek": ("pages/about.md", "dek: ", ""),
}
"""Field → the file, what stands before the value, and the value's first words."""


def mark_of(number: int) -> str:
    return f"Zyx{number:02}q"


def test_a_release_names_exactly_the_pages_on_which_a_value_stands(site: SmallSite) -> None:
    for number, (name, before, value) in enumerate(MARKED.values()):
        old = f"{before}{value}"
        site.edit(f"content/{name}", old, f"{before}{mark_of(number)} {value}")
    site.build()
    made, outputs = release(site.options()), site.outputs()
    main = {page: main_part(outputs[f"{page[1:]}index.html"]) for page in made.pages}
    for number, field in enumerate(MARKED):
        key, _, path = field.partition(" ")
        named = {page for page, texts in made.pages.items() if shows(texts or (), key, path)}
        standing = {page for page, text in main.items() if mark_of(number).encode() in text}
        assert (field, sorted(named)) == (field, sorted(standing))


def main_part(page: bytes) -> bytes:
    """Return what a page says itself, without what it is called and how it is cited."""
    return page.partition(b"<main")[2].partition(b"</main>")[0]


# Releases


def test_the_first_release_is_named_for_the_day_of_the_content(site: SmallSite) -> None:
    made = release(site.options())
    assert (made.id, str(made.date), made.after) == ("2026-06-01", "2026-06-01", "")
    assert site.path("content/releases/2026-06-01.json").is_file()


def test_a_later_release_holds_only_what_has_changed(site: SmallSite) -> None:
    released(site, "first").edit(FIGURES, "value: about 40", "value: 42")
    made = release(site.options(), "second")
    assert made.after == "first"
    assert made.values == {"figure:berths": {"value": ("42",)}}
    assert made.pages == {}


def test_a_release_of_what_is_on_record_already_is_refused(site: SmallSite) -> None:
    released(site, "first")
    with pytest.raises(UsageError, match="nothing has changed since the release first"):
        release(site.options(), "second")


def test_a_release_is_never_written_twice(site: SmallSite) -> None:
    released(site, "first").edit(FIGURES, "value: about 40", "value: 42")
    with pytest.raises(UsageError, match="there is a release first already"):
        release(site.options(), "first")


def test_a_release_changes_no_page_but_those_that_tell_of_releases(site: SmallSite) -> None:
    released(site, "first").build()
    before = site.outputs()
    site.edit(FIGURES, "value: about 40", "value: 42")
    site.build()
    edited = site.outputs()
    released(site, "second").build()
    after = site.outputs()
    assert before != edited
    assert {path for path in after if edited.get(path) != after[path]} == {
        "SHA256SUMS.txt",
        "changes.json",
        "changes.xml",
        "changes/index.html",
        "data/releases/second.json",
        "index.html",
        "receipts/release/index.html",
    }


def test_a_record_tells_what_a_release_changed_in_it(site: SmallSite) -> None:
    released(site, "first")
    site.edit("content/organizations/north-lab.yaml", "headquarters: Tromsø", "headquarters: Bodø")
    released(site, "second").build()
    page = site.outputs()["organizations/north-lab/index.html"].decode()
    history = page.partition('id="history"')[2].partition("</section>")[0]
    assert "Headquarters: <del>Tromsø</del> <ins>Bodø</ins>" in history
    assert "first published" in history


def test_the_page_of_changes_tells_what_each_release_changed(site: SmallSite) -> None:
    released(site, "first")
    site.edit("content/organizations/north-lab.yaml", "headquarters: Tromsø", "headquarters: Bodø")
    released(site, "second").build()
    page = site.outputs()["changes/index.html"].decode()
    second = page.partition('id="release-second"')[2].partition("</section>")[0]
    assert 'Other values: <a class="receipt" href="#release-second-1">1</a>' in second
    assert 'href="/harbour/organizations/north-lab/">North Lab</a> Headquarters' in second


def test_the_texts_of_a_record_are_told_in_one_line(site: SmallSite) -> None:
    released(site, "first")
    article = "content/articles/2026/count.md"
    site.edit(
        article, "dek: There", "updated: 2026-05-30\ncounterpoint: No.\ndek: Once more, there"
    )
    site.write(article, f"{site.read(article)}\nOne more sentence.\n")
    released(site, "second").build()
    outputs = site.outputs()
    page = outputs["changes/index.html"].decode()
    second = page.partition('id="release-second"')[2].partition("</section>")[0]
    told = [
        " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for row in re.findall(r"<li>.*?</li>", second)
    ]
    assert [row for row in told if "reworded" in row or "added" in row] == [
        "Counting the members Text, standfirst reworded",
        "Counting the members Counterpoint added",
    ]
    assert "Updated" not in second
    history = outputs["articles/count/index.html"].decode().partition('id="history"')[2]
    assert "Counterpoint added" in history
    assert "Updated:" not in history.partition("</section>")[0]
    assert "Counterpoint added" in unescape(outputs["changes.xml"].decode())
    latest, *_ = json.loads(outputs["changes.json"])["items"]
    assert latest["title"] == "Release second"
    assert latest["url"].endswith("/changes/#release-second")
    assert latest["content_text"].splitlines() == [
        "Counting the members: Text, standfirst reworded",
        "Counting the members: Counterpoint added",
    ]


def test_a_new_record_is_told_once(site: SmallSite) -> None:
    released(site, "first")
    site.write(
        "content/articles/2026/second-count.md",
        site.read("content/articles/2026/count.md").replace("title: ", "title: Again, ", 1),
    )
    released(site, "second").build()
    page = site.outputs()["changes/index.html"].decode()
    second = page.partition('id="release-second"')[2].partition("</section>")[0]
    assert second.count("/articles/second-count/") == 1


def test_no_release_is_made_for_a_day_before_the_last(site: SmallSite) -> None:
    released(site, "first")
    with pytest.raises(UsageError, match="before the last release"):
        release(site.options(as_of=date(2026, 2, 1)), "earlier")


def test_a_forged_release_is_found_by_the_next_build(site: SmallSite) -> None:
    released(site, "first").build()
    path = "content/releases/first.json"
    site.write(path, site.read(path).replace("about 40", "about 41"))
    with pytest.raises(ContentError) as caught:
        site.build()
    (found,) = caught.value.diagnostics
    assert found.message == "the release `first` is not as it was sealed"


# Other ids


REFERENCE = re.compile(
    r"(org:|founders: \[|owners: \[|participants: \[|asserted_by: |organization: )north-lab"
)


def renamed(site: SmallSite) -> SmallSite:
    """Give an organisation another id, and keep the old one as a former."""
    for path in (site.root / "content").rglob("*.*"):
        if path.suffix != ".json":
            text = path.read_text(encoding="utf-8")
            path.write_text(REFERENCE.sub(r"\1polar-lab", text), encoding="utf-8")
    text = site.read("content/organizations/north-lab.yaml")
    site.delete("content/organizations/north-lab.yaml")
    site.write("content/organizations/polar-lab.yaml", f"{text}former_ids: [north-lab]\n")
    return site


def test_another_id_is_no_news(site: SmallSite) -> None:
    site.edit(FIGURES, "value: about 40", "value: 41")
    released(site, "first")
    site.edit(FIGURES, "value: 41", "value: 42")
    found = texts_of(diff(renamed(site).options(), "first"))
    # Of a text there is but a digest, so that a link in it by the new id is a change of wording.
    assert found.keys() == {"Figures", "Texts"}
    assert found["Figures"] == ["Berths: Value: 41 → 42"]
    released(site, "second").build()
    outputs = site.outputs()
    page = outputs["changes/index.html"].decode()
    second = page.partition('id="release-second"')[2].partition("</section>")[0]
    assert "North Lab" not in second
    assert "/organizations/" not in second
    latest, *_ = json.loads(outputs["changes.json"])["items"]
    assert not re.search("page|gone|joined|listed|North Lab", latest["content_text"])
    assert 'id="history"' not in outputs["organizations/polar-lab/index.html"].decode()


def test_what_is_said_of_a_record_by_its_new_id_goes_on_from_what_was_said_by_the_old(
    site: SmallSite,
) -> None:
    released(site, "first")
    renamed(site)
    site.edit("content/organizations/polar-lab.yaml", "headquarters: Tromsø", "headquarters: Bodø")
    released(site, "second").build()
    page = site.outputs()["organizations/polar-lab/index.html"].decode()
    history = page.partition('id="history"')[2].partition("</section>")[0]
    assert "Headquarters: <del>Tromsø</del> <ins>Bodø</ins>" in history


def test_a_correction_of_a_record_that_had_another_id_stands_on_its_page(site: SmallSite) -> None:
    released(site, "first")
    renamed(site)
    site.edit("content/organizations/polar-lab.yaml", "headquarters: Tromsø", "headquarters: Bodø")
    correction = CORRECTION.replace("figure:berths", "org:polar-lab").replace(
        "value", "headquarters"
    )
    site.write(
        "content/corrections.yaml", correction.replace("about 40", "Tromsø").replace("42", "Bodø")
    )
    site.build()
    page = site.outputs()["organizations/polar-lab/index.html"].decode()
    assert "The register was read again." in page


def test_a_correction_must_say_what_the_record_says(site: SmallSite) -> None:
    released(site, "first")
    corrected(site).edit(FIGURES, "value: 42", "value: 43")
    with pytest.raises(ContentError) as caught:
        site.build()
    (found,) = caught.value.diagnostics
    assert found.message == "`value` of `figure:berths` does not say `42`"
    assert found.hint == "it says `43`; write what is right there, or here as `now`"


def test_what_was_corrected_and_has_changed_since_is_no_contradiction(site: SmallSite) -> None:
    released(site, "first")
    released(corrected(site), "second").edit(FIGURES, "value: 42", "value: 43")
    site.build()


def test_a_site_of_a_day_before_its_corrections_is_built(site: SmallSite) -> None:
    released(site, "first")
    site.edit(FIGURES, "value: about 40", "value: 42")
    site.write("content/corrections.yaml", CORRECTION)
    site.build(as_of=date(2026, 2, 1))
    site.build(known_on=date(2026, 2, 1))


# Differences


def texts_of(found: Difference) -> dict[str, list[str]]:
    """Return the lines of a difference by their groups."""
    texts: dict[str, list[str]] = {}
    for line in found.lines:
        texts.setdefault(line.group, []).append(line.text)
    return texts


def test_two_releases_differ_in_what_the_second_changed(site: SmallSite) -> None:
    released(site, "first").edit(FIGURES, "value: about 40", "value: 42")
    released(site, "second")
    found = diff(site.options(), "first", "second")
    assert texts_of(found) == {"Figures": ["Berths: Value: about 40 → 42"]}


def test_the_content_differs_from_the_last_release_in_what_is_not_released_yet(
    site: SmallSite,
) -> None:
    released(site, "first")
    site.edit("content/objectives/open-charts.md", "\ntitle: ", "\ntitle: New ")
    found = diff(site.options())
    assert (found.before, found.after) == ("first", "now")
    assert [(line.change.key, line.change.path) for line in found.lines] == [
        ("objective:open-charts", "title")
    ]


def test_two_days_differ_by_the_dates_in_the_content(site: SmallSite) -> None:
    found = diff(site.options(), "1990", "2026")
    assert found.is_by_date
    assert texts_of(found)["Members"][0] == "North Lab: joined Harbour Alliance as founder"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("", "now", "there is no release to compare with"),
        ("fist", "now", "fist is neither a release nor a day such as 2024-02-08"),
    ],
)
def test_an_unknown_state_is_told(site: SmallSite, before: str, after: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        diff(site.options(), before, after)


def test_a_slip_in_a_releases_name_is_recognised(site: SmallSite) -> None:
    released(site, "first")
    with pytest.raises(UsageError, match="did you mean first"):
        diff(site.options(), "fist", "now")
