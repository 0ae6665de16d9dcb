"""What stands between a draft and its publication: links to approve by, and pauses."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from wardline.people.models import Unit

PERSON = settings.AUTH_USER_MODEL


class ApprovalLink(models.Model):
    """One decision, by somebody without an account, for the office that asked them.

    The link holds 32 random bytes; here lies their hash. Opening it changes nothing.
    """

    clearance = models.ForeignKey(
        "publishing.Clearance", on_delete=models.PROTECT, related_name="approval_links"
    )
    name = models.CharField("who decides", max_length=120)
    email = models.EmailField("their e-mail")
    hash = models.CharField(max_length=64, unique=True)
    """SHA-256, hex."""
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"Approval link {self.pk}"


class Pause(models.Model):
    """While it lasts, nothing of the unit goes out, or nothing at all.

    What falls due meanwhile is held, and then released one by one, by a person.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="pauses"
    )
    """None: everything."""
    reason = models.CharField(max_length=300)
    started_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"Pause of {self.unit or 'everything'}"
