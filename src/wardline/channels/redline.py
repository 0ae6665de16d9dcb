"""What changed between two texts, word by word.

rapidfuzz finds the common words with bit-parallel LCS, so that hostile input stays
fast: https://rapidfuzz.github.io/RapidFuzz/Usage/distance/LCSseq.html
"""

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["same", "del", "ins"]

# LCSseq keeps one bit for each pair of words; 10^8 pairs are 12 MB.
_MOST_PAIRS = 10**8


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words that stayed, went or came."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """`old[old_start:old_end]` against `new[new_start:new_end]`, half-open.

    "same" spans both, "del" has an empty new side, "ins" an empty old one.
    """

    kind: Kind
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def redline(old: str, new: str) -> list[Segment]:
    """The new text with what it replaced, in reading order, a deletion first.

    "same" and "ins" joined are `new` to the letter; "same" and "del" joined have the
    words of `old`, in order. A change of white space alone is no change.
    """
    before, after = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    words = [word.rstrip() for word in before], [word.rstrip() for word in after]
    segments = [Segment("same", new[: len(new) - len(new.lstrip())])]
    for change in changes(*words):
        if change.kind == "del":
            text = "".join(before[change.old_start : change.old_end])
        else:
            text = "".join(after[change.new_start : change.new_end])
        segments.append(Segment(change.kind, text))
    return list(_spaced([segment for segment in segments if segment.text]))


def changes(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Change]:
    """How `old` becomes `new`, in order and complete; a deletion comes first."""
    here, there = 0, 0
    for start, target, length in _kept(old, new):
        if here < start:
            yield Change("del", here, start, there, there)
        if there < target:
            yield Change("ins", start, start, there, target)
        here, there = start + length, target + length
        if length:
            yield Change("same", start, here, target, there)


def _kept(
    old: Sequence[Hashable], new: Sequence[Hashable]
) -> Iterator[tuple[int, int, int]]:
    """Runs in both as (start in old, start in new, length), the end as an empty one."""
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 -- heavy, rarely needed

    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    before, after = old[head : len(old) - tail], new[head : len(new) - tail]
    yield 0, 0, head
    if len(before) * len(after) <= _MOST_PAIRS:
        for block in LCSseq.opcodes(before, after).as_matching_blocks():
            yield head + block.a, head + block.b, block.size
    yield len(old) - tail, len(new) - tail, tail
    yield len(old), len(new), 0


def _alike(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(old), len(new)))


def _spaced(segments: list[Segment]) -> Iterator[Segment]:
    """Give deletions the white space that keeps them apart from their neighbours."""
    spaced = True
    for place, segment in enumerate(segments, start=1):
        text = segment.text
        if segment.kind == "del":
            text = text.rstrip() if place == len(segments) else text
            text = text if spaced else " " + text
            if place < len(segments) and not text[-1].isspace():
                text += " "
        spaced = text[-1].isspace()
        yield Segment(segment.kind, text)
