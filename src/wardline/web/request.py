"""Requests of somebody who is signed in, and what others are told."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from wardline.people.models import Person

P = ParamSpec("P")


class Request(HttpRequest):
    """A request whose user is a person."""

    user: Person
    htmx: HtmxDetails


def signed_in(
    view: Callable[Concatenate[Request, P], HttpResponse],
) -> Callable[Concatenate[Request, P], HttpResponse]:
    """Let only signed-in people through.

    Who opens a page is sent to sign in. Who sends a form after the session ended is
    told how to keep what they typed.
    """

    @wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.user.pk:  # an anonymous user has none
            return view(request, *args, **kwargs)
        if request.htmx:
            return render(request, "parts/signed_out.html")
        if request.method == "POST":
            return render(request, "signed_out.html", status=HTTPStatus.UNAUTHORIZED)
        return redirect_to_login(request.get_full_path())

    return guarded
