"""`GET /api/posts/{public_id}/history`: every published version of a post, in full."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from wardline.api.schema import ErrorOut
from wardline.publishing.history import History, Snapshot, history
from wardline.publishing.post import corrections_url

router = Router()


class PlaceOut(Schema):
    """A version as one account has it; `url` is empty once the post is withdrawn."""

    account: str
    url: str
    text: str = Field(description="CommonMark, as it was written.")


class SnapshotOut(Schema):
    """One published version, never only what it changed."""

    id: str
    at: datetime
    by: str = Field(description="As what somebody wrote it; never who.")
    reason: str = Field(description="What was wrong; empty for the first version.")
    title: str
    places: list[PlaceOut]
    pictures: list[str] = Field(description="What each picture shows.")
    seconds_to_correct: int | None = Field(
        description="From the report of the error, or from when it was noticed, "
        "until the last account had the correction."
    )


class WithdrawalOut(Schema):
    """That the post is gone; of private data neither who nor why."""

    at: datetime
    by: str
    reason: str


class HistoryOut(Schema):
    """The versions in the order in which they were published.

    `restricted` posts were withdrawn to protect someone's privacy: they have none.
    """

    id: str
    page: str = Field(description="Where people read the same.")
    restricted: bool
    snapshots: list[SnapshotOut]
    withdrawal: WithdrawalOut | None


@router.get(
    "/posts/{slug:public_id}/history",
    response={200: HistoryOut, 404: ErrorOut},
    url_name="post-history",
    summary="What was first published, and every version since",
)
def show(
    request: HttpRequest,  # noqa: ARG001  (ninja gives it)
    response: HttpResponse,
    public_id: str,
) -> Status[dict[str, object]]:
    """Anybody may ask. A post that was neither corrected nor withdrawn has none."""
    response["Access-Control-Allow-Origin"] = "*"
    found = history(public_id)
    if found is None:
        return Status(404, {"error": "No post of this id was corrected or withdrawn."})
    return Status(200, _out(found))


def _out(found: History) -> dict[str, object]:
    gone = found.withdrawal
    return {
        "id": found.post.public_id,
        "page": corrections_url(found.post.public_id),
        "restricted": found.restricted,
        "snapshots": [_snapshot(each) for each in found.snapshots],
        "withdrawal": gone and {"at": gone.at, "by": gone.by, "reason": gone.reason},
    }


def _snapshot(one: Snapshot) -> dict[str, object]:
    ended = one.clock and one.clock.ended
    return {
        "id": one.id,
        "at": one.at,
        "by": one.by,
        "reason": one.reason,
        "title": one.title,
        "places": [
            {"account": str(each.account), "url": each.url, "text": each.text}
            for each in one.places
        ],
        "pictures": one.alts,
        "seconds_to_correct": int(one.clock.took.total_seconds())
        if one.clock and ended
        else None,
    }
