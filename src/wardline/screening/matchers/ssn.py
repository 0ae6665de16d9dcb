"""Social Security numbers: area, group and serial that have been or can be issued.

https://www.ssa.gov/employer/randomization.html
"""

import re

# 9xx areas are taxpayer numbers, as telling as an SSN: they stay in.
_SSN = re.compile(r"(?!000|666)\d{3}(?!00)\d{2}(?!0000)\d{4}\Z")


def accepts(text: str) -> bool:
    """Whether `text` holds nine digits with no impossible part."""
    return bool(_SSN.match("".join(filter(str.isdigit, text))))
