"""Rules and signals made ready to run: expanded expressions, bound conditions."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, Self

import msgspec

from wardline.institution import Institution
from wardline.screening.errors import PackError
from wardline.screening.expand import expand, institution_terms, one_of, phrase
from wardline.screening.pack import Pack
from wardline.screening.program import Program, loaded, program
from wardline.screening.schema import Author, Condition, Match, Rule, Signal


class Expression(msgspec.Struct, frozen=True):
    """A Python expression over folded text, compiled when first used."""

    source: str
    case: bool
    program: Program | None = None
    """What `source` compiles to; compiling costs more than the rest of a check."""

    @property
    def compiled(self) -> re.Pattern[str]:
        """The same `re.Pattern` each time it is asked for."""
        if self.program:
            return loaded(self.source, self.program)
        return _compiled(self.source, self.case)

    def with_program(self) -> Self:
        """The same, ready to be kept.

        Raises:
            re.error: when `source` is no expression.
        """
        made = program(self.source, _flags(case=self.case))
        return msgspec.structs.replace(self, program=made)


class Test(msgspec.Struct, frozen=True):
    """A matcher, or `lexicon:name`, that has to accept a group, or must not."""

    group: str
    matcher: str
    answer: bool


class Need(msgspec.Struct, frozen=True):
    """Signals of which one has to be, or none may be, within a scope."""

    signals: tuple[str, ...]
    scope: Literal["sentence", "text"] | int
    side: Literal["either", "before", "after"]


class Probe(msgspec.Struct, frozen=True):
    """One rule or signal: what it looks for and what has to be true around it."""

    expressions: tuple[Expression, ...]
    authors: tuple[Author, ...] = ()
    tests: tuple[Test, ...] = ()
    needs: tuple[Need, ...] = ()
    bars: tuple[Need, ...] = ()


class Probes(msgspec.Struct, frozen=True):
    """All rules and signals of a pack, bound to one institution."""

    rules: dict[str, Probe]
    signals: dict[str, Probe]


def bind(pack: Pack, institution: Institution) -> Probes:
    """Expand every expression and name every condition's signals.

    Raises:
        PackError: for an expression that cannot be used.
    """
    return _Binder(pack, institution).bind()


@cache
def _compiled(source: str, case: bool) -> re.Pattern[str]:  # noqa: FBT001
    return re.compile(source, _flags(case=case))


def _flags(*, case: bool) -> int:
    return int(re.ASCII if case else re.ASCII | re.IGNORECASE)


class _Binder:
    def __init__(self, pack: Pack, institution: Institution) -> None:
        self._pack = pack
        self._terms = institution_terms(institution)
        self._signals: dict[str, Probe] = {}

    def bind(self) -> Probes:
        for name, signal in self._pack.signals.items():
            self._signals[name] = self._probe(f"signals/{name}", signal)
        rules = {rule.id: self._rule(rule) for rule in self._pack.rules.values()}
        return Probes(rules, self._signals)

    def _rule(self, rule: Rule) -> Probe:
        topic = self._pack.topics[rule.topic]
        own = self._probe(f"rules/{rule.id}", rule)
        place = f"topics/{rule.topic}"
        return msgspec.structs.replace(
            own,
            authors=_asking(topic.context) + own.authors,
            needs=self._needs(f"{place}:with", topic.with_) + own.needs,
            bars=self._needs(f"{place}:without", topic.without) + own.bars,
        )

    def _probe(self, place: str, probe: Rule | Signal) -> Probe:
        return Probe(
            expressions=self._expressions(place, probe.match),
            authors=_asking(probe.context),
            tests=tuple(_tests(probe.match)),
            needs=self._needs(f"{place}:with", probe.with_),
            bars=self._needs(f"{place}:without", probe.without),
        )

    def _expressions(self, place: str, match: Match) -> tuple[Expression, ...]:
        sources = [self._expanded(place, pattern) for pattern in match.patterns]
        sources += map(phrase, match.phrases)
        return tuple(Expression(source, match.case) for source in sources)

    def _needs(self, place: str, conditions: Sequence[Condition]) -> tuple[Need, ...]:
        return tuple(
            Need(self._named(f"{place}:{number}", asked), asked.scope, asked.side)
            for number, asked in enumerate(conditions)
        )

    def _named(self, place: str, condition: Condition) -> tuple[str, ...]:
        """The condition's signals; its own patterns become one more, by place."""
        if not condition.patterns:
            return condition.any
        if place not in self._signals:
            match = Match(patterns=condition.patterns)
            self._signals[place] = Probe(self._expressions(place, match))
        return (*condition.any, place)

    def _expanded(self, place: str, pattern: str) -> str:
        file = f"{place.partition(':')[0]}.toml"
        try:
            return expand(pattern, self._lookup)
        except KeyError as error:
            raise PackError(
                file,
                "patterns",
                f"nothing stands for {error.args[0]}.",
                "Correct the spelling, or add the file that it names.",
            ) from None

    def _lookup(self, name: str, argument: str) -> str:
        if name == "lexicon":
            return one_of(self._pack.lexicons[argument].words)
        if name == "signal":
            match = self._pack.signals[argument].match
            parts = [expand(pattern, self._lookup) for pattern in match.patterns]
            parts += map(phrase, match.phrases)
            return f"(?:{'|'.join(parts)})"
        return self._terms[name]


def _asking(author: Author) -> tuple[Author, ...]:
    """The author, unless any will do."""
    return () if author == Author() else (author,)


def _tests(match: Match) -> Iterator[Test]:
    for answer, named in ((True, match.must), (False, match.must_not)):
        for group, matcher in named.items():
            yield Test(group, matcher, answer)
