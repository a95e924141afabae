"""What else lies in the output folder: files that no build wrote.

A folder whose status is as it was holds the same names as it did, so only the others are listed:
in a site of ten thousand pages, each in a folder of its own, that is most of the time.

Never: deletes anything.
"""

import os
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field

from alliance_site.paths import OutputPath
from alliance_site.scan import signature_of


class Surroundings(Struct, frozen=True):
    """An output folder, seen from its folders.

    Attributes:
        folders: Folder below it → status; the output folder itself is the empty text.
        strangers: Files that no build wrote, in order.
    """

    folders: Mapping[str, str] = {}
    strangers: tuple[OutputPath, ...] = ()


def folders_above(paths: Iterable[OutputPath]) -> frozenset[str]:
    """Return the folders that files lie in, near or far; the output folder is the empty text."""
    found: set[str] = set()
    for path in paths:
        folder: str = path
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in found:
                break
            found.add(folder)
    return frozenset(found)


def look_around(
    output: Path,
    known: Iterable[OutputPath],
    before: Surroundings,
    looked: Mapping[str, str] = MappingProxyType({}),
    touched: Iterable[str] = (),
) -> Surroundings:
    """Look at what lies in the output folder.

    Args:
        output: It.
        known: The outputs of the site.
        before: What was seen last time, of folders whose status would show a change.
        looked: Status of folders at which somebody has just looked.
        touched: Folders in which this build has put or deleted anything since.
    """
    search = _Search(f"{output}/", set(known))
    # In few steps for each folder: there are tens of thousands, and nearly all are as they were.
    seen = {folder: looked.get(folder, "") for folder in before.folders}
    seen |= {folder: "" for folder in touched if folder in seen}
    doubtful = [folder for folder, now in seen.items() if not now or now != before.folders[folder]]
    changed = [] if "" in before.folders else [""]
    for folder in doubtful:
        seen[folder] = search.signature(folder)
        if not seen[folder] or seen[folder] != before.folders[folder]:
            changed += [folder] if seen[folder] else []
            del seen[folder]
    search.folders = seen
    for path in before.strangers:
        if path.rpartition("/")[0] in seen and path not in search.known:
            search.strangers.append(path)
    search.seen = {*before.folders}
    for folder in changed:
        search.list(folder)
    return Surroundings(search.folders, tuple(sorted(search.strangers)))


class _Search(Struct):
    root: str
    known: Container[OutputPath]
    folders: dict[str, str] = field(default_factory=dict)
    strangers: list[OutputPath] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def signature(self, folder: str) -> str:
        """Return the status of a folder; empty where there is none, or something else."""
        try:
            status = os.lstat(self.root + folder if folder else self.root)
        except (FileNotFoundError, NotADirectoryError):
            return ""
        return signature_of(status)

    def list(self, folder: str) -> None:
        """List a folder, and those in it that nobody has seen before."""
        # Its status is asked first: what comes in while it is listed shows next time.
        signature = self.signature(folder)
        try:
            entries = os.scandir(self.root + folder)
        except (FileNotFoundError, NotADirectoryError):
            return
        self.folders[folder] = signature
        prefix = f"{folder}/" if folder else ""
        with entries:
            for entry in entries:
                path = prefix + entry.name
                if not entry.is_dir(follow_symlinks=False):
                    if OutputPath(path) not in self.known:
                        self.strangers.append(OutputPath(path))
                elif path not in self.seen:
                    self.seen.add(path)
                    self.list(path)
