"""Photographs in prose, from the text to the files: what is written, kept, and told."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import features

from alliance_site.build import check
from alliance_site.build import photographs as module
from alliance_site.build import work as work_module
from alliance_site.diagnostics import Code, ContentError
from tests.build.command import environment_with
from tests.build.small_site import SmallSite, clean_outcome
from tests.build.test_edits import written
from tests.photographs import exif, photograph

ENDING = "content/articles/2026/ending.md"
COUNT = "content/articles/2026/count.md"
PIER = "static/images/pier.jpg"
PAGE = "articles/ending/index.html"


def show(site: SmallSite, name: str = ENDING, address: str = "/images/pier.jpg") -> None:
    """Let an article show an image, with a caption."""
    site.write(name, f'{site.read(name)}\n![A pier]({address} "The pier. Photograph: nobody")\n')


def put(site: SmallSite, name: str, data: bytes) -> None:
    site.path(name).parent.mkdir(parents=True, exist_ok=True)
    site.path(name).write_bytes(data)


@pytest.fixture
def pictured(site: SmallSite) -> SmallSite:
    """The small site with a photograph in an article, built."""
    put(site, PIER, photograph())
    show(site)
    site.build()
    return site


def pictures(site: SmallSite) -> dict[str, bytes]:
    """Return the files made of photographs, without the digests in their names."""
    names = ((name, re.sub(r"-[0-9a-f]{10}-", "-", name)) for name in site.outputs())
    outputs = site.outputs()
    return {plain.removeprefix("assets/"): outputs[name] for name, plain in names if plain != name}


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The photographs that are encoded while a test runs."""
    found: list[str] = []
    real = work_module.Workshop.encode

    def noted(self: work_module.Workshop, path: object, wanted: object) -> list[bytes]:
        found.append(str(path))
        return real(self, path, wanted)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(work_module.Workshop, "encode", noted)
    return found


# What is written


def test_a_photograph_is_offered_in_its_sizes_and_encodings(pictured: SmallSite) -> None:
    assert sorted(pictures(pictured)) == [
        *("pier-1104.avif", "pier-1104.jpg", "pier-1104.webp", "pier-1472.avif"),
        *("pier-1472.webp", "pier-480.avif", "pier-480.webp", "pier-768.avif", "pier-768.webp"),
    ]
    page = pictured.outputs()[PAGE].decode()
    picture = re.search(r"<figure><picture>.*?</picture>", page)
    assert picture
    addresses = re.findall(r"/harbour/(assets/pier[^\s\",]+)", picture[0])
    assert {name for name in pictured.outputs() if "pier-" in name} == set(addresses)
    assert 'width="1472" height="920" alt="A pier" loading="lazy" decoding="async"' in picture[0]
    assert "<figcaption>The pier. Photograph: nobody</figcaption></figure>" in page


def test_the_original_is_copied_as_it_is(pictured: SmallSite) -> None:
    assert pictured.outputs()["images/pier.jpg"] == photograph()


def test_a_photograph_that_no_text_shows_is_only_copied(site: SmallSite) -> None:
    put(site, PIER, photograph())
    site.build()
    assert pictures(site) == {}
    assert "images/pier.jpg" in site.outputs()


def test_feeds_and_markdown_have_a_plain_image_with_a_whole_address(pictured: SmallSite) -> None:
    outputs = pictured.outputs()
    for name in ("feed.xml", "feed.json", "articles/ending/index.md"):
        text = outputs[name].decode()
        assert re.search(r"https://example\.org/harbour/assets/pier-\w{10}-1104\.jpg", text)
        assert "srcset" not in text
        assert "picture" not in text


def test_a_caption_credits_and_cites_in_every_form_of_the_page(pictured: SmallSite) -> None:
    pictured.edit(
        ENDING, '"The pier. Photograph: nobody"', '"The pier [@charter] of [](org:north-lab)."'
    )
    assert "sources/charter/index.html" in written(pictured)
    page, markdown = (
        pictured.outputs()[name].decode() for name in (PAGE, "articles/ending/index.md")
    )
    assert '<figcaption>The pier<sup class="cite"><a href="#source-' in page
    assert 'of <a href="/harbour/organizations/north-lab/">North Lab</a>.</figcaption>' in page
    assert 'of [North Lab](https://example.org/harbour/organizations/north-lab/).")' in markdown


def test_an_image_that_only_decorates_says_nothing_to_anybody(pictured: SmallSite) -> None:
    pictured.edit(ENDING, "![A pier]", '![""]')
    pictured.build()
    outputs = pictured.outputs()
    assert ' alt="" loading="lazy"' in outputs[PAGE].decode()
    assert (
        "![](https://example.org/harbour/assets/pier-"
        in outputs["articles/ending/index.md"].decode()
    )


def test_an_article_that_is_not_out_publishes_no_picture(site: SmallSite) -> None:
    put(site, PIER, photograph())
    show(site)
    site.edit(ENDING, "---\ntitle:", "---\ndraft: yes\ntitle:")
    site.build()
    assert pictures(site) == {}
    site.build(with_drafts=True)
    assert len(pictures(site)) == 9


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("dot.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', ""),
        ("dot.gif", photograph(60, 40, "GIF"), ' width="60" height="40"'),
    ],
)
def test_what_has_no_pixels_or_moves_is_shown_as_it_is(
    site: SmallSite, name: str, data: bytes, size: str
) -> None:
    put(site, f"static/{name}", data)
    show(site, address=f"/{name}")
    site.build()
    expected = f'<figure><img src="/harbour/{name}"{size} alt="A pier" loading="lazy"'
    assert expected in site.outputs()[PAGE].decode()
    assert pictures(site) == {}


def test_a_webp_is_its_own_fallback(site: SmallSite) -> None:
    put(site, "static/pier.webp", photograph(500, 300, "WEBP"))
    show(site, address="/pier.webp")
    site.build()
    assert sorted(pictures(site)) == ["pier-500.avif", "pier-500.webp"]


def test_a_name_with_spaces_and_accents_is_found(site: SmallSite) -> None:
    put(site, "static/images/Kåre på kai.jpg", photograph(500, 300))
    show(site, address="</images/Kåre på kai.jpg>")
    site.build()
    assert "kåre-på-kai-500.avif" in pictures(site)
    assert "/assets/k%C3%A5re-p%C3%A5-kai-" in site.outputs()[PAGE].decode()
    codes = {item.code for item in check(site.options()).diagnostics}
    assert codes.isdisjoint({Code.BROKEN_LINK, Code.MISSING_IMAGE})


# What an edit writes


def test_an_edited_photograph_writes_what_shows_it_and_its_files(pictured: SmallSite) -> None:
    put(pictured, PIER, photograph(1600, 900))
    found = written(pictured)
    assert {name for name in found if "pier" not in name} == {
        PAGE,
        "articles/ending/index.md",
        "feed.json",
        "feed.xml",
        "topics/unread/feed.json",
        "topics/unread/feed.xml",
    }
    assert sum(name.startswith("assets/pier-") for name in found) == 9
    assert len(pictures(pictured)) == 9


def test_a_photograph_of_the_same_bytes_under_another_time_writes_nothing(
    pictured: SmallSite,
) -> None:
    pictured.path(PIER).touch()
    assert written(pictured) == set()


def test_a_second_page_that_shows_it_writes_no_file_of_it(
    pictured: SmallSite, encoded: list[str]
) -> None:
    show(pictured, COUNT)
    assert not any("pier" in name for name in written_here(pictured))
    assert encoded == []


def written_here(site: SmallSite) -> set[str]:
    return {str(path) for path in site.build().written}


def test_a_photograph_that_is_shown_no_more_goes_with_its_files(pictured: SmallSite) -> None:
    text = pictured.read(ENDING)
    pictured.write(ENDING, text[: text.index("![A pier]")])
    written(pictured)
    assert pictures(pictured) == {}


def test_a_picture_that_is_damaged_on_the_disk_is_put_right(
    pictured: SmallSite, encoded: list[str]
) -> None:
    before = pictured.outputs()
    (pictured.output / next(name for name in before if name.endswith("480.avif"))).write_bytes(b"x")
    assert len(pictured.build().written) == 1
    assert pictured.outputs() == before
    assert encoded == []


# What is kept


def test_nothing_is_encoded_twice(pictured: SmallSite, encoded: list[str], tmp_path: Path) -> None:
    before = pictured.outputs()
    shutil.rmtree(pictured.output)
    pictured.build()
    assert pictured.outputs() == before
    pictured.build(output=tmp_path / "elsewhere")
    assert encoded == []


def test_without_the_cache_it_is(pictured: SmallSite, encoded: list[str]) -> None:
    before = pictured.outputs()
    pictured.build(use_cache=False)
    assert encoded == [PIER]
    assert pictured.outputs() == before


@pytest.mark.parametrize("damage", [b"not a database, but of some length", b""])
def test_a_damaged_memory_costs_time_alone(pictured: SmallSite, damage: bytes) -> None:
    before = pictured.outputs()
    (pictured.root / ".alliance-site/pictures.db").write_bytes(damage)
    shutil.rmtree(pictured.output)
    pictured.build()
    assert pictured.outputs() == before


def test_a_build_reads_no_image_that_it_knows(
    pictured: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(data: bytes) -> None:
        raise AssertionError(len(data))

    monkeypatch.setattr(module, "read_image_header", refuse)
    pictured.edit(ENDING, "The pier is closed.", "The pier is shut.")
    assert PAGE in pictured.build().written
    put(pictured, PIER, photograph(900, 600))
    with pytest.raises(AssertionError):
        pictured.build()


def test_an_edit_of_the_text_beside_it_imports_no_pillow(pictured: SmallSite) -> None:
    pictured.edit(
        "content/site.yaml", "as_of: 2026-06-01", "as_of: 2026-06-01\nsocial_images: none"
    )
    pictured.build()
    pictured.edit(ENDING, "The pier is closed.", "The pier is shut.")
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from alliance_site.build import BuildOptions, build\n"
        f"result = build(BuildOptions(site=Path({str(pictured.root)!r}), "
        "base_url='https://example.org/harbour/', jobs=1))\n"
        "print(len(result.written) > 0, 'PIL' in sys.modules)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env=environment_with({}),
    )
    assert ran.stdout == "True False\n"


def test_any_number_of_workers_makes_the_same_bytes(site: SmallSite, tmp_path: Path) -> None:
    for place in range(3):
        put(site, f"static/pier-{place}.jpg", photograph(500 + place, 300))
        show(site, address=f"/pier-{place}.jpg")
    site.build()
    site.build(jobs=2, output=tmp_path / "two", state=tmp_path / "state")
    made = {path.name: path.read_bytes() for path in (tmp_path / "two/assets").glob("pier*")}
    assert made == {Path(n).name: d for n, d in site.outputs().items() if "assets/pier" in n}
    assert len(made) == 9


# What is said


def test_an_old_pillow_offers_webp_alone_and_the_build_says_so(
    site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(features, "check", lambda name: name != "avif")
    put(site, PIER, photograph())
    show(site)
    result = site.build()
    assert result.remark == (
        "photographs are larger than they could be, as this Pillow does not write AVIF"
    )
    assert not any(name.endswith(".avif") for name in site.outputs())
    assert '<picture><source type="image/webp"' in site.outputs()[PAGE].decode()
    assert site.build().remark == result.remark


def test_a_site_whose_photographs_have_all_encodings_has_nothing_to_remark(
    pictured: SmallSite,
) -> None:
    assert pictured.build().remark == ""


def test_a_photograph_that_goes_is_told_where_it_was_shown(pictured: SmallSite) -> None:
    pictured.delete(PIER)
    with pytest.raises(ContentError) as caught:
        pictured.build()
    (fault,) = (item for item in caught.value.diagnostics if item.code is Code.MISSING_IMAGE)
    assert fault.span.path == ENDING
    put(pictured, PIER, photograph())
    assert written(pictured) == set()


def test_a_photograph_that_is_replaced_by_a_text_is_told(pictured: SmallSite) -> None:
    put(pictured, PIER, b"no image")
    with pytest.raises(ContentError) as caught:
        pictured.build()
    assert Code.UNREADABLE_IMAGE in {item.code for item in caught.value.diagnostics}


def test_a_warning_of_a_photograph_is_told_again_until_it_is_mended(pictured: SmallSite) -> None:
    put(pictured, PIER, photograph(exif=exif(is_located=True)))
    for _ in range(2):
        found = pictured.build().diagnostics
        assert found == clean_outcome(pictured.options()).diagnostics
        assert [item.span.path for item in found if item.code is Code.IMAGE_LOCATION] == [ENDING]
    put(pictured, PIER, photograph())
    assert Code.IMAGE_LOCATION not in {item.code for item in pictured.build().diagnostics}


def test_check_finds_every_file_of_a_picture_and_encodes_none(
    pictured: SmallSite, encoded: list[str]
) -> None:
    put(pictured, PIER, photograph(900, 600))
    found = check(pictured.options())
    assert Code.BROKEN_LINK not in {item.code for item in found.diagnostics}
    assert encoded == []
