"""From all spans that rules found to the findings that a person should read."""

from collections.abc import Iterable

from wardline.screening.evaluate import Reading, Span
from wardline.screening.pack import LABOR_SPEECH, Pack
from wardline.screening.schema import Rule

Hit = tuple[Rule, Span]
_SEVERITIES = ("hold", "advise", "remind")


def settle(pack: Pack, reading: Reading, hits: Iterable[Hit]) -> list[Hit]:
    """Apply labor carve-out and precedence, merge overlaps; sorted by start."""
    kept = _distinct(hits)
    if not kept:
        return kept
    kept = _without_labor(pack, reading, kept)
    return sorted(_by_precedence(pack, kept), key=lambda hit: (hit[1], hit[0].id))


def _distinct(hits: Iterable[Hit]) -> list[Hit]:
    """One finding for a topic and kind on overlapping words: the gravest, longest."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=_weight):
        rule, span = hit
        same = (other for other in kept if _subject(other[0]) == _subject(rule))
        if not any(_overlap(span, other[1]) for other in same):
            kept.append(hit)
    return kept


def _without_labor(pack: Pack, reading: Reading, hits: list[Hit]) -> list[Hit]:
    """Employees who talk about working conditions are left alone: NLRA section 7."""
    left = [hit for hit in hits if not pack.topics[hit[0].topic].labor_carve_out]
    if len(left) == len(hits) or not reading.context.author_employer:
        return hits
    return left if reading.shows(LABOR_SPEECH) else hits


def _by_precedence(pack: Pack, hits: list[Hit]) -> list[Hit]:
    if len(hits) == 1:
        return hits
    rank = {name: place for place, name in enumerate(pack.topics)}
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: rank[hit[0].topic]):
        if not any(_silences(pack, above, hit) for above in kept):
            kept.append(hit)
    return kept


def _silences(pack: Pack, above: Hit, below: Hit) -> bool:
    topic, name = pack.topics[above[0].topic], below[0].topic
    return name in topic.silences or (
        name in topic.silences_on_same_span and _overlap(above[1], below[1])
    )


def _weight(hit: Hit) -> tuple[int, int, Span, str]:
    rule, (start, end) = hit
    return _SEVERITIES.index(rule.severity), start - end, (start, end), rule.id


def _subject(rule: Rule) -> tuple[str, str | None]:
    return rule.topic, rule.kind


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
