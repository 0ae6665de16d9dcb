"""The roles: two that a person has in a unit, the rest for the whole hospital."""

from django.db.models import TextChoices


class UnitRole(TextChoices):
    """What a member of a unit does for it."""

    AUTHOR = "author", "Author"
    MODERATOR = "moderator", "Moderator"


class Role(TextChoices):
    """Hospital-wide roles; the value is the name of the Django group.

    A role named like an office of the institution decides that office's clearances.
    """

    PUBLIC_AFFAIRS = "public-affairs", "Public Affairs"
    DEVELOPMENT = "development", "Development Office"
    PRIVACY = "privacy", "Privacy Office"
    REGISTRAR = "registrar", "Registrar"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"
