"""Train the reader and write its files: `python -m training.reader --help`."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training.reader.base import load
from training.reader.calibrate import Checked, calibrated, told
from training.reader.clinical import questions
from training.reader.export import arrays, write
from training.reader.fit import fit
from training.reader.network import Network, started
from training.reader.posts import Lesson, Post, examples, lesson, posts
from wardline.institution import current
from wardline.screening import Context, Screener, load_pack
from wardline.screening.outputs import LABOR, OUTPUTS, TOPICS
from wardline.screening.reader.network import Network as Runtime
from wardline.screening.reader.pieces import Vocabulary
from wardline.screening.reader.reader import SHIPPED
from wardline.screening.sights import exact

CORPUS = Path("tests/corpus/train")
LAYERS, ROUNDS = 6, 8
LATER, GENTLY, BESIDE = 2, 0.25, 3
"""Rounds over clinical questions, at this share of the rate, beside a third of the
posts and each of them three times."""
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
    lessons = [lesson(post, vocabulary) for post in (*learnt, *examples(screener))]
    _fit(network, lessons, asked.rounds)
    if asked.data:
        _fit(network, clinical(asked.data, lessons, vocabulary), LATER, GENTLY)
    finish(network, compared(held, network, vocabulary, screener), words, asked.output)


def clinical(
    folder: Path, lessons: Sequence[Lesson], vocabulary: Vocabulary
) -> list[Lesson]:
    """Clinical questions, among enough posts not to forget them."""
    asked = [lesson(question, vocabulary) for question in questions(folder)]
    return [*lessons[::BESIDE], *asked * BESIDE]


def _fit(
    network: Network, lessons: Sequence[Lesson], rounds: int, share: float = 1.0
) -> None:
    began = time.monotonic()
    _tell(f"{len(lessons)} texts to learn from")
    for number, loss in enumerate(fit(network, lessons, rounds, share), 1):
        _tell(f"round {number}: loss {loss:.3f}, {time.monotonic() - began:.0f} s")


def finish(
    network: Network, checked: Checked, words: Sequence[str], output: Path
) -> None:
    """Set thresholds, write the files."""
    thresholds = calibrated(checked)
    _tell(told(checked, thresholds))
    write(output, network, words, thresholds)


def compared(
    held: Sequence[Post], network: Network, vocabulary: Vocabulary, screener: Screener
) -> Checked:
    """Labels, logits as they will be at run time, and the rules' own findings."""
    has = np.zeros((len(held), len(TOPICS)), bool)
    ruled, sure = np.zeros_like(has), np.zeros_like(has)
    found = screener.check_many((p["text"], Context(**p["context"])) for p in held)
    for row, (post, findings) in enumerate(zip(held, found, strict=True)):
        has[row, [TOPICS.index(label["topic"]) for label in post["expect"]]] = True
        for finding in findings:
            if finding.severity != "remind":
                kind = sure if exact(finding.kind) else ruled
                kind[row, TOPICS.index(finding.topic)] = True
    runtime = Runtime(arrays(network))
    passages = [lesson(post, vocabulary).passage for post in held]
    scores = np.stack([runtime.scores([one])[0][0] for one in passages])
    worths = np.concatenate([runtime.worths([one]) for one in passages])
    carved_out = [screener.pack.topics[topic].labor_carve_out for topic in TOPICS]
    return Checked(
        has=has,
        logits=scores[:, : len(TOPICS)],
        ruled=ruled,
        sure=sure,
        carved_out=np.array(carved_out),
        labor=scores[:, OUTPUTS.index(LABOR)],
        worths=worths,
    )


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.reader")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--data", type=Path, help="folder with asq_phi")
    parser.add_argument("--layers", type=int, default=LAYERS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--output", type=Path, default=SHIPPED)
    return parser.parse_args()


if __name__ == "__main__":
    main()
