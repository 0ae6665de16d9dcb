"""Payment card numbers: a length and a beginning that is issued, and a digit that checks.

https://www.iso.org/standard/70484.html
"""

import re

# A phone's IMEI checks alike, begins with 35 and has fifteen digits, not sixteen.
_FORM = re.compile(
    r"(?:4\d{12}(?:\d{3})?|[56]\d{15,18}|2[2-7]\d{14}|35\d{14}|3[47]\d{13}"
    r"|3[068]\d{12}|1\d{14})\Z"
)


def accepts(text: str) -> bool:
    """Whether the digits of `text` are a card's."""
    digits = "".join(filter(str.isdigit, text))
    return bool(_FORM.match(digits)) and _checks(digits)


def _checks(digits: str) -> bool:
    """Luhn: every second digit from the right doubled, and its digits added."""
    doubled = "".join(str(2 * int(digit)) for digit in digits[-2::-2])
    return sum(map(int, doubled + digits[-1::-2])) % 10 == 0
