"""What the style sheets of the theme may say, where a test elsewhere rests on it."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest


@pytest.fixture
def sheets(site_root: Path) -> Mapping[str, str]:
    """The theme's style sheets without their comments, by path."""
    return {
        path.relative_to(site_root).as_posix(): re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"))
        for path in sorted((site_root / "static/css").rglob("*.css"))
    }


def test_nothing_moves_for_readers_who_asked_for_stillness(sheets: Mapping[str, str]) -> None:
    still = "@media (prefers-reduced-motion: reduce) { @view-transition { navigation: none; } }"
    assert "@view-transition { navigation: auto; }" in sheets["static/css/base.css"]
    assert still in sheets["static/css/base.css"]
    moving = re.compile(r"(?<![-\w])(animation|transition|scroll-behavior)[-\w]*\s*:")
    assert {path: found for path, text in sheets.items() if (found := moving.findall(text))} == {}


def test_the_schemes_differ_in_colours_alone(sheets: Mapping[str, str]) -> None:
    # The browser tests run all of axe in the light scheme, and its rules of colours in the dark.
    assert "light-dark(" in sheets["static/css/tokens.css"]
    assert [path for path, text in sheets.items() if "prefers-color-scheme" in text] == []
    chosen = {
        rule.strip()
        for text in sheets.values()
        for rule in re.findall(r"data-theme[^{]*\{([^}]*)\}", text)
    }
    assert chosen == {"color-scheme: light;", "color-scheme: dark;"}
