"""Links that texts write as an address within the site: to a page, a feed, a table, a static file.

Which of them there are is known once all pages are listed. What leads nowhere is told where it is
written; what records name is no concern of this rule.

Never: reads a byte of output.
"""

from collections.abc import Collection, Iterable, Iterator
from urllib.parse import unquote

from alliance_site.diagnostics import Code, Diagnostic, nearest
from alliance_site.model import Site, StructuredDocument, linked_address, span_in
from alliance_site.paths import UrlPath, output_path


def lost_addresses(written: Iterable[str], known: Collection[str]) -> frozenset[str]:
    """Return those addresses at which nothing is.

    Args:
        written: As texts write them, without what stands behind `#` or `?`.
        known: The names of all outputs.
    """
    return frozenset(item for item in written if output_path(UrlPath(unquote(item))) not in known)


def check_addresses(
    document: StructuredDocument, site: Site, lost: Collection[str], known: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield every link of a file's texts to an address at which nothing is.

    Args:
        document: The file.
        site: Holds what its texts were compiled to.
        lost: Those addresses.
        known: The names of all outputs, one of which may be meant.
    """
    for text in document.found.markdown:
        for mention in site.findings[text.key].mentions:
            address = linked_address(mention.hole)
            if address and address in lost:
                yield Diagnostic(
                    code=Code.UNKNOWN_LINK,
                    message=f"`{address}` leads to no page and no file of this site",
                    span=span_in(text, mention),
                    hint=guess_address(address, known) or Code.UNKNOWN_LINK.hint,
                )


def guess_address(address: str, known: Iterable[str]) -> str:
    """Ask whether another address was meant; empty where none is like it."""
    by_name = {address_of.strip("/"): address_of for address_of in map(_address, known)}
    guess = nearest(_address(address).strip("/"), by_name)
    return f"did you mean `/{by_name[guess]}`?" if guess else ""


def _address(path: str) -> str:
    return path.removesuffix("index.html")
