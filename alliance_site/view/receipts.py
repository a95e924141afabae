"""The pages of receipts, and the receipt of any figure by its name.

Never: computes a figure (that is what the pages do on which it stands).
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from alliance_site.paths import UrlPath
from alliance_site.plain import Plain
from alliance_site.route import RECEIPT_LISTS
from alliance_site.view.changes import release_names, release_receipt
from alliance_site.view.comparison_receipts import COMPARISON_RECEIPTS, comparison_names
from alliance_site.view.composer import Composer
from alliance_site.view.count_receipts import (
    article_names,
    cell_count_names,
    chart_names,
    chart_receipt,
    count_names,
    count_receipt,
    member_names,
    resting_names,
    resting_receipt,
)
from alliance_site.view.evidence_receipts import evidence_names, evidence_receipt
from alliance_site.view.page import Page
from alliance_site.view.pages import PageView
from alliance_site.view.parts import Link
from alliance_site.view.receipt import FORMULAS, Maker, Names, Receipt, data_link

SUMS = UrlPath("/SHA256SUMS.txt")
"""The list of the digests of all files."""

_MAKERS: Mapping[str, Maker] = {
    "chart": chart_receipt,
    "count": count_receipt,
    "evidence": evidence_receipt,
    "release": release_receipt,
    "resting": resting_receipt,
    **COMPARISON_RECEIPTS,
}
_NAMES = {
    "articles": article_names,
    "chart": chart_names,
    "count": count_names,
    "evidence": evidence_names,
    "members": member_names,
    "release": release_names,
    "resting": resting_names,
}
_TITLES = {
    "articles": "Counts of articles",
    "chart": "Charts",
    "count": "Counts of other records",
    "evidence": "What values rest on",
    "members": "Counts of members",
    "release": "Releases",
    "resting": "What rests on each source",
}


def receipt_of(composer: Composer, figure: str) -> Receipt | None:
    """Make the receipt of a figure from the records; None where no figure bears the name."""
    first, *rest = figure.split("/")
    maker = _MAKERS.get(first)
    return maker(composer, rest) if maker is not None and rest else None


class ReceiptRow(Plain, frozen=True, kw_only=True):
    """A receipt on its page; `anchor` is the figure's name, `url` the receipt's own address."""

    anchor: str
    url: str
    title: str
    printed: str
    formula: Link
    entries: str
    data: Link
    inputs: tuple[Link, ...]
    sources: tuple[Link, ...]
    working: str


class ReceiptListView(PageView, frozen=True, kw_only=True):
    """`/receipts/count/` and its like, `/receipts/comparisons/<id>/`."""

    dek: str
    receipts: tuple[ReceiptRow, ...]


class FormulaRow(Plain, frozen=True):
    """A formula, and its anchor."""

    anchor: str
    title: str
    text: str


class ReceiptsView(PageView, frozen=True, kw_only=True):
    """`/receipts/`: the formulas, and where the receipts stand."""

    dek: str
    lists: tuple[Link, ...]
    formulas: tuple[FormulaRow, ...]
    sums: Link
    data: Link


def receipt_pages(composer: Composer) -> Iterator[Page]:
    """Make the page of formulas, and the pages of receipts."""
    url = composer.routes.url("page:receipts")
    yield Page(url, "pages/receipts.html", partial(_receipts_view, composer))
    for name in _lists(composer):
        url = composer.routes.url(f"receipts:{name}")
        yield Page(url, "pages/receipt_list.html", partial(_list_view, composer, name))


def _lists(composer: Composer) -> tuple[str, ...]:
    return (*RECEIPT_LISTS, *(f"comparisons/{key}" for key in composer.site.comparisons))


def names_on(composer: Composer, name: str) -> Names:
    """Yield the names of the figures whose receipts stand on a page, in their order."""
    if name in _NAMES:
        yield from _NAMES[name](composer)
        return
    comparison = composer.site.comparisons[name.partition("/")[2]]
    yield from comparison_names(composer, comparison)
    yield from cell_count_names(comparison)


def _title(composer: Composer, name: str) -> str:
    return _TITLES.get(name) or composer.site.names[f"comparison:{name.partition('/')[2]}"]


def _receipts_view(composer: Composer) -> ReceiptsView:
    dek = (
        "Every number that this site computes has a receipt: the formula, what it was computed "
        "from, and the sources of that. Anyone can compute all of them again."
    )
    return ReceiptsView(
        frame=composer.frame("page:receipts", "receipts", "Receipts", dek),
        dek=dek,
        lists=tuple(
            Link(_title(composer, name), composer.url(f"receipts:{name}"))
            for name in _lists(composer)
        ),
        formulas=tuple(
            FormulaRow(f"formula-{key}", item.title, item.text) for key, item in FORMULAS.items()
        ),
        sums=data_link(composer, SUMS),
        data=composer.link("page:data"),
    )


def _list_view(composer: Composer, name: str) -> ReceiptListView:
    title = f"Receipts: {_title(composer, name)}"
    dek = "How each number was computed, from what, and on which sources that rests."
    return ReceiptListView(
        frame=composer.frame(
            f"receipts:{name}",
            "receipts",
            title,
            f"{title}. {dek}",
            (composer.link("page:receipts"),),
            is_indexed=False,
        ),
        dek=dek,
        receipts=tuple(_rows(composer, names_on(composer, name))),
    )


def _rows(composer: Composer, names: Iterable[str]) -> Iterator[ReceiptRow]:
    formulas = composer.url("page:receipts")
    for figure in names:
        receipt = receipt_of(composer, figure)
        if receipt is not None:
            yield ReceiptRow(
                anchor=figure,
                url=composer.receipt(figure),
                title=receipt.title,
                printed=receipt.texts[0],
                formula=Link(FORMULAS[receipt.rule].title, f"{formulas}#formula-{receipt.rule}"),
                entries=receipt.entries,
                data=receipt.data,
                inputs=receipt.inputs,
                sources=receipt.sources,
                working=receipt.working,
            )
