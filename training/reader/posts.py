"""The labelled posts as the reader learns from them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from wardline.screening import Screener
from wardline.screening.fold import fold, reveal
from wardline.screening.outputs import LABOR, OUTPUTS
from wardline.screening.reader.network import Passage
from wardline.screening.reader.passages import passages_of
from wardline.screening.reader.pieces import Pieces, Vocabulary
from wardline.screening.values import Context

FRAMES = (
    *("link", "disclaimer", "opinion", "mention", "labor", "patient", "own-family"),
    *("public-figure", "consent", "source", "benefit", "disclosed", "one-person"),
    *("outside", "hospital-we", "asks-money", "hospital-news", "secret", "insult"),
    *("copying", "health-claim", "routed-link", "work-mail", "spanish"),
)
"""What a post's writer said of it beside its labels: who speaks, of whom, doing what."""


Post = dict[str, Any]
"""A line of the corpus."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One passage of one post and what should be said of it.

    `whole`, `asked` and `known` are (outputs,); what is not `asked` was not looked
    at by whoever labelled the text. `pieces` is (pieces, outputs); `frames` is
    (frames,), or None where the writer said nothing. Where an output is not `known`,
    the post has it but no words were named for it, so its pieces teach nothing.
    """

    post: str
    passage: Passage
    whole: NDArray[np.float32]
    asked: NDArray[np.float32]
    known: NDArray[np.float32]
    pieces: NDArray[np.float32]
    frames: NDArray[np.float32] | None


def posts(files: Iterable[Path]) -> Iterator[Post]:
    """The posts of JSONL files, in order."""
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            yield json.loads(line)


def examples(screener: Screener) -> Iterator[Post]:
    """The rules' own examples, each labelled for its rule's topic alone."""
    for rule in screener.pack.rules.values():
        for example in (*rule.fires, *rule.passes):
            fires = example in rule.fires
            found = screener.check(example.text, example.context)
            if fires != any(finding.topic == rule.topic for finding in found):
                continue  # another rule of the topic, or precedence, says otherwise
            label = {"topic": rule.topic, "quote": example.quote, "kind": rule.kind}
            yield {
                "id": rule.id,
                "text": example.text,
                "context": msgspec.structs.asdict(example.context),
                "expect": [label] if fires else [],
                "asked": rule.topic,
            }


def pieces_of(post: Post, vocabulary: Vocabulary) -> Pieces:
    """A post's text as the reader is shown it."""
    return vocabulary.pieces(reveal(fold(post["text"])).text)


def lesson(post: Post, vocabulary: Vocabulary) -> Lesson:
    """A post as far as its first passage reaches."""
    folded = reveal(fold(post["text"]))
    context = Context(**post["context"])
    text = vocabulary.pieces(folded.text)
    read = next(passages_of(text, context, vocabulary))
    whole = np.zeros(len(OUTPUTS), np.float32)
    known = np.ones(len(OUTPUTS), np.float32)
    pieces = np.zeros((len(read.passage.ids), len(OUTPUTS)), np.float32)
    for label in post["expect"]:
        outputs = [OUTPUTS.index(name) for name in _outputs(label)]
        whole[outputs] = 1
        quote = label["quote"]
        start = post["text"].find(quote) if quote else -1
        told = [
            number
            for number, span in enumerate(read.spans)
            if span and start >= 0 and _overlap(folded.span(*span), start, quote)
        ]
        for number in told:
            pieces[number, outputs] = 1
        if not told:
            known[outputs] = 0
    asked = np.ones(len(OUTPUTS), np.float32)
    if only := post.get("asked"):
        asked[:] = [output.startswith(only) for output in OUTPUTS]
    said = post.get("frame")
    labor = OUTPUTS.index(LABOR)
    whole[labor] = said is not None and LABOR in said
    asked[labor] = said is not None
    known[labor] = 0  # nobody named its words
    frames = None if said is None else np.array([f in said for f in FRAMES], np.float32)
    return Lesson(post["id"], read.passage, whole, asked, known * asked, pieces, frames)


def _outputs(label: dict[str, Any]) -> list[str]:
    kind = label.get("kind")
    return [label["topic"], *([f"{label['topic']}/{kind}"] if kind else [])]


def _overlap(span: tuple[int, int], start: int, quote: str) -> bool:
    return span[0] < start + len(quote) and span[1] > start
