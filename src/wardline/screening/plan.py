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


Group = tuple[int, ...]
"""Numbers of anchors of which one has to fire."""


class Anchored(msgspec.Struct, frozen=True):
    """What one scan can tell about a set of rules or signals."""

    groups: dict[str, tuple[tuple[Group, ...], ...]]
    """By rule or signal, for each of its expressions: what has to fire before it is
    worth trying, the rarest first; nothing for one that always is."""
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
    owners: list[str] = []

    def group(anchors: frozenset[Anchor], owner: str) -> Group:
        for anchor in sorted(anchors - numbers.keys()):
            numbers[anchor] = len(numbers)
            owners.append(owner)
        return tuple(sorted(numbers[anchor] for anchor in anchors))

    groups = {
        name: tuple(
            tuple(group(anchors, name) for anchors in chosen)
            for chosen in _chosen(chooser, name, probe, shapes=shapes)
        )
        for name, probe in probes.items()
    }
    return Anchored(groups, _database(list(numbers), owners))


def _chosen(
    chooser: Chooser, name: str, probe: Probe, *, shapes: bool
) -> Iterator[list[frozenset[Anchor]]]:
    for expression in probe.expressions:
        try:
            if reason := _useless(expression):
                raise _refused(name, expression.source, reason)
            words = chooser.words(expression)
            yield [whole(expression)] if shapes and not words else words
        except (re.error, ShapeError) as error:
            raise _refused(name, expression.source, str(error)) from error


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


def _examples(pack: Pack) -> Iterator[str]:
    for rule in pack.rules.values():
        for example in (*rule.fires, *rule.passes):
            yield example.text


def _useless(expression: Expression) -> str | None:
    if not expression.source.isascii():
        return "texts are folded to ASCII, so write it as it looks folded"
    if expression.compiled.match(""):
        return "it matches nothing at all"
    return None


def _database(anchors: Sequence[Anchor], owners: Sequence[str]) -> bytes:
    try:
        return compiled(anchors or [("nothing to scan for", False)])
    except hyperscan.error:
        for (source, _), owner in zip(anchors, owners, strict=True):
            if reason := refusal(source):
                raise _refused(owner, source, reason) from None
        raise


def _refused(name: str, source: str, reason: str) -> PackError:
    remedy = "docs/rules.md says what an expression may hold."
    return PackError(name, "patterns", f"{source!r} cannot be used: {reason}.", remedy)
