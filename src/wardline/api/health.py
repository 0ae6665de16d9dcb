"""`GET /healthz`: does the database answer, and is anything due left undone?"""

from datetime import timedelta

from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wardline.publishing.models import Publication

LATE = timedelta(minutes=5)
"""How long a publication may be due before something must be wrong."""


@require_safe
@never_cache
def show(_request: HttpRequest) -> JsonResponse:
    """200 and "ok", or 503 with the reason."""
    reason = _trouble()
    if not reason:
        return JsonResponse({"status": "ok"})
    return JsonResponse({"status": "failing", "reason": reason}, status=503)


def _trouble() -> str:
    try:
        waiting = Publication.objects.filter(
            state="due", next_attempt_at__lt=timezone.now() - LATE
        ).count()
    except Error:
        return "The database does not answer."
    if waiting:
        minutes = LATE // timedelta(minutes=1)
        return f"{waiting} due for more than {minutes} minutes. Is a worker running?"
    return ""
