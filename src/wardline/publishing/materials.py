"""What a post is made with: pictures, people's authorizations, reply templates."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from wardline.people.models import Unit
from wardline.publishing.states import AUTHORIZATION, TEMPLATE

PERSON = settings.AUTH_USER_MODEL


class Picture(models.Model):
    """A picture as it goes out: without place, time and camera, kept for ever.

    In the database, because that is all that machines share.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="pictures")
    sha256 = models.CharField(max_length=64)
    """Of `content`, hex: what a clearance is bound to."""
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    """MIME type."""
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    content = models.BinaryField()
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "sha256"], name="one_picture_per_unit"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Authorization(models.Model):
    """A patient's leave to tell their story or show them: what they signed.

    Names nobody: `reference` says which signed form, `kept_at` where it lies.
    """

    graph: ClassVar = AUTHORIZATION
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="authorizations"
    )
    reference = models.CharField(max_length=80, unique=True)
    kept_at = models.CharField("where the signed form is", max_length=200)
    given_by = models.CharField(
        max_length=20,
        choices=[("person", "The person"), ("representative", "A representative")],
    )
    relation = models.CharField(
        "the representative's relation", max_length=80, blank=True
    )
    covers = models.JSONField(default=list)
    """Out of `story`, `image`, `voice`, `name`."""
    scope = models.CharField("what it is for, in words", max_length=500)
    accounts = models.ManyToManyField("registry.Account", related_name="authorizations")
    signed_on = models.DateField()
    expires_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(
        max_length=20, choices=AUTHORIZATION.choices, default=AUTHORIZATION.start
    )
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"Authorization {self.reference}"


class ReplyTemplate(models.Model):
    """Words that were cleared once, to answer with as they are."""

    graph: ClassVar = TEMPLATE
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="templates"
    )
    """None: for every unit."""
    situation = models.CharField("when to use it", max_length=120)
    language = models.CharField(max_length=8, default="en")
    text = models.TextField()
    state = models.CharField(
        max_length=20, choices=TEMPLATE.choices, default=TEMPLATE.start
    )
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["situation", "pk"]

    def __str__(self) -> str:
        return f"Reply template {self.pk}"
