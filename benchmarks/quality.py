"""What a checker finds on the part of the corpus that nothing was tuned on."""

from collections.abc import Callable, Iterable
from pathlib import Path

from evaluation.corpus import Post, read
from wardline.screening import Screener
from wardline.screening.outputs import PRIVACY

CORPUS = Path(__file__).parents[1] / "tests/corpus/test"

Alarmed = list[bool]
"""Of each post of the corpus: whether the checker raises anything on it."""


def labelled() -> list[Post]:
    """The posts to measure on."""
    return read(CORPUS)


def of_peer(check: Callable[[str], object], posts: Iterable[Post]) -> Alarmed:
    """A peer raises what it returns; it is not told who writes."""
    return [bool(check(post.text)) for post in posts]


def of_screener(screener: Screener, posts: Iterable[Post]) -> Alarmed:
    """Wardline raises what it does not merely remind of."""
    found = screener.check_many((post.text, post.context) for post in posts)
    return [any(one.severity != "remind" for one in findings) for findings in found]


def quality(posts: Iterable[Post], alarmed: Alarmed) -> dict[str, float]:
    """Shares of posts that are raised: with anything to find, privacy, clean ones."""
    pairs = list(zip(posts, alarmed, strict=True))
    topics = [({label.topic for label in post.expect}, hit) for post, hit in pairs]
    return {
        "recall": _share(hit for found, hit in topics if found),
        "privacy_recall": _share(hit for found, hit in topics if PRIVACY in found),
        "false_alarms": _share(hit for found, hit in topics if not found),
    }


def _share(hits: Iterable[bool]) -> float:
    told = list(hits)
    return round(sum(told) / len(told), 3)
