"""The slow way to the same findings: every expression on every text, no scan."""

from wardline.institution import Institution
from wardline.screening import Context, Finding, Pack
from wardline.screening.evaluate import Library, Reading
from wardline.screening.fold import fold, reveal
from wardline.screening.probe import bind
from wardline.screening.screener import finding, reported
from wardline.screening.seek import Seeker
from wardline.screening.settle import settle


class Reference:
    """Answers as a Screener must."""

    def __init__(self, pack: Pack, institution: Institution) -> None:
        self._pack = pack
        probes = bind(pack, institution)
        everything = probes.signals | probes.rules
        self._library = Library(everything, pack.lexicons)
        # Without a shape to start from, an expression is tried everywhere.
        self._all = {
            name: [Seeker(one, None) for one in probe.expressions]
            for name, probe in everything.items()
        }

    def check(self, text: str, context: Context) -> list[Finding]:
        """The findings in `text`, sorted by start."""
        folded = reveal(fold(text))
        reading = Reading(
            folded.text.encode(),
            context,
            self._library,
            lambda name, _: self._all[name],
        )
        hits = [
            (rule, reported(rule, reading, span))
            for name, rule in self._pack.rules.items()
            for span in self._spans(reading, name, once=rule.once)
        ]
        kept = settle(self._pack, reading, hits)
        return [finding(rule, span, folded, context) for rule, span in kept]

    def _spans(
        self, reading: Reading, name: str, *, once: bool
    ) -> list[tuple[int, int]]:
        spans = sorted(reading.find(name, self._all[name]))
        return spans[:1] if once else spans
