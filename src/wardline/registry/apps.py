"""The Django application of the registry."""

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Official accounts and their sealed credentials."""

    name = "wardline.registry"
