"""What decides an output: digests that are equal when, and only when, what they digest is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_site.paths import InputPath, OutputPath
from alliance_site.plain import Plain
from alliance_site.plan import (
    AssetTarget,
    Output,
    Past,
    TemplateSource,
    asset_fingerprint,
    check_references,
    closure_digests,
    digest_of,
    page_fingerprint,
)
from alliance_site.read import TemplateRefs


class Card(Plain, frozen=True):
    title: str
    count: int | None = None


class Other(Plain, frozen=True):
    title: str
    count: int | None = None


class Single(Plain, frozen=True):
    items: tuple[str, ...]


VALUES: list[Any] = [
    *("", "a", "b", "n", "1", None, 0, 1, 2, -1, True, False),
    *(
        (),
        ("",),
        ("", ""),
        (None,),
        ("a", "b"),
        ("ab",),
        (("a",), "b"),
        (("a", "b"),),
        ("a", ("b",)),
    ),
    *(
        Card(""),
        Card("a"),
        Card("a", 1),
        Card("a", 0),
        Other("a"),
        ("Card", "a", None),
        ("a", None),
    ),
    *(Single(()), Single(("a",)), Single(("a", "b")), (Single(("a",)), Card("b"))),
]


def test_no_two_different_values_have_one_digest() -> None:
    digests = [digest_of(value) for value in VALUES]
    assert len(set(digests)) == len(VALUES)


def test_a_digest_is_the_same_in_every_process() -> None:
    digest = digest_of((Card("a", 1), "é", None))
    assert digest == "ad4e276f64591f5dc40aa09414703209fe65bc47eee001778cb064c1caebb147"


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.builds(Card, st.text(max_size=3), st.none() | st.integers())
    ),
    max_leaves=8,
)


def written(value: object) -> str:
    """Write a value so that two are written alike only if they are alike, types included."""
    return repr(value)


@given(plain, plain)
def test_digests_are_equal_if_and_only_if_values_are(one: object, other: object) -> None:
    assert (digest_of(one) == digest_of(other)) == (written(one) == written(other))


@pytest.mark.parametrize(
    ("view", "closure", "code"),
    [(Card("b"), "closure", "code"), (Card("a"), "other", "code"), (Card("a"), "closure", "other")],
)
def test_a_page_depends_on_its_view_its_templates_and_the_code(
    view: Card, closure: str, code: str
) -> None:
    assert page_fingerprint(view, closure, code) != page_fingerprint(Card("a"), "closure", "code")


def test_a_copy_depends_on_its_bytes_alone() -> None:
    def fingerprint(path: str, *digests: str) -> str:
        return asset_fingerprint(AssetTarget(OutputPath(path), (InputPath("static/x"),), digests))

    assert fingerprint("a.css", "1", "2") == fingerprint("b.css", "1", "2")
    assert fingerprint("a.css", "1", "2") != fingerprint("a.css", "2", "1")


# The last build


INDEX = OutputPath("index.html")


def past(fingerprint: str, digest: str, on_disk: str | None) -> Past:
    disk = {} if on_disk is None else {INDEX: on_disk}
    return Past({INDEX: Output(fingerprint, digest)}, disk)


@pytest.mark.parametrize(
    ("last", "is_current"),
    [
        (past("f", "d", "d"), True),
        (past("g", "d", "d"), False),
        (past("f", "d", "damaged"), False),
        (past("f", "d", None), False),
        (Past(), False),
    ],
)
def test_an_output_is_current_if_nothing_that_decides_it_or_holds_it_changed(
    last: Past,
    is_current: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert last.is_current(INDEX, "f") is is_current


def test_an_output_that_nobody_wants_is_gone() -> None:
    last = Past({OutputPath(name): Output("f", "d") for name in ("b.html", "a.html", "c.html")})
    assert last.gone([OutputPath("b.html"), OutputPath("new.html")]) == ("a.html", "c.html")


# Templates


def sources(*names: str, **digests: str) -> dict[str, TemplateSource]:
    return {
        name: TemplateSource(name, f"templates/{name}", digests.get(name[0], name))
        for name in names
    }


def references(**names: str) -> dict[str, TemplateRefs]:
    """Say what each template asks for: `a="b c"` is `a.html` asking for both."""
    return {
        f"{name}.html": TemplateRefs(tuple((f"{item}.html", 3) for item in found.split()))
        for name, found in names.items()
    }


NAMES = ("a.html", "b.html", "c.html", "d.html")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [("c", {"a.html", "b.html", "c.html"}), ("a", {"a.html"}), ("d", {"d.html"})],
)
def test_a_change_reaches_every_template_that_rests_on_it(changed: str, expected: set[str]) -> None:
    refs = references(a="b", b="c", c="", d="")
    before = closure_digests(sources(*NAMES), refs)
    after = closure_digests(sources(*NAMES, **{changed: "new"}), refs)
    assert {name for name in before if before[name] != after[name]} == expected


def test_templates_that_include_each_other_have_a_closure() -> None:
    digests = closure_digests(sources("a.html", "b.html"), references(a="b", b="a"))
    assert digests["a.html"] == digests["b.html"]


def test_a_template_that_is_not_there_is_reported_where_it_is_asked_for() -> None:
    (fault,) = check_references(sources("a.html", "bb.html"), references(a="bbb"))
    assert (fault.code.value, fault.span.path, fault.span.line) == (
        "template-missing",
        "templates/a.html",
        3,
    )
    assert fault.hint == "did you mean `bb.html`?"
