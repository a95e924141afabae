"""The keys of what is read for a task, in groups of one kind.

Never: knows what reads them.
"""

from collections.abc import Callable, Collection, Sequence

from msgspec import Struct


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

    def compare(self, now: Sequence[str]) -> list[int]:
        """Take present digests of all keys; return the places of those that had others."""
        if now == self.digests:
            return []
        pairs = zip(self.digests, now, strict=True)
        changed = [place for place, (before, after) in enumerate(pairs) if before != after]
        self.digests = list(now)
        return changed

    def compare_some(
        self, rests: Collection[str], digests: Callable[[Sequence[str]], Sequence[str]]
    ) -> list[int]:
        """Take present digests of some keys; return the places of those that had others."""
        changed = []
        for place, rest in enumerate(self.rests):
            if rest in rests:
                (now,) = digests([rest])
                if now != self.digests[place]:
                    changed.append(place)
                    self.digests[place] = now
        return changed

    @property
    def is_whole(self) -> bool:
        """Say whether every key has its number and its digest."""
        return len(self.rests) == len(self.numbers) == len(self.digests)
