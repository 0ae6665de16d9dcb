"""How long a correction takes, from the report of the error to the last account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from wardline.audit.models import Entry
from wardline.publishing.models import Draft, ErrorReport, Publication

LATELY = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Clock:
    """Since when an error is known, and when it was set right, in UTC.

    Without a report (`reported`) it is known since somebody began the correction.
    """

    began: datetime
    ended: datetime | None
    reported: bool = True

    @property
    def took(self) -> timedelta:
        """How long it took, or has taken until now."""
        return (self.ended or timezone.now()) - self.began

    @property
    def late(self) -> bool:
        """Whether it took, or has taken, longer than WARDLINE_CORRECT_HOURS."""
        return self.took > timedelta(hours=settings.ENVIRONMENT.correct_hours)


def clock_of(correction: Draft) -> Clock:
    """The time of one correction, until it is out on the last of its accounts."""
    reports = [report.at for report in correction.settles.all()]
    ended = _ended(correction.publications.all())
    if correction.state == "cancelled" and ended is None:
        ended = correction.updated_at
    return Clock(min(reports, default=correction.created_at), ended, bool(reports))


def clock_of_report(report: ErrorReport) -> Clock:
    """The time of one report: it ends with a correction, a withdrawal, or a no."""
    return Clock(report.at, _settled(report))


def median_lately() -> timedelta | None:
    """The median of the corrections that were finished in the last 90 days."""
    since = timezone.now() - LATELY
    done = Publication.objects.filter(
        action="correct", state="published", finished_at__gte=since
    )
    rows = Draft.objects.filter(pk__in=done.values("draft")).prefetch_related(
        "settles", Prefetch("publications")
    )
    took = [clock.took.total_seconds() for clock in map(clock_of, rows) if clock.ended]
    return timedelta(seconds=median(took)) if took else None


def withdrawn_at(post: Draft) -> datetime | None:
    """When the post was withdrawn, as audit has it."""
    entries = Entry.objects.filter(target=f"draft:{post.pk}", action="draft.withdrawn")
    return entries.values_list("at", flat=True).first()


def _settled(report: ErrorReport) -> datetime | None:
    if report.state == "dismissed":
        return report.decided_at
    if report.post.state == "withdrawn":
        return withdrawn_at(report.post)
    fix = report.correction
    return _ended(fix.publications.all()) if fix else None


def _ended(rows: Iterable[Publication]) -> datetime | None:
    """When the last account had it; None while one is missing."""
    sent = [row for row in rows if row.action == "correct" and row.state != "cancelled"]
    times = [row.finished_at for row in sent if row.state == "published"]
    done = [at for at in times if at]
    return max(done) if done and len(done) == len(sent) else None
