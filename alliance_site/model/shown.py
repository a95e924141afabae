"""What a page shows of the records: which fields, in as few names as say it exactly.

A name is a record's key and a path below it. `.` is the record's name, `*` stands for all below:

| name | fields |
|---|---|
| `org:ibm headquarters` | one |
| `org:ibm .` | what the record is called |
| `org:ibm memberships/*` | all below a path |
| `org:ibm *` | all of the record, its name too |
| `subject:index/* cells/*/weights` | the answers of all subjects to a criterion, in every edition |
| `criterion:index/* .`, `source:* .` | the names of all records of a comparison, of a kind |

In files, records of a kind of which the same is shown stand together: `org:amd,dell,ibm . country`.

Never: reads a record.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

NAME = "."
"""Stands for what a record is called."""

_WHOLE = "*"

ShownField = tuple[str, str]
"""A record's key and the path of a field of it."""

ShownTexts = tuple[str, ...]
"""One text for each record, or group of records, with all that is shown of it, sorted."""


def names_of(key: str, path: str) -> tuple[str, ...]:
    """Return every name that stands for a field, its own first."""
    parts = path.split("/")
    paths = [path, *("/".join([*parts[:n], _WHOLE]) for n in range(len(parts) - 1, 0, -1)), _WHOLE]
    prefix, _, rest = key.partition(":")
    comparison, is_part, _ = rest.partition("/")
    everyone = f"{prefix}:{f'{comparison}/' if is_part else ''}{_WHOLE}"
    wide = [path, f"cells/{_WHOLE}/{parts[-1]}"] if parts[0] == "cells" else [path]
    return (*(f"{key} {each}" for each in paths), *(f"{everyone} {each}" for each in wide))


class FieldNames:
    """All fields that there are, and what each name stands for."""

    def __init__(self, fields: Iterable[ShownField]) -> None:
        """Take every field of every record, names of records too."""
        groups: dict[str, set[str]] = defaultdict(set)
        self._names: dict[str, tuple[str, ...]] = {}
        for key, path in fields:
            names = names_of(key, path)
            self._names[names[0]] = names
            for name in names:
                groups[name].add(names[0])
        self._groups = groups

    def pack(self, shown: Iterable[ShownField]) -> ShownTexts:
        """Write what a page shows; what is no field of a record is left out."""
        narrow = {f"{key} {path}" for key, path in shown} & self._names.keys()
        candidates = dict.fromkeys(
            name for each in narrow for name in self._names[each] if len(self._groups[name]) > 1
        )
        packed, left = set(), set(narrow)
        for name in sorted(candidates, key=lambda each: (-len(self._groups[each]), each)):
            if self._groups[name] <= narrow and self._groups[name] & left:
                packed.add(name)
                left -= self._groups[name]
        return _by_record(sorted(packed | left))


def _by_record(names: Sequence[str]) -> ShownTexts:
    """Write each record once, with all that is shown of it after it."""
    paths: dict[str, list[str]] = {}
    for name in names:
        key, _, path = name.partition(" ")
        paths.setdefault(key, []).append(path)
    return tuple(f"{key} {' '.join(found)}" for key, found in paths.items())


def is_shown(shown: ShownTexts, key: str, path: str) -> bool:
    """Say whether a field is among what a page shows."""
    names = names_of(key, path)
    keys = {name.partition(" ")[0] for name in names}
    for text in shown:
        record, *paths = text.split(" ")
        if record in keys and any(f"{record} {each}" in names for each in paths):
            return True
    return False


def changed_texts(before: ShownTexts, now: ShownTexts) -> tuple[str, ...]:
    """Return what takes one page's texts to others: `-org:ibm` takes out, the rest puts in."""
    old, new = _keyed(before), _keyed(now)
    gone = (f"-{key}" for key in old if key not in new)
    return tuple(sorted([*gone, *(new[key] for key in new if old.get(key) != new[key])]))


def apply_texts(before: ShownTexts, changed: Iterable[str]) -> ShownTexts:
    """Do what `changed_texts` says."""
    found = _keyed(before)
    for text in changed:
        if text.startswith("-"):
            found.pop(text[1:], None)
        else:
            found[text.partition(" ")[0]] = text
    return tuple(found[key] for key in sorted(found))


def _keyed(texts: ShownTexts) -> dict[str, str]:
    return {text.partition(" ")[0]: text for text in texts}


def gather(texts: Iterable[str]) -> list[str]:
    """Write texts in fewer: records of a kind of which the same is shown, as one."""
    ids: dict[tuple[str, str], list[str]] = {}
    for text in texts:
        key, _, paths = text.partition(" ")
        start, name = _split_key(key)
        ids.setdefault((start, paths), []).append(name)
    return [f"{start}{','.join(names)} {paths}".rstrip() for (start, paths), names in ids.items()]


def scatter(gathered: Iterable[str]) -> tuple[str, ...]:
    """Undo `gather`."""
    texts = []
    for text in gathered:
        keys, _, paths = text.partition(" ")
        start, names = _split_key(keys)
        texts += [f"{start}{name} {paths}".rstrip() for name in names.split(",")]
    return tuple(sorted(texts))


def _split_key(key: str) -> tuple[str, str]:
    """Split a key into its kind, with the comparison that it is a part of, and its id."""
    place = max(key.rfind("/"), key.find(":")) + 1
    return key[:place], key[place:]
