"""The rules that a comment is read with: triage's own, patient data, contempt.

One pack, so that one scan serves all of them.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import msgspec

from wardline import institution
from wardline.institution import Institution
from wardline.screening import Context, Finding, Pack, Screener, load_pack
from wardline.screening.outputs import PRIVACY
from wardline.screening.pack import SHIPPED
from wardline.screening.plan import keep_plan, kept_plan, make_plan, plan_key
from wardline.screening.scan import DatabaseError

FOLDER = Path(__file__).with_name("pack")
CONTEMPT = "disrespect"
BORROWED = frozenset(
    {
        "disrespect/slur",
        "disrespect/dehumanising",
        "disrespect/bigotry",
    }
)
"""What is contempt in a post of the staff is abuse in a comment."""
TELLING = frozenset(
    {
        "name",
        "date",
        "age-over-89",
        "location",
        "phone",
        "email",
        "ssn",
        "mrn",
        "account",
        "device",
    }
)
"""Kinds of identifiers that a comment is read for."""
ANYONE = Context()
"""Comments are read as posts of staff are, for those rules know all of Safe Harbor."""


def pack() -> Pack:
    """Triage's own rules, with those of the screening that comments are read for."""
    own, shipped = load_pack(FOLDER), load_pack()
    borrowed = {
        name: rule
        for name, rule in shipped.rules.items()
        if not rule.match.read and (name in BORROWED or rule.kind in TELLING)
    }
    topics = {name: shipped.topics[name] for name in (PRIVACY, CONTEMPT)}
    topics = {
        name: msgspec.structs.replace(topic, silences=(), silences_on_same_span=())
        for name, topic in topics.items()
    }
    return Pack(
        rules=own.rules | borrowed,
        signals=shipped.signals,
        lexicons=shipped.lexicons,
        topics=own.topics | topics,
        clauses=shipped.clauses | own.clauses,
        digest=own.digest + shipped.digest,
    )


def found(texts: Iterable[str]) -> Iterator[list[Finding]]:
    """The findings of each text, in order."""
    return screener().check_many((text, ANYONE) for text in texts)


@cache
def screener() -> Screener:
    """The screener for this process's institution."""
    return _loaded(institution.current())


def _loaded(who: Institution) -> Screener:
    """From the cache where it can be: compiling takes seconds."""
    parts = [plan_key(who, folder).encode() for folder in (SHIPPED, FOLDER)]
    parts.append(Path(__file__).read_bytes())
    key = hashlib.sha256(b" ".join(parts)).hexdigest()
    if plan := kept_plan(key):
        try:
            return Screener(plan)
        except DatabaseError:
            pass  # kept by another library or processor, or damaged: made again
    plan = make_plan(pack(), who)
    keep_plan(key, plan)
    return Screener(plan)
