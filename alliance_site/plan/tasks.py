"""What was made in the last build and what it rested on, so that what still holds is kept.

A task is anything that is made of records: a page, the check of a file, the list of the pages of
a kind. It is known by its name; kept are the keys of what it read, the digest of what each key
stood for, and what it gave. While all of these digests are the same, so is what it gives.

Source: verifying traces, in Mokhov, Mitchell, Peyton Jones, Build Systems à la Carte.

Never: makes anything; asks a record.
"""

import sys
from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from typing import Any

import msgspec
from msgspec import Struct

Digests = Callable[[str, Sequence[str]], Sequence[str]]
"""Gives the present digests of some keys of one group, in their order."""

Bases = Mapping[str, str]
"""Group → the present digest of all that the digests of its keys are made of."""


def group_of(key: str) -> tuple[str, str]:
    """Split a key into its group and the rest, so that a group's digests are found in one go.

    `record articles/launch` → `record articles`, `launch`; `@org:ibm` → `@org`, `ibm`.
    """
    if key.startswith("@"):
        group, colon, rest = key.partition(":")
        return (group, rest) if colon else ("@", key[1:])
    kind, _, rest = key.partition(" ")
    if kind != "record":
        return kind, rest
    collection, _, record = rest.partition("/")
    return f"record {collection}", record


def key_of(group: str, rest: str) -> str:
    """Put a key together again."""
    if group.startswith("@"):
        return f"{group}{':' if group != '@' else ''}{rest}"
    return f"{group}{'/' if group.startswith('record ') else ' '}{rest}"


class Group(Struct, array_like=True):
    """Keys of one kind, with their numbers, and the digests they had in the last build."""

    rests: list[str] = []
    numbers: list[int] = []
    digests: list[str] = []

    def add(self, rest: str, number: int) -> None:
        """Add a key."""
        self.rests.append(rest)
        self.numbers.append(number)

    def extend(self, other: "Group") -> None:
        """Add the keys of another."""
        self.rests += other.rests
        self.numbers += other.numbers
        self.digests += other.digests

    def compare(self, now: Sequence[str]) -> set[int]:
        """Take present digests of all keys; return the numbers of those that had others."""
        if now == self.digests:
            return set()
        pairs = zip(self.numbers, self.digests, now, strict=True)
        changed = {number for number, before, after in pairs if before != after}
        self.digests = list(now)
        return changed

    def compare_some(
        self, rests: Collection[str], digests: Callable[[Sequence[str]], Sequence[str]]
    ) -> set[int]:
        """Take present digests of some keys; return the numbers of those that had others."""
        changed = set()
        for place, rest in enumerate(self.rests):
            if rest in rests:
                (now,) = digests([rest])
                if now != self.digests[place]:
                    changed.add(self.numbers[place])
                    self.digests[place] = now
        return changed

    @property
    def is_whole(self) -> bool:
        """Say whether every key has its number and its digest."""
        return len(self.rests) == len(self.numbers) == len(self.digests)


class Task(Struct, frozen=True):
    """A task that is done.

    Attributes:
        keys: What was read for it.
        result: What it gave, as plain lists and texts.
    """

    keys: Collection[str]
    result: Any = None


_NO_KEYS = Group()


class Tasks:
    """The tasks of a build; none before the first."""

    def __init__(self) -> None:
        """Begin with none."""
        self.results: dict[str, Any] = {}
        """What each task gave, by its name, where that is anything."""
        self._groups: dict[str, Group] = {}
        self._traces: dict[str, bytes] = {}
        self._bases: Bases = {}
        self._count = 0
        self._used = 0
        self._stale: set[str] = set()

    def __contains__(self, name: str) -> bool:
        """Say whether a task was done in the last build."""
        return name in self._traces

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the tasks."""
        return iter(self._traces)

    def compare(
        self,
        digests: Digests,
        bases: Bases,
        only: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        """Find out which tasks have read what stands for something else than in the last build.

        Args:
            digests: Gives present digests.
            bases: A group of which this is the same is not looked at key by key.
            only: Group → rests of its keys; no other stands for something else. Where it is left
                out, every key may.
        """
        changed: set[int] = set()
        for name, group in self._groups.items():
            if name in bases and bases[name] == self._bases.get(name):
                continue
            if only is None:
                changed |= group.compare(digests(name, group.rests))
            elif name in only:
                changed |= group.compare_some(set(only[name]), partial(digests, name))
        self._bases = bases
        self._stale = self._with_one_of(changed)

    def _with_one_of(self, wanted: set[int]) -> set[str]:
        """Return the tasks that have read one of some keys, by their numbers."""
        whole = b"".join(self._traces.values())
        ends = list(accumulate(map(len, self._traces.values())))
        if len(wanted) > _FEW:
            places = (at for at, number in enumerate(_unpacked(whole)) if number in wanted)
        else:
            places = (at for number in wanted for at in _places(whole, _packed([number])))
        names = list(self._traces)
        return {names[bisect_right(ends, at * _BYTES)] for at in places}

    def holds(self, name: str) -> bool:
        """Say whether a task was done and all that it read is as it was."""
        return name in self._traces and name not in self._stale

    def not_holding(self, kind: str, names: Iterable[str]) -> list[str]:
        """List those of some names of a kind (the first word) whose tasks do not hold."""
        traces, stale, prefix = self._traces, self._stale, f"{kind} "
        return [name for name in names if (whole := prefix + name) not in traces or whole in stale]

    def results_that_hold(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Yield what tasks of a kind (the first word of their names) gave, where they hold.

        A task that gave nothing is left out.
        """
        for name, result in self.results.items():
            if name.startswith(f"{kind} ") and name not in self._stale:
                yield name.removeprefix(f"{kind} "), result

    def keys_of(self, name: str) -> tuple[str, ...]:
        """Return what a task read, sorted."""
        keys = {number: key for key, number in self._numbered().items()}
        return tuple(sorted(keys[number] for number in _unpacked(self._traces.get(name, b""))))

    def renew(
        self,
        done: Mapping[str, Task],
        wanted: Callable[[str], bool],
        now: Digests,
        bases: Bases,
    ) -> None:
        """Put tasks that were done in the place of those of the last build.

        Args:
            done: Name → task.
            wanted: Says whether a task of the last build is still one.
            now: Gives present digests.
            bases: Those of `compare`.
        """
        for name in [name for name in self._traces if not wanted(name)]:
            del self._traces[name]
            self.results.pop(name, None)
        if done:
            self._add(done, now)
        self._bases = bases
        self._stale = set()
        if self._count > 2 * self._used + _SLACK:
            self._compact()

    def _add(self, done: Mapping[str, Task], now: Digests) -> None:
        known: dict[str, dict[str, int]] = {}
        new: dict[str, Group] = {}
        numbers: dict[str, int] = {}
        for name, task in done.items():
            for key in task.keys:
                if key not in numbers:
                    numbers[key] = self._number(key, known, new)
            self._traces[name] = _packed(numbers[key] for key in task.keys)
            self.results.pop(name, None)
            if task.result:
                self.results[name] = task.result
        for kind, added in new.items():
            added.digests = list(now(kind, added.rests))
            self._groups.setdefault(kind, Group()).extend(added)

    def _number(self, key: str, known: dict[str, dict[str, int]], new: dict[str, Group]) -> int:
        """Return the number of a key, which is added to the new ones if it has none.

        Args:
            key: It.
            known: Group → rest of a key → its number, of groups that were asked for.
            new: Group → its keys that had no number.
        """
        kind, rest = group_of(key)
        if kind not in known:
            group = self._groups.get(kind, _NO_KEYS)
            known[kind] = dict(zip(group.rests, group.numbers, strict=True))
        number = known[kind].get(rest)
        if number is None:
            number = known[kind][rest] = self._count
            self._count += 1
            new.setdefault(kind, Group()).add(rest, number)
        return number

    def _numbered(self) -> dict[str, int]:
        return {
            key_of(name, rest): number
            for name, group in self._groups.items()
            for rest, number in zip(group.rests, group.numbers, strict=True)
        }

    def _compact(self) -> None:
        """Forget the keys that no task reads any more, and number the others anew."""
        used = {number for trace in self._traces.values() for number in _unpacked(trace)}
        numbers: dict[int, int] = {}
        for name, group in list(self._groups.items()):
            kept = Group()
            rows = zip(group.rests, group.numbers, group.digests, strict=True)
            for rest, number, digest in rows:
                if number in used:
                    kept.add(rest, numbers.setdefault(number, len(numbers)))
                    kept.digests.append(digest)
            self._groups[name] = kept
        for name, trace in self._traces.items():
            self._traces[name] = _packed(numbers[number] for number in _unpacked(trace))
        self._count = self._used = len(numbers)

    def dump(self) -> tuple[bytes, bytes]:
        """Write the tasks as JSON and as the numbers of the keys of all, one after another."""
        kept = _Kept(
            groups=self._groups,
            bases=self._bases,
            count=self._count,
            used=self._used or self._count,
            lengths={name: len(trace) // _BYTES for name, trace in self._traces.items()},
            results=self.results,
        )
        return msgspec.json.encode(kept), b"".join(self._traces.values())

    @classmethod
    def load(cls, text: bytes, numbers: bytes) -> "Tasks":
        """Read what `dump` wrote; no tasks where it is something else."""
        tasks = cls()
        try:
            kept = _READER.decode(text)
        except msgspec.DecodeError:
            return tasks
        is_whole = all(group.is_whole for group in kept.groups.values())
        if not is_whole or sum(kept.lengths.values()) * _BYTES != len(numbers):
            return tasks
        tasks._groups, tasks._bases, tasks.results = kept.groups, kept.bases, kept.results
        tasks._count, tasks._used = kept.count, kept.used
        start = 0
        for name, length in kept.lengths.items():
            tasks._traces[name] = numbers[start : start + length * _BYTES]
            start += length * _BYTES
        return tasks


def _packed(numbers: Iterable[int]) -> bytes:
    """Write the numbers of keys as they are kept: four bytes each, the lowest first."""
    found = array("I", numbers)
    if sys.byteorder != "little":
        found.byteswap()
    return found.tobytes()


def _unpacked(trace: bytes) -> "array[int]":
    found = array("I", trace)
    if sys.byteorder != "little":
        found.byteswap()
    return found


def _places(whole: bytes, needle: bytes) -> Iterator[int]:
    """Yield the places of a number among others."""
    at = whole.find(needle)
    while at >= 0:
        # Found across two numbers, it is none of them.
        if at % _BYTES == 0:
            yield at // _BYTES
        at = whole.find(needle, at + 1)


_BYTES = array("I").itemsize
_FEW = 8
"""Up to how many numbers it is faster to look for one by one."""


class _Kept(Struct):
    """Tasks as they are kept between builds; `lengths` are those of their traces."""

    groups: dict[str, Group]
    bases: Bases
    count: int
    used: int
    lengths: dict[str, int]
    results: dict[str, Any]


_READER = msgspec.json.Decoder(_Kept)

_SLACK = 1000
"""How many keys may be of no use any more before it is worth forgetting them."""
