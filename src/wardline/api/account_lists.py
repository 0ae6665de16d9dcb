"""`/api/registry/import` and `/export`: whole lists of accounts as files."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, UploadedFile
from pydantic import BaseModel, ConfigDict, Field

from wardline.api.registry_schema import REFUSED, Text
from wardline.api.tokens import ScopedToken, actor_of
from wardline.people.access import require
from wardline.registry.errors import RegistryError
from wardline.registry.exporting import FORMATS, export, headers
from wardline.registry.importing import LARGEST, Options, Plan, plan
from wardline.registry.readable import readable
from wardline.registry.steps.import_accounts import import_accounts

router = Router(tags=["registry"])
Format = Literal["csv", "json", "xlsx"]


class ImportIn(BaseModel):
    """How to import."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    unit: Text = Field("", description="The unit of rows that name none.")
    create_units: bool = Field(default=False, description="Enter units not known yet.")
    dry_run: bool = Field(default=True, description="Only say what would happen.")


class RemarkOut(BaseModel):
    """Something to know or to change."""

    model_config = ConfigDict(from_attributes=True)

    column: str
    message: str


class OutcomeOut(BaseModel):
    """What becomes of one account in the file."""

    model_config = ConfigDict(from_attributes=True)

    line: int
    result: Literal["new", "duplicate", "refused"]
    name: str
    url: str
    remarks: list[RemarkOut]


class PlanOut(BaseModel):
    """What an import did or, in a dry run, would do."""

    dry_run: bool
    sha256: str
    new: int
    passed_by: int = Field(description="On record already, or twice in the file.")
    refused: int
    units: list[str] = Field(description="Those that are entered with it.")
    accounts: list[int] = Field(
        description="The ids of those entered; [] in a dry run."
    )
    outcomes: list[OutcomeOut]


@router.post(
    "/import",
    response={200: PlanOut, **REFUSED},
    auth=ScopedToken("registry:import"),
)
def import_file(
    request: HttpRequest, file: File[UploadedFile], given: Form[ImportIn]
) -> dict[str, Any]:
    """Import a list as CSV, XLSX or JSON; a dry run unless told otherwise.

    All accounts land in review. What is on record already is passed by.
    """
    actor = actor_of(request)
    require(actor, "account.import")
    if (file.size or 0) > LARGEST:
        msg = f"The file is larger than {LARGEST >> 20} MB. Split it."
        raise RegistryError(msg)
    options = Options(given.unit, given.create_units)
    found = plan(file.name or "", file.read(), options)
    if given.dry_run or not found.particulars:
        return _told(found, dry_run=given.dry_run, accounts=[])
    accounts = import_accounts(actor, found)
    return _told(found, dry_run=False, accounts=[one.pk for one in accounts])


@router.get(
    "/export",
    response=REFUSED,
    auth=ScopedToken("registry:read"),
    openapi_extra={
        "responses": {
            200: {
                "description": "The file",
                "content": {kind: {} for kind, _make in FORMATS.values()},
            }
        }
    },
)
def export_file(
    request: HttpRequest,
    format: Annotated[Format, Query()] = "csv",  # noqa: A002  (what callers know it by)
) -> HttpResponse:
    """The accounts that one may read as a file whose columns an import takes."""
    actor = actor_of(request)
    content = export(format, readable(actor).order_by("unit__name", "name"), actor)
    return HttpResponse(content, headers=headers(format))


def _told(found: Plan, *, dry_run: bool, accounts: list[int]) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "sha256": found.digest,
        "new": len(found.of("new")),
        "passed_by": len(found.of("duplicate")),
        "refused": len(found.of("refused")),
        "units": [unit.name for unit in found.units],
        "accounts": accounts,
        "outcomes": found.outcomes,
    }
