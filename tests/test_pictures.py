"""In which sizes photographs are offered."""

import pytest

from alliance_site.pictures import ENCODINGS, WIDTHS, Encoding, fallback_of, options_of, sizes_for


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (6000, (480, 768, 1104, 1472)),
        (1472, (480, 768, 1104, 1472)),
        (1200, (480, 768, 1200)),
        (1300, (480, 768, 1104, 1300)),
        (800, (480, 800)),
        (500, (500,)),
        (480, (480,)),
        (24, (24,)),
        (1, (1,)),
    ],
)
def test_no_size_is_wider_than_the_original_or_nearly_as_wide_as_another(
    width: int, widths: tuple[int, ...]
) -> None:
    assert tuple(item for item, _ in sizes_for(width, width)) == widths


def test_heights_keep_the_proportions_and_are_never_nothing() -> None:
    assert sizes_for(3000, 2000) == ((480, 320), (768, 512), (1104, 736), (1472, 981))
    assert sizes_for(1000, 1) == ((480, 1), (768, 1), (1000, 1))


@pytest.mark.parametrize(("width", "fallback"), [(6000, 1104), (1200, 768), (800, 800), (9, 9)])
def test_the_fallback_is_the_largest_that_is_not_wasted_on_old_browsers(
    width: int, fallback: int
) -> None:
    assert fallback_of(sizes_for(width, width)) == (fallback, fallback)


def test_a_very_narrow_ladder_still_has_a_fallback() -> None:
    assert fallback_of(((1400, 10),)) == (1400, 10)


def test_widths_rise_and_encodings_are_told_to_browsers_by_their_registered_names() -> None:
    assert tuple(sorted(WIDTHS)) == WIDTHS
    assert [item.media_type for item in ENCODINGS] == ["image/avif", "image/webp"]
    assert Encoding.JPEG.media_type == "image/jpeg"


def test_the_colours_of_what_is_drawn_are_kept_at_its_edges() -> None:
    drawn, taken = (options_of(Encoding.AVIF, is_drawn=is_drawn) for is_drawn in (True, False))
    assert drawn["subsampling"] == "4:4:4"
    assert "subsampling" not in taken
