"""Rules and signals made ready to run: expanded expressions, bound conditions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from wardline.institution import Institution
from wardline.screening import matchers
from wardline.screening.errors import PackError
from wardline.screening.expand import expand, institution_terms, one_of, phrase
from wardline.screening.fold import fold
from wardline.screening.pack import Pack
from wardline.screening.schema import Author, Condition, Match, Rule, Signal


@dataclass(frozen=True, slots=True)
class Expression:
    """A Python expression over folded text, compiled when first used."""

    source: str
    case: bool

    @property
    def compiled(self) -> re.Pattern[str]:
        """Compiling costs more than all the rest of a check, so it is kept."""
        return _compiled(self.source, self.case)


@dataclass(frozen=True, slots=True)
class Test:
    """What a group of a match has to be, or must not be."""

    group: str
    accepts: matchers.Accepts
    answer: bool

    def passes(self, match: re.Match[str]) -> bool:
        """Whether `match` may stand; a group that took no part is not asked."""
        groups = match.re.groupindex
        if self.group not in groups and self.group != "span":
            return True
        text = match[groups.get(self.group, 0)]
        return text is None or self.accepts(text) is self.answer


@dataclass(frozen=True, slots=True)
class Need:
    """Signals of which one has to be, or none may be, within a scope."""

    signals: tuple[str, ...]
    scope: Literal["sentence", "text"] | int
    side: Literal["either", "before", "after"]


@dataclass(frozen=True, slots=True)
class Probe:
    """One rule or signal: what it looks for and what has to be true around it."""

    authors: tuple[Author, ...]
    expressions: tuple[Expression, ...]
    tests: tuple[Test, ...]
    needs: tuple[Need, ...]
    bars: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Probes:
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
    return re.compile(source, re.ASCII if case else re.ASCII | re.IGNORECASE)


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
        return Probe(
            (topic.context, rule.context),
            own.expressions,
            own.tests,
            self._needs(f"topics/{rule.topic}:with", topic.with_) + own.needs,
            self._needs(f"topics/{rule.topic}:without", topic.without) + own.bars,
        )

    def _probe(self, place: str, probe: Rule | Signal) -> Probe:
        return Probe(
            (probe.context,),
            self._expressions(f"{place}.toml", probe.match),
            tuple(self._tests(probe.match)),
            self._needs(f"{place}:with", probe.with_),
            self._needs(f"{place}:without", probe.without),
        )

    def _expressions(self, file: str, match: Match) -> tuple[Expression, ...]:
        sources = [self._expand(file, pattern) for pattern in match.patterns]
        sources += map(phrase, match.phrases)
        return tuple(Expression(source, match.case) for source in sources)

    def _tests(self, match: Match) -> Iterator[Test]:
        for answer, named in ((True, match.must), (False, match.must_not)):
            for group, name in named.items():
                yield Test(group, self._accepts(name), answer)

    def _accepts(self, name: str) -> matchers.Accepts:
        kind, _, lexicon = name.rpartition(":")
        if kind != "lexicon":
            return matchers.find(name)
        words = {fold(w).text.lower() for w in self._pack.lexicons[lexicon].words}
        return lambda text: text.lower() in words

    def _needs(self, place: str, conditions: Sequence[Condition]) -> tuple[Need, ...]:
        return tuple(
            Need(self._named(f"{place}:{number}", condition), condition.scope, condition.side)
            for number, condition in enumerate(conditions)
        )

    def _named(self, place: str, condition: Condition) -> tuple[str, ...]:
        """The condition's signals; its own patterns become one more, by place."""
        if not condition.patterns:
            return condition.any
        if place not in self._signals:
            match = Match(patterns=condition.patterns)
            file = place.partition(":")[0] + ".toml"
            expressions = self._expressions(file, match)
            self._signals[place] = Probe((), expressions, (), (), ())
        return (*condition.any, place)

    def _expand(self, file: str, pattern: str) -> str:
        try:
            source = expand(pattern, self._lookup)
            compiled = re.compile(source, re.ASCII | re.IGNORECASE)
        except KeyError as error:
            raise PackError(
                file, "patterns", f"nothing stands for {error.args[0]}.",
                "Correct the spelling, or add the file that it names.",
            ) from None
        except re.error as error:
            raise PackError(
                file, "patterns", f"{pattern!r} is no expression ({error}).",
                "Python's re says how to write one.",
            ) from error
        if compiled.match(""):
            raise PackError(
                file, "patterns", f"{pattern!r} matches nothing at all.",
                "Make some part of it compulsory.",
            )
        return source

    def _lookup(self, name: str, argument: str) -> str:
        if name == "lexicon":
            return one_of(self._pack.lexicons[argument].words)
        if name == "signal":
            match = self._pack.signals[argument].match
            parts = [expand(pattern, self._lookup) for pattern in match.patterns]
            parts += map(phrase, match.phrases)
            return f"(?:{'|'.join(parts)})"
        return self._terms[name]
