"""Fixes that hold: a second check no longer finds what each was made for."""

from collections.abc import Iterable, Sequence

from wardline import institution
from wardline.screening.remedies.fix import Fix, applied
from wardline.screening.remedies.fixes import fixes
from wardline.screening.screener import Screener
from wardline.screening.values import Context, Finding

MOST_CHARACTERS = 1 << 19
"""How much is checked again for one text; what is left is offered the next time."""
ROUNDS = 8
"""One fix may call for another: who says where they work may owe a disclaimer."""


def offered(
    screener: Screener,
    text: str,
    context: Context,
    findings: Sequence[Finding] | None = None,
    limit: int | None = None,
) -> list[Fix]:
    """The fixes for `findings`, by default those of `text`, that settle them."""
    if findings is None:
        findings = screener.check(text, context)
    made = fixes(text, findings, context, institution.current(), limit)
    made = made[: max(1, MOST_CHARACTERS // (len(text) + 1))]
    checked = screener.check_many((applied(text, [fix]), context) for fix in made)
    return [fix for fix, left in zip(made, checked, strict=True) if _settles(fix, left)]


def mended(
    screener: Screener, text: str, context: Context, limit: int | None = None
) -> str:
    """`text` with every fix that holds, until there is none left to offer."""
    for _ in range(ROUNDS):
        changed = applied(text, offered(screener, text, context, limit=limit))
        if changed == text:
            break
        text = changed
    return text


def _settles(fix: Fix, left: Iterable[Finding]) -> bool:
    """Whether nothing of the finding's kind is left at the words that changed."""
    kind = (fix.finding.topic, fix.finding.kind)
    places = [(one.start, one.end) for one in left if (one.topic, one.kind) == kind]
    if fix.finding.topic.startswith("missing-"):  # an absence has no place
        return not places
    moved = 0
    for edit in sorted(fix.edits):
        low = edit.start + moved
        high = low + len(edit.text)
        if any(start < high and low < end for start, end in places):
            return False
        moved += len(edit.text) - (edit.end - edit.start)
    return True
