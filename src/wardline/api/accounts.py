"""`GET /api/accounts`: the public directory of official accounts."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from wardline.registry.directory import Listing, Wanted, listed, listing
from wardline.registry.schema import NO_NUL

router = Router()


class AccountOut(Schema):
    """An official account, as anybody may know it."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    unit: str
    site: str
    kind: str
    url: str
    handle: str
    platform_id: str
    language: str
    description: str
    audience: str
    contacts: str
    tags: list[str]
    status: str
    certified_at: datetime | None


Asked = Annotated[str, Field(max_length=200, pattern=NO_NUL)]


class FilterIn(Schema):
    """What to list; empty means any."""

    words: Asked = Field("", description="Words that all have to be in it.")
    unit: Asked = Field("", description="A unit's short name, as the page has it.")
    site: Asked = Field("", description="A site's short name, such as `x`.")
    language: Asked = Field("", description="A language's code, such as `es`.")
    retired: bool = Field(default=False, description="The retired ones as well.")


@router.get("/accounts", response=list[AccountOut], summary="The official accounts")
def accounts(
    request: HttpRequest,  # noqa: ARG001  (ninja gives it)
    response: HttpResponse,
    wanted: Query[FilterIn],
) -> list[Listing]:
    """All that match, by name."""
    response["Access-Control-Allow-Origin"] = "*"
    rows = listed(Wanted(**wanted.model_dump()))
    return [listing(account) for account in rows]
