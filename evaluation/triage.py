"""How well comments are triaged: our own labelled ones, and data sets from outside.

The outside sets, each in a folder of its own: youtube_spam
(https://archive.ics.uci.edu/dataset/380), sms_spam
(https://archive.ics.uci.edu/dataset/228), uci_health_tweets
(https://archive.ics.uci.edu/dataset/438) and nhs_patient_feedback
(https://github.com/CDU-data-science-team/pxtextmining).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from evaluation.measures import share
from evaluation.outside import Figures
from evaluation.spam import called, f1
from training.triage import sets
from training.triage.fitting import spam
from wardline.triage import LABELS, Comment, Label, Weights, triage
from wardline.triage.weights import shipped

COMMENTS = Path(__file__).parents[1] / "tests/triage/comments"
REMOVED = frozenset({"spam", "off-topic", "abuse"})
"""Labels after which a comment may be removed."""
PROTECTED = ("crisis-escalate", "criticism-keep", "needs-reply")
"""Labels of comments that must never be."""
NEWS = 3000


class Labelled(msgspec.Struct, frozen=True):
    """A line of our own comments."""

    post_text: str
    comment: str
    label: Label
    voice: str


def read(file: Path) -> list[Labelled]:
    """The comments of one file."""
    lines = file.read_bytes().splitlines()
    return [msgspec.json.decode(line, type=Labelled) for line in lines]


def judged(comments: Sequence[Labelled]) -> list[Label]:
    """The labels that triage gives."""
    given = (Comment(one.post_text, one.comment) for one in comments)
    return [verdict.label for verdict in triage(given)]


def own() -> Iterator[Figures]:
    """The figures of each file of our own comments."""
    for file in sorted(COMMENTS.glob("*.jsonl")):
        comments = read(file)
        labels = judged(comments)
        scores: dict[str, float | None] = {
            label: _f1(comments, labels, label) for label in LABELS
        }
        told = [score for score in scores.values() if score is not None]
        wrong = sum(
            one.label in PROTECTED and label in REMOVED
            for one, label in zip(comments, labels, strict=True)
        )
        yield {
            f"comments, {file.stem}": {
                "macro F1": round(sum(told) / len(told), 3),
                "protected but removable": float(wrong),
                **scores,
            }
        }
        yield {f"off-topic by words, {file.stem}": {"AUC": _auc(comments)}}
    found, alarmed = _crises("crises-fresh"), _crises("no-crises-fresh")
    yield {"crises, not tuned on": {"found": found, "others alarmed": alarmed}}


def outside(folder: Path) -> Iterator[Figures]:
    """The figures of each data set that lies in `folder`; some of it is learnt from."""
    if (folder / "youtube_spam").is_dir():
        for video, pairs in sets.videos(folder).items():
            row = spam(sets.lessons(folder, without=video))
            weights = Weights({**shipped().rows, "spam": row})
            yield {f"{video}, learnt from the others": {"spam F1": f1(weights, pairs)}}
    if (folder / "sms_spam").is_dir():
        yield {"sms_spam": {"spam F1": f1(None, sets.messages(folder))}}
    if (folder / "uci_health_tweets").is_dir():
        news = called(sets.news(folder, learnt=False)[:NEWS])
        yield {
            "uci_health_tweets": {"called spam": share(news.count("spam"), len(news))}
        }
    if (folder / "nhs_patient_feedback").is_dir():
        labels = called(sets.patients(folder))
        bad = labels.count("spam") + labels.count("abuse")
        yield {"nhs_patient_feedback": {"spam or abuse": share(bad, len(labels))}}


def _crises(name: str) -> float | None:
    """The share of a file's statements, one a line, that is called a crisis."""
    lines = (COMMENTS / f"{name}.txt").read_text().splitlines()
    verdicts = [
        verdict.label for verdict in triage(Comment("", line) for line in lines)
    ]
    return share(verdicts.count("crisis-escalate"), len(verdicts))


def _f1(
    comments: Sequence[Labelled], labels: Sequence[Label], label: Label
) -> float | None:
    hits = sum(
        one.label == label == told for one, told in zip(comments, labels, strict=True)
    )
    whole = sum(one.label == label for one in comments) + labels.count(label)
    return round(2 * hits / whole, 3) if whole else None


def _auc(comments: Sequence[Labelled]) -> float | None:
    """How often an off-topic comment scores higher than one that is not, spam apart."""
    kept = [one for one in comments if one.label != "spam"]
    verdicts = triage(Comment(one.post_text, one.comment) for one in kept)
    pairs = zip(kept, (v.scores["off-topic"] for v in verdicts), strict=True)
    scored = [(one.label == "off-topic", score) for one, score in pairs]
    high = [score for is_it, score in scored if is_it]
    low = [score for is_it, score in scored if not is_it]
    wins = sum((a > b) + (a == b) / 2 for a in high for b in low)
    return round(wins / (len(high) * len(low)), 3) if high and low else None
