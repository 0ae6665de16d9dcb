"""The Django application of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, units and memberships."""

    name = "wardline.people"
