"""Every refusal of the API as `{"error": …}`, without repeating what was sent."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

LONGEST_PLACE = 80

# pydantic's own words for these speak of regular expressions and models.
PLAIN = {
    "string_pattern_mismatch": "Take the NUL characters out",
    "model_attributes_type": "Send a JSON object",
    "model_type": "Send a JSON object",
    "missing": "This field is needed",
    "extra_forbidden": "There is no such field; correct the spelling or take it out",
}


def install(api: NinjaAPI) -> None:
    """Have `api` answer all its errors in this form."""
    api.exception_handler(HttpError)(_refused)
    api.exception_handler(Throttled)(_throttled)
    api.exception_handler(ValidationError)(_invalid)
    api.exception_handler(RequestDataTooBig)(_too_big)


def _answer(message: str, status: int) -> HttpResponse:
    return JsonResponse(
        {"error": message}, status=status, headers={"Cache-Control": "no-store"}
    )


def _refused(_request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error.__cause__, ValueError):
        return _answer(f"The body is not JSON in UTF-8: {error.__cause__}.", 400)
    return _answer(str(error), error.status_code)


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
