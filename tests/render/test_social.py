"""Images of pages: their size, their bytes, and that the typeface has what is written."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageFont

from alliance_site.chart import Bar, Bars, Course, Lines, Point, Tick
from alliance_site.read import read_font
from alliance_site.render.social import SocialImages
from alliance_site.typeface import _RANGES, is_drawable
from alliance_site.view import SocialImageView

FONT = read_font()
BARS = Bars(tuple(Bar(f"Kind {at}", Decimal(at), str(at)) for at in range(60, 0, -1)))


def drawn(**said: Any) -> bytes:
    """Draw an image that says what is given."""
    common = {"kind": "Analysis", "title": "A title", "fact": "A fact.", "site_title": "Site"}
    return SocialImages(FONT).draw(SocialImageView(**{**common, **said}))


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def ink(data: bytes, box: tuple[int, int, int, int]) -> int:
    """Count the pixels in a box that are not paper."""
    part = opened(data).convert("L").crop(box)
    return sum(part.histogram()[:200])


@pytest.mark.parametrize("said", [{}, {"form": BARS}, {"title": "A very long title " * 30}])
def test_an_image_has_the_size_that_other_sites_show(said: dict[str, object]) -> None:
    image = opened(drawn(**said))
    assert (image.format, image.size, image.mode) == ("PNG", (1200, 630), "P")


def test_an_image_is_small() -> None:
    assert len(drawn()) < 16_000
    assert len(drawn(form=BARS)) < 40_000


def test_the_same_bytes_come_each_time() -> None:
    assert drawn() == drawn()
    assert drawn(form=BARS) == drawn(form=BARS)


def test_another_word_makes_another_image() -> None:
    assert drawn(title="A title") != drawn(title="A word")


@pytest.mark.parametrize(
    "said",
    [
        {"title": "A very long title " * 30, "fact": "A long fact. " * 40},
        {"title": "Donaudampfschifffahrtsgesellschaftskapitän" * 4},
        {"site_title": "A very long name of a site " * 9, "kind": "A long kind " * 20},
        {"form": BARS, "title": "A very long title " * 30},
    ],
)
def test_nothing_is_written_into_the_margin(said: dict[str, object]) -> None:
    assert ink(drawn(**said), (1136, 24, 1200, 630)) == 0


@pytest.mark.parametrize("form", [BARS, None])
def test_the_name_of_the_site_stands_at_the_foot(form: Bars | None) -> None:
    foot = (60, 560, 400, 610)
    assert ink(drawn(form=form), foot) > 0
    assert ink(drawn(form=form, site_title=""), foot) == 0


def test_a_chart_that_cannot_be_cut_is_made_smaller() -> None:
    run = (Point(Decimal(2023), Decimal(5), "5"), Point(Decimal(2024), Decimal(9), "9"))
    years = (Tick(Decimal(2023), "2023"), Tick(Decimal(2024), "2024"))
    form = Lines(
        (Course("A", "", (run,)),), years, (Tick(Decimal(0), "0"), Tick(Decimal(10), "10"))
    )
    assert (
        ink(drawn(form=form, title="A very long title " * 12, site_title=""), (60, 566, 1100, 630))
        == 0
    )


# The typeface


def test_the_typeface_has_every_character_that_is_said_to_be_drawable() -> None:
    font = ImageFont.truetype(BytesIO(FONT), 40)
    missing = bytes(font.getmask("\ue123"))
    lacking = [
        chr(code)
        for first, last in _RANGES
        for code in range(first, last + 1)
        if chr(code).isprintable() and bytes(font.getmask(chr(code))) == missing
    ]
    assert lacking == []


@pytest.mark.parametrize(
    ("text", "is_written"),
    [
        ("École polytechnique fédérale", True),
        ("Łódź, Žilina, Győr, Iași", True),
        ("Ελλάδα", True),
        ("Україна", True),
        ("Việt Nam", True),
        ("“Quoted” – and more…", True),
        ("مؤسسة", False),
        ("日本電信電話", False),
        ("עברית", False),
    ],
)
def test_a_name_is_drawable_where_the_typeface_has_its_script(
    text: str, *, is_written: bool
) -> None:
    assert is_drawable(text) is is_written
