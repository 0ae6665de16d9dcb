"""A text and its context, cut into passages that the network can take."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardline.screening.cover import Span
from wardline.screening.reader.network import Passage
from wardline.screening.reader.pieces import Pieces, Vocabulary
from wardline.screening.values import Context

LONGEST = 160
"""Pieces of a passage, its context's included."""
ROLE = 8
"""Pieces of the author's role that are read."""
SAID = (
    *("personal", "official", "staff", "public", "bare", "disclaimer"),
    *("network", "blog", "microblog", "forum", "wiki", "photo", "video"),
    *("virtual-world", "email"),
)
"""What is known of a post beside its text, by the number the network has for it."""
OVERLAP = 24
"""Pieces that a passage shares with the one before."""
PASSAGES = 64
"""Passages of one text that are read; the rules look at all of it."""


@dataclass(frozen=True, slots=True)
class Read:
    """A passage; of each piece its span in the text, None beside the text."""

    passage: Passage
    spans: list[Span | None]


def passages_of(
    text: Pieces, context: Context, vocabulary: Vocabulary
) -> Iterator[Read]:
    """The passages of a folded text, at least one, each led by the context."""
    role = vocabulary.pieces(context.author_role.lower()).ids[:ROLE]
    lead = [vocabulary.start, *role, vocabulary.end]
    said = _said(context)
    room = LONGEST - len(lead) - 1
    last = max(1, len(text) - OVERLAP)
    for number, start in enumerate(range(0, last, room - OVERLAP)):
        if number == PASSAGES:
            break
        yield _read(said, lead, text.cut(start, start + room), vocabulary.end)


def _said(context: Context) -> NDArray[np.int64]:
    told = (
        context.mode,
        "staff" if context.author_employer else "public",
        "disclaimer" if context.profile_disclaimer else "bare",
        context.channel,
    )
    return np.array([SAID.index(one) for one in told])


def _read(said: NDArray[np.int64], lead: Sequence[int], text: Pieces, end: int) -> Read:
    none = [0] * len(lead)
    passage = Passage(
        said=said,
        ids=np.array([*lead, *text.ids, end]),
        shapes=np.array([*none, *text.shapes, 0]),
        segments=np.array([*none, *[1] * (len(text) + 1)]),
    )
    return Read(passage, [*[None] * len(lead), *text.spans, None])
