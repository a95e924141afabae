"""The two pictures of the README: `make pictures` takes them of the repository's own site."""

import io
import shutil
import tempfile
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import (
    CHROMIUM_ARGUMENTS,
    build_once,
    find_chromium,
    serve_as_github_pages,
)

ROOT = Path(__file__).parents[2]
COLOURS = 64
"""Enough for text and flat areas; the files are a third of what true colour takes."""

PICTURES: tuple[tuple[str, str, Literal["dark", "light"]], ...] = (
    ("home", "", "light"),
    ("member", "organizations/meta/", "dark"),
)


def take_picture(browser: Browser, address: str, scheme: Literal["dark", "light"]) -> bytes:
    """Take the first screen of a page, as a PNG of few colours."""
    page = browser.new_page(viewport={"width": 1280, "height": 960}, color_scheme=scheme)
    page.goto(address)
    with Image.open(io.BytesIO(page.screenshot())) as taken:
        picture = io.BytesIO()
        taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
            picture, "PNG", optimize=True
        )
    return picture.getvalue()


def take_pictures(source: Path) -> None:
    """Build the site in a folder, which may be empty, and put the pictures in their place."""
    pages = build_once(
        source / "site", lambda content: shutil.copytree(ROOT / "content", content), ()
    )
    with serve_as_github_pages(pages) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(ROOT), args=CHROMIUM_ARGUMENTS
        )
        for name, path, scheme in PICTURES:
            picture = take_picture(browser, address + path, scheme)
            (ROOT / ".github" / f"{name}.png").write_bytes(picture)
        browser.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        take_pictures(Path(folder))
