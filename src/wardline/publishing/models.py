"""Drafts with every revision, the clearances they need, and their publications."""

import secrets
from itertools import chain
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wardline.people.models import Unit
from wardline.publishing.control import ApprovalLink, Pause
from wardline.publishing.follow_ups import ErrorReport, FollowUp, LinkCheck
from wardline.publishing.materials import Authorization, Picture, ReplyTemplate
from wardline.publishing.states import CLEARANCE, DRAFT, PUBLICATION
from wardline.registry.models import Account

__all__ = [
    "ApprovalLink",
    "Authorization",
    "Clearance",
    "Draft",
    "ErrorReport",
    "FollowUp",
    "LinkCheck",
    "Pause",
    "Picture",
    "Publication",
    "ReplyTemplate",
    "Revision",
]


def public_id() -> str:
    """Eleven URL-safe characters: 64 random bits, so that none can be guessed."""
    return secrets.token_urlsafe(8)


class Draft(models.Model):
    """A text on its way: its newest content, and where it stands.

    `version` counts edits: an edit made from an older version is refused.
    `corrects` is set for a correction, to the first draft of that post.
    `restricted` marks text with patient data that was published and withdrawn.
    `answers` is set for a reply: the comment's id at the channel, and its address.
    """

    graph: ClassVar = DRAFT
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="drafts")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafts"
    )
    accounts = models.ManyToManyField(Account, related_name="drafts")
    title = models.CharField(max_length=200)
    text = models.TextField()
    variants = models.JSONField(default=dict)
    """By account id (as str), the text of that account where it is another."""
    pictures = models.JSONField(default=list)
    """In order, each `{"sha256", "alt"}` of a `Picture` of the unit."""
    authorizations = models.ManyToManyField(Authorization, related_name="drafts")
    not_before = models.DateTimeField(null=True, blank=True)
    not_after = models.DateTimeField(null=True, blank=True)
    also_ask = models.JSONField(default=list)
    planned_at = models.DateTimeField(null=True, blank=True)
    """When the author would like it to go out; not part of what is cleared."""
    planned_zone = models.CharField(max_length=60, blank=True)
    content_hash = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(
        max_length=20, choices=DRAFT.choices, default=DRAFT.start, db_index=True
    )
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    reason = models.CharField(max_length=300, blank=True)
    answers = models.CharField(max_length=300, blank=True)
    answers_url = models.URLField(max_length=500, blank=True)
    template = models.ForeignKey(
        ReplyTemplate, null=True, on_delete=models.PROTECT, related_name="drafts"
    )
    restricted = models.BooleanField(default=False)
    public_id = models.CharField(max_length=16, unique=True, default=public_id)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        # Titles may name patients, and this lands in the audit: the number only.
        noun = (
            "Correction" if self.corrects_id else "Reply" if self.answers else "Draft"
        )
        return f"{noun} {self.pk}"

    @property
    def action(self) -> str:
        """What its publications do at a channel: publish, correct or reply."""
        if self.corrects_id:
            return "correct"
        return "reply" if self.answers else "publish"

    @property
    def is_reply(self) -> bool:
        """Whether it answers somebody, or corrects what did."""
        return bool(self.corrects.answers if self.corrects else self.answers)

    @property
    def revision(self) -> "Revision":
        """The newest revision, which is the draft's own content."""
        newest = self.revisions.order_by("-number").first()
        if newest is None:
            msg = f"{self} has no revision"
            raise Revision.DoesNotExist(msg)
        return newest

    @property
    def writer_ids(self) -> frozenset[int]:
        """Everyone who wrote or edited this draft: none of them may clear it."""
        return frozenset(self.revisions.values_list("editor_id", flat=True))

    @property
    def offices_called(self) -> frozenset[str]:
        """The offices that were ever asked to clear this draft."""
        return frozenset(self.clearances.values_list("office", flat=True))


class Revision(models.Model):
    """One state of a draft's content, kept for ever, with what screening found.

    `findings` is a list of findings as `POST /api/check` gives them, over
    `title`, a blank line and `text`; `rules_digest` names the rules that found them.
    `variants`, `pictures` and `authorization_ids` are as in the draft;
    `findings_elsewhere` has the findings in the text of an account
    (`"account:12"`) and in the words of a picture (`"picture:<sha256>"`).
    """

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    account_ids = models.JSONField(default=list)
    variants = models.JSONField(default=dict)
    pictures = models.JSONField(default=list)
    authorization_ids = models.JSONField(default=list)
    content_hash = models.CharField(max_length=64)
    findings = models.JSONField(default=list)
    findings_elsewhere = models.JSONField(default=dict)
    rules_digest = models.CharField(max_length=64)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "number"], name="one_revision_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"Revision {self.number} of {self.draft}"

    @property
    def every_finding(self) -> list[dict[str, Any]]:
        """What was found in all of its texts: what decides who must clear it."""
        return [*self.findings, *chain.from_iterable(self.findings_elsewhere.values())]

    def text_for(self, account_id: int) -> str:
        """The text as it goes out on one account."""
        words: str = self.variants.get(str(account_id), self.text)
        return words


class Clearance(models.Model):
    """One office's word on one exact content of a draft.

    `called_by` lists rule ids, `author` or `routine`. `lifts_hold` says that
    granting lifts a hold, which needs a reason. `note` is never published.
    Of `any_of` several offices one suffices; `order` says which are asked first.
    """

    graph: ClassVar = CLEARANCE
    draft = models.ForeignKey(
        Draft, on_delete=models.PROTECT, related_name="clearances"
    )
    office = models.SlugField(max_length=40)
    called_by = models.JSONField(default=list)
    lifts_hold = models.BooleanField(default=False)
    any_of = models.JSONField(default=list)
    """The offices of which one suffices, this one among them; empty: this one."""
    order = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    content_hash = models.CharField(max_length=64)
    state = models.CharField(
        max_length=20, choices=CLEARANCE.choices, default=CLEARANCE.start, db_index=True
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT
    )
    decided_as = models.CharField(max_length=300, blank=True)
    """How, if not by a person of the office: for whom they stood in, by which link."""
    expires_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "office"],
                condition=Q(state__in=["pending", "granted"]),
                name="one_live_clearance_per_office",
            )
        ]

    def __str__(self) -> str:
        return f"Clearance {self.pk} by {self.office}"


class Publication(models.Model):
    """One thing to be done at one account's channel, at most once.

    `key` names it at the channel; `fence` grows with every claim, so that a worker
    that lost its lease can no longer write. Times are UTC, `zone` is the IANA name
    of the zone in which the person chose the time.
    """

    graph: ClassVar = PUBLICATION

    class Action(models.TextChoices):
        """What is to be done."""

        PUBLISH = "publish", "Publish"
        CORRECT = "correct", "Correct"
        WITHDRAW = "withdraw", "Withdraw"
        REPLY = "reply", "Reply"

    draft = models.ForeignKey(
        Draft, on_delete=models.PROTECT, related_name="publications"
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="publications"
    )
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT)
    action = models.CharField(max_length=10, choices=Action, default=Action.PUBLISH)
    key = models.CharField(max_length=110, unique=True)
    state = models.CharField(
        max_length=20,
        choices=PUBLICATION.choices,
        default=PUBLICATION.start,
        db_index=True,
    )
    due_at = models.DateTimeField()
    zone = models.CharField(max_length=60)
    next_attempt_at = models.DateTimeField(db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    fence = models.PositiveBigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    in_doubt = models.BooleanField(default=False)
    remote_id = models.CharField(max_length=200, blank=True)
    remote_url = models.URLField(max_length=500, blank=True)
    problem = models.CharField(max_length=500, blank=True)
    finished_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    """When a person last let it go, having been held."""

    class Meta:
        ordering = ["due_at", "pk"]

    def __str__(self) -> str:
        return f"Publication {self.pk} on {self.account}"
