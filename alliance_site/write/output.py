"""Bytes → files: what is on disk now, atomic replacement, pruning.

Never: deletes what the manifest does not list.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from alliance_site.diagnostics import OutputError
from alliance_site.paths import OutputPath
from alliance_site.plan import Manifest
from alliance_site.scan import signature_of

TEMPORARY = ".alliance-site-"
"""How names of half-written files begin; what a killed build left of them, the next removes."""


def digests_on_disk(
    folder: Path, manifest: Manifest, signatures: Mapping[OutputPath, str], *, trust: bool
) -> tuple[dict[OutputPath, str], dict[OutputPath, str]]:
    """Say what the listed outputs are now.

    Args:
        folder: The output folder.
        manifest: What the last build wrote.
        signatures: The status each file had then.
        trust: Take a file with the same status as unchanged; else read every file.

    Returns:
        Digest, and present signature, of each listed output that is still there.
    """
    digests, now = {}, {}
    for path, output in manifest.items():
        try:
            status = (folder / path).stat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        signature = signature_of(status)
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


def write_output(folder: Path, path: OutputPath, data: bytes) -> str:
    """Put a file in place, whole or not at all.

    Returns:
        Its signature.

    Raises:
        OutputError: The disk refused.
    """
    target = folder / path
    temporary = target.with_name(f"{TEMPORARY}{os.getpid()}-{target.name}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(data)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return signature_of(target.stat())
    except OSError as error:
        raise OutputError(f"cannot write {target}: {error.strerror}") from error


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
        parents |= set(target.relative_to(folder).parents)
    for parent in sorted(parents, key=lambda item: -len(item.parts)):
        if parent.parts:
            with suppress(OSError):
                (folder / parent).rmdir()
    return removed


def foreign_files(folder: Path, known: Iterable[OutputPath]) -> Iterator[OutputPath]:
    """Yield files in the output folder that no build wrote, in order; half-written ones go."""
    wanted = set(known)
    for base, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            full = Path(base) / name
            if name.startswith(TEMPORARY):
                full.unlink(missing_ok=True)
                continue
            path = OutputPath(full.relative_to(folder).as_posix())
            if path not in wanted:
                yield path
