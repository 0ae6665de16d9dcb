"""An age over 89 becomes "over 89", the one class that Safe Harbor leaves.

https://www.ecfr.gov/current/title-45/section-164.514
"""

import re

from wardline.screening.remedies.fix import Edit
from wardline.screening.remedies.language import Language
from wardline.screening.remedies.place import before, fitted
from wardline.screening.values import Finding

_UNIT = re.compile(
    r"[ .-]*(?:(?:years?|yrs?)[ .-]*(?:old|young)\b|y/?o\b|years? of age\b|"
    r"a[ñn]os(?: de edad)?\b)",
    re.IGNORECASE,
)
_TURNED = re.compile(r"\bturn(?P<form>s|ed|ing)?\s+$", re.IGNORECASE)
_HAVE = {"s": "has", "ed": "had", "ing": "having"}
_CUMPLE = re.compile(r"\bcumpl\w+\s+(?:los\s+)?$|\bsus\s+$", re.IGNORECASE)
_WHOSE = re.compile(
    r"\b(?:an?|the|my|our|this|that|some|which)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_NOUN = re.compile(r"\s+(?!(?:and|or|but|with|in|on|who|from|at)\b)[a-z]")
_ORDINAL = re.compile(
    r".*(?:th|\dst|\dnd|\drd|first|second|third)", re.IGNORECASE | re.DOTALL
)
_PLAIN: dict[Language, str] = {"en": "over 89", "es": "más de 89 años"}


def redact(text: str, finding: Finding, language: Language) -> tuple[Edit, ...]:
    """The age without its number; a birthday stays a birthday."""
    start, end = finding.start, finding.end
    if _ORDINAL.fullmatch(finding.quote):
        gap = text[end : end + 1] == " "
        return (Edit(start, end + gap, ""),)
    if unit := _UNIT.match(text, end):
        end = unit.end()
    if turned := before(_TURNED, text, start):
        have = _HAVE.get((turned["form"] or "").lower(), "have")
        return (Edit(turned.start(), end, f"{have} a birthday"),)
    return (Edit(start, end, fitted(text, start, _words(text, start, end, language))),)


def _words(text: str, start: int, end: int, language: Language) -> str:
    if before(_CUMPLE, text, start):
        return "años"
    if language == "en" and before(_WHOSE, text, start) and _NOUN.match(text, end):
        return "over-89"
    return _PLAIN[language]
