"""`POST /api/check`: check one text. Nothing is stored, no text is logged."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables
from ninja import Router
from ninja.errors import Throttled

from wardline.api.schema import CheckedOut, ErrorOut, PostIn
from wardline.people.address import address_of
from wardline.people.allowance import Allowance
from wardline.screening import default

router = Router()
allowance = Allowance()
ERRORS = frozenset({400, 413, 422, 429})


@router.post(
    "/check",
    response={200: CheckedOut, ERRORS: ErrorOut},
    summary="Check one text against the guidelines",
)
@sensitive_variables()
def check(request: HttpRequest, response: HttpResponse, post: PostIn) -> dict[str, Any]:
    """Anyone may ask, without signing in; calls are limited per address and minute."""
    limit = settings.ENVIRONMENT.checks_per_minute
    if wait := allowance.take(address_of(request), limit):
        raise Throttled(wait)
    response["Cache-Control"] = "no-store"
    return {"id": post.id, "findings": default().check(post.text, post.context.value())}
