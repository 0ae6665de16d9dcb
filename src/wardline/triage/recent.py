"""Which recent comments say nearly the same: repeats of one author, and raids of many.

Signatures are the least of several hashes, of which two texts share as many as they
share words: https://en.wikipedia.org/wiki/MinHash
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

HASHES, BAND = 8, 2
ALIKE = 0.6
"""The share of equal hashes from which two comments say nearly the same."""
FEWEST = 12
"""Features of a comment that is worth comparing: everybody says `Thank you!`."""
RAID = 5
"""Authors who say nearly the same before it is called a raid."""

_PRIME = (1 << 31) - 1
_random = np.random.default_rng(988)
_FACTORS = _random.integers(1, _PRIME, (HASHES, 1), dtype=np.int64)
_TERMS = _random.integers(0, _PRIME, (HASHES, 1), dtype=np.int64)

Signature = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Echo:
    """What was like a comment among the recent ones."""

    times: int = 0
    authors: int = 0
    """Different known authors, the comment's own among them."""

    @property
    def raid(self) -> bool:
        """Whether many people say it at once."""
        return self.authors >= RAID


@dataclass(frozen=True, slots=True)
class _Heard:
    signature: Signature
    author: str


class Recent:
    """The last comments of a channel; callers keep one, and one thread fills it."""

    def __init__(self, kept: int = 5000) -> None:
        """Remember so many comments."""
        self._heard: deque[_Heard] = deque()
        self._kept = kept
        self._bands: dict[tuple[int, ...], list[_Heard]] = {}

    def hear(self, numbers: Sequence[int], author: str) -> Echo:
        """Remember a comment by its features, and tell what was like it before."""
        if len(numbers) < FEWEST:
            return Echo()
        heard = _Heard(signature(numbers), author)
        like = self._like(heard.signature)
        self._remember(heard)
        authors = {one.author for one in (*like, heard) if one.author}
        return Echo(len(like), len(authors))

    def _like(self, own: Signature) -> list[_Heard]:
        met = {
            id(one): one for band in _bands(own) for one in self._bands.get(band, ())
        }
        return [one for one in met.values() if likeness(own, one.signature) >= ALIKE]

    def _remember(self, heard: _Heard) -> None:
        self._heard.append(heard)
        for band in _bands(heard.signature):
            self._bands.setdefault(band, []).append(heard)
        if len(self._heard) > self._kept:
            self._forget(self._heard.popleft())

    def _forget(self, heard: _Heard) -> None:
        for band in _bands(heard.signature):
            left = self._bands[band]
            left.remove(heard)  # the oldest of a band stands first
            if not left:
                del self._bands[band]


def signature(numbers: Sequence[int]) -> Signature:
    """The least hashes of some features."""
    mixed = (_FACTORS * np.asarray(numbers, np.int64) + _TERMS) % _PRIME
    return tuple(mixed.min(axis=1).tolist())


def likeness(one: Signature, other: Signature) -> float:
    """The share of features that two comments have in common, roughly."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / HASHES


def _bands(own: Signature) -> list[tuple[int, ...]]:
    return [(at, *own[at : at + BAND]) for at in range(0, HASHES, BAND)]
