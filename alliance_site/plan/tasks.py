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
from collections.abc import Callable, Collection, Iterable, Iterator, KeysView, Mapping, Sequence
from functools import partial
from itertools import accumulate
from typing import Any

import msgspec
from msgspec import Struct

from alliance_site.plan.keys import Group, group_of, key_of

Digests = Callable[[str, Sequence[str]], Sequence[str]]
"""Gives the present digests of some keys of one group, in their order."""

Bases = Mapping[str, str]
"""Group → the present digest of all that the digests of its keys are made of."""


def _every_key(_: str) -> Collection[str] | None:
    """Say that every key of a group may stand for something else."""
    return None


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
    """The tasks of a build; none before the first.

    Attributes:
        results: What each task gave, by its name, where that is anything.
        whole: Names what was last written of them, or read, as a whole; `dump_news` follows upon
            that.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self.results: dict[str, Any] = {}
        self.whole = ""
        self._groups: dict[str, Group] = {}
        self._traces: dict[str, bytes] = {}
        self._news = _News()
        self._stale: set[str] = set()

    @property
    def names(self) -> KeysView[str]:
        """The names of the tasks that were done in the last build."""
        return self._traces.keys()

    def compare(
        self,
        digests: Digests,
        bases: Bases,
        touched: Callable[[str], Collection[str] | None] = _every_key,
    ) -> None:
        """Find out which tasks have read what stands for something else than in the last build.

        Args:
            digests: Gives present digests.
            bases: A group of which this is the same is not looked at key by key.
            touched: Says which keys of a group, by their rests, may stand for something else; None
                where every one may.
        """
        changed: set[int] = set()
        for name, group in self._groups.items():
            if name in bases and bases[name] == self._news.bases.get(name):
                continue
            rests = touched(name)
            if rests is None:
                places = group.compare(digests(name, group.rests))
            else:
                places = group.compare_some(rests, partial(digests, name)) if rests else []
            if places:
                changed |= {group.numbers[place] for place in places}
                noted = self._news.digests.setdefault(name, {})
                noted |= {place: group.digests[place] for place in places}
        self._news.bases = bases
        self._stale = self._with_one_of(changed)

    def _with_one_of(self, wanted: set[int]) -> set[str]:
        """Return the tasks that have read one of some keys, by their numbers."""
        if len(wanted) > _FEW:
            traces = self._traces.items()
            return {name for name, trace in traces if not wanted.isdisjoint(_unpacked(trace))}
        whole = b"".join(self._traces.values())
        ends = list(accumulate(map(len, self._traces.values())))
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
        gone: Iterable[str],
        now: Digests,
        bases: Bases,
    ) -> None:
        """Put tasks that were done in the place of those of the last build.

        Args:
            done: Name → task.
            gone: Names of those that are no more.
            now: Gives present digests.
            bases: Those of `compare`.
        """
        for name in list(gone):
            del self._traces[name]
            self.results.pop(name, None)
            self._news.forget(name)
        if done:
            self._add(done, now)
        self._news.bases = bases
        self._stale = set()

    def _add(self, done: Mapping[str, Task], now: Digests) -> None:
        known: dict[str, dict[str, int]] = {}
        new: dict[str, Group] = {}
        numbers: dict[str, int] = {}
        for name, task in done.items():
            for key in task.keys:
                if key not in numbers:
                    numbers[key] = self._number(key, known, new)
            trace = [numbers[key] for key in task.keys]
            self._traces[name] = _packed(trace)
            self.results.pop(name, None)
            if task.result:
                self.results[name] = task.result
            self._news.add(name, trace, task.result)
        for kind, added in new.items():
            added.digests = list(now(kind, added.rests))
            self._groups.setdefault(kind, Group()).extend(added)
            self._news.added.setdefault(kind, Group()).extend(added)

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
            number = known[kind][rest] = self._news.count
            self._news.count += 1
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
        self._news.count = len(numbers)

    @property
    def is_little_new(self) -> bool:
        """Say whether it is worth writing what is new alone."""
        return self._news.size() * _MOST_NEW <= len(self._traces)

    def dump(self) -> tuple[bytes, bytes]:
        """Write the tasks as JSON and as the numbers of the keys of all, one after another."""
        used = self._news.used
        if self._news.count > 2 * used + _SLACK:
            self._compact()
            used = self._news.count
        count, bases = self._news.count, self._news.bases
        self._news = _News(bases=bases, count=count, used=used or count)
        lengths = {name: len(trace) // _BYTES for name, trace in self._traces.items()}
        kept = _Whole(groups=self._groups, lengths=lengths, results=self.results)
        return msgspec.json.encode(kept), b"".join(self._traces.values())

    def dump_news(self) -> bytes:
        """Write what is new since they were last written as a whole."""
        return msgspec.json.encode(self._news)

    @classmethod
    def load(cls, text: bytes, numbers: bytes, news: bytes, whole: str = "") -> "Tasks":
        """Read what `dump` and `dump_news` wrote; no tasks where it is something else.

        Args:
            text: The first that `dump` wrote.
            numbers: The second.
            news: What `dump_news` wrote.
            whole: Names what `dump` wrote.
        """
        tasks = cls()
        try:
            kept, new = _WHOLE_READER.decode(text), _NEWS_READER.decode(news)
        except msgspec.DecodeError:
            return tasks
        groups = (*kept.groups.values(), *new.added.values())
        is_whole = all(group.is_whole for group in groups)
        if not is_whole or sum(kept.lengths.values()) * _BYTES != len(numbers):
            return tasks
        start = 0
        for name, length in kept.lengths.items():
            tasks._traces[name] = numbers[start : start + length * _BYTES]
            start += length * _BYTES
        tasks._groups, tasks.results, tasks._news = kept.groups, kept.results, new
        try:
            tasks._apply(new)
        except (LookupError, OverflowError):  # it speaks of keys that are not there
            return cls()
        tasks.whole = whole
        return tasks

    def _apply(self, new: "_News") -> None:
        """Add what is new to the tasks as they were written as a whole."""
        for name in (*new.gone, *new.traces):
            self._traces.pop(name, None)
            self.results.pop(name, None)
        self._traces |= {name: _packed(trace) for name, trace in new.traces.items()}
        self.results |= new.results
        for kind, added in new.added.items():
            self._groups.setdefault(kind, Group()).extend(added)
        for kind, digests in new.digests.items():
            for place, digest in digests.items():
                self._groups[kind].digests[place] = digest


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
_FEW = 5
"""Up to how many numbers it is faster to look for one by one."""


class _Whole(Struct):
    """Tasks as they are written as a whole; `lengths` are those of their traces."""

    groups: dict[str, Group]
    lengths: dict[str, int]
    results: dict[str, Any]


class _News(Struct):
    """What is new since.

    Attributes:
        bases: Those of now.
        count: How many keys have numbers.
        used: How many of these tasks had read when all were counted.
        added: Keys that are new in each group, with the digests they had then.
        digests: Group → place of a key in it → its present digest, where it has changed.
        traces: Task → numbers of its keys.
        results: What these gave.
        gone: Tasks that are no more.
    """

    bases: Bases = {}
    count: int = 0
    used: int = 0
    added: dict[str, Group] = {}
    digests: dict[str, dict[int, str]] = {}
    traces: dict[str, list[int]] = {}
    results: dict[str, Any] = {}
    gone: set[str] = set()

    def add(self, name: str, trace: list[int], result: Any) -> None:
        """Note a task that was done."""
        self.forget(name)
        self.gone.discard(name)
        self.traces[name] = trace
        if result:
            self.results[name] = result

    def forget(self, name: str) -> None:
        """Note a task that is no more."""
        self.traces.pop(name, None)
        self.results.pop(name, None)
        self.gone.add(name)

    def size(self) -> int:
        """Return how many tasks and digests are new."""
        added = sum(len(group.rests) for group in self.added.values())
        return len(self.traces) + len(self.gone) + added + sum(map(len, self.digests.values()))


_WHOLE_READER = msgspec.json.Decoder(_Whole)
_NEWS_READER = msgspec.json.Decoder(_News)

_MOST_NEW = 20
"""They are written as a whole where more than one task in so many is new."""

_SLACK = 1000
"""How many keys may be of no use any more before it is worth forgetting them."""
