"""`python -m evaluation`: the table, then one JSON object on the last line.

Progress goes to standard error. `--data FOLDER` measures data sets outside the project
too, `--keep` makes this the result that the next one is compared with.
"""

import argparse
import json
import sys
from pathlib import Path

import msgspec

from evaluation import corpus, kept, measures, outside, rules, table, triage
from wardline.screening import default
from wardline.screening.naming import default_namer

CORPUS = Path(__file__).parents[1] / "tests/corpus"
PARTS = ("test", "train")
SAMPLE, SLOWEST = 300, 10


def main() -> None:
    """Measure, print, compare, keep."""
    asked = _asked()
    checked = {}
    for part in PARTS:
        posts = corpus.read(asked.corpus / part)
        _tell(f"checking {len(posts):,} posts of {part}")
        checked[part] = corpus.check(default(), posts)
    measured = {part: measures.measure(posts) for part, posts in checked.items()}
    silent = rules.silent(default(), [one for part in PARTS for one in checked[part]])
    slowest = _slowest([one.post for one in checked["train"]])
    data = _data(asked.data) if asked.data else None
    comments = _comments()
    figures = {
        **msgspec.to_builtins(measured),
        "rules": {"slowest": slowest, "silent": silent, "never_fire": len(silent)},
        "comments": comments,
        "data": data,
    }
    _say(*table.parts(measured), *table.rules(slowest, silent))
    _say("COMMENTS\n", table.data(comments), table.data(data))
    _compare(kept.flat(figures), keep=asked.keep)
    _say(json.dumps(figures))


def _slowest(posts: list[corpus.Post]) -> dict[str, float | None]:
    sample = posts[:: max(1, len(posts) // SAMPLE)]
    _tell(f"timing every rule on {len(sample)} posts")
    return rules.slowest(default(), sample, SLOWEST)


def _data(folder: Path) -> outside.Figures:
    found: outside.Figures = {}
    for figures in outside.measure(folder, default(), default_namer()):
        _tell(f"measured {', '.join(figures)}")
        found |= figures
    for figures in triage.outside(folder):
        _tell(f"measured {', '.join(figures)}")
        found |= figures
    return found


def _comments() -> outside.Figures:
    _tell("triaging our own comments")
    found: outside.Figures = {}
    for figures in triage.own():
        found |= figures
    return found


def _compare(figures: kept.Flat, *, keep: bool) -> None:
    if last := kept.last():
        changes = list(kept.differences(last, figures)) or ["nothing changed"]
        _say("Against the result that was kept:", *changes, "")
    if keep:
        kept.keep(figures)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m evaluation")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--data", type=Path, help="data sets outside the project")
    parser.add_argument("--keep", action="store_true", help="compare the next with it")
    return parser.parse_args()


def _say(*lines: str) -> None:
    print(*lines, sep="\n")


def _tell(doing: str) -> None:
    print(f"{doing} …", file=sys.stderr)


if __name__ == "__main__":
    main()
