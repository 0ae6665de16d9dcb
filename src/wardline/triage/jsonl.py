"""Comments as JSON lines in, verdicts as JSON lines out."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from wardline.triage.judge import BATCH, triage
from wardline.triage.recent import Recent
from wardline.triage.values import Comment, Label, Verdict


class Judged(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line out for a comment."""

    label: Label
    scores: dict[Label, float]
    reasons: tuple[str, ...]
    id: str | int | None = None


class Refused(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line out for a line that could not be read; `line` counts from 1."""

    error: str
    line: int
    id: str | int | None = None


Answer = Judged | Refused


def answers(lines: Iterable[bytes]) -> Iterator[list[Answer]]:
    """The answers to `lines`, in order, a batch at a time; empty lines have none."""
    recent = Recent()
    numbered = ((n, line) for n, line in enumerate(lines, 1) if line.strip())
    while batch := list(islice(numbered, BATCH)):
        read = [_read(number, line) for number, line in batch]
        verdicts = triage((c for c in read if isinstance(c, Comment)), recent=recent)
        yield [
            one if isinstance(one, Refused) else _judged(one, next(verdicts))
            for one in read
        ]


def encode(answer: Answer) -> bytes:
    """One answer as JSON, without the line's end."""
    try:
        return msgspec.json.encode(answer)
    except UnicodeEncodeError:  # a lone surrogate, which JSON can only spell out
        return json.dumps(msgspec.to_builtins(answer)).encode()


def _judged(comment: Comment, verdict: Verdict) -> Judged:
    return Judged(verdict.label, verdict.scores, verdict.reasons, comment.id)


def _read(number: int, line: bytes) -> Comment | Refused:
    """Lone surrogates are accepted, and fields that are not ours passed over."""
    try:
        loose = json.loads(line.decode())
    except UnicodeDecodeError as error:
        return Refused(f"The line is not UTF-8 ({error.reason}).", number)
    except (ValueError, RecursionError) as error:
        return Refused(f"The line is not JSON ({error}).", number)
    known = loose.get("id") if isinstance(loose, dict) else None
    if not isinstance(known, str | int) or isinstance(known, bool):
        known = None
    try:
        return msgspec.convert(loose, Comment)
    except msgspec.ValidationError as error:
        return Refused(f"{error}.", number, known)
