"""What every page knows: the institution and where we are."""

from typing import Any

from django.http import HttpRequest

from wardline.institution import current


def surroundings(_request: HttpRequest) -> dict[str, Any]:
    """The template context that all pages share."""
    return {"institution": current()}
