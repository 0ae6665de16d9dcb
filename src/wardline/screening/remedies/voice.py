"""An institutional "we" in the first person: "We at MGH believe" to "I believe".

Only stances and feelings are rewritten, which a person can have as well. What the
hospital does or promises would be false in one person's mouth.
"""

import re
from functools import cache

from wardline.screening.remedies import english, spanish
from wardline.screening.remedies.fix import Edit, Fix
from wardline.screening.remedies.place import fitted
from wardline.screening.remedies.post import Post
from wardline.screening.values import Finding

_BOUNDARY = re.compile(r"[.!?…]+[\"”\u2019)]*(?=\s|$)|\n+")
# In any sentence: a reader would go on to take the "I" for the hospital.
_PROMISES = re.compile(
    r"\bwe(?:['\u2019]ll|\s+(?:will|shall|promise|guarantee|pledge|are\s+going\s+to))\b",
    re.IGNORECASE,
)


def first_person(post: Post, finding: Finding) -> Fix | None:
    """The sentence of the finding as the author's own; None where that is not safe."""
    text = post.text
    if _PROMISES.search(text):
        return None
    hospital = _hospital(post.institution.aliases)
    start, end = _sentence(text, finding, hospital)
    rewritten = spanish.rewritten if post.language == "es" else english.rewritten
    mine = rewritten(text[start:end], hospital.pattern)
    if mine is None:
        return None
    edit = Edit(start, end, fitted(text, start, mine))
    return Fix(finding, "Say it as my own view", (edit,))


@cache
def _hospital(aliases: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(aliases, key=len, reverse=True)))
    return re.compile(rf"(?:(?:the|el|la)\s+)?(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)


def _sentence(
    text: str, finding: Finding, hospital: re.Pattern[str]
) -> tuple[int, int]:
    """The sentence around the finding; "Mass. General" does not end one."""
    names = [match.span() for match in hospital.finditer(text)]
    start, end = 0, len(text)
    for boundary in _BOUNDARY.finditer(text):
        if any(low <= boundary.start() < high - 1 for low, high in names):
            continue
        if boundary.end() <= finding.start:
            start = boundary.end()
        elif boundary.start() >= finding.end - 1:
            end = boundary.start()
            break
    return start + len(text[start:end]) - len(text[start:end].lstrip()), end
