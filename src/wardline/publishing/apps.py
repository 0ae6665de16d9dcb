"""The Django application of publishing."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Drafts, clearances and publications."""

    name = "wardline.publishing"
