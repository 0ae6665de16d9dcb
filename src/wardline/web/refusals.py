"""Refusals in the reader's words: on the form they filled in, or as a 403 page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wardline.audit.states import GraphError, StaleStateError
from wardline.people.access import DeniedError
from wardline.publishing.errors import PublishingError
from wardline.registry.errors import RegistryError

REFUSALS = (PublishingError, RegistryError, StaleStateError, GraphError)


@contextmanager
def told(form: BaseForm) -> Iterator[None]:
    """Put what a step refuses on the form, which then shows again as it was typed."""
    try:
        yield
    except REFUSALS as error:
        form.add_error(None, str(error))


@contextmanager
def warned(request: HttpRequest) -> Iterator[None]:
    """Show what a step refuses above the next page, where nothing was typed."""
    try:
        yield
    except REFUSALS as error:
        messages.error(request, str(error))


class DeniedMiddleware:
    """Answers `DeniedError` with the 403 page and its reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        """The page for a refusal; every other error goes its way."""
        if not isinstance(error, DeniedError):
            return None
        return render(request, "403.html", {"reason": str(error)}, status=403)
