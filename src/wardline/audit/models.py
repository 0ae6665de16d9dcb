"""Audit entries; triggers in the database refuse to change or delete them."""

from django.db import models


class Entry(models.Model):
    """One thing that was done.

    `previous` and `mac` are hex HMAC-SHA256 values: each covers the entry and the
    one before it. Names are kept as they were, so that they outlive their rows.
    """

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)
    action = models.CharField(max_length=60, db_index=True)
    target = models.CharField(max_length=80, db_index=True)
    target_name = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.target_name}"


class Head(models.Model):
    """The newest entry's number and mac: one row, locked while an entry is added."""

    sequence = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.sequence}:{self.mac}"
