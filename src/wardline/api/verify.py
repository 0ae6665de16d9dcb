"""`GET /api/verify`: is this account real? Signed, for any page on any site to ask."""

from datetime import datetime

from csp.decorators import csp_exempt
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from ninja import Field, Router, Schema

from wardline.api.schema import ErrorOut
from wardline.registry import signing
from wardline.registry.errors import RegistryError
from wardline.registry.verify import Sealed, Status, asked_for, sealed

FOR_SECONDS = 5
"""How long others may keep an answer without asking again."""
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Wardline-Signature",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Any page may ask from its visitor's browser."""
KEYS_FOR_SECONDS = 300

router = Router()


class AnswerOut(Schema):
    """What is on record of an address.

    `status` says whose the account is; `trusted` alone says whether to believe it now.
    """

    status: Status
    asked: str = Field(description="The address asked for, in its one spelling.")
    message: str = Field(description="The answer in words.")
    trusted: bool = Field(description="Official, and nothing speaks against it.")
    compromised: bool = Field(description="Ours, but somebody else may be in it.")
    identity_changed: bool = Field(
        description="The site shows another account at this address now."
    )
    unit: str
    name: str
    url: str
    platform: str
    handle: str
    platform_id: str
    certified_at: datetime | None
    imitates: str = Field(description="Whom a known impostor pretends to be.")
    checked_at: datetime
    valid_until: datetime = Field(description="Take no older answer for one.")
    verify: str = Field(description="Where people read the answer.")


@router.api_operation(
    ["GET", "HEAD"],
    "/verify",
    response={200: AnswerOut, 404: AnswerOut, 422: ErrorOut},
    summary="Is this account real?",
)
def verify(
    request: HttpRequest, url: str = "", handle: str = "", site: str = ""
) -> HttpResponse:
    """Give `url` in any spelling, or `handle` with `site`, such as `x`.

    `Wardline-Signature` signs the body, byte for byte, with a key published at
    `/.well-known/wardline-keys.json`.
    """
    try:
        found = sealed(url or asked_for(handle and f"@{handle.lstrip('@')}", site))
    except RegistryError as error:
        return JsonResponse({"error": str(error)}, status=422, headers=OPEN)
    return _answer(request, found)  # type: ignore[call-arg,return-value]


@require_safe
def keys(_request: HttpRequest) -> HttpResponse:
    """The public keys, as a JSON Web Key Set."""
    answer = JsonResponse(signing.published(), headers=OPEN)
    answer["Cache-Control"] = f"public, max-age={KEYS_FOR_SECONDS}"
    return answer


# The policy is for pages; making it took a sixth of the time.
@csp_exempt()  # type: ignore[arg-type]
def _answer(request: HttpRequest, found: Sealed) -> HttpResponse:
    status = 404 if found.answer.status == "not-listed" else 200
    if found.etag in request.headers.get("If-None-Match", ""):
        answer = HttpResponse(status=304, headers=OPEN)
    else:
        answer = HttpResponse(found.body, "application/json", status, headers=OPEN)
        answer["Wardline-Signature"] = found.signature
    answer["ETag"] = found.etag
    answer["Cache-Control"] = f"public, max-age={FOR_SECONDS}, must-revalidate"
    return answer
