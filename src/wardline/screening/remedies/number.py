"""A number or address that names one person becomes a word that says it was there."""

from wardline.screening.remedies.fix import Edit
from wardline.screening.remedies.language import Language
from wardline.screening.values import Finding

_NUMBER: dict[Language, str] = {"en": "[number removed]", "es": "[número eliminado]"}
_ADDRESS: dict[Language, str] = {
    "en": "[address removed]",
    "es": "[dirección eliminada]",
}
_LINK: dict[Language, str] = {"en": "[link removed]", "es": "[enlace eliminado]"}
_WORDS = {"email": _ADDRESS, "ip": _ADDRESS, "url": _LINK}


def redact(_text: str, finding: Finding, language: Language) -> tuple[Edit, ...]:
    """The identifier's place kept, the identifier gone."""
    words = _WORDS.get(finding.kind or "", _NUMBER)[language]
    return (Edit(finding.start, finding.end, words),)
