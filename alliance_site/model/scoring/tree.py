"""What is counted: a tree of criteria under headings, with weights.

Never: holds an answer.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from alliance_site.model.scoring.declared import Aggregate

ROOT = ""
"""The id of the top of a tree, which no criterion has."""


class Leaf(Struct, frozen=True, kw_only=True):
    """A criterion that is counted; its points lie between `low` and `high`."""

    id: str
    weight: Fraction = Fraction(1)
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(1)


class Node(Struct, frozen=True, kw_only=True):
    """A heading, or the whole; it has at least one part."""

    id: str = ROOT
    aggregate: Aggregate
    weight: Fraction = Fraction(1)
    parts: tuple["Part", ...]


Part: TypeAlias = Leaf | Node


def leaves(part: Part) -> Iterator[Leaf]:
    """Yield the criteria below a part, or the part itself if it is one, in order."""
    if isinstance(part, Leaf):
        yield part
        return
    for item in part.parts:
        yield from leaves(item)


def nodes(part: Part) -> Iterator[Node]:
    """Yield a part and the headings below it, each before its own parts."""
    if isinstance(part, Node):
        yield part
        for item in part.parts:
            yield from nodes(item)


def reweighted(tree: Node, weights: Mapping[str, Fraction]) -> Node:
    """Give the parts that are named other weights; a mean above them becomes a weighted one."""
    if not any(_names(item, weights) for item in tree.parts):
        return tree
    parts = tuple(
        replace(
            reweighted(item, weights) if isinstance(item, Node) else item,
            weight=weights.get(item.id, item.weight),
        )
        for item in tree.parts
    )
    is_own = any(item.id in weights for item in tree.parts)
    if tree.aggregate is not Aggregate.MEAN or not is_own:
        return replace(tree, parts=parts)
    # In a plain mean all parts weigh the same, whatever their declared weights are.
    equal = tuple(replace(item, weight=weights.get(item.id, Fraction(1))) for item in parts)
    return replace(tree, aggregate=Aggregate.WEIGHTED_MEAN, parts=equal)


def _names(part: Part, weights: Mapping[str, Fraction]) -> bool:
    is_above = isinstance(part, Node) and any(_names(item, weights) for item in part.parts)
    return part.id in weights or is_above


def restricted(tree: Node, kept: frozenset[str]) -> Node | None:
    """Keep only some criteria; None where nothing is left."""
    parts: list[Part] = []
    for item in tree.parts:
        left = restricted(item, kept) if isinstance(item, Node) else item
        if left is not None and (isinstance(left, Node) or left.id in kept):
            parts.append(left)
    return replace(tree, parts=tuple(parts)) if parts else None
