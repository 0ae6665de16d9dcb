"""Check texts against a pack."""

from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    Sequence,
)
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from wardline import institution
from wardline.institution import Institution
from wardline.screening import reader
from wardline.screening.cover import Span
from wardline.screening.evaluate import Library, Reading
from wardline.screening.fold import Folded, fold, plain, reveal
from wardline.screening.index import Index
from wardline.screening.pack import SHIPPED, Pack, load_pack
from wardline.screening.plan import (
    HIDDEN,
    HIDDEN_PROBE,
    Plan,
    keep_plan,
    kept_plan,
    make_plan,
    plan_key,
)
from wardline.screening.scan import DatabaseError
from wardline.screening.schema import Rule
from wardline.screening.seek import Seeker
from wardline.screening.settle import Hit, settle
from wardline.screening.sieve import Sieve
from wardline.screening.sights import Sights
from wardline.screening.values import Context, Finding

if TYPE_CHECKING:
    from wardline.screening.reader.sight import Sight

ROWS, CHARACTERS = 4096, 1 << 20
"""What `check_many` scans at once: little to hold, enough to forget a call's cost."""
_ANYONE = Context()


class Screener:
    """A pack bound to an institution; threads of a process may share one."""

    def __init__(self, plan: Plan) -> None:
        """Get ready to check.

        Raises:
            DatabaseError: when the plan was made for another processor or library.
        """
        self.pack = plan.pack
        probes = plan.probes.signals | plan.probes.rules | HIDDEN_PROBE
        self._library = Library(probes, plan.pack.lexicons)
        self._sieves = {
            name: Sieve(probes[name].expressions, shapes)
            for name, shapes in plan.shapes.items()
        }
        self._rules = Index(plan.rules)
        self._sights = Sights(plan.pack)

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
                pass  # kept by another library or processor, or damaged: made again
        plan = make_plan(load_pack(folder), institution)
        keep_plan(key, plan)
        return cls(plan)

    def without_reader(self) -> Self:
        """The same, with the rules that look for words alone."""
        twin = copy(self)
        twin.pack = self.pack.without_reader()
        twin._sights = Sights(twin.pack)  # noqa: SLF001
        return twin

    def check(self, text: str, context: Context = _ANYONE) -> list[Finding]:
        """The findings in `text`, sorted by start; any `str` is welcome."""
        return next(self._judged(self._noticed([(text, context)])))

    def check_many(
        self, texts: Iterable[tuple[str, Context]]
    ) -> Iterator[list[Finding]]:
        """The findings of each text, in order, for any number of texts."""
        for batch in _batches(texts):
            yield from self._judged(self._noticed(batch))

    def spans(self, rule: str, text: str, context: Context) -> list[Span]:
        """Where one rule fires in `text` when no other rule has a say."""
        revealed = _revealed(text)
        folded = revealed.text.encode()
        reading = self._reading(folded, context)
        if self.pack.rules[rule].match.read:
            sight = reader.default().sights([(reading.text, context)])[0]
            hits = [hit for hit in self._seen(sight, reading) if hit[0].id == rule]
        else:
            worth = self._sieves[rule].worth(folded)
            hits = self._hits(reading, self.pack.rules[rule], worth)
        kept = settle(self.pack, reading, hits)
        return [revealed.span(*span) for _, span in kept]

    def _noticed(self, batch: Sequence[tuple[str, Context]]) -> "list[_Noticed | None]":
        """What the rules find in each text; None where nothing is left to be asked."""
        folded = [plain(text) for text, _ in batch]
        announced = self._rules.announced(folded)
        hidden = set(announced.pop(HIDDEN, ()))
        for row in hidden:
            folded[row] = _revealed(batch[row][0]).text.encode()
            for name in self._rules.announced([folded[row]]).keys() - {HIDDEN}:
                rows = announced.setdefault(name, [])
                rows += [row] if row not in rows else []

        def noticed(row: int) -> _Noticed:
            text, context = batch[row]
            trace = _revealed if row in hidden else fold
            return _Noticed(text, trace, self._reading(folded[row], context), [])

        found: list[_Noticed | None] = [None] * len(batch)
        if self._sights:
            found = [noticed(row) for row in range(len(batch))]
        # Rule by rule: what one of them needs stays close to the processor.
        for name, rows in announced.items():
            rule, sieve = self.pack.rules[name], self._sieves[name]
            for row in self._library.welcome(name, batch, rows):
                if worth := sieve.worth(folded[row]):
                    one = found[row] = found[row] or noticed(row)
                    one.hits += self._hits(one.reading, rule, worth)
        return found

    def _judged(self, noticed: Sequence["_Noticed | None"]) -> Iterator[list[Finding]]:
        """Let the reader have its say, then settle."""
        asked = [one for one in noticed if one]
        if self._sights:
            self._read(asked)
        for one in noticed:
            yield self._findings(one) if one and one.hits else []

    def _read(self, noticed: Sequence["_Noticed"]) -> None:
        shipped = reader.default()
        sights = shipped.sights(
            (one.reading.text, one.reading.context) for one in noticed
        )
        for one, sight in zip(noticed, sights, strict=True):
            kept = [hit for hit in one.hits if self._stands(sight, hit[0], one)]
            one.hits = [*kept, *self._seen(sight, one.reading, kept)]

    def _stands(self, sight: "Sight", rule: Rule, noticed: "_Noticed") -> bool:
        thresholds, context = reader.default().thresholds, noticed.reading.context
        return self._sights.stands(thresholds, sight, rule, context)

    def _findings(self, noticed: "_Noticed") -> list[Finding]:
        traced = noticed.trace(noticed.text)
        return [
            finding(rule, span, traced, noticed.reading.context)
            for rule, span in settle(self.pack, noticed.reading, noticed.hits)
        ]

    def _seen(
        self, sight: "Sight", reading: Reading, hits: Sequence[Hit] = ()
    ) -> Iterator[Hit]:
        thresholds = reader.default().thresholds
        for rule, span in self._sights.added(thresholds, sight, reading, hits):
            yield rule, reported(rule, reading, span)

    def _reading(self, folded: bytes, context: Context) -> Reading:
        return Reading(folded, context, self._library, self._worth)

    def _worth(self, name: str, folded: bytes) -> Sequence[Seeker]:
        return self._sieves[name].worth(folded)

    def _hits(self, reading: Reading, rule: Rule, worth: Sequence[Seeker]) -> list[Hit]:
        spans = reading.find(rule.id, worth)
        if rule.once:
            spans = sorted(spans)[:1]
        return [(rule, reported(rule, reading, span)) for span in spans]


@dataclass(slots=True)
class _Noticed:
    """A text on its way from the rules to the reader to the findings."""

    text: str
    trace: Callable[[str], Folded]
    reading: Reading
    hits: list[Hit]


@cache
def default() -> Screener:
    """The screener of the shipped pack for this process's institution."""
    return Screener.load(institution.current())


def _revealed(text: str) -> Folded:
    return reveal(fold(text))


def _batches(
    texts: Iterable[tuple[str, Context]],
) -> Iterator[list[tuple[str, Context]]]:
    batch: list[tuple[str, Context]] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text[0])
        if len(batch) == ROWS or size >= CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def reported(rule: Rule, reading: Reading, span: Span) -> Span:
    """What a rule's finding quotes, in the folded text."""
    if rule.report == "span":
        return span
    start, end = reading.sentence(*span)
    return start, start + len(reading.text[start:end].rstrip())


def finding(rule: Rule, span: Span, folded: Folded, context: Context) -> Finding:
    """A finding of `rule` at a folded span, told in the original's offsets."""
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
