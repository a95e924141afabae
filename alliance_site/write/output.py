"""Bytes → files: what is on disk now, atomic replacement, pruning.

Never: deletes what the manifest does not list.
"""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Self

from alliance_site.diagnostics import OutputError
from alliance_site.paths import OutputPath
from alliance_site.plan import Manifest
from alliance_site.scan import is_signature_settled, signature_of


def digests_on_disk(
    folder: Path,
    manifest: Manifest,
    signatures: Mapping[OutputPath, str],
    *,
    trust: bool,
    observed: Mapping[OutputPath, str] = MappingProxyType({}),
) -> tuple[dict[OutputPath, str], dict[OutputPath, str]]:
    """Say what the listed outputs are now.

    Args:
        folder: The output folder.
        manifest: What the last build wrote.
        signatures: The status each file had then.
        trust: Take a file with the same status as unchanged; else read every file.
        observed: The status of files that have just been looked at; empty for one that is to be
            looked at.

    Returns:
        Digest, and present signature, of each listed output that is still there.
    """
    digests, now = {}, {}
    # Joined as texts: there are tens of thousands, and a `Path` costs more than the question.
    root = f"{folder}/"
    for path, output in manifest.items():
        signature = observed.get(path)
        if not signature:
            try:
                signature = signature_of(os.stat(root + path))  # noqa: PTH116 - as above
            except (FileNotFoundError, NotADirectoryError):
                continue
        if trust and signature == signatures.get(path):
            digests[path] = output.digest
        else:
            digests[path] = _digest_of_file(folder / path)
        now[path] = signature
    return digests, now


def _digest_of_file(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        # A folder in a file's place, or one that may not be read: it is not what was written.
        return ""


def settled_only(
    signatures: Mapping[OutputPath, str],
    now_ns: int,
    known: Mapping[OutputPath, str] = MappingProxyType({}),
) -> dict[OutputPath, str]:
    """Keep the signatures that a later change cannot bear; the other files are read next time.

    Args:
        signatures: File → its signature.
        now_ns: Present time.
        known: Those that were kept before.
    """
    return {
        path: signature
        for path, signature in signatures.items()
        if known.get(path) == signature or is_signature_settled(signature, now_ns)
    }


class Stage:
    """A folder beside the output in which files are made whole before the first is put in place.

    It lies on the same disk, so that putting a file in place is one step of the file system. What
    a killed build left in it, the next throws away.
    """

    def __init__(self, output: Path) -> None:
        """Name the folder; nothing is made yet."""
        self.output = output
        self.folder = output.with_name(f".{output.name}.stage")
        self._folders: set[str] = set()

    def __enter__(self) -> Self:
        """Begin with nothing staged."""
        shutil.rmtree(self.folder, ignore_errors=True)
        return self

    def __exit__(self, *error: object) -> None:
        """Throw away what was not put in place."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def add(self, path: OutputPath, data: bytes) -> None:
        """Make a file.

        Raises:
            OutputError: The disk refused.
        """
        # As a text: most files are in a folder of their own, and there are tens of thousands.
        target = f"{self.folder}/{path}"
        folder = target.rpartition("/")[0]
        try:
            if folder not in self._folders:
                self._folders.add(folder)
                with suppress(FileExistsError, FileNotFoundError):
                    os.mkdir(folder)  # noqa: PTH102 - as above
            try:
                _write(target, data)
            except FileNotFoundError:
                Path(folder).mkdir(parents=True, exist_ok=True)
                _write(target, data)
        except OSError as error:
            raise OutputError(f"cannot write {target}: {error.strerror}") from error

    def place(self, paths: Sequence[OutputPath]) -> dict[OutputPath, str]:
        """Put staged files in place.

        Returns:
            The signature of each.

        Raises:
            OutputError: The disk refused.
        """
        try:
            if paths and not self.output.exists():
                # A first build: the whole folder takes its place at once.
                self.output.parent.mkdir(parents=True, exist_ok=True)
                self.folder.replace(self.output)
            else:
                for path in paths:
                    self._place_one(path)
            self.output.mkdir(parents=True, exist_ok=True)
            root = f"{self.output}/"
            return {path: signature_of(os.stat(root + path)) for path in paths}  # noqa: PTH116
        except OSError as error:
            raise OutputError(f"cannot write {error.filename}: {error.strerror}") from error

    def _place_one(self, path: OutputPath) -> None:
        staged, target = self.folder / path, self.output / path
        if not target.parent.is_dir():
            target.parent.mkdir(parents=True, exist_ok=True)
        try:
            staged.replace(target)
        except OSError as error:
            self._place_otherwise(staged, target, error)

    @staticmethod
    def _place_otherwise(staged: Path, target: Path, error: OSError) -> None:
        if error.errno == errno.EXDEV:
            # The output is a link to another disk: the file goes over first, and then in place.
            near = target.with_name(f".{target.name}.stage")
            shutil.copyfile(staged, near)
            near.replace(target)
        elif isinstance(error, IsADirectoryError):
            # Somebody put a folder where a page was; an empty one holds nothing to lose.
            target.rmdir()
            staged.replace(target)
        else:
            raise error


def _write(target: str, data: bytes) -> None:
    with open(target, "wb", buffering=0) as file:  # noqa: PTH123 - as above
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]


def delete_outputs(folder: Path, paths: Iterable[OutputPath]) -> int:
    """Delete outputs, and the folders that they leave empty.

    Returns:
        How many were there.

    Raises:
        OutputError: The disk refused.
    """
    removed = 0
    parents = set()
    for path in paths:
        target = folder / path
        try:
            target.unlink()
            removed += 1
        except (FileNotFoundError, NotADirectoryError):
            pass
        except OSError as error:
            raise OutputError(f"cannot delete {target}: {error.strerror}") from error
        parents |= set(PurePosixPath(path).parents)
    for parent in sorted(parents, key=lambda item: -len(item.parts)):
        if parent.parts:
            with suppress(OSError):
                (folder / parent).rmdir()
    return removed
