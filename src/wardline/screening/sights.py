"""What the reader's sight of a text adds to the rules' hits, and takes from them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wardline.screening.cover import Span
from wardline.screening.evaluate import Reading
from wardline.screening.outputs import KINDS, PRIVACY, TOPICS
from wardline.screening.pack import Pack
from wardline.screening.schema import Rule

if TYPE_CHECKING:
    from wardline.screening.reader.reader import Thresholds
    from wardline.screening.reader.sight import Sight


class Sights:
    """The rules of a pack that ask the reader."""

    def __init__(self, pack: Pack) -> None:
        self._rules = {
            rule.match.read: rule for rule in pack.rules.values() if rule.match.read
        }

    def __bool__(self) -> bool:
        return bool(self._rules)

    def added(
        self, thresholds: "Thresholds", sight: "Sight", reading: Reading
    ) -> Iterator[tuple[Rule, Span]]:
        """Where the reader's own rules hold."""
        for topic in TOPICS:
            if sight.score(topic) < thresholds.alone[topic]:
                continue
            for output in _kinds(sight) if topic == PRIVACY else [topic]:
                if rule := self._rules.get(output):
                    yield from _spans(rule, sight, reading)


def stands(thresholds: "Thresholds", sight: "Sight", rule: Rule) -> bool:
    """Whether the reader lets a hit of `rule` be."""
    return sight.score(rule.topic) >= thresholds.confirm[rule.topic]


def _kinds(sight: "Sight") -> list[str]:
    """Every kind that is seen, at least the likeliest."""
    scores = {f"{PRIVACY}/{kind}": sight.score(f"{PRIVACY}/{kind}") for kind in KINDS}
    best = max(scores.values())
    return [output for output, score in scores.items() if score >= min(best, 0.0)]


def _spans(rule: Rule, sight: "Sight", reading: Reading) -> Iterator[tuple[Rule, Span]]:
    for span in sight.where(rule.match.read):
        if reading.allows(rule.id, span):
            yield rule, span
            if rule.once:
                return
