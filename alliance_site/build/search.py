"""The index that readers search: Pagefind's, made of the finished pages once they are out.

The index is an output like others: its fingerprint is the digest of the indexed texts, so that it
is made again only where they changed. A large site is indexed in shards, which the browser joins.

Never: decides what is searched of a page (that is `render`); runs when no text changed.
"""

import base64
import gzip
import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple, Self

from msgspec import Struct

from alliance_site.build.crew import Crew, Part, can_fork
from alliance_site.build.work import Made, Rendered, Workshop
from alliance_site.diagnostics import OutputError
from alliance_site.paths import OutputPath
from alliance_site.plan import Past, search_fingerprint
from alliance_site.processors import processors
from alliance_site.render import SearchRecord, search_record
from alliance_site.write import Store

FOLDER = "pagefind"
_PACKAGE = "pagefind_bin"

_PER_SHARD = 500
"""Up to how many pages one run of Pagefind indexes: about 1 s and 200 MB."""

_ENGINE = ("pagefind.js", "pagefind-worker.js")
_INDEX = ("filter/", "fragment/", "index/", "pagefind-entry.json")
_FRAGMENT_START = b"pagefind_dcd"


class Searchable(Struct, frozen=True, kw_only=True):
    """What is to be indexed.

    Attributes:
        pages: HTML page → digest of its bytes.
        read: Gives a page's bytes.
        site_title: What stands behind every page's title.
        language: The site's language tag.
        code: Digest of the generator's code.
    """

    pages: Mapping[OutputPath, str]
    read: Callable[[OutputPath], bytes]
    site_title: str
    language: str
    code: str


def is_installed() -> bool:
    """Say whether Pagefind is there; it is an extra, as not every platform has it."""
    return find_spec(_PACKAGE) is not None


def kept_index(past: Past) -> list[Made]:
    """List the index of the last build as it is, stale or not."""
    return [
        Made(path=path, address="", fingerprint=output.fingerprint, rendered=Rendered())
        for path, output in past.manifest.items()
        if path.startswith(f"{FOLDER}/") and path in past.on_disk
    ]


def make_index(found: Searchable, workshop: Workshop, memo: Store, jobs: int) -> list[Made]:
    """Index the pages that are out, shard by shard; a shard whose texts are the same is kept.

    Args:
        found: What is to be indexed.
        workshop: Knows the last build, and where new files are made.
        memo: Keeps the digest of each page's text by the digest of the page.
        jobs: How many workers; 0 for one a processor.

    Returns:
        Every file of the index.

    Raises:
        OutputError: Pagefind failed.
    """
    from importlib.metadata import version  # noqa: PLC0415 - brings half of `email` with it

    past, shards = workshop.past, _shards(found.pages)
    way = f"{version('pagefind_bin')} {found.language} {len(shards)}"
    indexing = Indexing(found, workshop, way)
    made: list[Made] = []
    stale: list[int] = []
    listed = [_listed(past, number) for number in range(len(shards))]
    there = [page for shard, paths in zip(shards, listed, strict=True) if paths for page in shard]
    known = memo.results((_key(found, page) for page in found.pages), _code(found))
    digests = _text_digests(found, known, there)
    for number, (shard, paths) in enumerate(zip(shards, listed, strict=True)):
        fingerprint = indexing.fingerprint(shard, digests) if paths else ""
        if paths and all(past.is_current(path, fingerprint) for path in paths):
            made += (
                Made(path=path, address="", fingerprint=fingerprint, rendered=Rendered())
                for path in paths
            )
        else:
            stale.append(number)
    asked = [(None, (shards[number], number, len(shards))) for number in stale]
    for indexed in _indexed(indexing, asked, jobs):
        digests |= indexed.digests
        made += indexed.made
    kept = {_key(found, page): digest for page, digest in digests.items()}
    memo.forget_results(kept)
    memo.keep_results({key: kept[key] for key in kept.keys() - known.keys()}, _code(found))
    memo.commit()
    return made


class Indexed(NamedTuple):
    """A shard of the index.

    Attributes:
        digests: Page → digest of its text; empty for one that is not to be found.
        made: Its files.
    """

    digests: dict[OutputPath, str]
    made: list[Made]


class Indexing:
    """Indexes shards, each in one run of Pagefind; a worker has one.

    Args:
        found: What is to be indexed.
        workshop: Where the files of the index are made.
        way: How that is done.
    """

    def __init__(self, found: Searchable, workshop: Workshop, way: str) -> None:
        """Begin with nothing read."""
        self._found = found
        self._workshop = workshop
        self._way = way

    def fingerprint(self, pages: Iterable[OutputPath], digests: Mapping[OutputPath, str]) -> str:
        """Digest all that decides the files of a shard.

        Args:
            pages: Those in it.
            digests: Page → digest of its text; empty for one that is not to be found.
        """
        said = "\n".join(f"{page} {digests[page]}" for page in pages if digests[page])
        texts = hashlib.sha256(said.encode()).hexdigest()
        return search_fingerprint(texts, self._way, self._found.code)

    def index(self, pages: Sequence[OutputPath], number: int, count: int) -> Indexed:
        """Index a shard.

        Args:
            pages: Those in it.
            number: Its own.
            count: How many shards there are.

        Raises:
            OutputError: Pagefind failed.
        """
        records = {page: _record(self._found, page) for page in pages}
        digests = {page: _digest_of(record) for page, record in records.items()}
        texts = [record for record in records.values() if record is not None]
        fingerprint = self.fingerprint(pages, digests)
        files = _wanted(_pagefind(texts, self._found.language), number, count)
        made = [
            _staged(OutputPath(f"{_folder_of(number)}{name}"), data, fingerprint, self._workshop)
            for name, data in files
        ]
        return Indexed(digests, made)


def _indexed(indexing: Indexing, asked: Sequence[Part], jobs: int) -> Iterator[Indexed]:
    """Index shards, as many at once as there may be processes."""
    workers = max(min(jobs or processors(), len(asked)), 1)
    if workers > 1 and can_fork():
        with Crew(indexing, workers) as crew:
            yield from crew.ask("index", asked)
    else:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - seldom used

        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(lambda part: indexing.index(*part[1]), asked)


def _folder_of(shard: int) -> str:
    return f"{FOLDER}/{shard}/"


def _record(found: Searchable, path: OutputPath) -> SearchRecord | None:
    url = f"/{path.removesuffix('index.html')}"
    # A page among the static files is as its author wrote it.
    return search_record(url, found.read(path).decode(errors="replace"), found.site_title)


def _digest_of(record: SearchRecord | None) -> str:
    return "" if record is None else record.digest()


def _listed(past: Past, shard: int) -> list[OutputPath]:
    """List the files of a shard that the last build wrote."""
    return [path for path in past.manifest if path.startswith(_folder_of(shard))]


def _text_digests(
    found: Searchable, known: Mapping[str, object], pages: Iterable[OutputPath]
) -> dict[OutputPath, str]:
    """Digest the text of some pages; empty for one that is not to be found.

    A page whose text is known is not read again.
    """
    keys = {page: _key(found, page) for page in pages}
    return {
        page: str(known[key]) if key in known else _digest_of(_record(found, page))
        for page, key in keys.items()
    }


def _key(found: Searchable, page: OutputPath) -> str:
    return f"{found.pages[page]} {page}"


def _code(found: Searchable) -> str:
    return f"{found.code} {found.site_title}"


def _shards(pages: Iterable[OutputPath]) -> list[list[OutputPath]]:
    """Share pages out by a digest of their address, so that one page changes one shard."""
    paths = sorted(pages)
    count = 1
    while len(paths) > count * _PER_SHARD:
        count *= 2
    shards: list[list[OutputPath]] = [[] for _ in range(count)]
    for path in paths:
        shards[int(hashlib.sha256(path.encode()).hexdigest()[:8], 16) % count].append(path)
    return shards


def _staged(path: OutputPath, data: bytes, fingerprint: str, workshop: Workshop) -> Made:
    rendered = workshop.render(path, fingerprint, lambda: (data, ()))
    return Made(path=path, address="", fingerprint=fingerprint, rendered=rendered)


def _wanted(files: Mapping[str, bytes], number: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Choose what the site needs of Pagefind's files, and add the list of kinds.

    Pagefind's own filters come out in another order each time, so the kinds of pages are listed
    beside its index: kind → the names of its pages' fragments.
    """
    language = next(iter(json.loads(files["pagefind-entry.json"])["languages"].values()))
    engine = (*_ENGINE, f"wasm.{language['wasm'] or 'unknown'}.pagefind") if number == 0 else ()
    kinds: dict[str, list[str]] = defaultdict(list)
    for name, data in sorted(files.items()):
        if name.startswith(_INDEX) or name.endswith(".pf_meta") or name in engine:
            yield name, data
        if name.startswith("fragment/"):
            fragment = json.loads(gzip.decompress(data).removeprefix(_FRAGMENT_START))
            kinds[fragment["meta"]["kind"]].append(Path(name).stem)
    listed = {"shards": count, "kinds": dict(sorted(kinds.items()))}
    yield "kinds.json", json.dumps(listed, separators=(",", ":")).encode() + b"\n"


def _pagefind(records: Sequence[SearchRecord], language: str) -> dict[str, bytes]:
    """Index some records in one run of Pagefind; return its files by name.

    Raises:
        OutputError: Pagefind failed.
    """
    adding = [_add(record, language.partition("-")[0]) for record in records]
    with _Service() as service:
        service.ask([{"type": "NewIndex", "config": {}}])
        service.ask(adding)
        (answer,) = service.ask([{"type": "GetFiles", "index_id": 0}])
    return {item["path"]: base64.b64decode(item["content"]) for item in answer["files"]}


class _Service:
    """A running Pagefind, to be used as a context manager.

    Source: the protocol of `pagefind --service`, JSON in base64 with commas between. Pagefind's
    own Python face waits a tenth of a second for each record.
    """

    def __init__(self) -> None:
        import subprocess  # noqa: PLC0415 - seldom used

        import pagefind_bin  # type: ignore[import-untyped] # noqa: PLC0415 - an extra, without types

        self._process = subprocess.Popen(  # noqa: S603 - Pagefind itself
            [str(pagefind_bin.get_executable()), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise OutputError("Pagefind cannot be spoken to")
        self._to, self._from = self._process.stdin, self._process.stdout
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        # It has answered everything, or it is of no use.
        self._process.kill()
        self._process.communicate()

    def ask(self, payloads: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Ask some things at once; return as many answers, in any order."""
        writer = Thread(target=self._write, args=(payloads,))
        writer.start()
        answers = [self._answer() for _ in payloads]
        writer.join()
        return answers

    def _write(self, payloads: Iterable[dict[str, Any]]) -> None:
        with suppress(BrokenPipeError):  # the missing answer tells
            for number, payload in enumerate(payloads):
                message = json.dumps({"message_id": number, "payload": payload})
                self._to.write(base64.b64encode(message.encode()) + b",")
            self._to.flush()

    def _answer(self) -> dict[str, Any]:
        while b"," not in self._rest:
            read = os.read(self._from.fileno(), 1 << 20)
            if not read:
                raise OutputError("Pagefind stopped while it indexed the pages")
            self._rest += read
        part, _, self._rest = self._rest.partition(b",")
        payload: dict[str, Any] = json.loads(base64.b64decode(part))["payload"]
        if payload["type"] == "Error":
            raise OutputError(f"Pagefind did not index the pages: {payload['message']}")
        return payload


def _add(record: SearchRecord, language: str) -> dict[str, Any]:
    meta = {"title": record.title, "kind": record.kind}
    if record.date:
        meta["date"] = record.date
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": record.url,
        "content": record.text,
        "language": language,
        "meta": meta,
        "filters": {},
        "sort": {},
    }
