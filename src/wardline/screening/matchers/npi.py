"""National Provider Identifiers: ten digits whose Luhn digit counts the prefix 80840.

https://www.cms.gov/Regulations-and-Guidance/Administrative-Simplification/NationalProvIdentStand/Downloads/NPIcheckdigit.pdf
"""

from wardline.screening.matchers import luhn


def accepts(text: str) -> bool:
    """Whether `text` holds ten digits that start with 1 or 2 and check."""
    digits = "".join(filter(str.isdigit, text))
    return len(digits) == 10 and digits[0] in "12" and luhn.accepts("80840" + digits)
