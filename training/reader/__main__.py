"""Train the reader and write its files: `python -m training.reader --help`."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.reader.base import load
from training.reader.calibrate import Checked, calibrated, told
from training.reader.export import write
from training.reader.fit import fit, scores
from training.reader.network import Network, started
from training.reader.posts import Post, examples, lesson, posts
from wardline.institution import current
from wardline.screening import Context, Screener, load_pack
from wardline.screening.outputs import TOPICS
from wardline.screening.reader.pieces import Vocabulary
from wardline.screening.reader.reader import SHIPPED
from wardline.screening.sights import exact

CORPUS = Path("tests/corpus/train")
LAYERS, ROUNDS = 6, 8
DEVELOPMENT = ("w02", "w34")
"""Writers whose posts are not learnt from: thresholds are set on them."""


def main() -> None:
    """Fit on the training part, set thresholds on its development writers, write."""
    asked = _asked()
    base, words = load()
    vocabulary = Vocabulary({piece: number for number, piece in enumerate(words)})
    screener = Screener.of(load_pack().without_reader(), current())
    files = sorted(asked.corpus.glob("*.jsonl"))
    learnt = list(posts(file for file in files if file.stem not in DEVELOPMENT))
    held = list(posts(file for file in files if file.stem in DEVELOPMENT))
    network = started(base, asked.layers)
    _fit(network, [*learnt, *examples(screener)], vocabulary, asked.rounds)
    finish(network, held, vocabulary, words, screener, asked.output)


def _fit(
    network: Network, texts: Sequence[Post], vocabulary: Vocabulary, rounds: int
) -> None:
    lessons = [lesson(post, vocabulary) for post in texts]
    began = time.monotonic()
    _tell(f"{len(lessons)} texts to learn from")
    for number, loss in enumerate(fit(network, lessons, rounds), 1):
        _tell(f"round {number}: loss {loss:.3f}, {time.monotonic() - began:.0f} s")


def finish(  # noqa: PLR0913, PLR0917  (what a training has at its end)
    network: Network,
    held: Sequence[Post],
    vocabulary: Vocabulary,
    words: Sequence[str],
    screener: Screener,
    output: Path,
) -> None:
    """Set thresholds, write the files."""
    checked = compared(held, _logits(network, held, vocabulary), screener)
    thresholds = calibrated(checked)
    _tell(told(checked, thresholds))
    limits = {
        name: dict(zip(TOPICS, map(float, values), strict=True))
        for name, values in thresholds.items()
    }
    write(output, network, words, limits)


def compared(
    checked: Sequence[Post], logits: NDArray[np.float32], screener: Screener
) -> Checked:
    """Labels, logits and the rules' own findings of the same posts."""
    has = np.zeros((len(checked), len(TOPICS)), bool)
    ruled, sure = np.zeros_like(has), np.zeros_like(has)
    found = screener.check_many((p["text"], Context(**p["context"])) for p in checked)
    for row, (post, findings) in enumerate(zip(checked, found, strict=True)):
        has[row, [TOPICS.index(label["topic"]) for label in post["expect"]]] = True
        for finding in findings:
            if finding.severity != "remind":
                kind = sure if exact(finding.kind) else ruled
                kind[row, TOPICS.index(finding.topic)] = True
    return Checked(has, logits, ruled, sure)


def _logits(
    network: Network, texts: Sequence[Post], vocabulary: Vocabulary
) -> NDArray[np.float32]:
    found = scores(network, [lesson(post, vocabulary) for post in texts])
    return found[:, : len(TOPICS)]


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.reader")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--layers", type=int, default=LAYERS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--output", type=Path, default=SHIPPED)
    return parser.parse_args()


if __name__ == "__main__":
    main()
