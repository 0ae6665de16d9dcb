"""Posts as JSON lines in, findings as JSON lines out."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from wardline.screening.screener import Screener
from wardline.screening.values import Context, Finding

BATCH = 2000
"""Lines that are read, checked and answered together."""


class Post(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line in: `{"id", "text", "context"}`; the context may be left out."""

    id: str | int
    text: str
    context: Context = Context()


class Checked(msgspec.Struct, frozen=True):
    """One line out for a post that was checked."""

    id: str | int
    findings: list[Finding]


class Refused(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line out for a line that could not be read; `line` counts from 1."""

    error: str
    id: str | int | None = None
    line: int | None = None


Answer = Checked | Refused

_decode = msgspec.json.Decoder(Post).decode


def answers(lines: Iterable[bytes], screener: Screener) -> Iterator[list[Answer]]:
    """The answers to `lines`, in order, a batch at a time; empty lines have none."""
    numbered = ((n, line) for n, line in enumerate(lines, 1) if line.strip())
    while batch := list(islice(numbered, BATCH)):
        read = [_read(number, line) for number, line in batch]
        yield _checked(read, screener)


def encode(answer: Answer) -> bytes:
    """One answer as JSON, without the line's end."""
    try:
        return msgspec.json.encode(answer)
    except UnicodeEncodeError:  # a lone surrogate, which JSON can only spell out
        return json.dumps(msgspec.to_builtins(answer)).encode()


def _checked(read: Sequence[Post | Refused], screener: Screener) -> list[Answer]:
    posts = [post for post in read if isinstance(post, Post)]
    found = screener.check_many((post.text, post.context) for post in posts)
    return [
        Checked(post.id, next(found)) if isinstance(post, Post) else post
        for post in read
    ]


def _read(number: int, line: bytes) -> Post | Refused:
    try:
        return _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _read_slowly(number, line)


def _read_slowly(number: int, line: bytes) -> Post | Refused:
    """Accept lone surrogates, which msgspec does not, and find out what is wrong."""
    try:
        loose = json.loads(line.decode())
    except UnicodeDecodeError as error:
        return Refused(f"The line is not UTF-8 ({error.reason}).", line=number)
    except (ValueError, RecursionError) as error:
        return Refused(f"The line is not JSON ({error}).", line=number)
    try:
        return msgspec.convert(loose, Post)
    except msgspec.ValidationError as error:
        known = loose.get("id") if isinstance(loose, dict) else None
        if isinstance(known, str | int) and not isinstance(known, bool):
            return Refused(str(error), id=known)
        return Refused(str(error), line=number)
