"""What goes in and out of the API; the same fields as a line of `check --jsonl`."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

from wardline.screening import Context
from wardline.screening.values import Channel, Mode, Severity

LONGEST_TEXT = 1024 * 1024
"""Characters of one text."""

_DEFAULT = Context()


class _Given(BaseModel):
    """What a caller sends: a misspelt field is an error, and "yes" is no boolean."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ContextIn(_Given):
    """Who posts where; what is left out means an employee on a personal account."""

    mode: Mode = Field(
        _DEFAULT.mode, description="`official` is an account of the hospital."
    )
    channel: Channel = Field(_DEFAULT.channel, description="The kind of place.")
    author_role: str = Field(
        _DEFAULT.author_role, description='The author\'s work, as in "night nurse".'
    )
    author_employer: bool = Field(
        _DEFAULT.author_employer, description="Does the author work for the hospital?"
    )
    profile_disclaimer: bool = Field(
        _DEFAULT.profile_disclaimer,
        description="Does the author's profile say that the views are their own?",
    )
    reply: bool = Field(
        _DEFAULT.reply, description="Does it answer somebody, who may be a patient?"
    )

    def value(self) -> Context:
        """The context as screening takes it."""
        return Context(**self.model_dump())


class PostIn(_Given):
    """One text to check."""

    id: StrictStr | StrictInt | None = Field(None, description="Comes back unchanged.")
    text: Annotated[str, Field(max_length=LONGEST_TEXT, pattern=r"\A[^\x00]*\z")]
    context: ContextIn = ContextIn()


class FindingOut(BaseModel):
    """One thing to look at; `quote` is `text[start:end]`, counted in code points."""

    model_config = ConfigDict(from_attributes=True)

    rule: str
    topic: str
    kind: str | None = Field(description="The kind of identifier, for patient privacy.")
    start: int
    end: int
    quote: str
    severity: Severity
    clauses: list[str]
    message: str
    suggestion: str


class CheckedOut(BaseModel):
    """The findings in one text, sorted by start."""

    id: str | int | None
    findings: list[FindingOut]


class ErrorOut(BaseModel):
    """What is wrong with the request, and what to do about it."""

    error: str
