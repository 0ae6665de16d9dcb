"""How much a comment shares with its post, by words alone.

Rare words count more:
https://nlp.stanford.edu/IR-book/html/htmledition/inverse-document-frequency-1.html
"""

import math
from collections.abc import Iterable
from functools import lru_cache

from wardline.triage.weights import shipped
from wardline.triage.words import number_of, tokens, told

STEM = 5
"""Letters by which two words are taken for one: `nurse`, `nurses`, `nursing`."""
SHORTEST = 3
COMMON = "common"
"""The row of the shipped weights that tells how common a stem is, from 0 to 1."""
HEALTH = "health"
"""The row that tells how much more often stems stand in health news than elsewhere."""


def stems(words: Iterable[str]) -> frozenset[str]:
    """The beginnings of a text's words; short words and signs say nothing."""
    return frozenset([w[:STEM] for w in words if len(w) >= SHORTEST and w[0] != "<"])


@lru_cache(maxsize=1024)
def of_post(text: str) -> frozenset[str]:
    """The stems of a post, which many comments ask for."""
    return stems(tokens(told(text)))


def nearness(own: frozenset[str], post: frozenset[str]) -> float:
    """From 0, no stems in common, to 1; short comments of common words lie between."""
    if not own:
        return 0.5
    known = [_known(stem) for stem in own]
    whole = math.fsum([rarity for rarity, _ in known]) + 1
    healthy = math.fsum([health for _, health in known]) / math.sqrt(len(own))
    common = math.fsum([_known(stem)[0] for stem in own & post])
    shared = 1 - math.exp(-1.2 * common / math.sqrt(whole))
    return max(shared, min(0.6, 0.35 * healthy), 0.4 / (1 + 0.2 * whole))


@lru_cache(maxsize=1 << 16)
def _known(stem: str) -> tuple[float, float]:
    """How rare a stem is, and how much it speaks of health."""
    rows, place = shipped().rows, number_of(stem)
    return 1 - float(rows[COMMON][place]), float(rows[HEALTH][place])
