"""The quick rules over records and pages."""

from alliance_site.check import check_cells, check_evidence, check_quotes, check_summaries
from tests.small_pages import pages_of
from tests.small_site import BASE, COMPARISON, Files, article, organization, site_of, structured


def found(files: Files) -> list[tuple[str, str, int]]:
    """Return code, file and line of what the rules find."""
    site = site_of(files)
    every = {**BASE, **files}.items()
    documents = [structured(path, text)[0] for path, text in every if text]
    summaries = [page.summary for page in pages_of(files) if page.summary]
    faults = [fault for item in documents for fault in check_evidence(item)]
    faults += [fault for item in documents for fault in check_quotes(item, site)]
    faults += [fault for item in site.comparisons.values() for fault in check_cells(item)]
    faults += check_summaries(site, summaries)
    return [
        (item.code.value, item.span.path.removeprefix("content/"), item.span.line)
        for item in faults
    ]


def test_the_minimal_site_has_no_findings() -> None:
    assert found({}) == []


def test_a_value_without_a_source_is_found_in_its_line() -> None:
    text = organization(more="country: NO\n").replace("evidence: launch-note\n", "")
    assert found({"organizations/acme.yaml": text}) == [
        ("no-evidence", "organizations/acme.yaml", 2),
        ("no-evidence", "organizations/acme.yaml", 4),
    ]


def test_a_membership_may_rest_on_evidence_of_its_own() -> None:
    text = (
        organization()
        .replace("evidence: launch-note\n", "")
        .replace("company", "{value: company, evidence: none}")
    )
    membership = "{alliance: commons, role: member, start_date: 2024, evidence: launch-note}"
    assert found({"organizations/acme.yaml": f"{text}memberships: [{membership}]\n"}) == []


def test_a_record_may_say_that_nothing_was_found() -> None:
    text = organization(more="country: NO\n").replace("launch-note", "none")
    assert found({"organizations/acme.yaml": text}) == []
    cells = "comparisons/openness/cells/acme.yaml"
    files = {**COMPARISON, cells: COMPARISON[cells].replace("launch-note", "none")}
    files["figures.yaml"] = "names: {label: L, value: 1, unit: u, evidence: none}\n"
    assert found(files) == []


def test_what_has_evidence_in_a_record_that_has_none_keeps_it() -> None:
    membership = "{alliance: commons, role: member, start_date: 2024, evidence: launch-note}"
    text = organization(more=f"memberships: [{membership}]\n").replace(
        "\nevidence: launch-note", "\nevidence: none", 1
    )
    record = site_of({"organizations/acme.yaml": text}).organizations["acme"]
    assert record.classification[0].evidence == ()
    assert record.memberships[0].start_date[0].evidence is None


def test_an_absence_needs_no_source() -> None:
    text = (
        organization(more="country: {absence: unknown}\n")
        .replace("evidence: launch-note\n", "")
        .replace("company", "{value: company, evidence: none}")
    )
    assert found({"organizations/acme.yaml": text}) == []


def test_a_cell_without_a_source_is_found() -> None:
    path = "comparisons/openness/cells/acme.yaml"
    text = COMPARISON[path].replace("evidence: launch-note\n", "")
    assert found({**COMPARISON, path: text}) == [("no-evidence", path, 1)] * 2


def test_a_source_that_nothing_rests_on_is_found_where_it_is_listed() -> None:
    source = "spare: {type: book, title: T, publisher: P, kind: press, read: full}\n"
    text = BASE["sources.yaml"] + source
    assert found({"sources.yaml": text}) == [("unused-source", "sources.yaml", 9)]


def test_a_source_whose_id_ends_like_anothers_is_not_taken_for_it() -> None:
    source = "note: {type: book, title: T, publisher: P, kind: press, read: full}\n"
    assert found({"sources.yaml": BASE["sources.yaml"] + source})[0][0] == "unused-source"


def test_two_pages_of_one_title_are_found_at_the_later() -> None:
    files = {
        "articles/a.md": article("News", "published: 2024\n"),
        "articles/b.md": article("News", "published: 2024\n"),
    }
    assert found(files) == [("duplicate-title", "articles/b.md", 2)]


def test_titles_may_differ_in_one_letter() -> None:
    files = {
        "articles/a.md": article("News 1", "published: 2024\n"),
        "articles/b.md": article("News 2", "published: 2024\n"),
    }
    assert found(files) == []


def test_a_page_without_a_description_is_found() -> None:
    page = "---\ntitle: About\ndek: '[@launch-note]'\n---\n"
    assert found({"pages/about.md": page}) == [("missing-description", "pages/about.md", 2)]
