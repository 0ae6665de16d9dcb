"""Check texts against a pack."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Self

from wardline import institution
from wardline.institution import Institution
from wardline.screening.evaluate import Fired, Library, Reading, Span
from wardline.screening.fold import HIDDEN_ADDRESS, Folded, fold, reveal
from wardline.screening.pack import SHIPPED, Pack, load_pack
from wardline.screening.plan import Plan, keep_plan, kept_plan, make_plan, plan_key
from wardline.screening.probe import Expression
from wardline.screening.scan import ID_MASK, DatabaseError, Scanner
from wardline.screening.schema import Rule
from wardline.screening.settle import Hit, settle
from wardline.screening.values import Context, Finding

NOBODY_SPECIAL = Context()
_HIDDEN = frozenset(range(len(HIDDEN_ADDRESS)))


class Screener:
    """A pack bound to an institution; threads of a process may share one."""

    def __init__(self, plan: Plan) -> None:
        """Get ready to check.

        Raises:
            DatabaseError: when the plan was made for another processor or library.
        """
        self.pack = plan.pack
        self._rules = plan.pack.rules
        self._scanner = Scanner(plan.database)
        probes = plan.probes.signals | plan.probes.rules
        common: dict[str, list[Expression]] = {}
        for target in plan.common:
            expression = probes[target.name].expressions[target.number]
            common.setdefault(target.name, []).append(expression)
        self._library = Library(probes, plan.pack.lexicons, common)
        self._targets = [
            [
                (
                    target.name,
                    probes[target.name].expressions[target.number],
                    target.others,
                )
                for target in targets
            ]
            for targets in plan.targets
        ]
        self._telling = _HIDDEN | {
            number
            for number, targets in enumerate(plan.targets)
            if any(target.name in self._rules for target in targets)
        }

    @classmethod
    def of(cls, pack: Pack, institution: Institution) -> Self:
        """A screener of a pack at hand.

        Raises:
            PackError: for an expression that cannot be used.
        """
        return cls(make_plan(pack, institution))

    @classmethod
    def load(cls, institution: Institution, folder: Path = SHIPPED) -> Self:
        """A screener of the pack in `folder`, from the cache where it can be.

        Raises:
            PackError: naming the file, the key, the reason and the remedy.
        """
        key = plan_key(institution, folder)
        if plan := kept_plan(key):
            try:
                return cls(plan)
            except DatabaseError:
                pass
        plan = make_plan(load_pack(folder), institution)
        keep_plan(key, plan)
        return cls(plan)

    def check(self, text: str, context: Context = NOBODY_SPECIAL) -> list[Finding]:
        """The findings in `text`, sorted by start; any `str` is welcome."""
        folded = fold(text)
        anchors = self._anchors(folded.text)
        if self._telling.isdisjoint(anchors):
            return []
        if not _HIDDEN.isdisjoint(anchors):
            folded = reveal(folded)
            anchors = self._anchors(folded.text)
        reading = Reading(folded.text, context, self._library, self._fired(anchors))
        hits = settle(self.pack, reading, self._hits(reading))
        return [_finding(rule, span, folded, context) for rule, span in hits]

    def check_many(
        self, texts: Iterable[tuple[str, Context]]
    ) -> Iterator[list[Finding]]:
        """The findings of each text, in order, for any number of texts."""
        return (self.check(text, context) for text, context in texts)

    def spans(self, rule: str, text: str, context: Context) -> Iterator[Span]:
        """Where one rule fires in `text` when no other rule has a say."""
        folded = reveal(fold(text))
        everything = self._library.everything
        reading = Reading(folded.text, context, self._library, everything)
        for _, span in settle(self.pack, reading, self._of_rule(rule, reading)):
            yield folded.span(*span)

    def _anchors(self, text: str) -> set[int]:
        return {event & ID_MASK for event in self._scanner.events(text.encode())}

    def _fired(self, anchors: set[int]) -> Fired:
        fired: dict[str, dict[Expression, None]] = {}
        for number in anchors:
            for name, expression, others in self._targets[number]:
                if not any(map(anchors.isdisjoint, others)):
                    fired.setdefault(name, {})[expression] = None
        return fired

    def _hits(self, reading: Reading) -> Iterator[Hit]:
        for name in reading.fired:
            if name in self._rules:
                yield from self._of_rule(name, reading)

    def _of_rule(self, name: str, reading: Reading) -> Iterator[Hit]:
        rule = self._rules[name]
        spans = reading.find(name)
        if rule.once:
            spans = iter(sorted(spans)[:1])
        for span in spans:
            yield rule, _reported(rule, reading, span)


@cache
def default() -> Screener:
    """The screener of the shipped pack for this process's institution."""
    return Screener.load(institution.current())


def _reported(rule: Rule, reading: Reading, span: Span) -> Span:
    if rule.report == "span":
        return span
    start, end = reading.sentence(*span)
    return start, start + len(reading.text[start:end].rstrip())


def _finding(rule: Rule, span: Span, folded: Folded, context: Context) -> Finding:
    start, end = folded.span(*span)
    advised = rule.severity == "hold" and context.mode == "personal"
    return Finding(
        rule=rule.id,
        topic=rule.topic,
        kind=rule.kind,
        start=start,
        end=end,
        quote=folded.original[start:end],
        severity="advise" if advised else rule.severity,
        clauses=rule.clauses,
        message=rule.message,
        suggestion=rule.suggestion,
    )
