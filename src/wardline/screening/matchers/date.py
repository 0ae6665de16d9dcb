"""Calendar days written in figures, in the American, European or ISO order.

https://www.iso.org/iso-8601-date-and-time-format.html
"""

import datetime
import re


def accepts(text: str) -> bool:
    """Whether `text` holds two or three numbers that some order makes a day."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    if len(numbers) == 2:
        numbers.append(2000)  # a leap year: 2/29 without a year is a day
    if len(numbers) != 3:
        return False
    first, second, third = numbers
    orders = (third, first, second), (third, second, first), (first, second, third)
    return any(_is_day(*order) for order in orders)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year + 2000 * (year < 100), month, day)
    except (ValueError, OverflowError):
        return False
    return True
