"""Pictures of posts: sent to those who may read the draft, or write for the unit."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import cache_control

from wardline.people.access import require
from wardline.people.models import Unit
from wardline.publishing.models import Draft, Picture
from wardline.publishing.withheld import withheld
from wardline.web.request import Request, signed_in

LONGEST_CACHED = 600
"""Seconds; a post with patient data is withheld at once, its pictures soon after."""


@signed_in
@cache_control(private=True, max_age=LONGEST_CACHED)
def of_draft(request: Request, pk: int, sha256: str) -> HttpResponse:
    """A picture of any version of a draft."""
    draft = get_object_or_404(Draft, pk=pk)
    require(request.user.actor, "draft.read", draft)
    shown = draft.revisions.exclude(pictures=[]).values_list("pictures", flat=True)
    if not any(picture["sha256"] == sha256 for row in shown for picture in row):
        raise Http404
    return picture_of(draft.unit_id, sha256)


@signed_in
@cache_control(private=True, max_age=LONGEST_CACHED)
def of_unit(request: Request, slug: str, sha256: str) -> HttpResponse:
    """A picture that an author of the unit added, while they write."""
    unit = get_object_or_404(Unit, slug=slug)
    require(request.user.actor, "picture.add", unit)
    if sha256 in withheld(unit.pk):
        raise Http404
    return picture_of(unit.pk, sha256)


def unit_picture_url(slug: str, sha256: str) -> str:
    """Where authors of the unit see its picture."""
    return reverse("unit-picture", args=[slug, sha256])


def picture_of(unit_id: int, sha256: str) -> HttpResponse:
    """The bytes as a picture and nothing else, even where they are opened alone."""
    picture = get_object_or_404(Picture, unit=unit_id, sha256=sha256)
    return HttpResponse(
        bytes(picture.content),
        content_type=picture.kind,
        headers={
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Content-Disposition": f'inline; filename="{picture.name}"',
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
