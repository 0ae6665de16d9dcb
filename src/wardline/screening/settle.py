"""From all spans that rules found to the findings that a person should read."""

from collections.abc import Iterable

from wardline.screening.cover import Cover, Span
from wardline.screening.evaluate import Reading
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
    """One finding for a topic and kind on overlapping words: see `_weight`."""
    kept: list[Hit] = []
    covers: dict[tuple[str, str | None], Cover] = {}
    for rule, span in sorted(hits, key=_weight):
        cover = covers.setdefault((rule.topic, rule.kind), Cover())
        if not cover.overlaps(*span):
            cover.add(*span)
            kept.append((rule, span))
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
    kept: list[Hit] = []
    silent: set[str] = set()
    covers: dict[str, list[Cover]] = {}
    for name, topic in pack.topics.items():
        if name in silent:
            continue
        above = covers.get(name, [])
        left = [
            hit
            for hit in hits
            if hit[0].topic == name and not any(c.overlaps(*hit[1]) for c in above)
        ]
        if left:
            kept += left
            silent.update(topic.silences)
            for below in topic.silences_on_same_span:
                covers.setdefault(below, []).append(Cover(span for _, span in left))
    return kept


def _weight(hit: Hit) -> tuple[int, bool, int, Span, str]:
    """Words that a rule names are told more exactly than those that were read."""
    rule, (start, end) = hit
    grave, read = _SEVERITIES.index(rule.severity), bool(rule.match.read)
    return grave, read, start - end, (start, end), rule.id
