"""The repository's own content: that all of it is there, and what every article owes its reader."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from alliance_site.build import BuildOptions, SearchIndex, build
from alliance_site.check import check_numbers
from alliance_site.model import (
    Clock,
    HeadlineRule,
    Markdown,
    PartialDate,
    Site,
    fold,
    headline,
    headline_value,
    members_of,
    rewound,
    role_in,
    site_meters,
    trace,
)
from alliance_site.model.records import Article
from alliance_site.prose import HoleKind, prose_key
from alliance_site.verify import verify_site
from tests.small_site import resolved

ROOT = Path(__file__).resolve().parents[1]
CONTENT = ROOT / "content"
ALLIANCE = "ai-alliance"
AS_OF = date(2026, 11, 28)


@pytest.fixture(scope="module")
def site() -> Site:
    files = {
        path.relative_to(CONTENT).as_posix(): path.read_text("utf-8")
        for path in sorted(CONTENT.rglob("*.*"))
    }
    found, faults = resolved(
        {"alliances/commons.md": "", "organizations/acme.yaml": "", **files}, AS_OF
    )
    assert faults == ()
    assert found is not None
    return found


# Members


@pytest.mark.parametrize(
    ("role", "count"),
    [("founder", 2), ("founding-member", 53), ("collaborator", 2), ("member", 32), ("observer", 0)],
)
def test_the_alliance_has_its_members_by_role(site: Site, role: str, count: int) -> None:
    roles = Counter(str(role_in(site, item, ALLIANCE)) for item in members_of(site))
    assert roles[role] == count


def test_57_organisations_were_named_at_the_launch(site: Site) -> None:
    starts = [
        headline_value(membership.start_date)
        for item in members_of(site)
        for membership in item.memberships
        if str(membership.role) in {"founder", "founding-member", "collaborator"}
    ]
    assert len(starts) == 57
    assert {str(start) for start in starts} == {"2023-12-05"}


def test_the_founders_are_ibm_and_meta(site: Site) -> None:
    founders = [
        item.id for item in members_of(site) if str(role_in(site, item, ALLIANCE)) == "founder"
    ]
    assert founders == ["ibm", "meta"]
    assert sorted(site.alliances[ALLIANCE].founders) == founders


def test_organisations_have_106_notable_statements_each_with_a_source(site: Site) -> None:
    notable = [
        item for organization in site.organizations.values() for item in organization.notable
    ]
    assert len(notable) == 106
    assert all(item.evidence for item in notable)


# Objectives


def test_there_are_six_objectives_with_39_deliverables_each_with_a_source(site: Site) -> None:
    assert sorted(item.number for item in site.objectives.values()) == [1, 2, 3, 4, 5, 6]
    done = [item for objective in site.objectives.values() for item in objective.deliverables]
    assert len(done) == 39
    assert all(item.evidence for item in done)


# Comparisons


def test_open_versus_closed_has_240_cells_and_each_is_answered(site: Site) -> None:
    comparison = site.comparisons["open-versus-closed"]
    firsts = [headline(cell.statements) for cell in comparison.cells.values()]
    answers = Counter(str(item.absence or item.value) for item in firsts if item)
    assert len(comparison.file.subjects) == 12
    assert len(comparison.questions(comparison.latest.id)) == 20
    assert sum(answers.values()) == 240
    assert answers == {"open": 103, "partial": 48, "closed": 52, "unknown": 37}


def test_every_answer_of_open_versus_closed_names_a_source_or_says_there_is_none(
    site: Site,
) -> None:
    cells = site.comparisons["open-versus-closed"].cells.values()
    statements = [(item, cell) for cell in cells for item in cell.statements]
    assert [item for item, cell in statements if item.evidence is None and not cell.evidence] == []


FMTI = {
    "2023-10": {
        "meta": 54,
        "hugging-face": 53,
        "openai": 48,
        "stability-ai": 47,
        "google": 40,
        "anthropic": 36,
        "cohere": 34,
        "ai21-labs": 25,
        "inflection": 21,
        "amazon": 12,
    },
    "2024-05": {
        "bigcode": 85,
        "ai21-labs": 75,
        "aleph-alpha": 75,
        "ibm": 64,
        "microsoft": 62,
        "meta": 60,
        "stability-ai": 58,
        "writer": 56,
        "mistral": 55,
        "anthropic": 51,
        "openai": 49,
        "google": 47,
        "amazon": 41,
        "adept": 33,
    },
    "2025-12": {
        "ibm": 95,
        "writer": 72,
        "ai21-labs": 66,
        "anthropic": 46,
        "google": 41,
        "amazon": 39,
        "openai": 35,
        "deepseek": 32,
        "meta": 31,
        "alibaba": 26,
        "mistral": 18,
        "midjourney": 14,
        "xai": 14,
    },
}
"""The totals that the Foundation Model Transparency Index itself published."""


@pytest.mark.parametrize("edition", FMTI)
def test_the_transparency_index_adds_up_to_its_published_totals(site: Site, edition: str) -> None:
    index = site.comparisons["transparency-index"]
    scores = {item.id: index.score(edition, item.id) for item in index.subjects_in(edition)}
    assert scores == FMTI[edition]


@pytest.mark.parametrize("edition", FMTI)
def test_every_edition_of_the_transparency_index_has_100_indicators(
    site: Site, edition: str
) -> None:
    index = site.comparisons["transparency-index"]
    asked = {item.id for item in index.questions(edition)}
    assert len(asked) == 100
    for subject in FMTI[edition]:
        assert {c for run, who, c in index.cells if (run, who) == (edition, subject)} == asked


# Everything else


@pytest.mark.parametrize(
    ("collection", "count"),
    [("sources", 157), ("events", 49), ("arguments", 36), ("figures", 55), ("objectives", 6)],
)
def test_a_collection_is_complete(site: Site, collection: str, count: int) -> None:
    assert len(getattr(site, collection)) == count


def test_every_figure_event_and_argument_names_a_source(site: Site) -> None:
    assert [item.id for item in site.events.values() if not item.evidence] == []
    assert [item.id for item in site.arguments.values() if not item.evidence] == []
    figures = [item for item in site.figures.values() if not item.evidence]
    assert [item.id for item in figures if any(each.evidence is None for each in item.value)] == []


# Articles


def texts_of(article: Article) -> Iterator[Markdown]:
    yield from (article.dek, article.body, *article.in_short)
    for text in (article.counterpoint, article.unknowns, article.method, article.disclosure):
        if text is not None:
            yield text


def sources_of(site: Site, article: Article) -> set[str]:
    """Return the sources that an article cites."""
    return {
        source
        for text in texts_of(article)
        for hole in site.prose[prose_key(text.text, is_body=text.is_body)].holes
        if hole.kind is HoleKind.CITATION
        for source in hole.arguments[0::2]
    }


def words_of(site: Site, article: Article) -> int:
    return site.prose[prose_key(article.body.text, is_body=True)].words


def test_there_are_at_least_eight_articles(site: Site) -> None:
    assert len(site.articles) >= 8


def test_seven_articles_are_analyses_of_700_to_1500_words_that_owe_the_reader_nothing(
    site: Site,
) -> None:
    whole = [
        item.id
        for item in site.articles.values()
        if 700 <= words_of(site, item) <= 1_500
        and item.counterpoint
        and item.unknowns
        and item.method
        and len(item.in_short) == 3
        and sources_of(site, item)
    ]
    assert len(whole) >= 7


def test_every_article_cites_and_every_citation_names_a_source(site: Site) -> None:
    cited = {item.id: sources_of(site, item) for item in site.articles.values()}
    assert [key for key, sources in cited.items() if not sources] == []
    assert set().union(*cited.values()) <= set(site.sources)


def test_the_three_sentences_of_every_article_are_cited(site: Site) -> None:
    uncited = [
        (article.id, number)
        for article in site.articles.values()
        for number, text in enumerate(article.in_short, 1)
        if not site.prose[prose_key(text.text, is_body=False)].holes
    ]
    assert uncited == []


# The built site


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, folder / name)
    build(BuildOptions(site=folder, as_of=AS_OF, is_strict=True))
    return folder / "_site"


def test_every_figure_of_the_built_site_is_computed_again_from_its_data(output: Path) -> None:
    published = verify_site(output)
    assert published.diagnostics == ()
    assert published.figures > 4000


def test_a_work_that_is_known_by_a_copy_is_nowhere_linked(site: Site, output: Path) -> None:
    unlinked = [item for item in site.sources.values() if not item.linkable]
    assert len(unlinked) == 7
    addresses = [str(item.url).partition("//")[2].rstrip("/") for item in unlinked]
    pages = [file.read_text("utf-8") for file in output.rglob("*.html")]
    assert [url for url in addresses if url and any(url in page for page in pages)] == []


def test_a_work_that_can_be_linked_is_linked_on_its_page(site: Site, output: Path) -> None:
    page = (output / "sources/alliance-launch-release/index.html").read_text("utf-8")
    assert f'href="{site.sources["alliance-launch-release"].url}"' in page


def test_the_site_of_a_day_before_the_newest_edition_of_the_index_is_made(tmp_path: Path) -> None:
    for name in ("content", "templates", "static"):
        (tmp_path / name).symlink_to(ROOT / name)
    build(BuildOptions(site=tmp_path, as_of=date(2024, 6, 1), search=SearchIndex.LEAVE_OUT))
    page = (tmp_path / "_site/comparisons/transparency-index/index.html").read_text("utf-8")
    assert 'id="edition-2024-05"' in page
    assert 'id="edition-2025-12"' not in page


# Statements that disagree, and the days on which they held


def test_the_sizes_stated_at_the_launch_are_all_kept_and_the_counted_one_leads(
    site: Site,
) -> None:
    claims = site.alliances[ALLIANCE].size_claims
    launch = PartialDate(2023, 12, 5)
    stated = [str(item.value) for item in claims if item.valid.from_ == launch]
    assert sorted(stated) == ["42", "57", "more than 40", "more than 50"]
    [counted] = [item for item in claims if item.id == "listed"]
    assert (str(counted.value), counted.rank, counted.basis) == ("57", "preferred", "derived")


def test_both_staff_figures_of_the_launch_are_kept(site: Site) -> None:
    stated = [str(item.value) for item in site.figures["staff"].value]
    assert stated == ["more than 1000000", "more than 100000"]


@pytest.mark.parametrize(
    ("day", "logos", "members"),
    [
        (date(2023, 12, 5), "42", 57),
        (date(2023, 12, 10), "47", 57),
        (date(2024, 1, 20), "61", 57),
        (date(2024, 2, 20), "80", 85),
    ],
)
def test_logos_and_members_are_those_of_the_day(
    site: Site, day: date, logos: str, members: int
) -> None:
    rule = HeadlineRule(site.settings.policies, day)
    then = rewound(replace(site, clock=Clock(day, is_rewound=True), rule=rule))
    assert str(headline_value(then.figures["member-logos"].value)) == logos
    assert len(members_of(then)) == members


# Lineage


def test_the_aims_of_2023_are_followed_through_five_sets(site: Site) -> None:
    sets = trace(site.objective_sets.values())
    assert [(str(item.set.date), len(item.aims)) for item in sets] == [
        ("2023-12-05", 6),
        ("2023-12-05", 4),
        ("2024-02-08", 6),
        ("2025-03", 5),
        ("2026-06-12", 3),
    ]
    assert {aim.aim.objective for aim in sets[0].aims} == set(site.objectives)


def test_no_link_between_aims_goes_without_a_source(site: Site) -> None:
    fates = [
        fate for item in site.objective_sets.values() for aim in item.aims for fate in aim.fate
    ]
    assert len(fates) == 21
    assert all(fate.evidence for fate in fates)
    assert sum(fate.absence is not None for fate in fates) == 3


# Quotes


def test_all_definitions_of_the_index_are_quotes_that_its_archived_text_has(site: Site) -> None:
    text = fold(site.archives["fmti-repo"].text)
    criteria = site.comparisons["transparency-index"].criteria
    quotes = [item.quote for each in criteria for item in each.evidence if item.quote]
    assert len(quotes) == 200
    assert [quote for quote in quotes if fold(quote) not in text] == []


# Evidence


def test_96_values_in_a_hundred_have_a_source_and_the_rest_are_general_knowledge(
    site: Site,
) -> None:
    *rows, (_, whole) = site_meters(site, AS_OF)
    assert whole.percent > 96
    assert [title for title, meter in rows if meter.percent < 100] == [
        "Organisations and their memberships"
    ]


# Numbers in prose


def test_no_text_repeats_or_contradicts_a_figure_in_digits_of_its_own(site: Site) -> None:
    assert [item.message for item in check_numbers(site)] == []
