"""A text with its findings as a reader sees them: marks, reasons, offices called."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import Any

from django.urls import reverse
from django.utils import timezone

from wardline.institution import current
from wardline.publishing.gate import AUTHOR, ROUTINE, Requirement, matter, requirements
from wardline.publishing.models import Revision
from wardline.publishing.screen import GAP
from wardline.registry.models import Account
from wardline.screening import Pack, default
from wardline.web.fixes import Help
from wardline.web.marks import Piece, Span, pieces

Row = Mapping[str, Any]
"""A finding as it is stored with a revision."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding: `clauses` are (id, duty), `only_office` alone lifts its hold."""

    number: int
    severity: str
    quote: str
    message: str
    suggestion: str
    rule: str
    why: str
    source: tuple[str, str]
    clauses: tuple[tuple[str, str], ...]
    only_office: str
    help: Help | None = None


@dataclass(frozen=True, slots=True)
class Called:
    """An office that must clear, and why in words."""

    name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Other words of a draft: an account's own text, or what a picture shows.

    `findings` are over `before`, which is not shown again, and `text`; `helps` as in
    `screened`. Names of buttons beside them end with `suffix`.
    """

    label: str
    text: str
    findings: Sequence[Row]
    before: str = ""
    helps: Sequence[Help] = ()
    suffix: str = ""
    picture: str = ""
    """The address of the picture that they describe."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same laid out; its findings are numbered on from those of the text."""

    label: str
    text: list[Piece]
    findings: list[Shown]
    suffix: str
    picture: str

    @property
    def fixable(self) -> int:
        """How many of its findings one click settles."""
        return sum(bool(one.help and one.help.preview) for one in self.findings)


@dataclass(frozen=True, slots=True)
class Screened:
    """Everything to show beside one wording."""

    title: list[Piece]
    text: list[Piece]
    findings: list[Shown]
    offices: list[Called]
    elsewhere: list[Elsewhere]

    @property
    def every_finding(self) -> list[Shown]:
        """Those of all its words."""
        return [*self.findings, *chain(*(one.findings for one in self.elsewhere))]

    @property
    def fixable(self) -> int:
        """How many findings one click settles."""
        return sum(bool(one.help and one.help.preview) for one in self.findings)

    @property
    def held_by(self) -> list[str]:
        """The offices that alone may lift a hold on this wording."""
        return sorted({one.only_office for one in self.every_finding} - {""})

    @property
    def summary(self) -> str:
        """How much was found, in one sentence."""
        if not (findings := self.every_finding):
            return "Nothing found."
        holds = sum(one.severity == "hold" for one in findings)
        count = len(findings)
        found = f"{count} finding{'s' * (count > 1)}"
        return f"{found}, {holds or 'none'} of them on hold."


def screened(  # noqa: PLR0913  (what stands beside a wording)
    title: str,
    text: str,
    findings: Sequence[Row],
    *,
    needed: Sequence[Requirement] = (),
    helps: Sequence[Help] = (),
    others: Iterable[Words] = (),
) -> Screened:
    """Lay the findings of `title`, a blank line and `text` out for a reader.

    `helps` has one for each finding, or is empty where the text cannot be changed.
    """
    numbered = list(enumerate(findings, start=1))
    spans = _spans(numbered)
    body = len(title) + len(GAP)
    return Screened(
        title=pieces(title, spans),
        text=pieces(text, [_moved(span, -body) for span in spans]),
        findings=_helped(numbered, helps),
        offices=[
            Called(each.named(current()), reasons_in_words(each.reasons))
            for each in needed
        ],
        elsewhere=_elsewhere(others, first=len(numbered) + 1),
    )


def screened_revision(revision: Revision) -> Screened:
    """The same for a wording that was stored."""
    draft = revision.draft
    asked = replace(
        matter(draft, draft.planned_at or timezone.now()),
        findings=revision.every_finding,
    )
    return screened(
        revision.title,
        revision.text,
        revision.findings,
        needed=requirements(asked, current()),
        others=others(revision, lambda sha256: picture_url(draft.pk, sha256)),
    )


def picture_url(draft: int, sha256: str) -> str:
    """Where readers of the draft see its picture."""
    return reverse("draft-picture", args=[draft, sha256])


def others(
    revision: Revision,
    picture_at: Callable[[str], str],
    helps: Mapping[str, Sequence[Help]] | None = None,
) -> list[Words]:
    """Its words beside title and text; `helps` by account id (as str)."""
    found = revision.findings_elsewhere
    accounts = Account.objects.in_bulk(int(pk) for pk in revision.variants)
    own = [
        Words(
            label=f"The text for {accounts[int(pk)]}",
            text=text,
            findings=found.get(f"account:{pk}", []),
            before=revision.title + GAP,
            helps=(helps or {}).get(pk, ()),
            suffix=f"@{pk}",
        )
        for pk, text in revision.variants.items()
    ]
    pictured = [
        Words(
            label=f"What picture {number} shows",
            text=picture["alt"],
            findings=found.get(f"picture:{picture['sha256']}", []),
            picture=picture_at(picture["sha256"]),
        )
        for number, picture in enumerate(revision.pictures, start=1)
    ]
    return own + pictured


def reasons_in_words(called_by: Sequence[str]) -> tuple[str, ...]:
    """Why an office is called: topics by name, the author, or the routine."""
    topics = default().pack.topics
    words = {AUTHOR: "The author asks for it", ROUTINE: "Every official post"}
    for reason in called_by:
        topic = topics.get(reason.partition("/")[0])
        words.setdefault(reason, topic.title if topic else reason)
    return tuple(dict.fromkeys(words[reason] for reason in called_by))


def _elsewhere(others: Iterable[Words], first: int) -> list[Elsewhere]:
    laid_out = []
    for words in others:
        body = len(words.before)
        # What lies in the title is told once, beside the title.
        told = [
            (row, help_)
            for row, help_ in zip_longest(words.findings, words.helps)
            if row["end"] > body or not body
        ]
        numbered = list(enumerate((row for row, _ in told), start=first))
        first += len(numbered)
        laid_out.append(
            Elsewhere(
                label=words.label,
                text=pieces(words.text, [_moved(s, -body) for s in _spans(numbered)]),
                findings=_helped(numbered, [help_ for _, help_ in told]),
                suffix=words.suffix,
                picture=words.picture,
            )
        )
    return laid_out


def _spans(numbered: Iterable[tuple[int, Row]]) -> list[Span]:
    return [Span(n, one["start"], one["end"], one["severity"]) for n, one in numbered]


def _helped(
    numbered: Sequence[tuple[int, Row]], helps: Sequence[Help | None]
) -> list[Shown]:
    pack = default().pack
    return [
        replace(_shown(pack, number, one), help=help_)
        for (number, one), help_ in zip_longest(numbered, helps)
    ]


def _moved(span: Span, by: int) -> Span:
    return Span(span.number, span.start + by, span.end + by, span.severity)


def _shown(pack: Pack, number: int, one: Row) -> Shown:
    rule = pack.rules.get(one["rule"])
    return Shown(
        number=number,
        severity=one["severity"],
        quote=one["quote"],
        message=one["message"],
        suggestion=one["suggestion"],
        rule=one["rule"],
        why=rule.why if rule else "",
        source=(rule.source.title, rule.source.url) if rule else ("", ""),
        clauses=tuple(
            (name, pack.clauses[name].duty if name in pack.clauses else "")
            for name in one["clauses"]
        ),
        only_office=_lifted_by(one),
    )


def _lifted_by(one: Row) -> str:
    if one["severity"] != "hold":
        return ""
    offices = current().offices.values()
    return next((o.name for o in offices if one["topic"] in o.lifts_holds), "")
