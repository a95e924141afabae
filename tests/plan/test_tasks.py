"""What is kept of tasks says the same as the tasks, written as a whole or beside it."""

from collections.abc import Sequence

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from alliance_site.plan import Task, Tasks

KEYS = [*(f"record articles/a{number}" for number in range(6)), "@org:ibm", "names all", "former "]
PLACES = {
    "record articles/a0": "record articles|a0",
    "record articles/a3": "record articles|a3",
    "@org:ibm": "@org|ibm",
    "names all": "names|all",
}
"""Key → its group and the rest of it."""
NAMES = [f"page /{number}/" for number in range(40)]


class World:
    """What keys stand for, by their groups and rests."""

    def __init__(self) -> None:
        self.versions: dict[str, int] = {}

    def digests(self, group: str, rests: Sequence[str]) -> list[str]:
        return [f"{group} {rest} {self.versions.get(f'{group}|{rest}', 0)}" for rest in rests]


class Keeping(RuleBasedStateMachine):
    """Tasks that are kept and recalled between builds, beside those of one long process."""

    @initialize()
    def begin(self) -> None:
        self.world, self.kept, self.wanted = World(), Tasks(), set[str]()
        self.parts = (*self.kept.dump(), self.kept.dump_news())
        self.expected: dict[str, tuple[frozenset[str], object]] = {}
        self.stale: set[str] = set()

    @rule(
        key=st.sampled_from(["record articles|a0", "record articles|a3", "@org|ibm", "names|all"])
    )
    def edit(self, key: str) -> None:
        self.world.versions[key] = self.world.versions.get(key, 0) + 1
        group, _, rest = key.partition("|")
        read = {
            f"@{rest}" if group == "@" else f"{group}/{rest}",
            f"{group}:{rest}",
            f"{group} {rest}",
        }
        self.stale |= {name for name, (keys, _) in self.expected.items() if keys & read}

    @rule(
        names=st.sets(st.sampled_from(NAMES), max_size=4),
        keys=st.sets(st.sampled_from(KEYS)),
        result=st.none() | st.lists(st.text(max_size=3)),
    )
    def add(self, names: set[str], keys: set[str], result: list[str] | None) -> None:
        self.build({name: Task(sorted(keys), result) for name in names}, self.wanted | names)

    @rule(names=st.sets(st.sampled_from(NAMES), max_size=3))
    def remove(self, names: set[str]) -> None:
        self.build({}, self.wanted - names)

    @rule()
    def begin_many(self) -> None:
        """Read one key in every task, so that nearly all of them are new."""
        self.build({name: Task(KEYS[:1], [name]) for name in NAMES}, set(NAMES))

    def build(self, done: dict[str, Task], wanted: set[str]) -> None:
        """Recall, find what is stale and do it again, and keep all, as a build does."""
        tasks = Tasks.load(*self.parts)
        tasks.compare(self.world.digests, {})
        known = {name for name in self.expected if tasks.holds(name)}
        assert known == self.expected.keys() - self.stale
        again = {
            name: Task(sorted(keys), result)
            for name, (keys, result) in self.expected.items()
            if name in self.stale and name in wanted
        }
        done = {**again, **done}
        tasks.renew(done, tasks.names - wanted, self.world.digests, {})
        self.wanted, self.stale = wanted, set()
        self.expected = {name: kept for name, kept in self.expected.items() if name in wanted}
        self.expected |= {name: (frozenset(task.keys), task.result) for name, task in done.items()}
        whole = self.parts[:2] if tasks.is_little_new else tasks.dump()
        self.parts = (*whole, tasks.dump_news())

    @invariant()
    def what_is_kept_is_what_was_done(self) -> None:
        tasks = Tasks.load(*self.parts)
        assert tasks.names == self.expected.keys()
        for name, (keys, result) in self.expected.items():
            assert set(tasks.keys_of(name)) == keys
            assert tasks.results.get(name) == (result or None)


TestKeeping = Keeping.TestCase


def kept() -> tuple[bytes, bytes, bytes]:
    tasks = Tasks()
    tasks.renew({"page /": Task(KEYS, ["told"])}, (), World().digests, {})
    whole = tasks.dump()
    tasks.renew({"page /b/": Task(KEYS[:2])}, (), World().digests, {})
    return (*whole, tasks.dump_news())


def test_what_is_new_is_not_written_as_a_whole_again() -> None:
    tasks = Tasks()
    done = {name: Task(KEYS) for name in NAMES}
    tasks.renew(done, (), World().digests, {})
    assert not tasks.is_little_new
    tasks.dump()
    tasks.renew({NAMES[0]: Task(KEYS[:1])}, (), World().digests, {})
    assert tasks.is_little_new


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("said", [b"", b"[]", b"x", b"\0", b'{"digests":{"x":{"9":""}}}'])
def test_what_is_something_else_is_no_tasks(part: int, said: bytes) -> None:
    text, numbers, news = (said if place == part else was for place, was in enumerate(kept()))
    assert not Tasks.load(text, numbers, news).names
