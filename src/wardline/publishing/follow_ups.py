"""What comes after a post went out: reports of errors, links to look at, things to do."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from wardline.publishing.states import ERROR_REPORT, FOLLOW_UP

PERSON = settings.AUTH_USER_MODEL


class ErrorReport(models.Model):
    """Somebody says that a published post is wrong; the public may, unnamed."""

    graph: ClassVar = ERROR_REPORT
    post = models.ForeignKey(
        "publishing.Draft", on_delete=models.PROTECT, related_name="error_reports"
    )
    account = models.ForeignKey(
        "registry.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Where they read it, if they came from there."""
    text = models.TextField()
    contact = models.EmailField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        max_length=20, choices=ERROR_REPORT.choices, default=ERROR_REPORT.start
    )
    correction = models.ForeignKey(
        "publishing.Draft", on_delete=models.PROTECT, null=True, related_name="settles"
    )
    decided_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"Error report {self.pk}"


class LinkCheck(models.Model):
    """What was found at a link of a post when it was last looked at."""

    draft = models.ForeignKey(
        "publishing.Draft", on_delete=models.PROTECT, related_name="links"
    )
    url = models.URLField(max_length=2000)
    outcome = models.CharField(
        max_length=12,
        choices=[(o, o.capitalize()) for o in ("works", "dead", "unreachable")],
    )
    final_url = models.URLField(max_length=2000, blank=True)
    """Where it leads."""
    shortener = models.BooleanField(default=False)
    original_url = models.URLField(max_length=2000, blank=True)
    """What the page at the link names as its source, if it is a roundup."""
    archive_url = models.URLField(max_length=2000, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    """SHA-256 (hex) of the words that the page showed then."""
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    failures = models.PositiveIntegerField(default=0)
    """How often in a row it was not there."""
    due_at = models.DateTimeField(null=True, db_index=True)
    """When it is looked at again; None before the post is out."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "url"], name="one_check_per_link")
        ]

    def __str__(self) -> str:
        return f"{self.url}: {self.outcome}"


class FollowUp(models.Model):
    """Something that a person has to do about a post that is out.

    Kinds: `dead-link`, `take-down`, `authorization`, `look` (settle what is unknown),
    `correct` (start a correction), `patient-data` (for the Privacy Office),
    `tell-privacy` (its letter, which Wardline sends).
    """

    graph: ClassVar = FOLLOW_UP
    draft = models.ForeignKey(
        "publishing.Draft", on_delete=models.PROTECT, related_name="follow_ups"
    )
    kind = models.SlugField(max_length=40)
    subject = models.CharField(max_length=500, blank=True)
    """What of the post it is about, such as the link."""
    what = models.CharField(max_length=500)
    state = models.CharField(
        max_length=20, choices=FOLLOW_UP.choices, default=FOLLOW_UP.start
    )
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "kind", "subject"],
                condition=models.Q(state="open"),
                name="one_open_follow_up_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.draft}"
