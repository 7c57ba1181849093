"""Amounts and dates as messages write them -> integer minor units, calendar days."""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from amur.model import Money

_DIGITS_MAX: Final = 18
"""Digits of an amount: ISO 20022 `ActiveCurrencyAndAmount` allows 18, SWIFT MT `15d` fewer."""

_ISO_NUMBER = re.compile(r"\+?(\d+)(?:\.(\d*))?", re.ASCII)
_MT_NUMBER = re.compile(r"(\d+),(\d*)", re.ASCII)
_MT_NUMBER_CHARS_MAX: Final = 15
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:Z|[+-]\d{2}:\d{2})?", re.ASCII)
_MT_DATE = re.compile(r"(\d{2})(\d{2})(\d{2})", re.ASCII)
_MT_CENTURY_FROM: Final = 80
"""SWIFT FIN reads years 80-99 as 19xx, 00-79 as 20xx."""


def find_exponent(currency: str) -> int:
    """Return the decimals of a currency's minor unit (ISO 4217); 2 where the table is silent.

    >>> find_exponent("JPY"), find_exponent("KWD"), find_exponent("EUR")
    (0, 3, 2)
    """
    return _load_exponents().get(currency, 2)


def parse_iso_amount(number: str, currency: str) -> Money:
    """Return an ISO 20022 amount (`2450.00`).

    Raises:
        ValueError: not such an amount; the message says why, without the value.
    """
    found = _ISO_NUMBER.fullmatch(number)
    if found is None:
        raise ValueError("the amount is not a decimal number without sign")
    return _make_money(found.group(1), found.group(2) or "", currency)


def parse_mt_amount(number: str, currency: str) -> Money:
    """Return a SWIFT MT amount (`2450,00`, the comma always there).

    Raises:
        ValueError: not such an amount; the message says why, without the value.
    """
    found = _MT_NUMBER.fullmatch(number)
    if found is None or len(number) > _MT_NUMBER_CHARS_MAX:
        raise ValueError("the amount is not digits with one comma, 15 characters at most")
    return _make_money(found.group(1), found.group(2), currency)


def parse_iso_date(text: str) -> date:
    """Return the day of `2024-05-16`, with or without an offset.

    Raises:
        ValueError: no such day.
    """
    found = _ISO_DATE.fullmatch(text)
    if found is None:
        raise ValueError("not a date like 2024-05-16")
    return _make_date(*(int(part) for part in found.groups()))


def parse_mt_date(text: str) -> date:
    """Return the day of `240516`.

    Raises:
        ValueError: no such day.
    """
    found = _MT_DATE.fullmatch(text)
    if found is None:
        raise ValueError("not a date like 240516")
    year, month, day = (int(part) for part in found.groups())
    return _make_date(year + (1900 if year >= _MT_CENTURY_FROM else 2000), month, day)


def _make_date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError("no such day in the calendar") from error


def _make_money(whole: str, part: str, currency: str) -> Money:
    if not _CURRENCY.fullmatch(currency):
        raise ValueError("the currency is not a code of three capital letters (ISO 4217)")
    if len(whole.lstrip("0")) + len(part) > _DIGITS_MAX:
        raise ValueError(f"the amount has more than {_DIGITS_MAX} digits")
    exponent = find_exponent(currency)
    if len(part) > exponent:
        raise ValueError(f"the amount has {len(part)} decimals, {currency} allows {exponent}")
    return Money(int(whole + part.ljust(exponent, "0")), currency, exponent)


@cache
def _load_exponents() -> dict[str, int]:
    content = (resources.files("amur") / "data" / "currencies.csv").read_text(encoding="utf-8")
    lines = [line for line in content.splitlines() if line and not line.startswith("#")]
    return {row["currency"]: int(row["exponent"]) for row in csv.DictReader(lines)}
