"""People, units, and who belongs where."""

from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from wardline.people.access import Actor
from wardline.people.roles import UnitRole


class People(BaseUserManager["Person"]):
    """Makes accounts whose e-mail address is their sign-in."""

    def create_user(
        self, email: str, password: str | None = None, **fields: object
    ) -> "Person":
        """Make a person; with no password, one who cannot sign in by password."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email: str | None) -> "Person":
        """Find a person by e-mail address, in any case."""
        return self.get(email__iexact=(email or "").strip())


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email")
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def actor(self) -> Actor:
        """This person's roles as a value, read once for each request."""
        units: dict[int, set[str]] = {}
        for membership in self.memberships.all():
            units.setdefault(membership.unit_id, set()).add(membership.role)
        return Actor(
            id=self.pk,
            name=self.name,
            roles=frozenset(self.groups.values_list("name", flat=True)),
            units={unit: frozenset(roles) for unit, roles in units.items()},
            stands_in=self._stands_in(),
        )

    def _stands_in(self) -> frozenset[str]:
        """The offices of people who are away, and who still belong to them."""
        now = timezone.now()
        held = self.stand_ins.filter(
            starts_at__lte=now, ends_at__gt=now, person__is_active=True
        )
        by_group = held.filter(person__groups__name=models.F("office"))
        return frozenset(by_group.values_list("office", flat=True))


class Unit(models.Model):
    """A part of the hospital that runs its own media: a service, a lab."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person in one unit."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="memberships"
    )
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=UnitRole)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "unit", "role"], name="one_membership_per_role"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()} of {self.unit}"


class Token(models.Model):
    """What a program shows to act as a person, within scopes; kept as its hash."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField("what it is for", max_length=80)
    prefix = models.CharField(max_length=12)
    """Its first characters, to tell one from another."""
    hash = models.CharField(max_length=64, unique=True)
    """SHA-256 in hex; the token is 32 random bytes, so no salt is needed."""
    scopes = models.JSONField(default=list)
    """Names from `tokens.SCOPES`."""
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True)
    """To the minute."""
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class Delegation(models.Model):
    """Somebody decides for an office while one of its people is away."""

    office = models.SlugField(max_length=40)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="delegations"
    )
    """Who is away."""
    stand_in = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="stand_ins"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]

    def __str__(self) -> str:
        return f"{self.stand_in} for {self.person} ({self.office})"
