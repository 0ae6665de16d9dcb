"""The About text of an account: what it is for, and the two links, as long as fits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from wardline.institution import current
from wardline.registry.guide.advice import Site

_SENTENCE = re.compile(r"(?s).+?[.!?](?=\s|$)")


@dataclass(frozen=True, slots=True)
class About:
    """Text ready to be pasted; `links` are lines for elsewhere, if it has no room."""

    text: str
    most: int
    links: str = ""


def composed(name: str, purpose: str, site: Site) -> About:
    """The fullest About text that `site` has room for, in characters.

    Where not even a short one has room for both links, the text comes without them and
    `links` holds them, for the site's own fields.
    """
    most = site.about
    bodies = list(_bodies(name, " ".join(purpose.split())))
    for body, links in product(bodies, _links()):
        text = f"{body}\n{links}"
        if not most or len(text) <= most:
            return About(text, most)
    body = next((each for each in bodies if len(each) <= most), name[:most])
    return About(body.strip(), most, links=next(_links()))


def _bodies(name: str, purpose: str) -> Iterator[str]:
    """What stands above the links, from the fullest to the name alone."""
    first = sentence[0] if (sentence := _SENTENCE.match(purpose)) else purpose
    whose = f"An account of {current().name}."
    care = "No medical advice here; please post no health details. Emergency: 911."
    yield f"{purpose}\n{whose} {care}\n"
    yield f"{first}\n{whose} {care}\n"
    yield f"{first} {care}"
    yield f"{name}, {current().name}. Emergency: 911."
    yield f"{name}. Emergency: 911."
    yield name


def _links() -> Iterator[str]:
    """Both links, with their titles and alone; never shortened."""
    both = (current().guidelines, current().privacy_policy)
    yield "\n".join(f"{one.title}: {one.url}" for one in both)
    yield "\n".join(one.url for one in both)
