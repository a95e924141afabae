"""Exact numbers → the digits that are shown.

Never: rounds twice.
"""

from decimal import Decimal
from fractions import Fraction

from alliance_site.model.scoring.declared import Rounding, RoundingMode


def exact(number: Decimal) -> Fraction:
    """Turn a number as written into a fraction, exactly."""
    return Fraction(number)


def rounded(value: Fraction, rounding: Rounding) -> Decimal:
    """Round a fraction to the declared digits.

    Args:
        value: Any fraction; half-way cases are decided on its exact value.
        rounding: `half-up` takes them away from zero, `half-even` to the even digit.

    Returns:
        A number with exactly `digits` digits after the point.
    """
    scaled = abs(value) * 10**rounding.digits
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest
    is_half_up = rounding.mode is RoundingMode.HALF_UP or whole % 2 == 1
    if twice > scaled.denominator or (twice == scaled.denominator and is_half_up):
        whole += 1
    return Decimal(-whole if value < 0 else whole).scaleb(-rounding.digits)
