"""Official accounts, and their credentials as the vault sealed them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from wardline.people.models import Unit
from wardline.registry.states import ACCOUNT


class Account(models.Model):
    """An account that speaks for a unit of the hospital on one channel.

    `channel` is the name of a module in `wardline.channels`; `url` is the address
    that the public sees and, where there is an API, its base.
    """

    graph: ClassVar = ACCOUNT
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="accounts")
    channel = models.SlugField(max_length=40)
    name = models.CharField("name shown", max_length=120)
    url = models.URLField("address", max_length=300)
    kind = models.CharField(max_length=20)
    official_email = models.EmailField("official e-mail")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="owned"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="deputised"
    )
    state = models.CharField(
        max_length=20, choices=ACCOUNT.choices, default=ACCOUNT.start
    )
    registered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("url"), name="one_account_per_url")
        ]

    def __str__(self) -> str:
        return self.name


class Secret(models.Model):
    """One sealed credential field of an account; only the vault can open it."""

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="secrets"
    )
    field = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    key_id = models.CharField(max_length=16)
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()
    sealed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "field"], name="one_secret_per_field"
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.account}"
