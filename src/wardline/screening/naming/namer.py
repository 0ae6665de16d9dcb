"""Names of people in a text, by a linear-chain model over its tokens.

The model is a conditional random field, https://arxiv.org/abs/1011.4088 ; a token is
in a name when its probability, given the whole stretch around it, says so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wardline.screening.naming.chain import Chances, Moves, Odds, marginals
from wardline.screening.naming.features import REACH, case_of
from wardline.screening.naming.model import Model, Read, load
from wardline.screening.naming.tokens import Token, humps, tokens

_WEIGHTS = Path(__file__).with_name("names.bin")
_BEFORE, _AFTER, _GAP = 2, 3, 5
"""How far a stretch reaches beyond its candidates, and from one to the next."""
_HOPELESS = -6.0
"""No token that begins a name so unlikely, in log odds, has ever been one."""
_ABBREVIATION = 3
"""The longest word after which a full stop may stay in a name: "Wm.", "Jr."."""
_HANDLE = re.compile(r"[@＠][\w.]*\w")  # noqa: RUF001
_LIKELY_IN_HANDLE = 0.5
_GIVEN = ("f2", "f3")


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name: half-open code-point span, probability from 0 to 1."""

    start: int
    end: int
    score: float


class Namer:
    """Finds the names of people in texts; remembers words, so keep one a process."""

    def __init__(self, model: Model, threshold: float | None = None) -> None:
        self._model = model
        self._threshold = model.threshold if threshold is None else threshold
        self._moves = Moves(model.moves)
        self._pad = [model.read("")] * REACH

    @classmethod
    def load(cls) -> "Namer":
        """The tagger with the weights that come with it.

        Raises:
            NamingError: the weights were trained for other features.
        """
        return cls(load(_WEIGHTS))

    def names(self, text: str) -> list[Name]:
        """Names sorted by start, none overlapping; titles are not part of a name.

        Of a hashtag the words that hold a name are found; an @handle is passed by.
        """
        found = tokens(text)
        middle = [self._model.read(token.text) for token in found]
        stretches = list(_stretches(middle))
        if not stretches:
            return []
        case = case_of([read.word for read in middle])
        reads = [*self._pad, *middle, *self._pad]
        names: list[Name] = []
        for first, last in stretches:
            odds = [
                self._model.odds(reads, at + REACH, case) for at in range(first, last)
            ]
            names += self._decide(found[first:last], odds)
        return names

    def handles(self, text: str) -> list[Name]:
        """The @handles that hold a usual given name: "@rosa.runs" does.

        Whether one is a patient's, its words do not say.
        """
        return [
            Name(*handle.span(), _LIKELY_IN_HANDLE)
            for handle in _HANDLE.finditer(text)
            if any(self._given(part) for part in humps(handle[0], handle.start()))
        ]

    def _given(self, part: Token) -> bool:
        known = self._model.known(part.text)
        return known.startswith(_GIVEN) and "c" not in known

    def _decide(self, found: Sequence[Token], odds: Sequence[Odds]) -> Iterator[Name]:
        if any(one[1] > _HOPELESS for one in odds):
            yield from _names(found, marginals(odds, self._moves), self._threshold)


def _stretches(reads: Sequence[Read]) -> Iterator[tuple[int, int]]:
    """Half-open runs of tokens that may hold names.

    They reach to an initial and its stop on the left, to a stop on the right.
    """
    candidates = [at for at, read in enumerate(reads) if read.candidate]
    if not candidates:
        return
    first = last = candidates[0]
    for at in candidates:
        if at > last + _GAP:
            yield max(first - _BEFORE, 0), last + _AFTER
            first = at
        last = at
    yield max(first - _BEFORE, 0), min(last + _AFTER, len(reads))


def _names(
    found: Sequence[Token], chances: Sequence[Chances], threshold: float
) -> Iterator[Name]:
    run: list[tuple[Token, float]] = []
    for token, (begins, goes_on) in zip(found, chances, strict=True):
        chance = begins + goes_on
        inside = chance >= threshold
        if run and (not inside or begins > goes_on or _stops(token, run[-1][0])):
            yield from _name(run)
            run = []
        if inside and (run or token.text[0].isalpha()):
            run.append((token, chance))
    yield from _name(run)


def _stops(token: Token, last: Token) -> bool:
    """Whether a full stop ends a sentence here, not an initial or a "Jr."."""
    return token.text == "." and len(last.text) > _ABBREVIATION


def _name(run: list[tuple[Token, float]]) -> Iterator[Name]:
    """The name of a run, if it is one: no mark ends it but the stop of an initial."""
    while run and not run[-1][0].text[0].isalpha() and not _ends_initial(run):
        run = run[:-1]
    if run:
        score = min(1.0, max(chance for _, chance in run))
        yield Name(run[0][0].start, run[-1][0].end, score)


def _ends_initial(run: list[tuple[Token, float]]) -> bool:
    stop = run[-1][0]
    before = run[-2][0] if len(run) > 1 else stop
    return stop.text == "." and before.end == stop.start and len(before.text) == 1


@cache
def default_namer() -> Namer:
    """The tagger, read once a process."""
    return Namer.load()
