"""A pack worked out for one institution: what a process loads before its first check."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import hyperscan
import msgspec

from wardline.institution import Institution
from wardline.screening import cache
from wardline.screening.anchors import AnchorError, anchor
from wardline.screening.errors import PackError
from wardline.screening.fold import HIDDEN_ADDRESS
from wardline.screening.pack import Pack, digest
from wardline.screening.probe import Expression, Probes, bind
from wardline.screening.scan import compiled, platform_key, refusal

Target = tuple[str, int]
"""A rule or signal and the number of one of its expressions."""


class Plan(msgspec.Struct, frozen=True):
    """The pack, its probes and the database that tells which of them to try."""

    pack: Pack
    probes: Probes
    targets: tuple[tuple[Target, ...], ...]
    """By anchor; the first ones, for obfuscated addresses, have no target."""
    database: bytes


def make_plan(pack: Pack, institution: Institution) -> Plan:
    """Bind, derive anchors and compile.

    Raises:
        PackError: for an expression that cannot be used.
    """
    probes = bind(pack, institution)
    anchors: dict[tuple[str, bool], list[Target]] = {
        (source, False): [] for source in HIDDEN_ADDRESS
    }
    for name, number, expression in _expressions(probes):
        key = _anchor(name, expression), expression.case
        anchors.setdefault(key, []).append((name, number))
    targets = tuple(map(tuple, anchors.values()))
    return Plan(pack, probes, targets, _database(anchors))


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


def _expressions(probes: Probes) -> Iterator[tuple[str, int, Expression]]:
    for name, probe in (*probes.signals.items(), *probes.rules.items()):
        for number, expression in enumerate(probe.expressions):
            yield name, number, expression


def _anchor(name: str, expression: Expression) -> str:
    try:
        if expression.compiled.match(""):
            raise _refused(name, expression.source, "it matches nothing at all")
        return anchor(expression.source)
    except (re.error, AnchorError) as error:
        raise _refused(name, expression.source, str(error)) from error


def _database(anchors: Mapping[tuple[str, bool], Sequence[Target]]) -> bytes:
    try:
        return compiled(list(anchors))
    except hyperscan.error:
        for (source, _), targets in anchors.items():
            if reason := refusal(source):
                raise _refused(targets[0][0], source, reason) from None
        raise


def _refused(name: str, source: str, reason: str) -> PackError:
    remedy = "docs/rules.md says what an expression may hold."
    return PackError(name, "patterns", f"{source!r} cannot be used: {reason}.", remedy)
