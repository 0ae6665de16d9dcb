"""Check texts against a pack."""

from collections.abc import Iterable, Iterator
from functools import cache

from wardline import institution
from wardline.institution import Institution
from wardline.screening.evaluate import Reading, Span
from wardline.screening.fold import Folded, fold, reveal
from wardline.screening.pack import Pack, load_pack
from wardline.screening.probe import bind
from wardline.screening.schema import Rule
from wardline.screening.settle import Hit, settle
from wardline.screening.values import Context, Finding

NOBODY_SPECIAL = Context()


class Screener:
    """A pack bound to an institution; one may be shared by threads of one process."""

    def __init__(self, pack: Pack, institution: Institution) -> None:
        self.pack = pack
        self._probes = bind(pack, institution)

    def check(self, text: str, context: Context = NOBODY_SPECIAL) -> list[Finding]:
        """The findings in `text`, sorted by start; any `str` is welcome."""
        folded = reveal(fold(text))
        reading = Reading(folded.text, context, self._probes.signals)
        hits = settle(self.pack, reading, self._hits(reading))
        return [_finding(rule, span, folded, context) for rule, span in hits]

    def check_many(
        self, texts: Iterable[tuple[str, Context]]
    ) -> Iterator[list[Finding]]:
        """The findings of each text, in order, for any number of texts."""
        return (self.check(text, context) for text, context in texts)

    def spans(self, rule: str, text: str, context: Context) -> Iterator[Span]:
        """Where one rule alone fires in `text`, whatever other rules say."""
        folded = reveal(fold(text))
        reading = Reading(folded.text, context, self._probes.signals)
        for _, span in settle(self.pack, reading, self._of_rule(rule, reading)):
            yield folded.span(*span)

    def _hits(self, reading: Reading) -> Iterator[Hit]:
        for name in self._probes.rules:
            yield from self._of_rule(name, reading)

    def _of_rule(self, name: str, reading: Reading) -> Iterator[Hit]:
        rule = self.pack.rules[name]
        for span in reading.find(self._probes.rules[name]):
            yield rule, _reported(rule, reading, span)
            if rule.once:
                break


@cache
def default() -> Screener:
    """The screener of the shipped pack for this process's institution."""
    return Screener(load_pack(), institution.current())


def _reported(rule: Rule, reading: Reading, span: Span) -> Span:
    if rule.report == "span":
        return span
    start, end = reading.sentence(*span)
    sentence = reading.text[start:end]
    return start, start + len(sentence.rstrip())


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
