"""What every page knows: the institution and where we are."""

from typing import Any

from django.http import HttpRequest

from wardline.institution import current
from wardline.publishing.pauses import concerning
from wardline.web.navigation import navigation


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """The template context that all pages share."""
    user = getattr(request, "user", None)
    actor = user.actor if user and user.is_authenticated else None
    return {
        "institution": current(),
        "navigation": navigation(actor, request.path),
        "pauses": concerning(actor) if actor else (),
    }
