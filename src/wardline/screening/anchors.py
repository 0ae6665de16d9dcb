"""What to scan for so that no match of an expression is missed."""

import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from wardline.screening.fold import fold
from wardline.screening.probe import Expression
from wardline.screening.shape import shape
from wardline.screening.words import EDGE, Words, required

_EVERYDAY = Path(__file__).with_name("everyday.txt")
"""The commonest words of a language on each line, the commonest first."""

Anchor = tuple[str, bool]
"""A Hyperscan expression, and whether capitals matter."""

SHORT = 3
"""Words up to this length are scanned for with their edges: `pt` is in `option`."""
TOO_COMMON = 0.06
"""A share of the sample: words in more of it do not tell enough."""
WORDS_IN_A_POST = 25


def whole(expression: Expression) -> frozenset[Anchor]:
    """The expression's own shape, for one without rare words.

    Raises:
        ShapeError: when it cannot be scanned for.
    """
    return frozenset({(shape(expression.source), expression.case)})


class Chooser:
    """Picks the rarest words, by a sample of texts and by what everybody says."""

    def __init__(self, sample: Iterable[str]) -> None:
        self._sample = [" ".join(fold(text).text.lower().split()) for text in sample]
        self._everyday = _EVERYDAY.read_text("ascii").splitlines()
        self._shares: dict[str, float] = {}

    def words(self, expression: Expression) -> frozenset[Anchor]:
        """Rare words of which each match holds one; none where all are common."""
        sets = [_plain(words) for words in required(expression.source)]
        rarest = min(sets, key=self._cost, default=frozenset[str]())
        if self._cost(rarest) > TOO_COMMON:
            return frozenset()
        return frozenset((word, False) for word in rarest)

    def _cost(self, words: Words) -> float:
        return sum(map(self._share, words))

    def _share(self, word: str) -> float:
        if word not in self._shares:
            compiled = re.compile(word, re.ASCII)
            # Longer words are rarer, also where the sample is too small to tell;
            # of marks there are so few that it is not.
            bare = word.replace(r"\b", "")
            unseen = 0.3 ** len(bare) if any(map(str.isalnum, bare)) else 0.0
            seen = sum(1 for text in self._sample if compiled.search(text))
            share = seen / max(1, len(self._sample)) + unseen
            self._shares[word] = share + sum(
                map(partial(_zipf, compiled), self._everyday)
            )
        return self._shares[word]


def _zipf(word: re.Pattern[str], ranked: str) -> float:
    """The share of posts that hold `word`, by the ranks of the words it is in.

    The nth word of a language makes up about a tenth of an nth of what is said.
    """
    ranks = (ranked.count(" ", 0, found.start()) + 1 for found in word.finditer(ranked))
    return sum(min(0.5, WORDS_IN_A_POST / (10 * rank)) for rank in ranks)


def _plain(words: Words) -> Words:
    """The Hyperscan expressions of words, without those that hold another one."""
    plain = {_escaped(word) for word in words}
    return frozenset(
        word
        for word in plain
        if not any(other in word and other != word for other in plain)
    )


def _escaped(word: str) -> str:
    bare = word.replace(EDGE, "")
    escaped = re.escape(bare)
    if len(bare) > SHORT:
        return escaped
    start = r"\b" if word.startswith(EDGE) else ""
    return start + escaped + (r"\b" if word.endswith(EDGE) else "")
