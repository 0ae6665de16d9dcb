"""An account as it comes in and goes out: by the API, by files and by commands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError as Invalid
from django.core.validators import URLValidator, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic.fields import FieldInfo

from wardline import channels
from wardline.people.access import Actor, can
from wardline.registry import address
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account

Kind = Literal[
    "network", "microblog", "blog", "forum", "wiki", "photo", "video", "virtual-world"
]
LONGEST_NOTES = 10_000
_web_address = URLValidator(schemes=["http", "https"])


def _url(written: str) -> str:
    """In full: people leave https:// out."""
    url = written if "://" in written else f"https://{written}"
    try:
        address.key(url)
        _web_address(url)
    except (RegistryError, Invalid) as error:
        msg = f"“{written[:80]}” is not the address of a page; copy it from the browser"
        raise ValueError(msg) from error
    return url


def _email(written: str) -> str:
    try:
        if written:
            validate_email(written)
    except Invalid as error:
        msg = f"“{written[:80]}” is not an e-mail address"
        raise ValueError(msg) from error
    return written.lower()


def _channel(name: str) -> str:
    if name not in channels.all():
        msg = f"There is no channel “{name}”; choose {', '.join(channels.all())}"
        raise ValueError(msg)
    return name


NO_NUL = r"^[^\x00]*$"
"""PostgreSQL keeps no NUL characters."""


def _words(longest: int, shortest: int = 0) -> FieldInfo:
    found: FieldInfo = Field(min_length=shortest, max_length=longest, pattern=NO_NUL)
    return found


Email = Annotated[str, _words(254), AfterValidator(_email)]
Tag = Annotated[str, _words(300, 1)]


class AccountIn(BaseModel):
    """What somebody would have on record of an account; a misspelt field is an error.

    Owner, deputy and official e-mail may wait while a list is imported; without them
    nothing is approved.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    unit: Annotated[str, _words(120, 1)] = Field(
        description="The unit's name, or its short name in addresses."
    )
    channel: Annotated[str, _words(40), AfterValidator(_channel)] = Field(
        "by_hand", description="How posts get there."
    )
    kind: Kind = Field(description="The kind of site.")
    name: Annotated[str, _words(120, 1)] = Field(description="As readers see it.")
    url: Annotated[str, _words(300, 1), AfterValidator(_url)] = Field(
        description="The page that the public sees."
    )
    handle: Annotated[str, _words(120)] = ""
    platform_id: Annotated[str, _words(200)] = Field(
        "", description="The site's own id, which never changes."
    )
    language: Annotated[
        str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,4})?$", max_length=8)
    ] = "en"
    description: Annotated[str, _words(500)] = Field("", description="What it is for.")
    audience: Annotated[str, _words(200)] = ""
    fundraising: bool = Field(default=False, description="Does it ask for donations?")
    official_email: Email = ""
    owner: Email = Field("", description="Work e-mail of a person of the unit.")
    deputy: Email = Field("", description="Another person of the unit.")
    contacts: Annotated[str, _words(300)] = Field(
        "", description="Whom the public may turn to."
    )
    tags: Annotated[list[Tag], Field(max_length=100)] = []
    notes: Annotated[str, _words(LONGEST_NOTES)] = Field(
        "", description="For the registrar, never public."
    )


class Told(BaseModel):
    """What is told of an account; people by their e-mail, the unit by its name."""

    unit: str
    channel: str
    kind: str
    name: str
    url: str
    handle: str
    platform_id: str
    language: str
    description: str
    audience: str
    fundraising: bool
    official_email: str
    owner: str
    deputy: str
    contacts: str
    tags: list[str]
    notes: str = Field(description="Empty for who may not read them.")


class Record(Told):
    """An account on record; its fields are the columns of an export."""

    state: str
    registered_at: datetime
    certified_at: datetime | None


COLUMNS = tuple(Record.model_fields)
KEPT_BY_US = frozenset(COLUMNS) - AccountIn.model_fields.keys()
"""Columns that an import passes by: what became of an account is not in a file."""


def record_of(account: Account, reader: Actor) -> dict[str, Any]:
    """The fields of `Record`, as `reader` may see them."""
    fields = {name: getattr(account, name) for name in COLUMNS}
    notes = account.notes if can(reader, "account.read-notes") else ""
    return {
        **fields,
        "unit": account.unit.name,
        "owner": account.owner.email if account.owner else "",
        "deputy": account.deputy.email if account.deputy else "",
        "notes": notes,
    }


REMEDIES: Mapping[str, str] = {
    "bool_parsing": "Write yes or no.",
    "bool_type": "Write yes or no.",
    "extra_forbidden": "There is no such field.",
    "literal_error": "Write one of {expected}.",
    "missing": "This is needed; fill it in.",
    "string_pattern_mismatch": "Write it as in en or es-MX; no NUL characters.",
    "string_too_long": "Shorten it to {max_length} characters.",
    "string_too_short": "This is needed; fill it in.",
    "value_error": "{error}.",
}
"""What to do about each kind of problem, in place of pydantic's words."""


def remedies(error: ValidationError) -> list[tuple[str, str]]:
    """What to do about which field, for a file and a command."""
    return [
        (
            str(*each["loc"][:1]) or "file",
            REMEDIES.get(each["type"], f"{each['msg']}.").format(**each.get("ctx", {})),
        )
        for each in error.errors()
    ]
