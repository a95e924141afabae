"""Rounding: once, from the exact value, to the declared digits."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_site.model.scoring.declared import Rounding, RoundingMode
from alliance_site.model.scoring.rounding import rounded

UP, EVEN = RoundingMode.HALF_UP, RoundingMode.HALF_EVEN


@pytest.mark.parametrize(
    ("value", "digits", "mode", "expected"),
    [
        (Fraction(5, 2), 0, UP, "3"),
        (Fraction(5, 2), 0, EVEN, "2"),
        (Fraction(7, 2), 0, EVEN, "4"),
        (Fraction(-5, 2), 0, UP, "-3"),
        (Fraction(1, 8), 2, UP, "0.13"),
        (Fraction(1, 8), 2, EVEN, "0.12"),
        (Fraction(2, 3), 3, UP, "0.667"),
        (Fraction(45), 1, UP, "45.0"),
    ],
)
def test_half_way_cases_go_as_declared(
    value: Fraction, digits: int, mode: RoundingMode, expected: str
) -> None:
    assert str(rounded(value, Rounding(digits=digits, mode=mode))) == expected


@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.integers(0, 5))
def test_it_agrees_with_decimal_arithmetic(number: int, exponent: int, digits: int) -> None:
    value = Decimal(number).scaleb(-exponent)
    with localcontext(prec=60):
        for mode, name in ((UP, ROUND_HALF_UP), (EVEN, ROUND_HALF_EVEN)):
            expected = value.quantize(Decimal(1).scaleb(-digits), rounding=name)
            assert rounded(Fraction(value), Rounding(digits=digits, mode=mode)) == expected
