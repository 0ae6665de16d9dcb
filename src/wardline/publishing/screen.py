"""Screening a draft: the same check that anyone can make, in official mode."""

from typing import Any, cast

import msgspec

from wardline.publishing.content import Content, Pictured
from wardline.screening import Context, Finding, default

GAP = "\n\n"


def screen(
    title: str, text: str, kind: str, *, reply: bool = False
) -> tuple[list[dict[str, Any]], str]:
    """The findings over title, a blank line and text; and the rules' digest.

    `kind` is the kind of channel (`blog`, `microblog` …). A `reply` may not even tell
    that somebody is a patient, or is none.
    """
    screener = default()
    context = Context(mode="official", channel=cast("Any", kind), reply=reply)
    findings = screener.check(title + GAP + text if title else text, context)
    return msgspec.to_builtins(findings), screener.pack.digest


def screen_elsewhere(
    content: Content, *, reply: bool = False
) -> dict[str, list[dict[str, Any]]]:
    """The findings in the texts of single accounts and in the words of pictures.

    By `"account:12"` (over title, gap and that text) and `"picture:<sha256>"`.
    """
    kinds = {str(account.pk): account.kind for account in content.accounts}
    found = {
        f"account:{pk}": screen(content.title, text, kinds[pk], reply=reply)[0]
        for pk, text in content.own_texts.items()
    }
    for picture in content.pictures:
        found[f"picture:{picture.sha256}"] = _of_picture(picture)
    return {place: findings for place, findings in found.items() if findings}


def _of_picture(picture: Pictured) -> list[dict[str, Any]]:
    """What its words tell, and what its author says: that a patient is in it."""
    found = screen("", picture.alt, "photo")[0]
    return [*found, _declared(picture.alt)] if picture.patient else found


def _declared(alt: str) -> dict[str, Any]:
    finding = Finding(
        rule="patient-privacy/photo",
        topic="patient-privacy",
        kind="photo",
        start=0,
        end=len(alt),
        quote=alt,
        severity="hold",
        clauses=("POLICY-01", "PERSONAL-03"),
        message="Its author says that a patient is in this picture, or may be.",
        suggestion="Attach the signed authorization: the Privacy Office looks at both.",
    )
    told: dict[str, Any] = msgspec.to_builtins(finding)
    return told
