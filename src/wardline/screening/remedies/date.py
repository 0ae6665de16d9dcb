"""A day becomes its year, which Safe Harbor allows, or "recently"."""

import re

from wardline.screening.remedies.fix import Edit
from wardline.screening.remedies.language import Language
from wardline.screening.remedies.place import before, fitted
from wardline.screening.values import Finding

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEAR_AFTER = re.compile(
    r",?[ \t]+(?:(?:of|de|del)[ \t]+)?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_OLDEST = 1950
"""An earlier year may tell an age over 89."""
_PART = re.compile(
    r"[ \t]+(?:night|eve|morning|evening|afternoon|day)\b", re.IGNORECASE
)
_ON = re.compile(
    r"\b(?:on|on\s+the|(?:back\s+)?in|el|el\s+d[ií]a|en)\s+$", re.IGNORECASE
)
_BEGINS_ON = re.compile(r"(?:on|el)\s", re.IGNORECASE)
_BORN = re.compile(
    r"\b(?:dob|d\.o\.b\.|date\s+of\s+birth|fecha\s+de\s+nacimiento)\b\W*$",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:from|of|by|until|till|to|before|after|since|for|de|del|desde|hasta|para)"
    r"\s+(?:the\s+|el\s+)?$",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"(?:\b(?:an?|the|my|our|your|his|her|their|this)|['\u2019]s)\s+$", re.IGNORECASE
)
_NOUN = re.compile(r"\s+(?!(?:and|at|in|on|of|with|for|to|when)\b)[a-z]{3}")
_RECENTLY: dict[Language, str] = {"en": "recently", "es": "hace poco"}
_LONG_AGO: dict[Language, str] = {"en": "long ago", "es": "hace tiempo"}
_RECENT_DAY: dict[Language, str] = {"en": "a recent day", "es": "hace poco"}
_IN: dict[Language, str] = {"en": "in", "es": "en"}
_REMOVED: dict[Language, str] = {"en": "[removed]", "es": "[eliminado]"}


def redact(text: str, finding: Finding, language: Language) -> tuple[Edit, ...]:
    """The day without what is smaller than a year."""
    start, end = finding.start, finding.end
    year = found[0] if (found := _YEAR.search(finding.quote)) else ""
    if not year and (after := _YEAR_AFTER.match(text, end)):
        year, end = after["year"], after.end()
    if part := _PART.match(text, end):
        end = part.end()
    if on := before(_ON, text, start):
        start = on.start()
    if on or _BEGINS_ON.match(finding.quote):
        words = _when(year, language)
    else:
        words = _in_place(text, start, end, language, _allowed(year))
        words = words or _when(year, language)
    return (Edit(start, end, fitted(text, start, words)),)


def _allowed(year: str) -> str:
    return year if year and int(year) >= _OLDEST else ""


def _when(year: str, language: Language) -> str:
    if not year:
        return _RECENTLY[language]
    return f"{_IN[language]} {year}" if _allowed(year) else _LONG_AGO[language]


def _in_place(text: str, start: int, end: int, language: Language, year: str) -> str:
    """What can follow the words before the date; empty where "recently" can."""
    if before(_BORN, text, start):
        return year or _REMOVED[language]
    if before(_OTHER, text, start):
        return year or _RECENT_DAY[language]
    if language == "en" and before(_OWNED, text, start) and _NOUN.match(text, end):
        return year or "recent"
    return ""
