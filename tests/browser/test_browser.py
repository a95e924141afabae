"""The browser that the tests of this folder share, and the pages they open in it."""

import pytest
from playwright.sync_api import Error as PlaywrightError

from tests.browser.conftest import Running, pages_without_faults


def test_a_browser_that_has_died_is_started_again(running: Running) -> None:
    dying = running.browser()
    with pytest.raises(PlaywrightError):
        dying.new_browser_cdp_session().send("Browser.crash")
    page = running.browser().new_page()
    assert page.evaluate("1 + 1") == 2
    page.close()


def test_an_error_of_a_script_fails_its_test_and_no_other(running: Running) -> None:
    browser = running.browser()

    def look_at_a_page() -> None:
        with pages_without_faults(browser) as open_page:
            page = open_page()
            page.set_content("<script>throw new Error('Of a script')</script><p>whole</p>")
            assert page.locator("p").inner_text() == "whole"

    with pytest.raises(pytest.fail.Exception, match="about:blank: Of a script"):
        look_at_a_page()
    assert running.browser() is browser
