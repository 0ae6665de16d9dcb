"""Why a comment got its label, in plain sentences."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wardline.screening.outputs import PRIVACY
from wardline.triage.lexicons import lexicon
from wardline.triage.values import Label

if TYPE_CHECKING:
    from wardline.triage.judge import Read

LONGEST = 80
"""Characters of a quotation."""
PRIVATE = {
    "name": "It names somebody who may be a patient",
    "date": "It tells a date of somebody's care or life",
    "age-over-89": "It tells an age over 89",
    "location": "It tells where somebody lives or lies",
    "phone": "It holds a telephone number",
    "email": "It holds a mail address",
    "ssn": "It holds a Social Security number",
    "mrn": "It holds a medical record number",
    "account": "It holds the number of an account or a plan",
    "device": "It holds the number of a device",
}
PLAIN: dict[Label, str] = {
    "spam": "It reads like advertising.",
    "off-topic": "It shares no words with the post and does not speak of care.",
    "ok": "Nothing speaks against it, and it asks nothing.",
}


def reasons(one: "Read", label: Label) -> tuple[str, ...]:
    """Each once, the label's own first; never empty."""
    told = dict.fromkeys((*_of(one, label), *_beside(one, label)))
    return tuple(told) or (PLAIN.get(label, "Moderators have decided so before."),)


def _of(one: "Read", label: Label) -> Iterator[str]:
    if label in PLAIN:
        yield PLAIN[label]
    if label == "spam":
        told = lexicon("spam").reasons.items()
        yield from (sentence for kind, sentence in told if kind in one.kinds)
        if one.contact:
            yield "It gives a link, an address or a number to call."
    for finding in one.findings:
        if label == "phi-in-comment" and finding.topic == PRIVACY and finding.kind:
            yield f"{PRIVATE[finding.kind]}: “{_cut(finding.quote)}”."
        elif finding.topic == label or (
            label == "abuse" and finding.topic == "disrespect"
        ):
            yield f"{finding.message.removesuffix('.')}: “{_cut(finding.quote)}”."


def _beside(one: "Read", label: Label) -> Iterator[str]:
    """What a moderator should know whatever the label."""
    if one.echo.raid:
        yield f"{one.echo.authors} authors say nearly the same: look for a raid."
    elif one.echo.times:
        yield "Nearly the same was said here before."
    if one.repeats:
        yield "The author has said nearly the same before."
    if label == "criticism-keep" and "needs-reply" in one.topics:
        yield "It also asks something: a reply is welcome."


def _cut(quote: str) -> str:
    return quote if len(quote) <= LONGEST else quote[: LONGEST - 1] + "…"
