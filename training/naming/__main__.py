"""Train the tagger: `python -m training.naming --data FOLDER --posts FILE…`.

FOLDER holds asq_phi, presidio_synth_v2, btc, wnut17, uci_health_tweets, davidson and
sms_spam as `sets` reads them; a FILE is a part of our corpus that may be learnt from.
`--check` trains once a fold instead and says how well names are found in what was held
out; nothing is written then.
"""

import argparse
import json
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from evaluation.naming import flagged, score
from training.naming.fit import fit, write
from training.naming.lists import Lists, build
from training.naming.mixture import FOLDS, Split, enriched, split
from training.naming.sets import spaced, tagged
from training.naming.silver import posts
from wardline.screening import naming
from wardline.screening.naming import Namer
from wardline.screening.naming.model import load
from wardline.screening.naming.tokens import tokens

_OUT = Path(naming.__file__).with_name("names.bin")
_SEED, _ROUNDS, _FIRST_ROUNDS = 7, 80, 60
_THRESHOLD, _DOUBT = 0.5, 0.12
_EVERYDAY = ("uci_health_tweets", "davidson", "sms_spam")
_log = logging.getLogger("training.naming")


def main() -> None:
    """Train, or check by folds."""
    parser = argparse.ArgumentParser(prog="python -m training.naming")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--posts", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=_OUT)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    lists = build(_words(given.data, given.posts))
    if not given.check:
        _train(split(given.data, None, _SEED), lists, given.posts, given.out)
        return
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            parts = split(given.data, fold, _SEED)
            out = Path(folder) / "fold.bin"
            _train(parts, lists, given.posts, out)
            _report(Namer(load(out)), parts, given.data)


def _train(parts: Split, lists: Lists, paths: list[Path], out: Path) -> None:
    """Fit without our posts, let that model read them, fit with them."""
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "first.bin"
        write(first, fit(parts.train, lists, _FIRST_ROUNDS, _SEED), lists, _DOUBT)
        own = list(posts(paths, Namer(load(first))))
    examples = [*parts.train, *enriched(own, _SEED)]
    _log.info("%d examples, %d of our posts", len(examples), len(own))
    write(out, fit(examples, lists, _ROUNDS, _SEED), lists, _THRESHOLD)


def _report(namer: Namer, parts: Split, data: Path) -> None:
    for source, examples in parts.test.items():
        one = score(namer, examples)
        _log.info(
            "%s: recall %.3f precision %.3f F1 %.3f exact F1 %.3f (%d names)",
            source,
            one.recall,
            one.precision,
            one.f1,
            one.exact_f1,
            one.gold,
        )
    comments = flagged(namer, _texts(data / "nhs_patient_feedback"))
    _log.info("nhs_patient_feedback: %.2f %% flagged", comments.share * 100)


def _words(data: Path, paths: list[Path]) -> Iterator[list[str]]:
    for source in _EVERYDAY:
        yield from _cut(_texts(data / source))
    for source in ("btc", "wnut17"):
        yield from _cut([one.text for one in tagged(data, source, "train", spaced)])
    for path in paths:
        rows = path.read_text(encoding="utf-8").splitlines()
        yield from _cut([json.loads(row)["text"] for row in rows])


def _cut(texts: list[str]) -> Iterator[list[str]]:
    return ([token.text for token in tokens(text)] for text in texts)


def _texts(folder: Path) -> list[str]:
    table = pq.read_table(folder / "train.parquet", columns=["text"])
    return [str(text) for text in table.column("text").to_pylist()]


if __name__ == "__main__":
    main()
