"""The Django application of the API."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The API has no tables; this names it."""

    name = "wardline.api"
