"""`GET /api/health`: does the database answer, does a worker live, is anything late?

https://github.com/gitroomhq/postiz-app/issues/1748
"""

from datetime import timedelta

from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wardline.audit.clock import database_now
from wardline.publishing.lateness import last_beat, late, patience


@require_safe
@never_cache
def show(_request: HttpRequest) -> JsonResponse:
    """200 and "ok", or 503 with the reason."""
    reason = _trouble()
    if not reason:
        return JsonResponse({"status": "ok"})
    return JsonResponse({"status": "failing", "reason": reason}, status=503)


def _trouble() -> str:
    minutes = patience() // timedelta(minutes=1)
    try:
        now = database_now()
        waiting, seen = late(now).count(), last_beat()
    except Error:
        return "The database does not answer."
    if waiting:
        return f"{waiting} due for more than {minutes} minutes. Is a worker running?"
    if seen is None:
        return "No worker has run yet. Start one: wardline work."
    if seen < now - patience():
        return f"No worker was seen for {minutes} minutes. Start one: wardline work."
    return ""
