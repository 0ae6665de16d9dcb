"""Findings made by hand, so that a remedy is tried whatever the rules say."""

from collections.abc import Callable

import pytest

from wardline import institution
from wardline.screening import Context, Finding
from wardline.screening.remedies import Fix, applied, fixes

Remedied = Callable[..., str | None]


def found(text: str, quote: str, topic: str, kind: str | None, rule: str) -> Finding:
    start = text.index(quote)
    end = start + len(quote)
    name = f"{topic}/{rule}"
    return Finding(
        name,
        topic,
        kind,
        start,
        end,
        quote,
        "advise",
        ("POLICY-01",),
        "Found.",
        "Mend.",
    )


def made(
    text: str,
    quote: str,
    topic: str,
    kind: str | None = None,
    context: Context | None = None,
    rule: str = "rule",
    limit: int | None = None,
) -> list[Fix]:
    finding = found(text, quote, topic, kind, rule)
    hospital = institution.load(institution.SHIPPED)
    return fixes(text, [finding], context or Context(), hospital, limit)


@pytest.fixture
def remedied() -> Remedied:
    """The text with the fix of one finding, None where there is no fix."""

    def remedy(text: str, quote: str, topic: str, **given: object) -> str | None:
        offer = made(text, quote, topic, **given)  # type: ignore[arg-type]
        return applied(text, offer) if offer else None

    return remedy
