"""Times are shown in the hospital's own zone; they are stored in UTC."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wardline.institution import current


def in_hospital_time(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: every page is made with the institution's time zone."""

    def answer(request: HttpRequest) -> HttpResponse:
        with timezone.override(ZoneInfo(current().timezone)):
            return get_response(request)

    return answer
