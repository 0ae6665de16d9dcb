"""Calendar days written in figures, in the American, European or ISO order.

https://www.iso.org/iso-8601-date-and-time-format.html
"""

import datetime as dt
import re

_LEAP_YEAR = 2000  # so that 2/29 without a year is a day
_FIGURES = re.compile(r"\D*(\d{1,4})\D+(\d{1,2})(?:\D+(\d{1,4}))?\D*\Z")


def accepts(text: str) -> bool:
    """Whether `text` holds two or three numbers that some order makes a day."""
    figures = _FIGURES.match(text)
    if not figures:
        return False
    first, second, third = (int(part or _LEAP_YEAR) for part in figures.groups())
    orders = (third, first, second), (third, second, first), (first, second, third)
    return any(_is_day(*order) for order in orders)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year or _LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
