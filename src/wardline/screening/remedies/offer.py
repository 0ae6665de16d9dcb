"""Fixes that hold: a second check no longer finds what each was made for."""

from collections import Counter
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
    found = _counted(findings)
    checked = screener.check_many((applied(text, [fix]), context) for fix in made)
    return [
        fix
        for fix, left in zip(made, checked, strict=True)
        if _counted(left)[_class(fix.finding)] < found[_class(fix.finding)]
    ]


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


def _class(finding: Finding) -> tuple[str, str | None]:
    return finding.topic, finding.kind


def _counted(findings: Iterable[Finding]) -> Counter[tuple[str, str | None]]:
    return Counter(map(_class, findings))
