"""Every refusal of the API as `{"error": …}`, without repeating what was sent."""

from collections.abc import Callable, Mapping
from functools import partial

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from wardline.audit.states import GraphError, StaleStateError
from wardline.people.access import DeniedError
from wardline.registry.errors import RegistryError

LONGEST_PLACE = 80
NOT_FOUND, NOT_ALLOWED = 404, 405

# pydantic's own words for these speak of regular expressions and models.
PLAIN = {
    "string_pattern_mismatch": "Take the NUL characters out",
    "model_attributes_type": "Send a JSON object",
    "model_type": "Send a JSON object",
    "missing": "This field is needed",
    "extra_forbidden": "There is no such field; correct the spelling or take it out",
}

STATUS: Mapping[type[Exception], int] = {
    DeniedError: 403,
    StaleStateError: 409,
    GraphError: 409,
    RegistryError: 422,
}
"""How each refusal of a step is answered; its message says what to do."""


def install(api: NinjaAPI) -> None:
    """Have `api` answer all its errors in this form."""
    api.exception_handler(HttpError)(_refused)
    api.exception_handler(AuthenticationError)(_unknown)
    api.exception_handler(Http404)(_missing)
    for error, status in STATUS.items():
        api.exception_handler(error)(partial(_of_a_step, status=status))
    api.exception_handler(Throttled)(_throttled)
    api.exception_handler(ValidationError)(_invalid)
    api.exception_handler(RequestDataTooBig)(_too_big)


def in_json(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what is answered before any operation is found has the form too."""

    def answer(request: HttpRequest) -> HttpResponse:
        found = get_response(request)
        told = found.headers.get("Content-Type", "").startswith("application/json")
        if told or not request.path_info.startswith("/api/"):
            return found
        if found.status_code == NOT_ALLOWED:
            allowed = ", ".join(sorted(found.headers["Allow"].split(", ")))
            again = _answer(f"This address takes {allowed} only.", NOT_ALLOWED)
            again["Allow"] = allowed
            return again
        return _nowhere() if found.status_code == NOT_FOUND else found

    return answer


def _nowhere() -> HttpResponse:
    message = "There is nothing at this address. /api/openapi.json lists all there is."
    return _answer(message, NOT_FOUND)


def _answer(message: str, status: int) -> HttpResponse:
    return JsonResponse(
        {"error": message}, status=status, headers={"Cache-Control": "no-store"}
    )


def _refused(_request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, ValueError):
        return _answer(f"The body is not JSON in UTF-8: {error.__cause__}.", 400)
    return _answer(str(error), error.status_code)


def _of_a_step(_request: HttpRequest, error: Exception, status: int) -> HttpResponse:
    return _answer(str(error), status)


def _unknown(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    answer = _answer(
        "Send a token that is still good, as in “Authorization: Bearer wl_…”. "
        "Make one on the page API tokens.",
        401,
    )
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return _answer("There is nothing of that number. Take one from a list.", 404)


def _throttled(_request: HttpRequest, error: Throttled) -> HttpResponse:
    answer = _answer(f"Too many checks. Try again in {error.wait} seconds.", 429)
    answer["Retry-After"] = str(error.wait)
    return answer


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return _answer(" ".join(_sentence(problem) for problem in error.errors), 422)


def _sentence(problem: dict[str, object]) -> str:
    place = problem["loc"]
    _body, _name, *fields = place if isinstance(place, tuple | list) else ("", "")
    where = ".".join(str(field) for field in fields)[:LONGEST_PLACE] or "body"
    return f"{where}: {PLAIN.get(str(problem['type']), problem['msg'])}."


def _too_big(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return _answer("The body is larger than 2 MB. Send a text of at most 1 MB.", 413)
