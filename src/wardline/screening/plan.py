"""A pack worked out for one institution: what a process loads before its first check."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
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
from wardline.screening.program import MAGIC
from wardline.screening.scan import compiled, platform_key, refusal
from wardline.screening.shape import ShapeError, start

HIDDEN = "hidden address"
"""Stands among the rules for what `fold.reveal` writes out."""
HIDDEN_PROBE = {
    HIDDEN: Probe(tuple(Expression(source, case=False) for source in HIDDEN_ADDRESS))
}


class Anchored(msgspec.Struct, frozen=True):
    """What one scan can tell about the rules."""

    owners: tuple[tuple[str, ...], ...]
    """By the number of an anchor, the rules that it announces."""
    database: bytes


class Plan(msgspec.Struct, frozen=True):
    """A pack, its probes, and what to scan for to know which rules to try."""

    pack: Pack
    probes: Probes
    shapes: dict[str, tuple[str | None, ...]]
    """By rule and signal, where its expressions may start; None for one unknown."""
    rules: Anchored


def make_plan(pack: Pack, institution: Institution) -> Plan:
    """Bind, choose anchors and compile.

    Raises:
        PackError: for an expression that cannot be used.
    """
    probes = bind(pack, institution)
    for name, probe in (probes.signals | probes.rules).items():
        for expression in probe.expressions:
            _check(name, expression)
    probes = Probes(_with_programs(probes.rules), _with_programs(probes.signals))
    shapes = {
        name: tuple(map(_shape_of, probe.expressions))
        for name, probe in (probes.signals | probes.rules).items()
    }
    rules = _anchored(Chooser(_examples(pack)), probes.rules | HIDDEN_PROBE)
    return Plan(pack, probes, shapes, rules)


def _with_programs(probes: Mapping[str, Probe]) -> dict[str, Probe]:
    return {
        name: msgspec.structs.replace(
            probe, expressions=tuple(one.with_program() for one in probe.expressions)
        )
        for name, probe in probes.items()
    }


def _anchored(chooser: Chooser, probes: Mapping[str, Probe]) -> Anchored:
    owners: dict[Anchor, dict[str, None]] = {}
    for name, probe in probes.items():
        for expression in probe.expressions:
            for anchor in sorted(_anchors(chooser, name, expression)):
                owners.setdefault(anchor, {})[name] = None
    return Anchored(tuple(map(tuple, owners.values())), _database(owners))


def _anchors(chooser: Chooser, name: str, expression: Expression) -> frozenset[Anchor]:
    """Rare words, or where there are none the shape."""
    try:
        return chooser.words(expression) or whole(expression)
    except ShapeError as error:
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
    total.update(f"{platform_key()} {MAGIC}".encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()


def _examples(pack: Pack) -> Iterator[str]:
    for rule in pack.rules.values():
        for example in (*rule.fires, *rule.passes):
            yield example.text


def _shape_of(expression: Expression) -> str | None:
    try:
        return start(expression.source)
    except ShapeError:
        return None


def _check(name: str, expression: Expression) -> None:
    try:
        empty = expression.compiled.match("")
    except re.error as error:
        raise _refused(name, expression.source, str(error)) from error
    if not expression.source.isascii():
        reason = "texts are folded to ASCII, so write it as it looks folded"
        raise _refused(name, expression.source, reason)
    if empty:
        raise _refused(name, expression.source, "it matches nothing at all")


def _database(owners: Mapping[Anchor, Iterable[str]]) -> bytes:
    try:
        return compiled([*owners] or [("nothing to scan for", False)])
    except hyperscan.error:
        for (source, _), names in owners.items():
            if reason := refusal(source):
                raise _refused(" ".join(names), source, reason) from None
        raise


def _refused(name: str, source: str, reason: str) -> PackError:
    remedy = "docs/rules.md says what an expression may hold."
    return PackError(name, "patterns", f"{source!r} cannot be used: {reason}.", remedy)
