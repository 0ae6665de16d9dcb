"""Official accounts, what is known of them, and their credentials as sealed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from wardline.people.models import Unit
from wardline.registry.address import key
from wardline.registry.notices import Notice, Turn  # noqa: F401  Django looks for models here
from wardline.registry.states import ACCOUNT, LOOK_ALIKE, TASK, VERSION

PERSON = settings.AUTH_USER_MODEL


class Account(models.Model):
    """An account that speaks for a unit of the hospital on one channel.

    `channel` is the name of a module in `wardline.channels`; `url` is the address
    that the public sees and, where there is an API, its base. The columns hold what
    was approved last, and before that what was asked for: see `Version`.
    """

    graph: ClassVar = ACCOUNT
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="accounts")
    channel = models.SlugField(max_length=40)
    kind = models.CharField(max_length=20)
    name = models.CharField("name shown", max_length=120)
    url = models.URLField("address", max_length=300)
    url_key = models.CharField(max_length=320, editable=False)
    """`address.key(url)`: the same for every spelling."""
    handle = models.CharField(max_length=120, blank=True)
    platform_id = models.CharField("the site's own id", max_length=200, blank=True)
    """Never changes, though the handle may: a DID, a number."""
    language = models.CharField(max_length=8, default="en")
    description = models.CharField("what it is for", max_length=500, blank=True)
    audience = models.CharField(max_length=200, blank=True)
    fundraising = models.BooleanField("asks for donations", default=False)
    official_email = models.EmailField("official e-mail", blank=True)
    owner = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="owned"
    )
    deputy = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="deputised"
    )
    contacts = models.CharField(max_length=300, blank=True)
    """Whom the public may turn to."""
    tags = models.JSONField(default=list)
    """Words to find it by, each a str."""
    notes = models.TextField(blank=True)
    """For the registrar; never public."""
    state = models.CharField(
        max_length=20, choices=ACCOUNT.choices, default=ACCOUNT.start
    )
    registered_at = models.DateTimeField(auto_now_add=True)
    certified_at = models.DateTimeField(null=True)
    """When its unit last confirmed that all of this is still right."""
    about_due_at = models.DateTimeField(default=timezone.now, db_index=True)
    """When its public profile is looked at next; ahead of time while a worker does."""

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["url_key"], name="one_account_per_url")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the key that goes with the address."""
        self.url_key = key(self.url)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Version(models.Model):
    """What somebody would have on record of an account, and what came of it.

    An approved one has a number; the newest of them is what the account's columns
    say and what the public sees. `particulars` is `Particulars` as JSON.
    """

    graph: ClassVar = VERSION
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(null=True)
    particulars = models.JSONField()
    state = models.CharField(
        max_length=20, choices=VERSION.choices, default=VERSION.start
    )
    note = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    consent_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Who consented for the Development Office, where it asks for donations."""
    consent_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    """What has to change, where it was returned."""

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "number"], name="one_version_per_number"
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(state="proposed"),
                name="one_open_version_per_account",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number or '(proposed)'} of {self.account}"


class Task(models.Model):
    """Something that a person has to do about an account."""

    graph: ClassVar = TASK
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tasks")
    kind = models.SlugField(max_length=40)
    """`rotate`, `fix-about`, `orphaned`, `certify`, `identity`, `take-down`."""
    what = models.CharField(max_length=300)
    paste = models.TextField(blank=True)
    """Text that is ready to be pasted at the channel."""
    state = models.CharField(max_length=20, choices=TASK.choices, default=TASK.start)
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
                fields=["account", "kind"],
                condition=models.Q(state="open"),
                name="one_open_task_per_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} ({self.account})"


class Secret(models.Model):
    """One sealed credential field of an account; only the vault can open it.

    Fields are `username`, `secret` (what Wardline signs in with), `password`,
    `recovery-codes`, `mfa-seed`.
    """

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="secrets"
    )
    field = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    key_id = models.CharField(max_length=16)
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()
    sealed_at = models.DateTimeField(auto_now=True)
    changed_at = models.DateTimeField(default=timezone.now)
    """When the value last became another one; sealing it anew does not count."""
    expires_at = models.DateTimeField(null=True, db_index=True)
    """When the channel stops to accept it, as far as somebody said."""
    blind_index = models.CharField(max_length=64, blank=True, db_index=True)
    """Keyed hash of a password, hex: tells reuse, and nothing else."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "field"], name="one_secret_per_field"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.account}"


class Checkout(models.Model):
    """One person's leave to see an account's credentials, for a while and a reason."""

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="checkouts"
    )
    person = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, related_name="checkouts"
    )
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    revealed = models.JSONField(default=dict)
    """Of each field that was seen, when: ISO 8601."""
    returned_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.account}, checked out by {self.person}"


class AboutAudit(models.Model):
    """What one look at an account's public profile found."""

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="about_audits"
    )
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(
        max_length=12,
        choices=[(o, o.capitalize()) for o in ("pass", "fail", "unreachable")]
        + [("attested", "Attested by hand")],
    )
    by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Who attested; None where Wardline looked itself."""
    checks = models.JSONField(default=list)
    """Each `{"check", "passed", "detail"}`."""
    evidence = models.TextField(blank=True)
    """What the profile said, as it was read."""
    evidence_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_outcome_display()}"


class LookAlike(models.Model):
    """An account that is not the hospital's and may be taken for it."""

    graph: ClassVar = LOOK_ALIKE
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="look_alikes"
    )
    """Whom it looks like."""
    url = models.URLField("address", max_length=300)
    url_key = models.CharField(max_length=320, unique=True, editable=False)
    name = models.CharField("name shown", max_length=200, blank=True)
    why = models.CharField(max_length=300)
    evidence = models.TextField(blank=True)
    state = models.CharField(
        max_length=20, choices=LOOK_ALIKE.choices, default=LOOK_ALIKE.start
    )
    found_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        PERSON, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-found_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.url}, like {self.account}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the key that goes with the address."""
        self.url_key = key(self.url)
        super().save(*args, **kwargs)  # type: ignore[arg-type]
