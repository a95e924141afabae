"""The state between builds: what was written, and costly results by content.

One SQLite file, which may be deleted at any time. It may come from a cache that somebody else
wrote, or be damaged: it holds only JSON and numbers, nothing in it is run, every row bears a seal
over what it says, and whatever does not fit is forgotten, which costs time and nothing else.

Never: decides what is current.
"""

import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Self, TypeVar

import msgspec

from alliance_site.diagnostics import OutputError
from alliance_site.paths import OutputPath
from alliance_site.plan import Manifest, Output
from alliance_site.scan import is_signature_settled
from alliance_site.sealed import address_of, seal_over
from alliance_site.write.rows import News, RowKind, Rows, news_of
from alliance_site.write.surroundings import Surroundings

SCHEMA = 10

# A seal stands before what it is over: to read what stands behind megabytes takes reading these.
_TABLES = """
create table header (key text primary key, seal text not null, value blob not null);
create table result (
    key text primary key, code text not null, value text not null, seal text not null
);
create table document (
    path text primary key, digest text not null, code text not null, prose blob not null,
    records blob not null, seal text not null
);
"""

T = TypeVar("T")
Name = TypeVar("Name", bound=str)

_DAMAGE = (sqlite3.Error, UnicodeDecodeError)
"""What a damaged file raises; SQLite's own words about it may be no text either."""


def _sealed(*texts: str) -> tuple[str, ...]:
    """Return a row with the seal over it at its end."""
    return (*texts, hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16])


def _unsealed(rows: Iterable[Sequence[object]]) -> list[tuple[str, ...]]:
    """Return the rows whose seals are whole, without them."""
    kept = []
    for row in rows:
        texts = tuple(text for text in row if isinstance(text, str))
        if len(texts) == len(row) and _sealed(*texts[:-1]) == texts:
            kept.append(texts[:-1])
    return kept


_OUTSIDE = re.compile(r"^(?:/|$)|//|/$|(?:^|/)\.{1,2}(?:/|$)|[\0\\\t]")
_OF_ONE_OUTSIDE = ("//", "/./", "/../", "\0", "\\", "\t")
"""At least one of these stands where paths, with a slash between them, are not all inside."""


def only_inside(outputs: Mapping[Name, T]) -> Mapping[Name, T]:
    """Return the outputs whose paths name files below the folder they are joined to."""
    # One look at all of them, as there are very many and hardly ever one of another kind.
    together = "\n".join(("", *outputs, ""))
    as_one = together.replace("\n", "/")
    has_one = not outputs or any(sign in as_one for sign in _OF_ONE_OUTSIDE)
    if not has_one and together.count("\n") == len(outputs) + 1:
        return outputs
    return {
        path: item
        for path, item in outputs.items()
        if "\n" not in path and not _OUTSIDE.search(path)
    }


_OUTPUTS: RowKind[tuple[Output, str]] = RowKind(tuple[Output, str])
"""What was written, and its signature at that time; empty where it may change without a sign."""

_SURROUNDINGS: RowKind[str | None] = RowKind(str | None)
"""Status of a folder; None for a file that no build wrote."""


class DocumentRow(NamedTuple):
    """What was made of a content file, as it is kept; whoever made it has sealed it."""

    path: str
    digest: str
    code: str
    prose: bytes
    records: bytes
    seal: str

    @classmethod
    def of(cls, path: str, digest: str, code: str, made: tuple[bytes, bytes]) -> Self:
        """Make the row of a file of its compiled texts and its records."""
        seal = seal_over(f"{path}\0{digest}\0{code}\0{len(made[0])}", b"".join(made))
        return cls(path, digest, code, *made, seal)


class DocumentReader:
    """Reads what was made of files from a state, which it opens for itself in every process."""

    def __init__(self, state: Path, code: str) -> None:
        """Name the file, and the code that must have made what is read."""
        self._state = state
        self._code = code
        self._open: tuple[int, sqlite3.Connection] | None = None

    def read(self, path: str, digest: str) -> tuple[bytes, bytes]:
        """Return the compiled texts and the records of a file; nothing where they are not kept."""
        query = "select * from document where path = ?"
        try:
            row = self._connection().execute(query, (path,)).fetchone()
        except _DAMAGE:
            return b"", b""
        match row:
            case (str(), str(), str(), bytes(prose), bytes(records), str()) if row == (
                DocumentRow.of(path, digest, self._code, (prose, records))
            ):
                return prose, records
        return b"", b""

    def _connection(self) -> sqlite3.Connection:
        # A connection must not be used on the other side of a fork.
        if self._open is None or self._open[0] != os.getpid():
            file = sqlite3.connect(address_of(str(self._state)), uri=True)
            self._open = os.getpid(), file
        return self._open[1]

    def close(self) -> None:
        """Close the file; it is opened again if it is read again."""
        if self._open is not None and self._open[0] == os.getpid():
            self._open[1].close()
        self._open = None


def _size_in_header(path: Path) -> int:
    """Return how many bytes a file says it has. Source: SQLite, Database File Format, 1.3."""
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    page = int.from_bytes(head[16:18], "big")
    return (page if page > 1 else 65_536) * int.from_bytes(head[28:32], "big")


_HEADER_BYTES = 100


class Store:
    """An open state file, to be used as a context manager; only `commit` keeps anything."""

    def __init__(
        self,
        path: Path,
        read: dict[str, tuple[object, Any]] | None = None,
        ahead: Mapping[str, tuple[str, bytes]] = MappingProxyType({}),
    ) -> None:
        """Open or make the file; one that is damaged or of another schema is replaced.

        Args:
            path: Of the file.
            read: What this process has read of it before: key → what it was made of, and it.
            ahead: Remembered bytes that somebody has just read: key → the seal over them, and they.

        Raises:
            OutputError: The disk refused.
        """
        self._path = path
        self._read = {} if read is None else read
        self._ahead = dict(ahead)
        self._whole: dict[str, str] = {}
        self.replacements = 0
        """How often the file proved damaged and was made anew, without what it held."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = self._open_or_replace()
        except (OSError, *_DAMAGE) as error:
            raise OutputError(f"cannot open {path}: {error}") from error

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close it; what was not committed is lost."""
        self._connection.close()

    def _open_or_replace(self) -> sqlite3.Connection:
        try:
            return self._open()
        except _DAMAGE:
            return self._replace()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level="DEFERRED")
        try:
            # Damaged letters are damage of one row, which its seal shows.
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            # Nobody waits for the disk: what a power cut leaves is damage like any other.
            connection.execute("pragma synchronous = off")
            version = connection.execute("pragma user_version").fetchone()[0]
            if version == 0:
                connection.executescript(_TABLES)
                connection.execute(f"pragma user_version = {SCHEMA}")
            elif version != SCHEMA:
                raise sqlite3.DatabaseError("another schema")
            elif self._path.stat().st_size < _size_in_header(self._path):
                # SQLite would notice only once it reads what is missing.
                raise sqlite3.DatabaseError("cut short")
        except _DAMAGE:
            connection.close()
            raise
        return connection

    def _replace(self) -> sqlite3.Connection:
        self.replacements += 1
        for ending in ("", "-journal", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                self._path.with_name(self._path.name + ending).unlink()
        return self._open()

    def _attempt(self, action: Callable[[sqlite3.Connection], T]) -> T:
        """Do something with the file; where it proves damaged, do it with a new one."""
        try:
            return action(self._connection)
        except _DAMAGE:
            self._connection.close()
        try:
            self._connection = self._replace()
            return action(self._connection)
        except (OSError, *_DAMAGE) as error:
            raise OutputError(f"cannot use {self._path}: {error}") from error

    def _rows(self, query: str, *values: str) -> list[tuple[str, ...]]:
        return self._attempt(lambda file: _unsealed(file.execute(query, values).fetchall()))

    def _write(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        listed = list(rows)
        self._attempt(lambda file: file.executemany(statement, listed))

    def header(self, key: str) -> str:
        """Return a remembered text; empty where there is none."""
        return self.data(key).decode("utf-8", "replace")

    def set_header(self, key: str, value: str) -> None:
        """Remember a text, if it is not remembered already."""
        self.set_data(key, value.encode())

    def data(self, key: str) -> bytes:
        """Return remembered bytes; none where there are none."""
        seal, data = self._ahead.pop(key, ("", b""))
        if seal and seal == self.seal(key):
            self._whole[key] = seal
            return data
        query = "select value, seal from header where key = ?"
        row = self._attempt(lambda file: file.execute(query, (key,)).fetchone())
        match row:
            case (bytes(data), str(seal)) if seal == seal_over(key, data):
                self._whole[key] = seal
                return data
        return b""

    def set_data(self, key: str, data: bytes) -> str:
        """Remember bytes, if they are not remembered already; return the seal over them."""
        seal = seal_over(key, data)
        # What was found whole is not read again to be compared.
        is_whole = self._whole.get(key) == seal
        if self.seal(key) != seal or not (is_whole or self.data(key) == data):
            row = (key, seal, data)
            self._attempt(
                lambda file: file.execute("insert or replace into header values (?, ?, ?)", row)
            )
            self._whole[key] = seal
        return seal

    def seal(self, key: str) -> str:
        """Return the seal over what is remembered under a key; empty where nothing is."""
        query = "select seal from header where key = ?"
        row = self._attempt(lambda file: file.execute(query, (key,)).fetchone())
        return row[0] if row and isinstance(row[0], str) else ""

    def rows(self, key: str, kind: RowKind[T], of: str = "") -> Mapping[str, T]:
        """Return remembered rows, which nobody may change; none where there are none.

        Args:
            key: Under which they were remembered.
            kind: What they are.
            of: What they belong to; those of something else are not believed.
        """
        return self._rows_of(key, kind, of).now

    def _rows_of(self, key: str, kind: RowKind[T], of: str) -> Rows[T]:
        seals = self._seals(key, of)
        known = self._read.get(key)
        if known is None or known[0] != seals:
            news = self.data(f"{key} news")
            rows = kind.read(self.data(key) if news else b"", news, seals[0])
            self._read[key] = seals, rows
            return rows
        found: Rows[T] = known[1]
        return found

    def _seals(self, key: str, of: str) -> tuple[str, str]:
        return f"{self.seal(key)} {of}", self.seal(f"{key} news")

    def keep_rows(self, key: str, rows: Mapping[Any, T], kind: RowKind[T], of: str = "") -> None:
        """Remember rows, which nobody may change from now on, in the place of others."""
        whole = self._rows_of(key, kind, of).whole
        news = news_of(whole, rows)
        # Where none were found, what is there is of something else, or damaged.
        if not whole or not news.is_little(len(rows)):
            self.set_data(key, msgspec.json.encode(rows))
            whole, news = rows, News({}, ())
        self.set_data(f"{key} news", news.dump(self._seals(key, of)[0]))
        self._read[key] = self._seals(key, of), Rows(whole, rows)

    def results(self, keys: Iterable[str], code: str) -> dict[str, object]:
        """Return the kept results of some keys, as JSON values, where this code made them."""
        wanted = set(keys)
        rows = self._rows("select key, code, value, seal from result where code = ?", code)
        found = {}
        for key, _, value in rows:
            if key in wanted:
                with suppress(ValueError):
                    found[key] = json.loads(value)
        return found

    def result(self, key: str, code: str) -> object:
        """Return one kept result, as a JSON value, where this code made it; else None.

        Results may be large; this one reads no other.
        """
        query = "select key, code, value, seal from result where key = ? and code = ?"
        rows = self._rows(query, key, code)
        with suppress(ValueError):
            return json.loads(rows[0][2]) if rows else None
        return None

    def keep_results(self, results: Mapping[str, object], code: str) -> None:
        """Keep results under their keys."""
        self._write(
            "insert or replace into result values (?, ?, ?, ?)",
            (
                _sealed(key, code, json.dumps(value, ensure_ascii=False))
                for key, value in results.items()
            ),
        )

    def forget_results(self, except_for: Iterable[str]) -> None:
        """Drop results that this build did not use."""
        kept = set(except_for)
        rows = self._attempt(lambda file: file.execute("select key from result").fetchall())
        self._write("delete from result where key = ?", (row for row in rows if row[0] not in kept))

    def keep_documents(self, rows: Iterable[DocumentRow]) -> None:
        """Keep what was made of files, in the place of what was."""
        self._write("insert or replace into document values (?, ?, ?, ?, ?, ?)", rows)

    def forget_documents(self, paths: Iterable[str]) -> None:
        """Forget files that are gone."""
        self._write("delete from document where path = ?", ((path,) for path in paths))

    def manifest(self, folder: str) -> tuple[Manifest, Mapping[OutputPath, str]]:
        """Return what was written to a folder, and each file's signature at that time.

        A path that leads out of the folder is not believed.
        """
        rows = self.rows(f"outputs of {folder}", _OUTPUTS)
        known = self._read.get(f"manifest of {folder}")
        if known is None or known[0] is not rows:
            inside = only_inside(rows)
            manifest = {OutputPath(path): output for path, (output, _) in inside.items()}
            signatures = {
                OutputPath(path): signature for path, (_, signature) in inside.items() if signature
            }
            known = self._read[f"manifest of {folder}"] = rows, (manifest, signatures)
        found: tuple[Manifest, Mapping[OutputPath, str]] = known[1]
        return found

    def keep_manifest(
        self, folder: str, manifest: Manifest, signatures: Mapping[OutputPath, str]
    ) -> None:
        """Replace what is remembered of a folder; nobody may change any of it from now on."""
        # Under one seal: a digest and a signature of two builds would pass for one another.
        known, (before, _) = self.rows(f"outputs of {folder}", _OUTPUTS), self.manifest(folder)
        rows: dict[str, tuple[Output, str]] = {}
        for path, output in manifest.items():
            signature = signatures.get(path, "")
            row = known.get(path)
            if row is None or row[0] is not output or row[1] != signature:
                row = output, signature
            rows[path] = row  # the very same is known for the same at once
        self.keep_rows(f"outputs of {folder}", rows, _OUTPUTS)
        inside = manifest if manifest.keys() <= before.keys() else only_inside(manifest)
        self._read[f"manifest of {folder}"] = rows, (inside, signatures)

    def surroundings(self, folder: str) -> Surroundings:
        """Return what lay in an output folder."""
        rows = self.rows(f"around {folder}", _SURROUNDINGS)
        return Surroundings(
            {path: signature for path, signature in rows.items() if signature is not None},
            tuple(OutputPath(path) for path, signature in rows.items() if signature is None),
        )

    def keep_surroundings(self, folder: str, around: Surroundings, now_ns: int) -> None:
        """Remember what lay in an output folder.

        A folder whose status would not show a change is remembered without it, so that it is
        looked into again. Names that are no text are not remembered, and so nothing is.
        """
        key = f"around {folder}"
        known = self.rows(key, _SURROUNDINGS)
        rows: dict[str, str | None] = {
            path: signature
            if known.get(path) == signature or is_signature_settled(signature, now_ns)
            else ""
            for path, signature in around.folders.items()
        }
        rows |= dict.fromkeys(around.strangers)
        is_text = "".join(rows).isprintable()
        self.keep_rows(key, rows if is_text else {}, _SURROUNDINGS)

    def commit(self) -> None:
        """Make everything since the last commit last.

        Raises:
            OutputError: The disk refused.
        """
        try:
            self._connection.commit()
        except _DAMAGE as error:
            raise OutputError(f"cannot write {self._path}: {error}") from error
