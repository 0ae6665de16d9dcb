"""Letters that accounts call for, and the turns of the job that sees to them."""

from django.db import models


class Notice(models.Model):
    """One letter that an account called for; the worker sends it once.

    Kinds: `certify-14`, `certify-7`, `certify-1` (days left), `due-for-review`,
    `escalated`, `orphaned`, `compromised`, `identity`; `token-14`, `token-7`,
    `token-1` (days left), `token-expired`.
    """

    account = models.ForeignKey(
        "registry.Account", on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.SlugField(max_length=40)
    since = models.DateTimeField()
    """The day it is about: another one calls for another letter."""
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "since"], name="one_notice_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.account}"


class Turn(models.Model):
    """When a job that goes by the clock is due again, for all workers together."""

    job = models.SlugField(max_length=40, unique=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.job}, next {self.next_at}"
