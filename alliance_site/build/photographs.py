"""The images that texts show: read where they are new, and written in other sizes and encodings.

What an encoder gave is kept in a file of its own beside the state, by what went into it; a build
that encodes nothing does not open it.

Never: decides which sizes there are; encodes anything twice.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import groupby
from pathlib import PurePosixPath

from alliance_site.build.documents import crew_for
from alliance_site.build.inputs import static_files
from alliance_site.build.options import BuildOptions, Progress
from alliance_site.build.work import Made, Rendered, Workshop
from alliance_site.model import (
    Catalog,
    DocumentHead,
    Images,
    SiteImage,
    dump_header,
    load_header,
)
from alliance_site.paths import InputPath, output_path
from alliance_site.pictures import ENCODINGS, Encoding
from alliance_site.plan import PictureTarget, picture_fingerprint, picture_key
from alliance_site.read import InputFile, Inputs, read_image_header
from alliance_site.render import encodings_here
from alliance_site.route import picture_files
from alliance_site.write import Store

_ENDINGS = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"})

PICTURES = "pictures.db"
"""The file, in the folder of the state, that keeps what was encoded."""

FEWEST_FOR_WORKERS = 2
"""From so many photographs on, workers encode them: each takes a second or two."""


# Which there are


def read_images(inputs: Inputs, heads: Iterable[DocumentHead], store: Store, code: str) -> Images:
    """Read the headers of the images that texts show, where they are not kept.

    Args:
        inputs: Every input.
        heads: Of all content files.
        store: Keeps what was read, by the digest of the image.
        code: Digest of the code that reads and writes photographs.
    """
    wanted = {address for head in heads for address in head.images}
    static = {f"/{name}": file for name, file in static_files(inputs)}
    files = (item for item in static if PurePosixPath(item).suffix.lower() in _ENDINGS)
    found = {address: file for address, file in static.items() if address in wanted}
    shown = _read(found, store, code) if found else ()
    return Images({item.address: item for item in shown}, tuple(sorted(files)))


def _read(found: Mapping[str, InputFile], store: Store, code: str) -> list[SiteImage]:
    kept = store.results((_header_key(file) for file in found.values()), code)
    images, fresh = [], {}
    for address, file in sorted(found.items()):
        key = _header_key(file)
        image = _kept_image(address, file, kept.get(key))
        if image is None:
            image = _read_image(address, file)
            fresh[key] = [image.size_bytes, image.encodings, dump_header(image.header)]
        images.append(image)
    if fresh:
        store.forget_results(_header_key(file) for file in found.values())
        store.keep_results(fresh, code)
        store.commit()
    return images


def _header_key(file: InputFile) -> str:
    return f"image {file.digest}"


def _kept_image(address: str, file: InputFile, kept: object) -> SiteImage | None:
    """Make an image of what is kept of it; None where that is something else."""
    match kept:
        case [int(size_bytes), list(encodings), list(header)]:
            pass
        case _:
            return None
    with suppress(ValueError, TypeError):
        return SiteImage(
            address=address,
            path=file.path,
            digest=file.digest,
            size_bytes=size_bytes,
            header=load_header(header),
            encodings=tuple(Encoding(item) for item in encodings),
        )
    return None


def _read_image(address: str, file: InputFile) -> SiteImage:
    data = file.read()
    header = read_image_header(data)
    return SiteImage(
        address=address,
        path=file.path,
        digest=file.digest,
        size_bytes=len(data),
        header=header,
        encodings=encodings_here() if header is not None else (),
    )


def remark_on(catalog: Catalog) -> str:
    """Say what readers will miss, as this Pillow does not write it; empty for nothing."""
    pictures = [item for item in catalog.shown_images if item.own_encoding is not None]
    missed = [
        encoding.name
        for encoding in ENCODINGS
        if any(encoding not in item.encodings for item in pictures)
    ]
    if not missed:
        return ""
    names = " and ".join(missed)
    return f"photographs are larger than they could be, as this Pillow does not write {names}"


# How they are written


def picture_targets(images: Iterable[SiteImage]) -> Iterator[PictureTarget]:
    """Yield every file that the photographs of a site are offered as, photograph by photograph."""
    seen = set()
    for image in images:
        for file in picture_files(image):
            if file.url not in seen:
                seen.add(file.url)
                yield PictureTarget(
                    output_path(file.url),
                    InputPath(image.path),
                    image.digest,
                    file.encoding,
                    file.width,
                    file.height,
                )


def make_pictures(workshop: Workshop, options: BuildOptions, progress: Progress) -> list[Made]:
    """Write the photographs of a site in all their sizes and encodings.

    Nothing is encoded where no file is to be written: to know which there are is then enough.

    Raises:
        OutputError: The disk refused, or the encoder did.
    """
    targets = list(picture_targets(workshop.site.catalog.shown_images))
    fingerprints = {item: picture_fingerprint(item, workshop.encoder) for item in targets}
    stale = [
        item for item in targets if not workshop.past.is_current(item.path, fingerprints[item])
    ]
    made: dict[PictureTarget, Rendered] = {}
    if stale and workshop.stage is not None:
        with Store(options.state_folder / PICTURES) as memo:
            if not options.use_cache:
                memo.forget_results(())
            for item, data in _encoded(stale, memo, workshop, options, progress):
                made[item] = workshop.render(
                    item.path,
                    fingerprints[item],
                    lambda data=data: (data, ()),  # type: ignore[misc]  # bound as a default
                )
            memo.forget_results(picture_key(item) for item in targets)
            memo.commit()
    return [
        Made(
            path=item.path,
            address="",
            fingerprint=fingerprints[item],
            rendered=made.get(item, Rendered()),
        )
        for item in targets
    ]


def _encoded(
    stale: Iterable[PictureTarget],
    memo: Store,
    workshop: Workshop,
    options: BuildOptions,
    progress: Progress,
) -> Iterator[tuple[PictureTarget, bytes]]:
    """Yield the bytes of some files: what is kept of them, then what must be encoded."""
    fresh: list[PictureTarget] = []
    for item in stale:
        data = _kept_bytes(memo.result(picture_key(item), workshop.encoder))
        if data is None:
            fresh.append(item)
        else:
            yield item, data
    shares = [(path, list(share)) for path, share in groupby(fresh, lambda item: item.input)]
    for done, (share, found) in enumerate(_by_photograph(shares, workshop, options)):
        progress("encoding", done, len(shares))
        kept = zip(share, found, strict=True)
        memo.keep_results(
            {picture_key(item): b64encode(data).decode() for item, data in kept}, workshop.encoder
        )
        # At once: an interrupted build need not encode again what it has.
        memo.commit()
        yield from zip(share, found, strict=True)


_Share = tuple[InputPath, list[PictureTarget]]


def _by_photograph(
    shares: list[_Share], workshop: Workshop, options: BuildOptions
) -> Iterator[tuple[list[PictureTarget], list[bytes]]]:
    """Encode photographs, several at a time where there are several."""
    crew = crew_for(workshop, len(shares), options.jobs, FEWEST_FOR_WORKERS)
    if crew is None:
        for path, share in shares:
            yield share, workshop.encode(path, _wanted(share))
        return
    with crew:
        parts = [
            (place % len(crew), (path, _wanted(share)))
            for place, (path, share) in enumerate(shares)
        ]
        for (_, share), found in zip(shares, crew.ask("encode", parts), strict=True):
            yield share, found


def _wanted(share: Iterable[PictureTarget]) -> list[tuple[Encoding, int, int]]:
    return [(item.encoding, item.width, item.height) for item in share]


def _kept_bytes(kept: object) -> bytes | None:
    if not isinstance(kept, str):
        return None
    with suppress(ValueError):
        return b64decode(kept, validate=True)
    return None
