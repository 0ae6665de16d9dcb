"""A pack worked out for one institution: what a process loads before its first check."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import hyperscan
import msgspec

from wardline.institution import Institution
from wardline.screening import cache
from wardline.screening.anchors import Anchor, Chooser, whole
from wardline.screening.errors import PackError
from wardline.screening.fold import HIDDEN_ADDRESS
from wardline.screening.pack import Pack, digest
from wardline.screening.probe import Expression, Probe, Probes, bind
from wardline.screening.scan import compiled, platform_key, refusal
from wardline.screening.shape import ShapeError

HIDDEN = "hidden address"
"""Stands among the rules for what `fold.reveal` writes out."""
HIDDEN_PROBE = {
    HIDDEN: Probe(tuple(Expression(source, case=False) for source in HIDDEN_ADDRESS))
}


class Target(msgspec.Struct, frozen=True, array_like=True):
    """An expression to try when an anchor fires."""

    name: str
    """Of the rule or signal."""
    number: int
    """Of the expression among its own."""
    others: tuple[tuple[int, ...], ...]
    """Anchors of which one of each group has to fire too."""


class Anchored(msgspec.Struct, frozen=True):
    """What one scan can tell about a set of rules or signals."""

    targets: tuple[tuple[Target, ...], ...]
    """By anchor."""
    common: tuple[Target, ...]
    """Expressions that have no anchor: they are worth trying on any text."""
    database: bytes


class Plan(msgspec.Struct, frozen=True):
    """A pack, its probes, and what to scan for to know which of them to try."""

    pack: Pack
    probes: Probes
    rules: Anchored
    signals: Anchored


def make_plan(pack: Pack, institution: Institution) -> Plan:
    """Bind, choose anchors and compile.

    Raises:
        PackError: for an expression that cannot be used.
    """
    probes = bind(pack, institution)
    chooser = Chooser(_examples(pack))
    rules = _anchored(chooser, probes.rules | HIDDEN_PROBE, shapes=True)
    signals = _anchored(chooser, probes.signals, shapes=False)
    return Plan(pack, probes, rules, signals)


def _anchored(
    chooser: Chooser, probes: Mapping[str, Probe], *, shapes: bool
) -> Anchored:
    """Anchor by rare words, then by `shapes` where they are wanted."""
    numbers: dict[Anchor, int] = {}
    targets: list[list[Target]] = []
    common: list[Target] = []
    for name, number, expression in _expressions(probes):
        sets = _words(chooser, name, expression)
        if not sets and shapes:
            sets = [_whole(name, expression)]
        groups = [
            tuple(numbers.setdefault(anchor, len(numbers)) for anchor in sorted(chosen))
            for chosen in sets
        ]
        target = Target(name, number, tuple(groups[1:]))
        targets += ([] for _ in range(len(targets), len(numbers)))
        for anchor in groups[0] if groups else ():
            targets[anchor].append(target)
        if not groups:
            common.append(target)
    database = _database(list(numbers), targets)
    return Anchored(tuple(map(tuple, targets)), tuple(common), database)


def kept_plan(key: str) -> Plan | None:
    """The plan that `keep_plan` kept, unless it is damaged."""
    if not (content := cache.read("plan", key)):
        return None
    try:
        return msgspec.msgpack.decode(content, type=Plan)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None


def keep_plan(key: str, plan: Plan) -> None:
    """Keep a plan for the next start."""
    cache.write("plan", key, msgspec.msgpack.encode(plan))


def plan_key(institution: Institution, folder: Path) -> str:
    """Names all that a plan is made from: pack, institution, code, library, CPU."""
    total = hashlib.sha256(digest(folder).encode())
    total.update(msgspec.json.encode(institution))
    total.update(platform_key().encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()


def _expressions(
    probes: Mapping[str, Probe],
) -> Iterator[tuple[str, int, Expression]]:
    for name, probe in probes.items():
        for number, expression in enumerate(probe.expressions):
            yield name, number, expression


def _examples(pack: Pack) -> Iterator[str]:
    for rule in pack.rules.values():
        for example in (*rule.fires, *rule.passes):
            yield example.text


def _words(
    chooser: Chooser, name: str, expression: Expression
) -> list[frozenset[Anchor]]:
    try:
        if expression.compiled.match(""):
            raise _refused(name, expression.source, "it matches nothing at all")
        return chooser.words(expression)
    except re.error as error:
        raise _refused(name, expression.source, str(error)) from error


def _whole(name: str, expression: Expression) -> frozenset[Anchor]:
    try:
        return whole(expression)
    except ShapeError as error:
        raise _refused(name, expression.source, str(error)) from error


def _database(anchors: Sequence[Anchor], targets: Sequence[Sequence[Target]]) -> bytes:
    try:
        return compiled(anchors or [("nothing to scan for", False)])
    except hyperscan.error:
        for (source, _), announced in zip(anchors, targets, strict=True):
            if reason := refusal(source):
                raise _refused(announced[0].name, source, reason) from None
        raise


def _refused(name: str, source: str, reason: str) -> PackError:
    remedy = "docs/rules.md says what an expression may hold."
    return PackError(name, "patterns", f"{source!r} cannot be used: {reason}.", remedy)
