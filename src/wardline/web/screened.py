"""A text with its findings as a reader sees them: marks, reasons, offices called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from django.urls import reverse
from django.utils import timezone

from wardline.institution import current
from wardline.publishing.gate import AUTHOR, ROUTINE, Requirement, matter, requirements
from wardline.publishing.models import Revision
from wardline.publishing.screen import GAP
from wardline.screening import default
from wardline.web.elsewhere import Elsewhere, Words, laid_out, others
from wardline.web.fixes import Help
from wardline.web.marks import Piece, pieces
from wardline.web.shown import Row, Shown, fixable, shown, spans


@dataclass(frozen=True, slots=True)
class Called:
    """An office that must clear, and why in words."""

    name: str
    reasons: tuple[str, ...]


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
        return fixable(self.findings)

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
    return Screened(
        title=pieces(title, spans(numbered)),
        text=pieces(text, spans(numbered, len(title) + len(GAP))),
        findings=shown(numbered, helps),
        offices=[
            Called(each.named(current()), reasons_in_words(each.reasons))
            for each in needed
        ],
        elsewhere=laid_out(others, first=len(numbered) + 1),
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


def reasons_in_words(called_by: Sequence[str]) -> tuple[str, ...]:
    """Why an office is called: topics by name, the author, or the routine."""
    topics = default().pack.topics
    words = {AUTHOR: "The author asks for it", ROUTINE: "Every official post"}
    for reason in called_by:
        topic = topics.get(reason.partition("/")[0])
        words.setdefault(reason, topic.title if topic else reason)
    return tuple(dict.fromkeys(words[reason] for reason in called_by))
