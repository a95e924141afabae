"""What `serve` adds to a page: it is shown again after a build, and says what is wrong."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from alliance_site.serve import News, serving
from tests.browser.conftest import NewPage

POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'">'
FAULTS = 'content/site.yaml:1:1: error[bad-value] <b>"x"</b>'


@pytest.mark.parametrize("policy", ["", POLICY])
def test_a_page_follows_builds_and_shows_faults(
    tmp_path: Path, new_page: NewPage, policy: str
) -> None:
    news = News()
    with serving(tmp_path, "/base", 0, news) as address:
        page = new_page()
        page.goto(address)
        heading, report = page.locator("h1"), page.locator("[role=alert] pre")
        expect(heading).to_have_text("The site is being built")
        news.tell_faults(FAULTS)
        expect(heading).to_have_text("The content has faults")
        expect(page.locator("pre")).to_have_text(FAULTS)
        (tmp_path / "index.html").write_text(f"<!doctype html>{policy}<title>a</title><h1>One</h1>")
        news.tell_built(is_other=True)
        expect(heading).to_have_text("One")
        news.tell_faults(FAULTS)
        expect(report).to_have_text(FAULTS)
        expect(heading).to_have_text("One")
        assert report.evaluate("element => getComputedStyle(element).overflowX") == "auto"
        news.tell_built(is_other=False)
        expect(report).to_have_count(0)
        (tmp_path / "index.html").write_text(f"<!doctype html>{policy}<title>a</title><h1>Two</h1>")
        news.tell_built(is_other=True)
        expect(heading).to_have_text("Two")


def test_a_page_is_shown_again_by_a_server_that_has_begun_anew(
    tmp_path: Path, new_page: NewPage
) -> None:
    index = tmp_path / "index.html"
    index.write_text("<!doctype html><title>a</title><h1>One</h1>")
    page = new_page()
    before, after = News(), News()
    before.tell_built(is_other=True)
    with serving(tmp_path, "", 0, before) as address:
        port = int(address.rsplit(":", 1)[1].strip("/"))
        page.goto(address)
        expect(page.locator("h1")).to_have_text("One")
    index.write_text("<!doctype html><title>a</title><h1>Two</h1>")
    after.tell_built(is_other=True)
    with serving(tmp_path, "", port, after):
        expect(page.locator("h1")).to_have_text("Two")
