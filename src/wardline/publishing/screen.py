"""Screening a draft: the same check that anyone can make, in official mode."""

from typing import Any, cast

import msgspec

from wardline.screening import Context, default

GAP = "\n\n"


def screen(title: str, text: str, kind: str) -> tuple[list[dict[str, Any]], str]:
    """The findings over title, a blank line and text; and the rules' digest.

    `kind` is the kind of channel (`blog`, `microblog` …).
    """
    screener = default()
    context = Context(mode="official", channel=cast("Any", kind))
    findings = screener.check(title + GAP + text, context)
    return msgspec.to_builtins(findings), screener.pack.digest
