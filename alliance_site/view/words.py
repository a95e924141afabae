"""Dates, numbers and countries in the words of the site's language.

Never: reads the machine's locale or clock.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import (
    format_compact_decimal,
    format_decimal,
    format_percent,
    get_decimal_symbol,
    get_group_symbol,
)

from alliance_site.model import Fact, PartialDate, Quantity
from alliance_site.model.records import Absence
from alliance_site.view.parts import DateView

ABSENCES = {
    Absence.UNKNOWN: "Not known",
    Absence.NOT_APPLICABLE: "Not applicable",
    Absence.NOT_DISCLOSED: "Not disclosed",
    Absence.NOT_FOUND: "Not found",
    Absence.REFUSED: "Refused",
    Absence.PENDING: "Pending",
    Absence.WITHHELD: "Withheld",
}

_DAY, _MONTH = "d MMMM y", "LLLL y"


@cache
def locale_of(language: str) -> Locale:
    """Return the locale of a language tag; the nearest one there is, English at last."""
    parts = language.split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return Locale("en")


@cache
def date_view(value: PartialDate, language: str) -> DateView:
    """Write a date as exactly as it is known: a day, a month, a year."""
    day = date(value.year, value.month or 1, value.day or 1)
    locale = locale_of(language)
    if value.day:
        text = format_date(day, _DAY, locale=locale)
    elif value.month:
        text = format_date(day, _MONTH, locale=locale)
    else:
        text = str(value.year)
    return DateView(str(value), f"c. {text}" if value.is_approximate else text)


def number_text(value: Decimal, language: str) -> str:
    """Write a number with the language's separators, with the digits it was given."""
    # By its digits: 1 and 1.0 are equal, and a cache would take one for the other.
    return _digits_text(str(value), language)


@cache
def _digits_text(text: str, language: str) -> str:
    value = Decimal(text)
    digits = max(-int(value.as_tuple().exponent), 0)
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    return format_decimal(value, pattern, locale=locale_of(language))


@cache
def separators(language: str) -> tuple[str, str]:
    """Return the mark before the digits after the point, and the one between thousands."""
    locale = locale_of(language)
    return get_decimal_symbol(locale), get_group_symbol(locale)


def quantity_text(value: Quantity, language: str) -> str:
    """Write a number after the words that limit it."""
    return f"{value.qualifier} {number_text(value.number, language)}".strip()


@cache
def country_name(code: str, language: str) -> str:
    """Return a country's name; its code where the language's data have none."""
    return str(locale_of(language).territories.get(code, code))


def load_language(language: str) -> None:
    """Load what a language's words are made of, so that processes forked later share it."""
    _ = locale_of(language).text_direction


def is_right_to_left(language: str) -> bool:
    """Say in which direction the language is written."""
    return locale_of(language).text_direction == "rtl"


def fact_text(fact: Fact, form: str, language: str) -> str:
    """Print a fact in one of the formats that prose may ask for; one that does not fit is none."""
    if isinstance(fact.value, PartialDate):
        return date_view(_coarser(fact.value, form), language).text
    if isinstance(fact.value, str):
        return fact.value
    text = _formatted_number(fact.value, form, language)
    if form in {"qualified", "full"} and fact.qualifier:
        text = f"{fact.qualifier} {text}"
    return f"{text} {fact.unit}" if form == "full" and fact.unit else text


def _coarser(day: PartialDate, form: str) -> PartialDate:
    if form == "year":
        return PartialDate(day.year, is_approximate=day.is_approximate)
    if form == "month":
        return PartialDate(day.year, day.month, is_approximate=day.is_approximate)
    return day


def _formatted_number(value: Decimal, form: str, language: str) -> str:
    locale = locale_of(language)
    match form:
        case "percent":
            digits = max(-int(value.as_tuple().exponent), 0)
            decimals = f"0.{'0' * digits}" if digits else "0"
            pattern = str(locale.percent_formats[None].pattern).replace("#0", f"#{decimals}")
            return format_percent(value / 100, pattern, locale=locale)
        case "rounded":
            return number_text(value.quantize(Decimal(1), ROUND_HALF_UP), language)
        case "compact":
            return format_compact_decimal(
                value, format_type="long", locale=locale, fraction_digits=1
            )
        case _:
            return number_text(value, language)


def words(value: str) -> str:
    """Write a term of a closed vocabulary as words: `under-way` → `Under way`."""
    text = value.replace("-", " ").replace("_", " ")
    return text[:1].upper() + text[1:]
