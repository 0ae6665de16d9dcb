"""Takes an identifier of a patient out so that the sentence still reads."""

from collections.abc import Callable, Mapping

from wardline.screening.remedies import age, date, location, number, person
from wardline.screening.remedies.fix import Edit, Fix
from wardline.screening.remedies.language import Language
from wardline.screening.remedies.post import Post
from wardline.screening.values import Finding

Redact = Callable[[str, Finding, Language], tuple[Edit, ...]]

# A photo or a story cannot be made safe by changing words.
_KINDS: Mapping[str, tuple[str, Redact]] = {
    "name": ("Take the name out", person.redact),
    "date": ("Say less than the day", date.redact),
    "age-over-89": ("Say over 89", age.redact),
    "location": ("Take the place out", location.redact),
    "phone": ("Take the phone number out", number.redact),
    "email": ("Take the address out", number.redact),
    "ssn": ("Take the number out", number.redact),
    "mrn": ("Take the record number out", number.redact),
    "account": ("Take the number out", number.redact),
    "device": ("Take the number out", number.redact),
    "url": ("Take the link out", number.redact),
    "ip": ("Take the address out", number.redact),
}


def redaction(post: Post, finding: Finding) -> Fix | None:
    """The fix for one identifier, None where words are not what gives it away."""
    if finding.kind is None or finding.kind not in _KINDS:
        return None
    label, redact = _KINDS[finding.kind]
    return Fix(finding, label, redact(post.text, finding, post.language))
