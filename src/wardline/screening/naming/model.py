"""The tagger's weights and word lists, one small file that is read in one go.

The file is a line of JSON, then the arrays it counts, little-endian: `hashes` and
`classes` are the word lists (a word is its CRC-32), `weights` three 16-bit numbers a
bucket of features, in units of `scale`, for the labels X, B and I against O.
"""

import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar
from zlib import crc32

from wardline.screening.errors import ScreeningError
from wardline.screening.naming.chain import Odds
from wardline.screening.naming.features import (
    REACH,
    VERSION,
    Word,
    alone,
    key,
    of_kinds,
    of_words,
    start_of,
    word,
)

LABELS = "OXBI"
"""Outside; another entity, so that places do not pass for people; begin; inside."""
ARRAYS = {"hashes": "I", "classes": "B", "weights": "h"}
"""Name and type code of each array, in the file's order."""

Scores = tuple[int, int, int]
_KEPT = 50_000
"""How many words, and how many windows of their kinds, are remembered."""
_PLACE = 64
_OWN_B, _OWN_I = 3 * REACH + 1, 3 * REACH + 2
_UNLIKELY = -2.0
"""Log odds below which a word by itself hardly ever begins a name; a lone @ makes
any word a handle that its writer did not join to it.
"""
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class NamingError(ScreeningError):
    """The weights cannot be used."""


class Read(NamedTuple):
    """A word, what it adds to the scores around it, and whether it may be a name."""

    word: Word
    felt: tuple[int, ...]
    """Three scores for each of the places -REACH … REACH."""
    candidate: bool


class Model:
    """Scores for tokens; remembers the words it met."""

    def __init__(
        self,
        arrays: dict[str, Sequence[int]],
        *,
        scale: float,
        threshold: float,
        moves: list[list[float]],
    ) -> None:
        self.threshold = threshold
        self.moves = moves
        self._scale = scale
        self._hashes, self._classes = arrays["hashes"], arrays["classes"]
        self._weights = arrays["weights"]
        self._buckets = len(self._weights) // 3
        self._words: dict[str, Read] = {}
        self._kinds: dict[tuple[str, ...], Scores] = {}

    def known(self, text: str) -> str:
        """What the word lists say of a token, as `spelt` writes it."""
        return spelt(look_up(key(text), self._code))

    def read(self, text: str) -> Read:
        """The token with everything that can be said without its neighbours."""
        if (read := self._words.get(text)) is None:
            it = word(text, self.known(text))
            felt = tuple(score for facts in alone(it) for score in self._sum(facts))
            likely = max(felt[_OWN_B], felt[_OWN_I]) * self._scale
            read = Read(it, felt, likely > _UNLIKELY or text == "@")
            _remember(self._words, text, read)
        return read

    def odds(self, reads: Sequence[Read], at: int, case: str) -> Odds:
        """Log odds of token `at`, which has REACH tokens on each side."""
        two, one, it, after, far = reads[at - 2 : at + 3]
        window = two.word, one.word, it.word, after.word
        start = start_of(one.word, case)
        kinds = start, two.word.kind, one.word.kind, it.word.kind, after.word.kind
        if (scores := self._kinds.get(kinds)) is None:
            scores = self._sum(of_kinds(window, start))
            _remember(self._kinds, kinds, scores)
        x, b, i = self._sum(of_words(window, start))
        x, b, i = x + scores[0], b + scores[1], i + scores[2]
        left, near, own, next_, last = two.felt, one.felt, it.felt, after.felt, far.felt
        x += left[12] + near[9] + own[6] + next_[3] + last[0]
        b += left[13] + near[10] + own[7] + next_[4] + last[1]
        i += left[14] + near[11] + own[8] + next_[5] + last[2]
        return x * self._scale, b * self._scale, i * self._scale

    def _code(self, word_key: str) -> int:
        code = crc32(word_key.encode("utf-8", "surrogatepass"))
        at = bisect_left(self._hashes, code)
        there = at < len(self._hashes) and self._hashes[at] == code
        return self._classes[at] if there else 0

    def _sum(self, facts: Iterable[str]) -> Scores:
        x = b = i = 0
        for fact in facts:
            at = bucket(fact, self._buckets) * 3
            x += self._weights[at]
            b += self._weights[at + 1]
            i += self._weights[at + 2]
        return x, b, i


def _remember(memory: dict[_Key, _Value], key: _Key, value: _Value) -> None:
    if len(memory) >= _KEPT:
        memory.clear()
    memory[key] = value


def bucket(fact: str, buckets: int) -> int:
    """The bucket of a feature."""
    return crc32(fact.encode("utf-8", "surrogatepass")) % buckets


def look_up(word_key: str, code: Callable[[str], int]) -> int:
    """The classes of a word; a double name that no list has is what its halves are."""
    if (found := code(word_key)) or "-" not in word_key:
        return found
    first, last = word_key.split("-", 1)
    return code(first) or code(last)


def spelt(code: int) -> str:
    """The classes of a word from their byte.

    Some of `f1`-`f3` given, `l1`-`l3` family, `c1`-`c3` everyday, `p` place; 3 is most
    frequent.
    """
    ranks = zip("flc", (code & 3, code >> 2 & 3, code >> 4 & 3), strict=True)
    known = "".join(f"{kind}{rank}" for kind, rank in ranks if rank)
    return known + "p" if code & _PLACE else known


def load(path: Path) -> Model:
    """Read the weights.

    Raises:
        NamingError: they were trained for other features.
    """
    raw = path.read_bytes()
    done = raw.index(b"\n") + 1
    header = json.loads(raw[:done])
    if header["version"] != VERSION:
        reason = f"{path.name} knows features {header['version']}, the code {VERSION}. "
        remedy = "Train again: python -m training.naming --data FOLDER --posts FILE"
        raise NamingError(reason + remedy)
    arrays: dict[str, Sequence[int]] = {}
    for name, code in ARRAYS.items():
        values = array(code)
        size = header["sizes"][name] * values.itemsize
        values.frombytes(raw[done : done + size])
        if sys.byteorder == "big":
            values.byteswap()
        arrays[name], done = values, done + size
    return Model(
        arrays,
        scale=header["scale"],
        threshold=header["threshold"],
        moves=header["moves"],
    )
