"""Fit each row of the weights."""

import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from training.triage import sets
from wardline.triage import words
from wardline.triage.learning import fit
from wardline.triage.topic import COMMON, HEALTH, stems
from wardline.triage.weights import BIAS, Row

ROUNDS, RATE = 12, 0.3
LEANING = 0.7
"""Added to the odds of spam: views, questions and talk of care are let off later."""
SMALL = 1e-2
FEWEST = 3
"""Texts that a stem has to be in before anything is said of it."""


def spam(pairs: sets.Labelled) -> Row:
    """The row that tells spam; weights too small to matter are left out."""
    row = fit([(words.read(text), is_it) for text, is_it in pairs], None, ROUNDS, RATE)
    row[np.abs(row) < SMALL] = 0
    row[BIAS] += LEANING
    return row.astype(np.float16).astype(np.float32)


def topics(folder: Path) -> dict[str, Row]:
    """How common stems are, from 0 to 1, and how much they speak of health."""
    news, chat = sets.news(folder, learnt=True), sets.chat(folder)
    own = [text for text, _ in sets.own()]
    common, health = np.zeros((2, words.BUCKETS), np.float32)
    everywhere, in_news, in_chat = (
        _counts(news + chat + own),
        _counts(news),
        _counts(chat),
    )
    texts = len(news) + len(chat) + len(own)
    for stem, count in everywhere.items():
        if count >= FEWEST:
            place = words.number_of(stem)
            common[place] = 1 - math.log(texts / count) / math.log(texts)
            odds = (
                (in_news[stem] + 0.5) / len(news) / ((in_chat[stem] + 0.5) / len(chat))
            )
            health[place] = max(0.0, min(3.0, math.log(odds) - 1))
    return {
        COMMON: common.astype(np.float16).astype(np.float32),
        HEALTH: health.astype(np.float16).astype(np.float32),
    }


def _counts(texts: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text in texts:
        found.update(stems(words.tokens(words.told(text))))
    return found
