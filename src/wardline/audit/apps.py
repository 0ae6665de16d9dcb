"""The Django application of the audit chain."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit entries and their head."""

    name = "wardline.audit"
