"""Whether a name and a handle will do for an account that speaks for the hospital."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wardline.institution import current
from wardline.registry.guide.advice import Site
from wardline.registry.permutations import skeleton

_CLAIMS = re.compile(r"(?i)official|verified|authentic|the ?real|the ?only")
_TICKS = frozenset("✓✔☑✅🗸🔵🏅®™")
_TITLES = re.compile(
    r"(?i)(?<!\w)(?:dr|prof|mrs|mr|ms)(?:\.|\s)\s*\w|,\s*(?:m\.?d|ph\.?d|r\.?n|d\.?o)\b"
)
_LEAST_ALIAS = 3
_LEAST_IMITATED = 6


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule of naming: what it asks, whether it is kept, what to do if not.

    Where `must` is false the rule is advice, and what is written may stay. `field` is
    what to mend: `name` or `handle`.
    """

    rule: str
    kept: bool
    advice: str
    must: bool = True
    field: str = "name"


def judged(name: str, handle: str, site: Site, people: Iterable[str]) -> list[Verdict]:
    """Every rule of naming for a name and a handle; `people` are names of persons."""
    return [
        *_of_name(name, site),
        *_of_handle(handle, site),
        *_of_both(name, handle, people),
    ]


def _of_name(name: str, site: Site) -> Iterator[Verdict]:
    ours = current()
    yield Verdict(
        "The name says whose account it is",
        _holds_alias(_squashed(name)),
        f"Put the hospital's name first: “{ours.short_name} …”.",
    )
    yield Verdict(
        f"The name fits: at most {site.name} characters",
        0 < len(name) <= site.name,
        f"It has {len(name)}: shorten it to {site.name}."
        if name
        else "Write the name that readers will see.",
    )


def _of_handle(handle: str, site: Site) -> Iterator[Verdict]:
    if not site.handle:
        return
    squashed = _squashed(handle)
    yield Verdict(
        f"The handle is one that {site.label} takes",
        bool(re.fullmatch(f"[{site.letters}]{{1,{site.handle}}}", handle)),
        f"Use at most {site.handle} of these and nothing else: {_spelt(site.letters)}.",
        field="handle",
    )
    yield Verdict(
        "The handle does not swap letters for digits",
        not _imitates(handle),
        "Write the hospital's name with its letters: digits in their place are how "
        "impostors spell it.",
        field="handle",
    )
    yield Verdict(
        "The handle shows the hospital",
        _holds_alias(squashed),
        "Better with the hospital's name or short form in it, if it is still free.",
        must=False,
        field="handle",
    )


def _of_both(name: str, handle: str, people: Iterable[str]) -> Iterator[Verdict]:
    in_name = bool(_CLAIMS.search(name) or _TICKS.intersection(name))
    yield Verdict(
        "No “official”, “verified” or check marks",
        not (in_name or _CLAIMS.search(handle)),
        "Leave it out: anyone can type it. The registry's page proves the account.",
        field="name" if in_name else "handle",
    )
    everybody = list(people)
    person = _person_in(name, everybody) or _titled(name)
    other = person or _person_in(handle, everybody)
    yield Verdict(
        "No person's name",
        not other,
        f"Name the unit or the subject instead of {other}: people leave, the account "
        "stays.",
        field="name" if person else "handle",
    )


def _person_in(written: str, people: Iterable[str]) -> str:
    squashed = _squashed(written)
    whole = ((person, _squashed(person)) for person in people)
    return next((person for person, each in whole if each and each in squashed), "")


def _titled(name: str) -> str:
    return "a person with a title" if _TITLES.search(name) else ""


def _holds_alias(squashed: str) -> bool:
    known = map(_squashed, _aliases())
    return any(len(each) >= _LEAST_ALIAS and each in squashed for each in known)


def _imitates(handle: str) -> bool:
    """Whether it looks as if it held a name of the hospital that it does not hold."""
    seen, squashed = skeleton(handle), _squashed(handle)
    return any(
        len(each) >= _LEAST_IMITATED
        and skeleton(each) in seen
        and _squashed(each) not in squashed
        for each in _aliases()
    )


def _aliases() -> tuple[str, ...]:
    return (*current().aliases, current().name)


def _squashed(written: str) -> str:
    """Letters and digits alone, in lower case."""
    plain = unicodedata.normalize("NFKC", written).casefold()
    return "".join(each for each in plain if each.isalnum())


def _spelt(letters: str) -> str:
    marks = letters.removeprefix("A-Za-z0-9")
    names = {".": "full stop", "_": "underscore", "-": "hyphen", " ": "space"}
    return ", ".join(["letters", "digits", *(names[mark] for mark in marks)])
