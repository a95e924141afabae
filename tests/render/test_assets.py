"""Static files that are put together."""

import gzip
from pathlib import Path

from alliance_site.plan import AssetForm
from alliance_site.render import asset_bytes


def test_a_copy_keeps_its_bytes() -> None:
    assert asset_bytes(AssetForm.COPY, [b"\xff /* x */\n\n"]) == b"\xff /* x */\n\n"


def test_a_style_sheet_loses_comments_and_needless_spaces() -> None:
    made = asset_bytes(AssetForm.STYLE, [b"/* why */\na { color : red ; }\n", b"b > i { top: 0 }"])
    assert made == b"a{color:red}b>i{top:0}\n"


def test_what_a_calculation_needs_is_kept() -> None:
    assert asset_bytes(AssetForm.STYLE, [b"a { width: calc(1rem + 2px) }"]) == (
        b"a{width:calc(1rem + 2px)}\n"
    )


def test_a_script_that_ends_with_a_comment_does_not_swallow_the_next() -> None:
    made = asset_bytes(AssetForm.SCRIPT, [b"one(); // why", b"two();"])
    assert made == b"one();two();\n"


def test_texts_in_a_script_are_left_alone() -> None:
    made = asset_bytes(AssetForm.SCRIPT, [b"say('a  // b', `c  ${ d }`, /  \\/\\/ /);\n"])
    assert made == b"say('a  // b',`c  ${ d }`,/  \\/\\/ /);\n"


def test_all_scripts_of_the_theme_together_are_8_kb(site_root: Path) -> None:
    # Search apart: it is a program of its own, fetched on the first key.
    files = [
        path.read_bytes()
        for path in sorted((site_root / "static/js").glob("*.js"))
        if path.stem != "search"
    ]
    assert len(gzip.compress(asset_bytes(AssetForm.SCRIPT, files), 9)) <= 8_000
