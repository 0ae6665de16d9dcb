"""The publisher's own address out of an AMP copy's, where the copy spells it out.

https://developers.google.com/amp/cache/overview
"""

import re

from wardline.screening.remedies.fix import Edit, Fix
from wardline.screening.remedies.post import Post
from wardline.screening.values import Finding

_GOOGLE = re.compile(
    r"(?:https?://)?(?:www\.)?google\.\w{2,3}(?:\.\w\w)?/amp/s/", re.IGNORECASE
)
_CACHE = re.compile(
    r"(?:https?://)?[\w-]+\.cdn\.ampproject\.org/[acvi]/s/", re.IGNORECASE
)
_ASKED = re.compile(r"[?&](?:amp=1|outputtype=amp)(?=&|#|$)", re.IGNORECASE)


def direct_link(_post: Post, finding: Finding) -> Fix | None:
    """The original's address; None where only the network could tell it."""
    url = finding.quote
    for copy in (_GOOGLE, _CACHE):
        if (prefix := copy.match(url)) and prefix.end() < len(url):
            return _fix(finding, f"https://{url[prefix.end() :]}")
    plain = _ASKED.sub("", url)
    if plain == url:
        return None
    if "?" not in plain:  # the first of several questions was taken out
        plain = plain.replace("&", "?", 1)
    return _fix(finding, plain)


def _fix(finding: Finding, url: str) -> Fix:
    return Fix(finding, "Link the original", (Edit(finding.start, finding.end, url),))
