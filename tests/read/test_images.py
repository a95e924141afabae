"""What the header of an image says."""

import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from alliance_site.read import MOST_PIXELS, ImageHeader, read_image_header
from tests.photographs import drawn, exif, photograph

SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_an_image_says_what_it_is_and_how_large(form: str) -> None:
    assert read_image_header(photograph(60, 40, form)) == ImageHeader(form, 60, 40)


def test_an_svg_has_no_pixels() -> None:
    assert read_image_header(SVG) == ImageHeader("SVG")


@pytest.mark.parametrize(("orientation", "size"), [(1, (60, 40)), (3, (60, 40)), (6, (40, 60))])
def test_width_and_height_are_those_of_the_upright_image(
    orientation: int, size: tuple[int, int]
) -> None:
    found = read_image_header(photograph(60, 40, exif=exif(orientation=orientation)))
    assert found == ImageHeader("JPEG", *size)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_place_in_exif_is_noticed(form: str) -> None:
    found = read_image_header(photograph(60, 40, form, exif=exif(is_located=True)))
    assert found == ImageHeader(form, 60, 40, has_location=True)


def test_a_place_in_xmp_is_noticed() -> None:
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/" exif:GPSLatitude="59,0N"/>'
    found = read_image_header(photograph(60, 40, xmp=xmp))
    assert found == ImageHeader("JPEG", 60, 40, has_location=True)


@pytest.mark.parametrize("form", ["WEBP", "GIF", "PNG"])
def test_an_image_of_several_frames_moves(form: str) -> None:
    more: dict[str, Any] = {"save_all": True, "append_images": [drawn(60, 40).rotate(180)]}
    assert read_image_header(photograph(60, 40, form, **more)) == ImageHeader(
        form, 60, 40, is_moving=True
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_an_image_that_is_cut_off_is_none(form: str) -> None:
    data = photograph(600, 400, form)
    assert read_image_header(data[: len(data) * 2 // 3]) is None


@pytest.mark.parametrize("data", [b"", b"I am no image.", b"\xff\xd8\xff", b"<html></html>"])
def test_what_is_no_image_is_none(data: bytes) -> None:
    assert read_image_header(data) is None


@pytest.mark.parametrize("sides", [(6401, 6250), (20_000, 10_000)])
def test_a_huge_image_is_not_decoded(
    sides: tuple[int, int], recwarn: pytest.WarningsRecorder
) -> None:
    data = photograph(8, 8, "PNG")
    size = b"".join(side.to_bytes(4, "big") for side in sides)
    found = read_image_header(with_header(data, size))
    assert found is not None
    assert found.width * found.height > MOST_PIXELS
    assert list(recwarn) == []


def with_header(png: bytes, size: bytes) -> bytes:
    """Give a PNG another size in its header, with the checksum of it."""

    head = png[12:16] + size + png[24:29]
    return png[:12] + head + zlib.crc32(head).to_bytes(4, "big") + png[33:]


@given(
    st.sampled_from(["JPEG", "PNG", "WEBP", "GIF"]),
    st.integers(0, 10_000),
    st.binary(min_size=1, max_size=40),
)
def test_no_damage_crashes_the_reader(form: str, place: int, junk: bytes) -> None:
    options: dict[str, Any] = {} if form == "GIF" else {"exif": exif(is_located=True)}
    data = bytearray(photograph(24, 16, form, **options))
    start = place % len(data)
    data[start : start + len(junk)] = junk
    found = read_image_header(bytes(data))
    assert found is None or found.width >= 0


def test_pillow_s_own_limit_is_beyond_ours() -> None:
    assert Image.MAX_IMAGE_PIXELS is not None
    assert Image.MAX_IMAGE_PIXELS > MOST_PIXELS
