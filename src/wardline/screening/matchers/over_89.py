"""Ages that identify: 45 CFR 164.514(b)(2)(i)(C) names all over 89.

https://www.ecfr.gov/current/title-45/section-164.514
"""

import re

_FIGURES = re.compile(r"(?<!\d)(?:9\d|1[01]\d|12[0-5])(?!\d)")
_WORDS = {"ninety", "nineties", "noventa", "noventas", "hundred", "cien", "ciento"}
_WORDS |= {
    "centenarian",
    "centenaria",
    "centenario",
    "nonagenarian",
    "supercentenarian",
}


def accepts(text: str) -> bool:
    """Whether `text`, in figures or words, is an age from 90 to 125 years."""
    if any(map(str.isdigit, text)):
        return bool(_FIGURES.search(text))
    return not _WORDS.isdisjoint(re.findall(r"[a-z]+", text.lower()))
