"""A place smaller than a state is left out, with the preposition that led to it."""

import re

from wardline.screening.remedies.fix import Edit
from wardline.screening.remedies.language import Language
from wardline.screening.remedies.place import before, fitted, opens
from wardline.screening.values import Finding

_LED = re.compile(
    r",?[ \t]*\b(?:in|at|from|to|on|of|near|off|outside|inside|into|over\s+(?:in|at|on)|"
    r"en|de|del|desde|hasta|al?|cerca\s+de|por)[ \t]+"
    r"(?:(?:the|our|my|room|rm|bed|el|la|los|las|mi)[ \t]+)?$",
    re.IGNORECASE,
)
_LEADS = re.compile(r"(?:in|at|from|to|on|near|off|en|de|del|desde)\s", re.IGNORECASE)
_OWNS = re.compile(r"['\u2019]s\b")
_PATIENT_THERE = frozenset({"location-room", "location-bed-number"})
_PATIENT: dict[Language, str] = {"en": "a patient", "es": "un paciente"}
_SOMEWHERE: dict[Language, str] = {"en": "[place removed]", "es": "[lugar eliminado]"}


def redact(text: str, finding: Finding, language: Language) -> tuple[Edit, ...]:
    """The place left out where the sentence can spare it."""
    start, end = finding.start, finding.end
    led = before(_LED, text, start)
    if led and not _OWNS.match(text, end):
        return (_left_out(text, led.start(), end),)
    if _LEADS.match(finding.quote):
        return (_left_out(text, start - (text[start - 1 : start] == " "), end),)
    a_patient = finding.rule.partition("/")[2] in _PATIENT_THERE
    if a_patient and opens(text, start):
        return (Edit(start, end, fitted(text, start, _PATIENT[language])),)
    return (Edit(start, end, _SOMEWHERE[language]),)


def _left_out(text: str, start: int, end: int) -> Edit:
    """Nothing in place of the span; a text's first words leave no gap behind."""
    if start == 0:
        end += len(text[end:]) - len(text[end:].lstrip(" ,"))
    return Edit(start, end, "")
