"""The texts that the shipped weights learn from, and those that measure them.

Learnt from, for words and weights only, no text is kept: the YouTube Spam Collection
(https://archive.ics.uci.edu/dataset/380), part of Health News in Twitter
(https://archive.ics.uci.edu/dataset/438), the Broad Twitter Corpus
(https://github.com/GateNLP/broad_twitter_corpus) and WNUT 17
(https://github.com/leondz/emerging_entities_17), all CC BY 4.0, and our own
`sentences.toml`. Only measured: the SMS Spam Collection and comments of NHS patients.
"""

import csv
import json
import random
from pathlib import Path

import msgspec
import pyarrow.parquet as pq

Labelled = list[tuple[str, bool]]
"""Texts, and whether each is spam."""

OWN = Path(__file__).with_name("sentences.toml")
OUTLETS = frozenset(
    {"goodhealth", "nprhealth", "cnnhealth", "cbchealth", "wsjhealth", "foxnewshealth"}
)
"""The news that is learnt from; the other outlets measure."""
NEWS, CHAT = 400, 3000
"""So many of each are enough."""
OWN_TIMES, VIDEO_TIMES = 4, 2
"""How much more our own sentences and comments under videos count."""
SEED = 988


def videos(folder: Path) -> dict[str, Labelled]:
    """The comments under each video."""
    found = {}
    for file in sorted((folder / "youtube_spam").glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            found[file.stem] = [(row["text"], row["label"] == "1") for row in rows]
    return found


def own() -> Labelled:
    """Our own sentences."""
    told = msgspec.toml.decode(OWN.read_bytes(), type=dict[str, list[str]])
    return [(text, kind == "spam") for kind in ("spam", "fine") for text in told[kind]]


def news(folder: Path, *, learnt: bool) -> list[str]:
    """Health news with links, of the outlets that are learnt from or of the others."""
    rows = pq.read_table(folder / "uci_health_tweets/train.parquet").to_pylist()
    texts = [row["text"] for row in rows if (row["outlet"] in OUTLETS) is learnt]
    random.Random(SEED).shuffle(texts)  # noqa: S311  (the same each time)
    return texts


def chat(folder: Path) -> list[str]:
    """What people say to each other, without links."""
    texts = []
    for name in ("btc/train.jsonl", "wnut17/dev.jsonl"):
        lines = (folder / name).read_text("utf-8").splitlines()
        texts += [" ".join(json.loads(line)["tokens"]) for line in lines]
    texts = [text for text in texts if "http" not in text and "www" not in text]
    random.Random(SEED).shuffle(texts)  # noqa: S311  (the same each time)
    return texts


def messages(folder: Path) -> Labelled:
    """The SMS Spam Collection, which nothing learns from."""
    rows = pq.read_table(folder / "sms_spam/train.parquet").to_pylist()
    return [(row["text"], bool(row["label"])) for row in rows]


def patients(folder: Path) -> list[str]:
    """Comments of NHS patients, which nothing learns from."""
    table = pq.read_table(folder / "nhs_patient_feedback/train.parquet")
    return [str(text) for text in table.column("text").to_pylist()]


def lessons(folder: Path, without: str = "") -> Labelled:
    """All that is learnt from, save the comments under one video."""
    found = [
        pair
        for name, pairs in videos(folder).items()
        for pair in pairs * VIDEO_TIMES
        if name != without
    ]
    found += own() * OWN_TIMES
    found += [(text, False) for text in news(folder, learnt=True)[:NEWS]]
    return found + [(text, False) for text in chat(folder)[:CHAT]]
