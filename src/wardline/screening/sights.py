"""What the reader's sight of a text adds to the rules' hits, and takes from them."""

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from wardline.screening.cover import Cover, Span
from wardline.screening.evaluate import Reading
from wardline.screening.outputs import KINDS, LABOR, PRIVACY, TOPICS
from wardline.screening.pack import Pack
from wardline.screening.schema import Rule
from wardline.screening.values import Context

if TYPE_CHECKING:
    from wardline.screening.reader.reader import Thresholds
    from wardline.screening.reader.sight import Sight


_EXACT = frozenset(
    ("phone", "email", "ssn", "mrn", "account", "device", "ip", "age-over-89")
)
"""Kinds with a form of their own, so that no reader may take a rule's word back."""
_FORMED = tuple(f"{PRIVACY}/{kind}" for kind in KINDS if kind in _EXACT)
"""Of these, the same words are one at most."""
_MARKS = ".,;:!?()[]{}\"'"


class Sights:
    """The rules of a pack that ask the reader."""

    def __init__(self, pack: Pack) -> None:
        self._carved_out = {
            name for name, topic in pack.topics.items() if topic.labor_carve_out
        }
        self._rules = {
            rule.match.read: rule for rule in pack.rules.values() if rule.match.read
        }

    def __bool__(self) -> bool:
        return bool(self._rules)

    def added(
        self,
        thresholds: "Thresholds",
        sight: "Sight",
        reading: Reading,
        hits: Iterable[tuple[Rule, Span]] = (),
    ) -> Iterator[tuple[Rule, Span]]:
        """Where the reader's own rules hold; what `hits` name exactly stays named so."""
        exactly = Cover(span for rule, span in hits if exact(rule.kind))
        silent = self._silent(thresholds, sight, reading.context)
        for topic in TOPICS:
            if topic in silent or sight.score(topic) < thresholds.alone[topic]:
                continue
            for output in _kinds(sight) if topic == PRIVACY else [topic]:
                if rule := self._rules.get(output):
                    for span in _spans(rule, sight, reading):
                        if not (exact(rule.kind) and exactly.overlaps(*span)):
                            yield rule, span

    def stands(
        self, thresholds: "Thresholds", sight: "Sight", rule: Rule, context: Context
    ) -> bool:
        """Whether the reader lets a hit of `rule` be."""
        if exact(rule.kind) or rule.context.reply:  # it was taught on posts alone
            return True
        silent = self._silent(thresholds, sight, context)
        seen = sight.score(rule.topic) >= thresholds.confirm[rule.topic]
        return seen and rule.topic not in silent

    def _silent(
        self, thresholds: "Thresholds", sight: "Sight", context: Context
    ) -> Collection[str]:
        """Topics on which employees who talk of their work are left alone."""
        labor = context.author_employer and sight.score(LABOR) >= thresholds.labor
        return self._carved_out if labor else ()


def exact(kind: str | None) -> bool:
    """Whether a rule's word on a kind stands whatever the reader sees."""
    return kind in _EXACT


def _kinds(sight: "Sight") -> list[str]:
    """Every kind that is seen, at least the likeliest."""
    scores = {f"{PRIVACY}/{kind}": sight.score(f"{PRIVACY}/{kind}") for kind in KINDS}
    best = max(scores.values())
    return [output for output, score in scores.items() if score >= min(best, 0.0)]


def _spans(rule: Rule, sight: "Sight", reading: Reading) -> Iterator[Span]:
    for span in _told(rule, sight, reading):
        if reading.allows(rule.id, span):
            yield span
            if rule.once:
                return


def _told(rule: Rule, sight: "Sight", reading: Reading) -> list[Span]:
    """The words to report, without the marks around them."""
    told = [_bare(reading.text, span) for span in sight.where(rule.match.read)]
    if rule.match.read in _FORMED:
        rivals = [output for output in _kinds(sight) if output in _FORMED]
        return [s for s in told if sight.surest(rivals, s) == rule.match.read]
    return _names(reading.text, told) if rule.kind == "name" else told


def _bare(text: str, span: Span) -> Span:
    start, end = span
    bare = text[start:end].strip(_MARKS) or text[start:end]
    start = text.index(bare, start)
    return start, start + len(bare)


def _names(text: str, told: Iterable[Span]) -> list[Span]:
    """Of a person just the name, without "Mrs" and "her"."""
    from wardline.screening.naming import default_namer  # noqa: PLC0415

    names = [(name.start, name.end) for name in default_namer().names(text)]
    return [
        span
        for start, end in told
        for span in [n for n in names if n[0] < end and start < n[1]] or [(start, end)]
    ]
