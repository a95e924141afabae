"""The browser that the tests of this folder share."""

import pytest
from playwright.sync_api import Error as PlaywrightError

from tests.browser.conftest import Running


def test_a_browser_that_has_died_is_started_again(running: Running) -> None:
    dying = running.browser()
    with pytest.raises(PlaywrightError):
        dying.new_browser_cdp_session().send("Browser.crash")
    page = running.browser().new_page()
    assert page.evaluate("1 + 1") == 2
    page.close()
