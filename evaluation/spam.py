"""How well spam is told, by weights alone and by the whole triage."""

from collections.abc import Iterable, Sequence

from wardline.triage import Comment, Weights, triage

Labelled = Sequence[tuple[str, bool]]


def called(texts: Iterable[str], weights: Weights | None = None) -> list[str]:
    """The labels of comments under a post that nobody knows."""
    comments = (Comment("", text) for text in texts)
    return [verdict.label for verdict in triage(comments, weights)]


def f1(weights: Weights | None, pairs: Labelled) -> float:
    """The harmonic mean of precision and recall."""
    labels = called((text for text, _ in pairs), weights)
    told = [label == "spam" for label in labels]
    hits = sum(one and is_it for one, (_, is_it) in zip(told, pairs, strict=True))
    whole = sum(told) + sum(is_it for _, is_it in pairs)
    return round(2 * hits / whole, 4) if whole else 0.0
