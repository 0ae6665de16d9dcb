"""The corrections and withdrawals of all accounts, as a list for the public."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from wardline.audit.models import Entry
from wardline.people.models import Person
from wardline.publishing.history import is_restricted, role_of
from wardline.publishing.models import Draft
from wardline.publishing.revisions import published_revision
from wardline.registry.models import Account


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of the list; of patient data it says only that the post is gone."""

    at: datetime
    withdrawn: bool
    title: str
    reason: str
    by: str
    unit: str
    accounts: list[str]
    public_id: str
    anchor: str
    """Where on the page of the post it is told."""

    @property
    def words(self) -> str:
        """What happened, in a few words: "Correction: Flu shots"."""
        what = self.title or f"a post of {self.unit}"
        return f"{'Withdrawn' if self.withdrawn else 'Correction'}: {what}"


def noticed(account: Account | None = None) -> QuerySet[Draft]:
    """Published corrections and withdrawn posts, newest first, with the time as `at`.

    What was corrected in a post that was withdrawn for patient data is not among them.
    """
    of_it = Entry.objects.filter(
        target=Concat(Value("draft:"), Cast(OuterRef("pk"), CharField())),
        action__in=("draft.published", "draft.withdrawn"),
    ).order_by("-sequence")
    corrections = Q(corrects__isnull=False, state="published", restricted=False)
    rows = Draft.objects.filter(corrections | Q(corrects=None, state="withdrawn"))
    if account:
        out = Q(publications__account=account, publications__state="published")
        rows = rows.filter(out).distinct()
    return rows.annotate(
        at=Subquery(of_it.values("at")[:1]),
        actor=Subquery(of_it.values("actor_id")[:1]),
    ).order_by(F("at").desc(nulls_last=True), "-pk")


def notice(row: Draft) -> Notice:
    """What to say of one row of `noticed`."""
    post = row.corrects or row
    withdrawn = row.state == "withdrawn"
    restricted = is_restricted(post)
    sent = row.publications.filter(state="published").exclude(action="withdraw")
    names = sent.order_by("account__name").values_list("account__name", flat=True)
    return Notice(
        at=row.at,  # type: ignore[attr-defined]
        withdrawn=withdrawn,
        title="" if restricted else published_revision(post).title,
        reason="" if restricted else row.reason,
        by="" if restricted else _by(row, withdrawn=withdrawn),
        unit=str(post.unit),
        accounts=list(dict.fromkeys(names)),
        public_id=post.public_id,
        anchor="withdrawal" if withdrawn else f"c-{row.public_id}",
    )


def _by(row: Draft, *, withdrawn: bool) -> str:
    if not withdrawn:
        return role_of(row.revision.editor, row)
    pk = row.actor  # type: ignore[attr-defined]
    return role_of(Person.objects.filter(pk=pk or 0).first(), row)
