"""Photographs in other sizes: upright, in the right colours, and silent about their making."""

import io

import pytest
from PIL import ImageCms, features

from alliance_site.pictures import Encoding
from alliance_site.render import encode_pictures, encodings_here
from tests.photographs import (
    BLUE,
    RED,
    SAND,
    colour_at,
    drawn,
    exif,
    is_near,
    opened,
    photograph,
    swapped_profile,
)

SMALL = (400, 250)
LOSSY = (Encoding.AVIF, Encoding.WEBP, Encoding.JPEG)


def encoded(data: bytes, encoding: Encoding, size: tuple[int, int] = SMALL) -> bytes:
    (found,) = encode_pictures(data, [(encoding, *size)])
    return found


@pytest.mark.parametrize("encoding", LOSSY)
def test_a_photograph_is_written_in_each_size_and_encoding(encoding: Encoding) -> None:
    wanted = [(encoding, 400, 250), (encoding, 160, 100)]
    found = [opened(data) for data in encode_pictures(photograph(), wanted)]
    assert [image.size for image in found] == [(400, 250), (160, 100)]
    assert {image.format for image in found} == {encoding.name}


@pytest.mark.parametrize("encoding", LOSSY)
def test_the_same_bytes_come_each_time(encoding: Encoding) -> None:
    assert encoded(photograph(), encoding) == encoded(photograph(), encoding)


@pytest.mark.parametrize("encoding", LOSSY)
def test_nothing_is_told_of_camera_place_or_program(encoding: Encoding) -> None:
    told = photograph(
        exif=exif(orientation=1, is_located=True), comment=b"SECRET", xmp=b"<x>SECRET</x>"
    )
    data = encoded(told, encoding)
    assert not set(opened(data).info) & {"exif", "xmp", "comment", "icc_profile", "dpi"}
    assert not opened(data).getexif()
    assert b"SECRET" not in data
    assert b"A camera" not in data
    assert data == encoded(photograph(), encoding)


@pytest.mark.parametrize(
    ("orientation", "red", "blue"),
    [
        (1, (0.1, 0.1), (0.9, 0.9)),
        (2, (0.9, 0.1), (0.1, 0.9)),
        (3, (0.9, 0.9), (0.1, 0.1)),
        (6, (0.9, 0.1), (0.1, 0.9)),
        (8, (0.1, 0.9), (0.9, 0.1)),
    ],
)
def test_an_image_stands_upright(
    orientation: int, red: tuple[float, float], blue: tuple[float, float]
) -> None:
    size = (250, 400) if orientation > 4 else SMALL
    data = encoded(photograph(exif=exif(orientation=orientation)), Encoding.WEBP, size)
    assert opened(data).size == size
    assert is_near(colour_at(data, *red), RED)
    assert is_near(colour_at(data, *blue), BLUE)


@pytest.mark.parametrize("encoding", LOSSY)
def test_colours_are_those_that_the_profile_means(encoding: Encoding) -> None:
    data = encoded(photograph(icc_profile=swapped_profile()), encoding)
    assert is_near(colour_at(data, 0.1, 0.1), (RED[2], RED[1], RED[0]))
    assert is_near(colour_at(data, 0.9, 0.9), (BLUE[2], BLUE[1], BLUE[0]))


@pytest.mark.parametrize("profile", [b"no profile", swapped_profile()[:300]])
def test_a_damaged_profile_is_none(profile: bytes) -> None:
    data = encoded(photograph(icc_profile=profile), Encoding.WEBP)
    assert is_near(colour_at(data, 0.1, 0.1), RED)


def test_an_srgb_profile_changes_no_bit() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert encoded(photograph(icc_profile=srgb), Encoding.WEBP) == encoded(
        photograph(), Encoding.WEBP
    )


@pytest.mark.parametrize("encoding", [Encoding.AVIF, Encoding.WEBP])
@pytest.mark.parametrize(
    ("form", "mode", "expected"),
    [
        ("JPEG", "L", (200, 200, 200)),
        ("JPEG", "CMYK", SAND),
        ("PNG", "L", (200, 200, 200)),
        ("PNG", "P", SAND),
        ("PNG", "1", None),
    ],
)
def test_every_kind_of_pixel_becomes_rgb(
    form: str, mode: str, expected: tuple[int, int, int] | None, encoding: Encoding
) -> None:
    data = encoded(photograph(form=form, mode=mode), encoding)
    assert opened(data).mode == "RGB"
    assert expected is None or is_near(colour_at(data, 0.5, 0.5), expected)


def test_sixteen_bits_of_grey_become_eight_of_the_same_shade() -> None:
    deep = drawn(mode="L").convert("I").point(lambda value: value * 257).convert("I;16")
    source = io.BytesIO()
    deep.save(source, "PNG")
    data = encoded(source.getvalue(), Encoding.WEBP)
    assert is_near(colour_at(data, 0.5, 0.5), (200, 200, 200))
    assert is_near(colour_at(data, 0.1, 0.1), (81, 81, 81))


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_stays_so(mode: str) -> None:
    image = drawn(mode="RGBA")
    image.putalpha(image.getchannel("R").point(lambda value: 255 if value > 100 else 0))
    source = io.BytesIO()
    image.convert(mode).save(source, "PNG")
    for encoding in (Encoding.AVIF, Encoding.WEBP, Encoding.PNG):
        found = opened(encoded(source.getvalue(), encoding)).convert("RGBA")
        alpha = found.getchannel("A")
        assert alpha.getpixel((200, 125)) >= 250  # type: ignore[operator]  # one channel
        assert alpha.getpixel((390, 240)) <= 5  # type: ignore[operator]  # as above


@pytest.mark.parametrize("encoding", [Encoding.AVIF, Encoding.WEBP, Encoding.PNG])
def test_a_drawing_keeps_its_colours(encoding: Encoding) -> None:
    data = encoded(photograph(form="PNG"), encoding)
    assert is_near(colour_at(data, 0.1, 0.1), RED)
    assert is_near(colour_at(data, 0.5, 0.5), SAND)


def test_a_png_for_old_browsers_has_a_small_palette() -> None:
    found = opened(encoded(photograph(form="PNG"), Encoding.PNG))
    assert (found.format, found.mode, found.size) == ("PNG", "P", SMALL)


def test_what_pillow_cannot_write_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    assert encodings_here() == (Encoding.AVIF, Encoding.WEBP)
    monkeypatch.setattr(features, "check", lambda name: name != "avif")
    assert encodings_here() == (Encoding.WEBP,)
