"""Word lists: what spammers write, what people who speak of care write."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

_FOLDER = Path(__file__).parent


class Source(msgspec.Struct, frozen=True):
    """Where the knowledge comes from."""

    title: str
    url: str
    date: object


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file; words look as they do folded, and may be phrases."""

    source: Source
    groups: dict[str, tuple[str, ...]]
    reasons: dict[str, str] = {}
    """What a group means to a moderator."""
    hosts: dict[str, tuple[str, ...]] = {}
    """Names of hosts, without their endings, by the kind of site."""


@cache
def lexicon(name: str) -> Lexicon:
    """The file of that name."""
    return msgspec.toml.decode((_FOLDER / f"{name}.toml").read_bytes(), type=Lexicon)


@cache
def phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """By its first word, the rest of each phrase of the spam lexicon and its group."""
    found: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
    for kind, listed in lexicon("spam").groups.items():
        for phrase in listed:
            first, *rest = phrase.split()
            found[first] = (*found.get(first, ()), (tuple(rest), kind))
    return found


@cache
def hosts() -> Mapping[str, str]:
    """What kind of site a host's name stands for."""
    kinds = lexicon("spam").hosts.items()
    return {name: kind for kind, names in kinds for name in names}


@cache
def hospital(group: str) -> frozenset[str]:
    """The words of one group of those that people in hospitals use."""
    return frozenset(lexicon("hospital").groups[group])
