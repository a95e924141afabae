"""What views are made of: nothing that could change, and nothing that two processes write apart."""

from collections.abc import Iterator
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

import pytest

from alliance_site.plain import Plain
from alliance_site.view import PageView, Table

LEAVES = (str, int, NoneType, Decimal)


def kinds_below(kind: type[Plain]) -> Iterator[type[Plain]]:
    """Yield a kind of value and all that are made from it."""
    yield kind
    for child in kind.__subclasses__():
        yield from kinds_below(child)


VIEWS = [kind for kind in kinds_below(Plain) if kind.__module__.startswith("alliance_site.view")]


def faults_of(hint: Any) -> list[Any]:
    """Return the parts of a type of which a view may not be."""
    if isinstance(hint, NewType):
        return faults_of(hint.__supertype__)
    parts = get_args(hint)
    if get_origin(hint) is Literal:
        return [part for part in parts if type(part) not in LEAVES]
    if get_origin(hint) in {Union, UnionType, tuple}:
        found = [fault for part in parts if part is not ... for fault in faults_of(part)]
        # A number is written as a text is, so a field that may be either could be read as both.
        return [*found, hint] if {str, Decimal} <= set(parts) else found
    is_plain = isinstance(hint, type) and issubclass(hint, (*LEAVES, Plain))
    return [] if is_plain else [hint]


@pytest.mark.parametrize("kind", VIEWS, ids=lambda kind: kind.__name__)
def test_a_view_holds_only_what_is_plain(kind: type[Plain]) -> None:
    hints = get_type_hints(kind, localns={item.__name__: item for item in kinds_below(Plain)})
    found = {name: faults_of(hints[name]) for name in kind.__struct_fields__}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_no_two_kinds_of_view_have_one_name() -> None:
    names = [kind.__name__ for kind in VIEWS]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(
    "hint", [list[str], dict[str, str], set[str], float, object, str | Decimal]
)
def test_what_is_not_plain_is_found(hint: Any) -> None:
    assert faults_of(hint)


def test_a_view_cannot_be_changed() -> None:
    assert PageView.__struct_config__.frozen
    assert Table.__struct_config__.frozen
    assert {kind.__struct_config__.frozen for kind in VIEWS} == {True}
