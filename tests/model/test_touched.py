"""What is not named as touched has the same answers in two states of all files."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from alliance_site.model import (
    Catalog,
    PartialDate,
    make_catalog,
    settings_of,
    structure_document,
)
from alliance_site.model.catalog import related_question
from alliance_site.model.heads import DocumentHead, Head, Listing
from alliance_site.model.kinds import place_of
from alliance_site.model.records import SiteSettings
from alliance_site.read import parse_document
from tests.build.small_site import SITE

SETTINGS = DocumentHead(path="content/site.yaml", digest="0")
COMPARISON = DocumentHead(
    path="content/comparisons/openness/comparison.yaml",
    digest="0",
    terms=(("comparison:openness", "Openness"), ("subject:openness/ant", "Ant")),
)
ARTICLES = {f"content/articles/{name}.md": name for name in ("dune", "pier", "quay")}
EVENTS = "content/events.yaml"
SOURCES = ("content/sources.yaml", "content/sources/charter.yaml")
"""Both may hold a source of the same id."""

Files = Mapping[str, DocumentHead]


@cache
def settings() -> SiteSettings:
    path = "content/site.yaml"
    document, _ = parse_document(path, SITE.encode())
    place = place_of("site.yaml")
    assert document is not None
    assert place is not None
    made, _ = settings_of([structure_document(document, place)])
    assert made is not None
    return made


def listings(name: str) -> st.SearchStrategy[Listing]:
    return st.builds(
        Listing,
        id=st.just(name),
        title=st.sampled_from(["One", "Two"]),
        kind=st.just("news"),
        dek_text=st.just("Dek."),
        published=st.sampled_from([PartialDate(2026, 1, 1), PartialDate(2027, 1, 1)]),
        updated=st.none(),
        expires=st.none(),
        draft=st.booleans(),
        topics=st.sampled_from([(), ("membership",), ("membership", "unread")]),
        about=st.sampled_from([(), ("org:north-lab",)]),
    )


def article(path: str, name: str) -> st.SearchStrategy[DocumentHead]:
    def head(listing: Listing, digest: str) -> DocumentHead:
        card = repr(listing)
        made = Head(path, "articles", name, listing.title, digest, card, listing=listing)
        return DocumentHead(path=path, digest=digest, heads=(made,))

    return st.builds(head, listings(name), st.sampled_from("12"))


def several(path: str, collection: str, ids: tuple[str, ...]) -> st.SearchStrategy[DocumentHead]:
    def heads(found: list[tuple[str, str, str, tuple[str, ...]]]) -> DocumentHead:
        return DocumentHead(
            path=path,
            digest=str(found),
            heads=tuple(
                Head(path, collection, key, name, digest, name, (line, 1, 2), former)
                for line, (key, name, digest, former) in enumerate(found)
            ),
        )

    one = st.tuples(
        st.sampled_from(ids),
        st.sampled_from(["One", "Two"]),
        st.sampled_from("12"),
        st.sampled_from([(), ("old",)]),
    )
    return st.builds(heads, st.lists(one, min_size=1, max_size=3, unique_by=lambda item: item[0]))


FILES: st.SearchStrategy[Files] = st.fixed_dictionaries(
    {SETTINGS.path: st.just(SETTINGS), COMPARISON.path: st.just(COMPARISON)},
    optional={
        **{path: article(path, name) for path, name in ARTICLES.items()},
        EVENTS: several(EVENTS, "events", ("launch", "split")),
        **{path: several(path, "sources", ("charter", "minutes")) for path in SOURCES},
    },
)


def catalog(files: Files) -> Catalog:
    return make_catalog(files.values(), settings(), as_of=date(2026, 6, 1))


def questions(*catalogs: Catalog) -> Mapping[str, list[str]]:
    """Return questions of every group, those that name what is nowhere among them."""
    names = {name for item in catalogs for name in (*item.names, *item.hidden)} | {"org:nobody"}
    collections = {name for item in catalogs for name in item.heads}
    asked: dict[str, list[str]] = {
        group: [""] for group in ("order", "listings", "archives", "former", "names", "releases")
    }
    asked |= {"noticed": [""], "image-files": [""], "image": ["/images/a.png"], "notices": ["17"]}
    asked |= {"ids": sorted(collections), "all": sorted(collections), "history": sorted(names)}
    asked |= {"tie": ["topic:membership", "org:north-lab"], "count": ["topic:membership"]}
    asked |= {"few": ["1", "2"], "newest": [f"1 {name}" for name in ARTICLES.values()]}
    asked["related"] = [
        related_question(name, 2, found).partition(" ")[2]
        for item in catalogs
        for name in item.heads["articles"]
        for found in (item.related(name, 2), [])
    ]
    asked["document"] = sorted({path for item in catalogs for path in item.documents})
    for name in sorted(names):
        prefix, _, rest = name.partition(":")
        asked.setdefault(f"@{prefix}", []).append(rest)
    for collection in sorted(collections):
        ids = {key for item in catalogs for key in item.heads[collection]}
        asked[f"record {collection}"] = [*sorted(ids), "nobody"]
    return asked


@given(FILES, FILES)
def test_what_is_not_touched_is_answered_as_before(before: Files, after: Files) -> None:
    now = {path: before[path] if before.get(path) == head else head for path, head in after.items()}
    touched = catalog(now).touched_since(before)
    assert touched is not None
    first, second = catalog(before), catalog(now)
    for group, rests in questions(first, second).items():
        named = touched.of(group)
        left = [] if named is None else [rest for rest in rests if rest not in named]
        assert first.digests(group, left) == second.digests(group, left), group


@given(FILES)
def test_the_same_files_touch_nothing(files: Files) -> None:
    touched = catalog(files).touched_since(files)
    assert touched is not None
    assert not any(touched.of(group) for group in questions(catalog(files)))


@given(FILES)
def test_an_edited_comparison_may_touch_everything(files: Files) -> None:
    edited = DocumentHead(path=COMPARISON.path, digest="1", terms=COMPARISON.terms)
    assert catalog({**files, COMPARISON.path: edited}).touched_since(files) is None
