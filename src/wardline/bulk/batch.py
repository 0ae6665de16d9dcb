"""A batch of records in, a batch of findings out: all that any engine does."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain

import msgspec

from wardline.bulk.job import CELLS, Row
from wardline.bulk.tally import Tally, counted
from wardline.screening import Context, Finding, Screener

_FIELDS = Context.__struct_fields__
_FIRST = CELLS.index(_FIELDS[0])
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)


class Batch(msgspec.Struct, frozen=True):
    """Rows of one file that follow each other."""

    file: str
    first: int
    """The first row's number."""
    rows: Sequence[Row]


class Found(msgspec.Struct, frozen=True):
    """One finding in one row, as it is written; docs/bulk.md tells the fields."""

    file: str
    row: int
    post: str | None
    account: str | None
    time: str | None
    rule: str
    topic: str
    kind: str | None
    severity: str
    start: int
    end: int
    quote: str
    clauses: tuple[str, ...]
    message: str
    suggestion: str


class Refused(msgspec.Struct, frozen=True):
    """One row that was passed by; the reason never quotes it."""

    file: str
    row: int
    reason: str


class Screened(msgspec.Struct, frozen=True):
    """What a batch gave, in the order of its rows."""

    found: list[Found]
    refused: list[Refused]
    tally: Tally


class _Post(msgspec.Struct, frozen=True):
    row: int
    text: str
    context: Context
    id: str | None
    account: str | None
    time: str | None


def screen_batch(batch: Batch, context: Context, screener: Screener) -> Screened:
    """The findings of a batch; `context` is that of posts whose cells say nothing."""
    posts: list[_Post] = []
    refused: list[Refused] = []
    for number, row in enumerate(batch.rows, batch.first):
        if row is None:
            continue
        post = row if isinstance(row, str) else _post(number, row, context)
        if isinstance(post, str):
            refused.append(Refused(batch.file, number, post))
        else:
            posts.append(post)
    answers = screener.check_many((post.text, post.context) for post in posts)
    return _screened(batch.file, list(zip(posts, answers, strict=True)), refused)


def _screened(
    file: str,
    checked: Sequence[tuple[_Post, list[Finding]]],
    refused: list[Refused],
) -> Screened:
    findings = list(chain.from_iterable(answer for _, answer in checked))
    tally = Tally(
        findings=len(findings),
        refused=len(refused),
        topics=counted(finding.topic for finding in findings),
        severities=counted(finding.severity for finding in findings),
    )
    for post, answer in checked:
        tally.count(post.account, _month(post.time), bool(answer))
    found = [_found(file, post, one) for post, answer in checked for one in answer]
    return Screened(found, refused, tally)


def _found(file: str, post: _Post, finding: Finding) -> Found:
    return Found(
        file=file,
        row=post.row,
        post=post.id,
        account=post.account,
        time=post.time,
        rule=finding.rule,
        topic=finding.topic,
        kind=finding.kind,
        severity=finding.severity,
        start=finding.start,
        end=finding.end,
        quote=finding.quote,
        clauses=finding.clauses,
        message=finding.message,
        suggestion=finding.suggestion,
    )


def _post(number: int, row: tuple[object, ...], context: Context) -> _Post | str:
    """The post of a row, or why it is none."""
    try:
        text, *names = map(_decoded, row[:_FIRST])
    except UnicodeDecodeError as error:
        return f"A cell is not UTF-8 (byte {error.start})."
    if text is None:
        return "The text is missing."
    if not isinstance(text, str):
        return "The text is a number or a list, not words in quotes."
    told = row[_FIRST:]
    if any(cell is not None for cell in told):
        try:
            context = _context(context, told)
        except (msgspec.ValidationError, TypeError) as error:
            return _unfit(error)
    return _Post(number, text, context, *map(_name, names))


def _decoded(cell: object) -> object:
    return cell.decode() if isinstance(cell, bytes) else cell


def _name(cell: object) -> str | None:
    return None if cell in (None, "") else str(cell)


@lru_cache(maxsize=1024)
def _context(context: Context, cells: tuple[object, ...]) -> Context:
    """The context in which cells replace what they say something about.

    Raises:
        msgspec.ValidationError: for a value that a context cannot have.
        TypeError: for a list or an object.
    """
    told = {
        field: cell if field == "author_role" else str(cell).strip().lower()
        for field, cell in zip(_FIELDS, cells, strict=True)
        if cell not in (None, "")
    }
    values: Mapping[str, object] = msgspec.structs.asdict(context) | told
    return msgspec.convert(values, Context, strict=False)


def _unfit(error: Exception) -> str:
    field = str(error).rpartition("$.")[2].strip("`")
    known = field if field in _FIELDS else "context"
    return f"The {known} is none that Wardline knows; docs/bulk.md lists them."


def _month(time: str | None) -> str | None:
    found = _MONTH.match(time) if time else None
    return found.group() if found else None
