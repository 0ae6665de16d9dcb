"""Which remedy a finding gets."""

from collections.abc import Callable, Iterable, Mapping

from wardline.institution import Institution
from wardline.screening.remedies.address import private_address
from wardline.screening.remedies.fix import Fix
from wardline.screening.remedies.language import guess
from wardline.screening.remedies.link import direct_link
from wardline.screening.remedies.post import Post
from wardline.screening.remedies.redaction import redaction
from wardline.screening.remedies.statement import disclaimer, disclosure
from wardline.screening.remedies.voice import first_person
from wardline.screening.values import Context, Finding

Remedy = Callable[[Post, Finding], Fix | None]

REMEDIES: Mapping[str, Remedy] = {
    "patient-privacy": redaction,
    "missing-disclaimer": disclaimer,
    "missing-affiliation-disclosure": disclosure,
    "speaks-for-hospital": first_person,
    "indirect-link": direct_link,
    "work-email-identity": private_address,
}
"""By topic; of the others, only the author knows better words."""


def fixes(
    text: str,
    findings: Iterable[Finding],
    context: Context,
    institution: Institution,
    limit: int | None = None,
) -> list[Fix]:
    """What could settle each finding, in their order; many findings have no fix.

    `limit` is the channel's in code points, None for the usual one of its kind.
    Offsets are those of `text`. See `offered` for those that a second check accepts.
    """
    post = Post(text, context, institution, guess(text), limit)
    made = (REMEDIES[f.topic](post, f) for f in findings if f.topic in REMEDIES)
    return [fix for fix in made if fix]
