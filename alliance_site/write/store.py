"""The state between builds: what was written, what was read, and costly results by content.

One SQLite file, which may be deleted at any time. It may come from a cache that somebody else
wrote, so it holds only texts and numbers, and nothing in it is run. Whatever does not fit (another
schema, another generator, a damaged file) is thrown away, and the build is a clean one.

Never: decides what is current.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Self

from alliance_site.paths import OutputPath
from alliance_site.plan import Manifest, Output

SCHEMA = 2

_TABLES = """
create table header (key text primary key, value text not null) without rowid;
create table result (key text primary key, code text not null, value text not null) without rowid;
create table output (
    folder text not null, path text not null, fingerprint text not null, digest text not null,
    reason text not null, signature text not null, primary key (folder, path)
) without rowid;
"""


class Store:
    """An open state file, to be used as a context manager; only `commit` keeps anything."""

    def __init__(self, path: Path) -> None:
        """Open or make the file; one that is damaged or of another schema is replaced."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError:
            self._discard()
            self._connection = self._open()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close it; what was not committed is lost."""
        self._connection.close()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level="DEFERRED")
        connection.execute("pragma synchronous = normal")
        version = connection.execute("pragma user_version").fetchone()[0]
        if version not in {0, SCHEMA}:
            connection.close()
            raise sqlite3.DatabaseError("another schema")
        if version == 0:
            connection.executescript(_TABLES)
            connection.execute(f"pragma user_version = {SCHEMA}")
        elif connection.execute("pragma quick_check(1)").fetchone()[0] != "ok":
            connection.close()
            raise sqlite3.DatabaseError("damaged")
        return connection

    def _discard(self) -> None:
        for ending in ("", "-journal", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                self._path.with_name(self._path.name + ending).unlink()

    def header(self, key: str) -> str:
        """Return a remembered text; empty where there is none."""
        row = self._connection.execute("select value from header where key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def set_header(self, key: str, value: str) -> None:
        """Remember a text."""
        self._connection.execute("insert or replace into header values (?, ?)", (key, value))

    def results(self, keys: Iterable[str], code: str) -> dict[str, object]:
        """Return the kept results of some keys, as JSON values, where this code made them."""
        wanted = set(keys)
        rows = self._connection.execute("select key, value from result where code = ?", (code,))
        found = {}
        for key, value in rows:
            if key in wanted:
                with suppress(ValueError):
                    found[key] = json.loads(value)
        return found

    def keep_results(self, results: Mapping[str, object], code: str) -> None:
        """Keep results under their keys."""
        self._connection.executemany(
            "insert or replace into result values (?, ?, ?)",
            ((key, code, json.dumps(value, ensure_ascii=False)) for key, value in results.items()),
        )

    def forget_results(self, except_for: Iterable[str]) -> None:
        """Drop results that this build did not use."""
        kept = set(except_for)
        rows = self._connection.execute("select key from result").fetchall()
        self._connection.executemany(
            "delete from result where key = ?", [row for row in rows if row[0] not in kept]
        )

    def manifest(self, folder: str) -> tuple[Manifest, dict[OutputPath, str]]:
        """Return what was written to a folder, and each file's signature at that time."""
        rows = self._connection.execute(
            "select path, fingerprint, digest, reason, signature from output where folder = ?",
            (folder,),
        ).fetchall()
        manifest = {OutputPath(row[0]): Output(*row[1:4]) for row in rows}
        return manifest, {OutputPath(row[0]): row[4] for row in rows}

    def keep_manifest(
        self, folder: str, manifest: Manifest, signatures: Mapping[OutputPath, str]
    ) -> None:
        """Replace what is remembered of a folder."""
        self._connection.execute("delete from output where folder = ?", (folder,))
        self._connection.executemany(
            "insert into output values (?, ?, ?, ?, ?, ?)",
            (
                (
                    folder,
                    path,
                    item.fingerprint,
                    item.digest,
                    item.reason,
                    signatures.get(path, ""),
                )
                for path, item in sorted(manifest.items())
            ),
        )

    def commit(self) -> None:
        """Make everything since the last commit last."""
        self._connection.commit()
