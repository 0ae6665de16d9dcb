"""Placeholders in expressions: `{hospital}`, `{signal:opinion}`, `{lexicon:drugs}`."""

import re
from collections.abc import Callable, Iterable

from wardline.institution import Institution
from wardline.screening.fold import fold

_PLACEHOLDER = re.compile(r"\{([a-z][a-z_]*)(?::([a-z0-9-]+))?\}")

Lookup = Callable[[str, str], str]
"""Placeholder name and argument → expression; raises KeyError when unknown."""


def expand(pattern: str, lookup: Lookup) -> str:
    """`pattern` with every placeholder replaced by a group.

    Raises:
        KeyError: with the placeholder that nothing stands for.
    """

    def replace(match: re.Match[str]) -> str:
        try:
            return lookup(match[1], match[2] or "")
        except KeyError:
            raise KeyError(match[0]) from None

    return _PLACEHOLDER.sub(replace, pattern)


def phrase(words: str) -> str:
    """The expression of a phrase: whole words, any white space between."""
    folded = fold(words).text.strip()
    body = r"\s+".join(re.escape(word) for word in folded.split())
    start = r"\b" if folded[0].isalnum() else ""
    end = r"\b" if folded[-1].isalnum() else ""
    return f"{start}{body}{end}"


def one_of(phrases: Iterable[str]) -> str:
    """A group of which any phrase matches, the longest first."""
    longest_first = sorted(phrases, key=lambda words: (-len(words), words))
    return f"(?:{'|'.join(map(phrase, longest_first))})"


def institution_terms(institution: Institution) -> dict[str, str]:
    """What `{hospital}`, `{work_domain}` and `{own_site}` stand for."""
    names = {institution.name, institution.short_name, *institution.aliases}
    return {
        "hospital": one_of(names),
        "work_domain": one_of(institution.work_mail_domains),
        "own_site": one_of(institution.own_sites),
    }
