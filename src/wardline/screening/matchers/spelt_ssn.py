"""Social Security numbers read out digit by digit, in English or Spanish words.

https://www.ssa.gov/employer/randomization.html
"""

from wardline.screening.matchers import ssn
from wardline.screening.matchers.spelt_phone import figures


def accepts(text: str) -> bool:
    """Whether the digits of `text`, in figures or words, make a number."""
    return ssn.accepts(figures(text))
