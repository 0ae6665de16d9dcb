"""What goes in and out of the registry's API."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from ninja import Path
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from wardline.api.schema import ErrorOut
from wardline.audit.states import Graph
from wardline.people.access import Actor, can
from wardline.people.models import Person, Unit
from wardline.registry.models import Account, Version
from wardline.registry.schema import NO_NUL, Kind, Record, Told, record_of
from wardline.registry.states import ACCOUNT, TASK, VERSION
from wardline.registry.steps.certify import due
from wardline.registry.steps.review_version import needs_consent

REFUSED: Mapping[Any, Any] = {frozenset({400, 401, 403, 404, 409, 422}): ErrorOut}
MOST = 500
LARGEST_ID = 2**63 - 1

Id = Path[Annotated[int, Field(ge=1, le=LARGEST_ID)]]
Text = Annotated[str, Field(max_length=500, pattern=NO_NUL)]


def state_of(graph: Graph) -> AfterValidator:
    """One of the graph's states, or "" for any."""

    def known(state: str) -> str:
        if state and state not in graph.moves:
            msg = f"choose one of {', '.join(graph.moves)}"
            raise ValueError(msg)
        return state

    return AfterValidator(known)


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class PageIn(_Given):
    """Which part of a list."""

    limit: int = Field(100, ge=1, le=MOST)
    offset: int = Field(0, ge=0, le=1_000_000)


class AccountsIn(PageIn):
    """Which accounts; empty means any."""

    unit: Text = Field("", description="The unit's short name.")
    state: Annotated[Text, state_of(ACCOUNT)] = ""
    channel: Text = ""
    kind: Kind | Literal[""] = ""
    words: Text = Field("", description="Part of the name, address or handle.")


class VersionsIn(PageIn):
    """Which versions; empty means any."""

    state: Annotated[Text, state_of(VERSION)] = "proposed"
    account: int | None = Field(None, ge=1, le=LARGEST_ID)


class TasksIn(PageIn):
    """Which tasks; empty means any."""

    state: Annotated[Text, state_of(TASK)] = "open"
    account: int | None = Field(None, ge=1, le=LARGEST_ID)


class NoteIn(_Given):
    """Words for the registrar."""

    note: Text = ""


class ReasonIn(_Given):
    """Why; it stays on record."""

    reason: Annotated[Text, Field(min_length=1)]


class CloseIn(_Given):
    """How a task ended."""

    done: bool = Field(default=True, description="False drops it.")


class RecordOut(Record):
    """An account as it is on record."""

    id: int
    certification_due: datetime | None


class AccountsOut(BaseModel):
    """A part of the accounts; `count` is of all that match."""

    count: int
    items: list[RecordOut]


class VersionOut(BaseModel):
    """What somebody would have on record, and what came of it."""

    id: int
    account: int
    number: int | None = Field(description="Of an approved one: 1, 2, …")
    state: str
    particulars: Told
    note: str
    made_by: str
    made_at: datetime
    needs_consent: bool = Field(description="Of the Development Office.")
    consent_at: datetime | None
    decided_at: datetime | None
    reason: str


class VersionsOut(BaseModel):
    """A part of the versions; `count` is of all that match."""

    count: int
    items: list[VersionOut]


class TaskOut(BaseModel):
    """Something that a person has to do about an account."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    account_id: int
    kind: str
    what: str
    paste: str = Field(description="Text that is ready to be pasted at the channel.")
    state: str
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None


class TasksOut(BaseModel):
    """A part of the tasks; `count` is of all that match."""

    count: int
    items: list[TaskOut]


def account_out(account: Account, reader: Actor) -> dict[str, Any]:
    """The fields of `RecordOut`, as `reader` may see them."""
    known = {"id": account.pk, "certification_due": due(account)}
    return record_of(account, reader) | known


def versions_out(versions: Iterable[Version], reader: Actor) -> list[dict[str, Any]]:
    """The fields of `VersionOut` of each, as `reader` may see them."""
    rows = list(versions)
    units, people = Unit.objects.in_bulk(), _people(rows)
    reads_notes = bool(can(reader, "account.read-notes"))
    told = []
    for row in rows:
        given = dict(row.particulars)
        given["unit"] = str(units[given.pop("unit_id")])
        for role in ("owner", "deputy"):
            person = people.get(given.pop(f"{role}_id"))
            given[role] = person.email if person else ""
        given["notes"] = given["notes"] if reads_notes else ""
        told.append(_version(row, given))
    return told


def page(rows: QuerySet[Any], wanted: PageIn) -> tuple[int, QuerySet[Any]]:
    """How many there are in all, and those asked for."""
    return rows.count(), rows[wanted.offset : wanted.offset + wanted.limit]


def _people(rows: Iterable[Version]) -> Mapping[int, Person]:
    roles = ("owner_id", "deputy_id")
    ids = {row.particulars[role] for row in rows for role in roles} - {None}
    return Person.objects.in_bulk(ids)


def _version(row: Version, particulars: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row.pk,
        "account": row.account_id,
        "number": row.number,
        "state": row.state,
        "particulars": particulars,
        "note": row.note,
        "made_by": str(row.made_by),
        "made_at": row.made_at,
        "needs_consent": needs_consent(row),
        "consent_at": row.consent_at,
        "decided_at": row.decided_at,
        "reason": row.reason,
    }
