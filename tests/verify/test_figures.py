"""Which figures a page holds, and what it prints."""

import pytest

from alliance_site.verify.figures import figures_in, numbers_in

LINK = '<a class="receipt" href="/base/receipts/members/#count/members">{}</a>'


def printed(html: str) -> list[tuple[str, str]]:
    return [(item.figure, item.text) for item in figures_in(html, "/base")]


def test_a_link_to_a_receipt_is_a_figure() -> None:
    assert printed(f"<p>There are {LINK.format(89)} members.</p>") == [("count/members", "89")]


def test_the_element_round_a_link_is_the_figure_where_it_says_so() -> None:
    html = f"<tr data-receipt><td>3</td><td>{LINK.format(89)}</td></tr><tr><td>4</td></tr>"
    assert printed(html) == [("count/members", "3 89")]


def test_an_element_may_name_its_figure_itself() -> None:
    html = '<table data-receipt="/base/receipts/chart/#chart/growth"><td>1</td><td>2</td></table>'
    assert printed(html) == [("chart/growth", "1 2")]


def test_elements_of_one_name_in_each_other_end_where_they_should() -> None:
    html = f"<div data-receipt><div>1</div>{LINK.format(2)}<br>3</div><div>4</div>"
    assert printed(html) == [("count/members", "1 2 3")]


def test_other_links_are_no_figures() -> None:
    assert printed('<a href="/base/receipts/#formula-count">5</a><a href="/x/#y">6</a>') == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2,267 of 3.5 %", ("2,267", "3.5")),
        ("+6.5 and −3", ("+6.5", "−3")),
        ("Rank 3 of 12, between 2 and 6", ("3", "12", "2", "6")),
        ("none", ()),
    ],
)
def test_numbers_are_compared_in_order_with_signs_and_separators(
    text: str, numbers: tuple[str, ...]
) -> None:
    assert numbers_in(text) == numbers
