"""Partial dates, quantities, and places in Markdown."""

from datetime import date
from decimal import Decimal

import pytest

from alliance_site.diagnostics import Span
from alliance_site.model import Markdown, PartialDate, Quantity


@pytest.mark.parametrize("text", ["2023", "2023-12", "2023-12-05", "2024-02-29", "0001"])
def test_a_date_is_written_as_it_is_read(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("2023-00", "2023-13", "2023-02-29", "2023-04-31", "2023-12-00", "1900-02-29", "0000"),
        *("23", "2023-1", "2023-1-5", "2023-12-05T00:00", "2023/12", "5 May 2023", "~2023", ""),
        *("\uff12\uff10\uff12\uff13", "2023-12-05 "),
    ],
)
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert PartialDate.parse(text) is None


@pytest.mark.parametrize("text", ["2023~", "2023-12~", "2023-12-05~"])
def test_a_tilde_makes_a_date_approximate(text: str) -> None:
    found = PartialDate.parse(text)
    assert found is not None
    assert found.is_approximate
    assert str(found) == text.rstrip("~")


def test_dates_sort_by_time_and_the_vaguer_before_the_finer() -> None:
    texts = ["2024-01-01", "2023-12-05", "2023", "2023-12", "2024"]
    dates = [PartialDate.parse(text) for text in texts]
    in_order = [str(item) for item in sorted(item for item in dates if item)]
    assert in_order == ["2023", "2023-12", "2023-12-05", "2024", "2024-01-01"]


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        (PartialDate(2024), date(2024, 1, 1), date(2024, 12, 31)),
        (PartialDate(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        (PartialDate(2024, 2, 3), date(2024, 2, 3), date(2024, 2, 3)),
    ],
)
def test_a_partial_date_spans_all_days_it_may_mean(
    value: PartialDate, earliest: date, latest: date
) -> None:
    assert (value.earliest(), value.latest()) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "number", "qualifier"),
    [
        ("57", "57", ""),
        ("2.267", "2.267", ""),
        ("-3", "-3", ""),
        ("1.10", "1.10", ""),
        ("more than 50", "50", "more than"),
        ("estimated 757", "757", "estimated"),
    ],
)
def test_a_quantity_is_a_number_after_the_words_that_limit_it(
    text: str, number: str, qualifier: str
) -> None:
    found = Quantity.parse(text)
    assert found == Quantity(Decimal(number), qualifier)
    assert str(found) == text


@pytest.mark.parametrize(
    "text",
    [
        *("1,000", "1_000", "1e9", "1e999999999", "NaN", "Infinity", "fifty", "", "57 %"),
        "\u0665\u0667",
        *("over 50", "more  than 50", "more than", "+5", ".5", "5.", "9" * 5_000),
    ],
)
def test_what_is_no_quantity_is_not_read(text: str) -> None:
    assert Quantity.parse(text) is None


RAW = "|\n  See [@a].\n  And [@a], [@b].\n"
BLOCK = Markdown(
    text="See [@a].\nAnd [@a], [@b].", raw=RAW, span=Span(path="x.yaml", line=7, column=10)
)


@pytest.mark.parametrize(
    ("needle", "occurrence", "line", "column"),
    [("[@a]", 0, 8, 7), ("[@a]", 1, 9, 7), ("[@b]", 0, 9, 13)],
)
def test_a_place_in_a_block_of_text_is_found(
    needle: str, occurrence: int, line: int, column: int
) -> None:
    span = Span(path="x.yaml", line=line, column=column, end_column=column + 4)
    assert BLOCK.span_of(needle, occurrence) == span


def test_a_place_in_a_plain_text_is_counted_from_where_the_text_begins() -> None:
    text = Markdown(text="a [@b]", raw="a [@b]", span=Span(path="x.yaml", line=3, column=10))
    assert text.span_of("[@b]").column == 12


def test_a_text_that_is_not_found_is_where_the_field_begins() -> None:
    assert BLOCK.span_of("[@c]") == BLOCK.span
