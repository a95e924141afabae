"""A new site, and new records: what an editor starts from.

Never: overwrites a file.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from alliance_site.diagnostics import UsageError
from alliance_site.starter.texts import COMPARISON, ENTRIES, FILES, PUBLISHING, RECORDS, SITE

_PLAIN = re.compile(r"[^\W\d_][\w ,.()/-]*")
"""Texts that mean themselves in YAML without quotes."""

KINDS_OF_RECORD = (*RECORDS, *ENTRIES, "comparison")
"""What `new_record` can begin."""


def example_of(kind: str) -> Mapping[str, str]:
    """Return the files that a kind of record begins with, by their paths; there may be none."""
    names = _today() | {
        **dict.fromkeys(("id", "alliance", "topic", "side"), "example"),
        "title": "An example",
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
    """
    if (folder / "content").exists():
        raise UsageError(f"{folder / 'content'} exists already; nothing was written")
    title = folder.resolve().name.replace("-", " ").capitalize() or "Alliance"
    names = _today() | {"title": _as_yaml(title)}
    filled = {"content/site.yaml": SITE, **FILES}
    files = {name.format(**names): text.format(**names) for name, text in filled.items()}
    made = []
    for name, text in (files | PUBLISHING).items():
        path = folder / name
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        made.append(path)
    return tuple(made)


def new_record(site: Path, kind: str, name: str) -> Path:
    """Write a record to be filled; its id is made from `name`.

    Where one file holds many, it is added at the end; what is there stays as it is.

    Returns:
        The file.

    Raises:
        UsageError: There is no site, no id can be made, or a record of that id exists already.
    """
    if not (site / "content").is_dir():
        raise UsageError(f"{site} holds no content/ folder; name the site's folder with -C")
    record_id = _record_id(name)
    if not record_id:
        raise UsageError(f"no id can be made of `{name}`; give one in a-z, 0-9 and hyphens")
    alliances = sorted(item.stem for item in (site / "content/alliances").glob("*.md"))
    names = _today() | {
        "id": record_id,
        "title": _as_yaml(name.replace("-", " ").capitalize() if name == record_id else name),
        "alliance": alliances[0] if alliances else "example",
    }
    if kind == "comparison":
        return _new_comparison(site / "content/comparisons" / record_id, names)
    if kind in ENTRIES:
        return _new_entry(site, kind, names)
    place, text = RECORDS[kind]
    path = site / place.format(**names)
    folder = site / place.partition("{")[0]
    for taken in (path, *sorted(folder.glob(f"**/{path.name}"))):
        if taken.exists():
            raise UsageError(f"{taken} exists already; nothing was written")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.format(**names), encoding="utf-8")
    return path


def _new_entry(site: Path, kind: str, names: Mapping[str, str]) -> Path:
    """Add an entry to the file that holds all of its kind."""
    place, entry = ENTRIES[kind]
    path, own = site / place, site / place.removesuffix(".yaml") / f"{names['id']}.yaml"
    before = path.read_bytes().decode("utf-8", "replace") if path.exists() else ""
    if own.exists() or re.search(rf"^[\"']?{names['id']}[\"']?\s*:", before, re.MULTILINE):
        where = own if own.exists() else path
        raise UsageError(f"{where} has `{names['id']}` already; nothing was written")
    if re.search(r"^[\[{-]|^\.\.\.", before, re.MULTILINE):
        raise UsageError(
            f"{path} is not written as one entry a block, `id:` and its keys below; add it by hand"
        )
    text = entry.format(**names, **_terms(site))
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    ending = "\r\n" if "\r\n" in before else "\n"
    with path.open("a", encoding="utf-8", newline=ending) as file:
        file.write(gap + text)
    return path


def _terms(site: Path) -> dict[str, str]:
    """Return the first topic and side that the site declares, as far as lines show them."""
    path = site / "content/site.yaml"
    text = path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
    found = {}
    for name in ("topic", "side"):
        declared = re.search(rf"^ +{name}s:[^\n]*\n +([a-z0-9-]+):", text, re.MULTILINE)
        found[name] = declared[1] if declared else "example"
    return found


def _new_comparison(folder: Path, names: Mapping[str, str]) -> Path:
    """Write the files of a comparison with one subject and one criterion, which builds."""
    if folder.exists():
        raise UsageError(f"{folder} exists already; nothing was written")
    for name, text in COMPARISON.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(**names), encoding="utf-8")
    return folder / next(iter(COMPARISON))


def _record_id(name: str) -> str:
    """Make an id of a title: letters without their accents, all else to hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _as_yaml(text: str) -> str:
    """Write a text as a YAML scalar, in quotes where it needs them (JSON's are YAML's too)."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _today() -> dict[str, str]:
    today = datetime.now(UTC).date()
    return {"today": today.isoformat(), "year": str(today.year)}
