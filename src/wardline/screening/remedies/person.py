"""A name becomes "a patient", wherever the text says it."""

import re
from collections.abc import Iterator

from wardline.screening.remedies.fix import Edit
from wardline.screening.remedies.language import Language
from wardline.screening.remedies.place import before, fitted
from wardline.screening.values import Finding

_TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sra?|Srta|Don|Do[ñn]a|Capt(?:ain)?|Sgt|Rev|Baby)"
_TITLE = re.compile(rf"\b{_TITLES}\.?\s+$", re.IGNORECASE)
_SOMEBODY = re.compile(
    r"\b(?:patient|pt|client|resident|kid|boy|girl|man|woman|lady|gentleman|guy|gal|"
    r"lad|fella|dude|vet|mom|mum|dad|mother|father|wife|husband|son|daughter|sister|"
    r"brother|grandma|grandpa|niece|nephew|aunt|uncle|paciente|se[ñn]ora?|ni[ñn][oa]|"
    r"beb[eé]|viejit[oa]|esposa?|hij[oa]|herman[oa]|abuel[oa]|mam[aá]|pap[aá])"
    r"(?P<link>,?\s+(?:(?:named|called|llamad[oa])\s+)?)$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:names?|nombre)\s*(?:is|was|were|es|era|:|['\u2019]s)?\s*$", re.IGNORECASE
)
_DETERMINERS: dict[Language, str] = {
    "en": "an?|the|my|our|his|her|their|this|that|your|dear",
    "es": "mis?|nuestr[oa]|el|la|una?|su|est[ea]",
}
_DETERMINED = {
    language: re.compile(rf"\b(?:{words})\s+$", re.IGNORECASE)
    for language, words in _DETERMINERS.items()
}
_DESCRIBED = re.compile(
    rf"(?P<determiner>\b(?:{_DETERMINERS['en']})\s+)?"
    r"\b(?P<kind>little|sweet|poor|old|young|big|tiny|lovely|brave|favou?rite|"
    r"good|late)\s+$",
    re.IGNORECASE,
)
_IN_A_ROLE = re.compile(rf"\b(?:{_DETERMINERS['en']})\s+[a-z]{{3,}}(?P<link>\s+)$")
_NAME_WORD = re.compile(r"[A-ZÀ-Þ][\w\u2019'-]{2,}")
# Names that are also how sentences begin: a second one may be no name at all.
_WORDS_TOO = frozenset({"Will", "May", "April", "June", "Mark", "Grace", "Hope", "The"})
# What may be left of a name that was found in part, but for days and months.
_REST = re.compile(
    r"(?:[ ](?!(?:Jan|Feb|Mar|Apr|May|Ju[nl]|Aug|Sep|Oct|Nov|Dec|\w+day)\b)"
    r"[A-ZÀ-Þ][a-zß-ÿ]+){1,2}"
)
_FIRST: dict[Language, tuple[str, str]] = {
    "en": ("a patient", "patient"),
    "es": ("un paciente", "paciente"),
}
_REMOVED: dict[Language, str] = {
    "en": "[name removed]",
    "es": "[nombre eliminado]",
}
_AGAIN: dict[Language, str] = {"en": "the patient", "es": "el paciente"}


def redact(text: str, finding: Finding, language: Language) -> tuple[Edit, ...]:
    """The name where it was found, and each time that it is said again."""
    first = _first(text, finding, language)
    again = _again(text, finding, first, language)
    return (first, *again)


def _first(text: str, finding: Finding, language: Language) -> Edit:
    start, end = finding.start, finding.end
    if finding.quote.startswith("#"):
        return Edit(start, end, "")
    if rest := _REST.match(text, end):
        end = rest.end()
    while title := before(_TITLE, text, start):
        start = title.start()
    if before(_CALLED, text, start):
        return Edit(start, end, _REMOVED[language])
    if somebody := before(_SOMEBODY, text, start):
        start = somebody.start("link")
        aside = "," in somebody["link"] and text[end : end + 1] == ","
        return Edit(start, end + aside, "")
    if before(_DETERMINED[language], text, start):
        return Edit(start, end, _FIRST[language][1])
    if language == "en" and (described := _described(text, start, end)):
        return described
    return Edit(start, end, fitted(text, start, _FIRST[language][0]))


def _described(text: str, start: int, end: int) -> Edit | None:
    """A little Ann is "a little patient"; our speaker Ann is "our speaker"."""
    if kind := before(_DESCRIBED, text, start):
        if kind["determiner"]:
            return Edit(start, end, "patient")
        words = f"a {kind['kind'].lower()} patient"
        return Edit(kind.start(), end, fitted(text, kind.start(), words))
    role = before(_IN_A_ROLE, text, start)
    return Edit(role.start("link"), end, "") if role else None


def _again(
    text: str, finding: Finding, first: Edit, language: Language
) -> Iterator[Edit]:
    names = [
        word
        for word in _NAME_WORD.findall(finding.quote)
        if word not in _WORDS_TOO and not re.fullmatch(_TITLES, word)
    ]
    if not names:
        return
    either = "|".join(map(re.escape, names))
    same = re.compile(
        rf"(?P<tag>[#@]\w*(?i:{either})\w*)"
        rf"|(?:\b{_TITLES}\.?[ ]+)?\b(?:{either})\b(?:[ -](?:{either})\b)*"
    )
    for match in same.finditer(text):
        if match.end() <= first.start or match.start() >= first.end:
            words = fitted(text, match.start(), _AGAIN[language])
            yield Edit(*match.span(), "" if match["tag"] else words)
