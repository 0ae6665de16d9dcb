"""What the public may know of a post: every version in full, when, why, and as what.

Never who wrote it; of patient data nothing but that the post is gone; and what a patient
allowed once only as long as they do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from wardline.audit.models import Entry
from wardline.people.models import Person
from wardline.people.roles import Role
from wardline.publishing.deadlines import Clock, clock_of
from wardline.publishing.models import Draft, Publication, Revision
from wardline.registry.models import Account

TOLD = ("corrected", "withdrawn")
"""The states of a post of which the public page tells."""
OUT = ("published", "corrected", "withdrawn")
ENDED = ("revoked", "expired")


@dataclass(frozen=True, slots=True)
class Place:
    """A version on one account; `url` is "" where it is no longer to be read."""

    account: Account
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published version in full; of the first, `reason` and `clock` are empty."""

    id: str
    at: datetime
    by: str
    reason: str
    title: str
    places: list[Place]
    alts: list[str]
    clock: Clock | None

    def text_on(self, account: Account) -> str | None:
        """The text as it went out on an account; None where it did not."""
        return next((p.text for p in self.places if p.account == account), None)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That the post is gone; of patient data neither who nor why."""

    at: datetime
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """Everything that the public may know of a post, the first version first."""

    post: Draft
    restricted: bool
    snapshots: list[Snapshot]
    withdrawal: Withdrawal | None


def history(public_id: str) -> History | None:
    """What the public may know of a post; None while nothing of it was changed."""
    posts = Draft.objects.select_related("unit").filter(corrects=None, state__in=TOLD)
    post = posts.filter(public_id=public_id).first()
    if post is None or not _sent(post):
        return None
    restricted = is_restricted(post)
    gone = _withdrawal(post, restricted=restricted)
    shown = [] if restricted else [post, *_corrections(post)]
    return History(
        post=post,
        restricted=restricted,
        snapshots=[_snapshot(each, gone=bool(gone)) for each in shown],
        withdrawal=gone,
    )


def is_restricted(post: Draft) -> bool:
    """Whether patient data was in it or its corrections, or what no patient allows now."""
    family = Draft.objects.filter(Q(pk=post.pk) | Q(corrects=post))
    ended = Q(state__in=OUT, authorizations__state__in=ENDED)
    return family.filter(Q(restricted=True) | ended).exists()


def role_of(person: Person | None, draft: Draft) -> str:
    """As what a person acted: never who it was."""
    roles = person.actor.roles if person else frozenset()
    if Role.PRIVACY in roles:
        return f"the {Role.PRIVACY.label}"
    if Role.PUBLIC_AFFAIRS in roles:
        return Role.PUBLIC_AFFAIRS.label
    return f"an author of {draft.unit}"


def _corrections(post: Draft) -> Iterator[Draft]:
    """Those that went out, in order."""
    rows = post.corrections.filter(state="published").order_by("pk")
    yield from rows.select_related("unit").prefetch_related("settles", "publications")


def _snapshot(draft: Draft, *, gone: bool) -> Snapshot:
    sent = _sent(draft)
    revision = sent[0].revision
    return Snapshot(
        id=draft.public_id,
        at=min(row.finished_at or row.due_at for row in sent),
        by=role_of(revision.editor, draft),
        reason=draft.reason if draft.corrects_id else "",
        title=revision.title,
        places=[_place(row, revision, gone=gone) for row in sent],
        alts=[picture["alt"] for picture in revision.pictures],
        clock=clock_of(draft) if draft.corrects_id else None,
    )


def _place(row: Publication, revision: Revision, *, gone: bool) -> Place:
    url = "" if gone else row.remote_url
    return Place(row.account, url, revision.text_for(row.account_id))


def _sent(draft: Draft) -> list[Publication]:
    """Where the draft went out; the corrections' removals apart."""
    rows = draft.publications.filter(state="published").exclude(action="withdraw")
    return list(rows.select_related("account", "revision__editor").order_by("pk"))


def _withdrawal(post: Draft, *, restricted: bool) -> Withdrawal | None:
    if post.state != "withdrawn":
        return None
    entry = Entry.objects.get(target=f"draft:{post.pk}", action="draft.withdrawn")
    if restricted:
        return Withdrawal(entry.at)
    person = Person.objects.filter(pk=entry.actor_id or 0).first()
    return Withdrawal(entry.at, role_of(person, post), post.reason)
