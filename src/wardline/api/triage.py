"""`POST /api/triage`: label one comment. Nothing is stored, no text is logged."""

from typing import Annotated

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables
from ninja import Router
from ninja.errors import Throttled
from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

from wardline.api.schema import LONGEST_TEXT, ErrorOut
from wardline.people.address import address_of
from wardline.people.allowance import Allowance
from wardline.triage import Comment, Label, Verdict, triage

router = Router()
allowance = Allowance()
ERRORS = frozenset({400, 413, 422, 429})
MOST_HISTORY = 100
"""Earlier comments of an author that are looked at."""

Text = Annotated[str, Field(max_length=LONGEST_TEXT, pattern=r"\A[^\x00]*\z")]


class CommentIn(BaseModel):
    """One comment; the same fields as a line of `wardline triage`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    post_text: Text = Field(description="What the comment answers.")
    comment: Text
    author: Text = Field("", description="A name or number that tells authors apart.")
    history: Annotated[list[Text], Field(max_length=MOST_HISTORY)] = Field(
        [], description="Earlier comments of the author, the oldest first."
    )
    channel: Text = ""
    language: Text = ""
    id: StrictStr | StrictInt | None = Field(None, description="Comes back unchanged.")

    def value(self) -> Comment:
        """The comment as triage takes it."""
        told = self.model_dump()
        return Comment(**told | {"history": tuple(self.history)})


class TriagedOut(BaseModel):
    """The first label that applies; a person confirms every removal but spam's."""

    id: str | int | None
    label: Label
    scores: dict[Label, float] = Field(description="Each label's own, from 0 to 1.")
    reasons: list[str]


@router.post(
    "/triage",
    response={200: TriagedOut, ERRORS: ErrorOut},
    summary="Label one comment as a moderator would find it",
)
@sensitive_variables()
def label(
    request: HttpRequest, response: HttpResponse, comment: CommentIn
) -> TriagedOut:
    """Anyone may ask, without signing in; calls are limited per address and minute."""
    limit = settings.ENVIRONMENT.checks_per_minute
    if wait := allowance.take(address_of(request), limit):
        raise Throttled(wait)
    response["Cache-Control"] = "no-store"
    [verdict] = triage([comment.value()])
    return _told(comment, verdict)


def _told(comment: CommentIn, verdict: Verdict) -> TriagedOut:
    return TriagedOut(
        id=comment.id,
        label=verdict.label,
        scores=verdict.scores,
        reasons=list(verdict.reasons),
    )
