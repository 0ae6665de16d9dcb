"""National Provider Identifiers: ten digits whose Luhn digit counts the prefix 80840.

https://www.cms.gov/Regulations-and-Guidance/Administrative-Simplification/NationalProvIdentStand/Downloads/NPIcheckdigit.pdf
"""

import re

from wardline.screening.matchers import luhn

_NPI = re.compile(r"[12]\d{9}\Z")


def accepts(text: str) -> bool:
    """Whether `text` holds ten digits that start with 1 or 2 and check."""
    digits = "".join(filter(str.isdigit, text))
    return bool(_NPI.match(digits)) and luhn.accepts("80840" + digits)
