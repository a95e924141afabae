"""Internal links and their fragments, in the built bytes and under the base path.

Names are compared as a case-sensitive host compares them.

Never: asks the network.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct

from alliance_site.check.addresses import guess_address
from alliance_site.diagnostics import Code, Diagnostic, Severity, Span, nearest
from alliance_site.paths import OutputPath, UrlPath, output_path

_TAG = re.compile(r"<[a-zA-Z][^\s>]*\s[^>]*>")
_ATTRIBUTE = re.compile(r"""\s(href|src|srcset|id)\s*=\s*(?:"([^"]*)"|'([^']*)')""")

_CANDIDATE = re.compile(r"(?:^|,)\s*([^\s,]\S*)")
"""An address in a `srcset`, before its width. Source: HTML, image candidate strings."""


class PageLinks(Struct, frozen=True):
    """What a page links to and can be linked at.

    Attributes:
        targets: (address as written, line), in order.
        anchors: Ids on the page.
        repeated: (id, line) where an id stands again.
    """

    targets: tuple[tuple[str, int], ...]
    anchors: frozenset[str]
    repeated: tuple[tuple[str, int], ...]


def find_links(data: bytes) -> PageLinks:
    """Read the links and ids of an HTML page."""
    text = data.decode()
    targets: list[tuple[str, int]] = []
    repeated: list[tuple[str, int]] = []
    anchors: set[str] = set()
    for tag in _TAG.finditer(text):
        for name, double, single in _ATTRIBUTE.findall(tag[0]):
            place = (unescape(double or single), text.count("\n", 0, tag.start()) + 1)
            if name == "srcset":
                targets += ((address, place[1]) for address in _CANDIDATE.findall(place[0]))
            elif name in {"href", "src"}:
                targets.append(place)
            elif place[0] in anchors:
                repeated.append(place)
            else:
                anchors.add(place[0])
    return PageLinks(tuple(targets), frozenset(anchors), tuple(repeated))


def check_links(
    pages: Mapping[OutputPath, bytes], others: frozenset[OutputPath], base: str
) -> Iterator[Diagnostic]:
    """Yield every internal link that leads nowhere, and every id that stands twice on a page.

    Args:
        pages: The HTML pages.
        others: The other outputs.
        base: The base path, without a trailing slash.
    """
    links = {path: find_links(data) for path, data in pages.items()}
    known = frozenset(pages) | others
    for path, found in links.items():
        for anchor, line in found.repeated:
            yield Diagnostic(
                code=Code.DUPLICATE_ANCHOR,
                message=f"the id `{anchor}` stands twice on this page",
                span=Span(path=path, line=line),
                hint=Code.DUPLICATE_ANCHOR.hint,
            )
        for target, line in dict(reversed(found.targets)).items():
            fault = _fault_of(target, path, base, links, known)
            if fault is not None:
                code, message, hint = fault
                span = Span(path=path, line=line)
                yield Diagnostic(
                    code=code, message=message, span=span, hint=hint, severity=Severity.ERROR
                )


def _fault_of(
    target: str,
    path: OutputPath,
    base: str,
    links: Mapping[OutputPath, PageLinks],
    known: frozenset[OutputPath],
) -> tuple[Code, str, str] | None:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    here = f"{base}/{path.removesuffix('index.html')}"
    whole = urlsplit(urljoin(here, target))
    if not whole.path.startswith(f"{base}/"):
        message = f"`{target}` leads out of the base path `{base}/`"
        return Code.BROKEN_LINK, message, "write it as a record link, or from the site's root"
    wanted = output_path(UrlPath(unquote(whole.path.removeprefix(base))))
    if wanted not in known:
        hint = guess_address(wanted, links) or guess_address(wanted, known)
        return Code.BROKEN_LINK, f"`{target}` leads to no page of this site", hint
    fragment = unquote(whole.fragment)
    if fragment and wanted in links and fragment not in links[wanted].anchors:
        guess = nearest(fragment, links[wanted].anchors)
        hint = f"did you mean `#{guess}`?" if guess else "no part of that page bears this id"
        return Code.BROKEN_FRAGMENT, f"`{target}` leads to no place on its page", hint
    return None
