"""A new site, and new records: what an editor starts from.

Never: overwrites a file.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_site.diagnostics import OutputError, UsageError
from alliance_site.ids import INTRODUCED, PAGE_LISTS, id_of
from alliance_site.starter.texts import COMPARISON, ENTRIES, FILES, PUBLISHING, RECORDS, SITE

if TYPE_CHECKING:
    from alliance_site.read import Node

_PLAIN = re.compile(r"[^\W\d_][\w ,.()/-]*")
"""Texts that mean themselves in YAML without quotes."""

KINDS_OF_RECORD = (*RECORDS, *ENTRIES, "comparison")
"""What `new_record` can begin."""


def example_of(kind: str) -> Mapping[str, str]:
    """Return the files that a kind of record begins with, by their paths; there may be none."""
    names = _today() | {
        **dict.fromkeys(("id", "alliance", "topic", "side"), "example"),
        "title": "An example",
        "author": "editors",
        "number": "1",
    }
    if kind == "site":
        return {"content/site.yaml": SITE.format(**names)}
    if kind == "comparison":
        folder = "content/comparisons/example"
        return {f"{folder}/{name}": text.format(**names) for name, text in COMPARISON.items()}
    place, text = {**RECORDS, **ENTRIES}.get(kind, ("", ""))
    return {place.format(**names): text.format(**names)} if place else {}


def start_site(folder: Path) -> tuple[Path, ...]:
    """Write a small site that builds.

    Returns:
        The files written.

    Raises:
        UsageError: There is a `content/` already.
        OutputError: The disk refused.
    """
    if _is_there(folder / "content"):
        raise UsageError(f"{folder / 'content'} exists already; nothing was written")
    title = folder.resolve().name.replace("-", " ").capitalize() or "Alliance"
    names = _today() | {"title": _as_yaml(title)}
    filled = {"content/site.yaml": SITE, **FILES}
    files = {name.format(**names): text.format(**names) for name, text in filled.items()}
    made = []
    for name, text in (files | PUBLISHING).items():
        path = folder / name
        if _is_there(path):
            continue
        _write(path, text)
        made.append(path)
    return tuple(made)


def new_record(site: Path, kind: str, name: str) -> Path:
    """Write a record to be filled; its id is made from `name`.

    Where one file holds many, it is added at the end; what is there stays as it is.

    Returns:
        The file.

    Raises:
        UsageError: There is no site, no id can be made, or a record or page of that id exists
            already.
        OutputError: The disk refused.
    """
    if not (site / "content").is_dir():
        raise UsageError(f"{site} holds no content/ folder; name the site's folder with -C")
    record_id = _shortened(id_of(name))
    if not record_id:
        raise UsageError(f"no id can be made of `{name}`; give one in a-z, 0-9 and hyphens")
    if kind == "page" and record_id in PAGE_LISTS and record_id not in INTRODUCED:
        raise UsageError(f"every site has a page `{record_id}` already; give yours another name")
    title = name.replace("-", " ").capitalize() if name == record_id else name
    names = _today() | {"id": record_id, "title": _as_yaml(title)}
    if kind == "comparison":
        return _new_comparison(site / "content/comparisons" / record_id, names)
    if kind == "objective":
        names |= _place_among_objectives(site / "content")
    if kind == "article":
        names["author"] = next(_keys(site / "content/site.yaml", "authors"), "editors")
    if kind in ENTRIES:
        return _new_entry(site, kind, names)
    return _new_record(site, kind, names)


def _new_record(site: Path, kind: str, names: Mapping[str, str]) -> Path:
    """Write a record of one file, where no other of its kind has its id."""
    place, text = RECORDS[kind]
    path = site / place.format(**names)
    folder = site / place.partition("{")[0]
    for taken in (path, *sorted(folder.glob(f"**/{path.name}"))):
        if _is_there(taken):
            raise UsageError(f"{taken} exists already; nothing was written")
    _write(path, text.format(**names))
    return path


def _new_entry(site: Path, kind: str, names: Mapping[str, str]) -> Path:
    """Add an entry to the file that holds all of its kind."""
    place, entry = ENTRIES[kind]
    path, content = site / place, site / "content"
    own = content / path.stem / f"{names['id']}.yaml"
    for file, is_taken in ((own, _is_there(own)), (path, _has_entry(path, names["id"]))):
        if is_taken:
            raise UsageError(f"{file} has `{names['id']}` already; nothing was written")
    before = _bytes_of(path)
    if re.search(rb"^[\[{-]|^\.\.\.", before, re.MULTILINE):
        raise UsageError(
            f"{path} is not written as one entry a block, `id:` and its keys below; add it by hand"
        )
    gap = "" if not before else "\n" if before.endswith(b"\n") else "\n\n"
    text = gap + entry.format(**names, **_terms(content), alliance=_alliance(content))
    ending = "\r\n" if b"\r\n" in before else "\n"
    _write_bytes(path, before + text.replace("\n", ending).encode())
    return path


def _terms(content: Path) -> dict[str, str]:
    """Return the first topic and the first side that the site declares."""
    from alliance_site.read import Mapping as Fields  # noqa: PLC0415 - most records need none

    found = {"topic": "example", "side": "example"}
    declared = _field(content / "site.yaml", "vocabularies")
    for name, terms in declared.entries if isinstance(declared, Fields) else ():
        if isinstance(terms, Fields) and terms.entries:
            found[name.text.removesuffix("s")] = terms.entries[0][0].text
    return {name: found[name] for name in ("topic", "side")}


def _new_comparison(folder: Path, names: Mapping[str, str]) -> Path:
    """Write the files of a comparison with one subject and one criterion, which builds."""
    if _is_there(folder):
        raise UsageError(f"{folder} exists already; nothing was written")
    for name, text in COMPARISON.items():
        _write(folder / name, text.format(**names))
    return folder / next(iter(COMPARISON))


def _shortened(record_id: str) -> str:
    """Cut an id that would be too long for a file's name, between words where there are any."""
    if len(record_id) <= _LONGEST_ID:
        return record_id
    return record_id[: _LONGEST_ID + 1].rpartition("-")[0] or record_id[:_LONGEST_ID]


_LONGEST_ID = 80
"""File systems take names of 255 bytes; readers, and other sites, take addresses of a line."""


def _place_among_objectives(content: Path) -> dict[str, str]:
    """Name the alliance that the site is about, and the first number after its objectives'."""
    alliance = _alliance(content)
    numbers = [
        int(number)
        for path in (content / "objectives").glob("*.md")
        if _text(path, "alliance") == alliance
        and (number := _text(path, "number")).isascii()
        and number.isdigit()
    ]
    return {"alliance": alliance, "number": str(max(numbers, default=0) + 1)}


def _alliance(content: Path) -> str:
    """Name the alliance that the site is about."""
    alliances = sorted(item.stem for item in (content / "alliances").glob("*.md"))
    chosen = _text(content / "site.yaml", "alliance")
    return chosen or next(iter(alliances), "example")


def _text(file: Path, key: str) -> str:
    """Return what a record says under a key; empty where it says nothing, or no one text."""
    from alliance_site.read import Scalar  # noqa: PLC0415 - most records need none

    node = _field(file, key)
    return node.text if isinstance(node, Scalar) else ""


def _keys(file: Path, key: str) -> Iterator[str]:
    """Yield the keys of a mapping in a record."""
    from alliance_site.read import Mapping as Fields  # noqa: PLC0415 - most records need none

    node = _field(file, key)
    if isinstance(node, Fields):
        yield from (name.text for name, _ in node.entries)


def _field(file: Path, key: str) -> "Node | None":
    """Return a field of a record; what is wrong with the file is for `check` to say."""
    from alliance_site.read import parse_document  # noqa: PLC0415 - most records need none

    try:
        document, _ = parse_document(file.name, file.read_bytes())
    except OSError:
        return None
    entries = document.fields.entries if document is not None else ()
    return next((node for name, node in entries if name.text == key), None)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror}") from error


def _has_entry(path: Path, entry: str) -> bool:
    """Say whether a file holds an entry of a name, as far as it can be read."""
    return _is_there(path) and _field(path, entry) is not None


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise OutputError(f"cannot read {path}: {error.strerror}") from error


def _write(path: Path, text: str) -> None:
    _write_bytes(path, text.encode())


def _write_bytes(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error


def _as_yaml(text: str) -> str:
    """Write a text as a YAML scalar, in quotes where it needs them (JSON's are YAML's too)."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _today() -> dict[str, str]:
    today = datetime.now(UTC).date()
    return {"today": today.isoformat(), "year": str(today.year)}
