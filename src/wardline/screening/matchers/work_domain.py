"""Mail domains of the hospital, also as they are imitated or spelt out.

What counts as an imitation follows https://www.unicode.org/reports/tr39/ : digits for
letters, `rn` for `m`; one letter too many, missing or changed in a long name.
"""

import re
from functools import cache

from rapidfuzz.distance import Levenshtein

from wardline import institution

_DOT = re.compile(r"\s*(?:\bdot\b|\bpunto\b|_dot_|-dot-|\.)\s*", re.IGNORECASE)
_IMITATED = str.maketrans("013457", "oleast")
_LONG = 13
"""From this many letters on, one slip still shows which domain is meant."""


def accepts(text: str) -> bool:
    """Whether `text` is, or imitates, a work-mail domain or a subdomain of one."""
    host = _plain(_DOT.sub(".", text.strip()))
    domains = [each for each in _domains() if _end(each) == _end(host)]
    if not domains:
        return False
    labels = host.split(".")
    tails = [".".join(labels[start:]) for start in range(len(labels))]
    return any(_resembles(tail, domain) for domain in domains for tail in tails)


@cache
def _domains() -> tuple[str, ...]:
    return tuple(map(_plain, institution.current().work_mail_domains))


def _end(host: str) -> str:
    return host.rpartition(".")[2]


def _plain(host: str) -> str:
    return host.lower().translate(_IMITATED).replace("rn", "m").replace("-", ".")


def _resembles(host: str, domain: str) -> bool:
    if host == domain:
        return True
    return len(domain) >= _LONG and Levenshtein.distance(host, domain) == 1
