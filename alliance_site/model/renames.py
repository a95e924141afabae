"""Which records had other ids before: what was said under a former id was said of the same record.

Never: decides an address.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

_PARTS = frozenset({"subject", "criterion"})
"""Prefixes of keys that begin with the id of a comparison (`subject:openness/acme`)."""

_BETWEEN = "; "
"""Stands between the ids of a list (see `texts_of`)."""


class Renames:
    """Former keys and those that records bear now."""

    def __init__(self, by_former: Iterable[tuple[str, str]] = ()) -> None:
        """Begin with pairs of a former key and the present one."""
        self._by_former = dict(by_former)

    @cached_property
    def _former_by_present(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for former, present in self._by_former.items():
            found[present] += (former,)
        return found

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        """Former and present, as a list of keys or of bare ids writes them."""
        keys = self._by_former.items()
        ids = ((was.partition(":")[2], now.partition(":")[2]) for was, now in keys)
        return frozenset((*keys, *ids))

    def present(self, key: str) -> str:
        """Return the key that a record bears now."""
        if not self._by_former:
            return key
        prefix, _, name = key.partition(":")
        if prefix not in _PARTS:
            return self._by_former.get(key, key)
        comparison, _, part = name.partition("/")
        whole = self._by_former.get(f"comparison:{comparison}")
        return f"{prefix}:{whole.partition(':')[2]}/{part}" if whole is not None else key

    def names(self, key: str) -> tuple[str, ...]:
        """Return all keys that a record has borne, the present one last."""
        prefix, _, name = key.partition(":")
        if prefix not in _PARTS:
            return (*self._former_by_present.get(key, ()), key)
        comparison, _, part = name.partition("/")
        former = self._former_by_present.get(f"comparison:{comparison}", ())
        return (*(f"{prefix}:{item.partition(':')[2]}/{part}" for item in former), key)

    def under_present(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Put what is said by key under the keys of now; what those themselves say wins."""
        if not self._by_former:
            return dict(values)
        found = {self.present(key): item for key, item in values.items()}
        return found | {key: values[key] for key in found.keys() & values.keys()}

    def are_same(self, was: tuple[str, ...], now: tuple[str, ...]) -> bool:
        """Say whether texts differ in nothing but the ids of renamed records."""
        return (
            bool(self._by_former)
            and len(was) == len(now)
            and all(self._is_same(one, other) for one, other in zip(was, now, strict=True))
        )

    def _is_same(self, was: str, now: str) -> bool:
        both = was.split(_BETWEEN), now.split(_BETWEEN)
        return len(both[0]) == len(both[1]) and all(
            pair[0] == pair[1] or pair in self._pairs for pair in zip(*both, strict=True)
        )
