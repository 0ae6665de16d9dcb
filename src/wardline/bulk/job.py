"""What a run is to do: its sources, columns, context and rules, cut into parts."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

import msgspec

from wardline.screening import Context

Row: TypeAlias = tuple[object, ...] | str | None
"""The cells in the order of `Columns.wanted`, or why there are none; None is blank."""

Advance: TypeAlias = Callable[[int], None]
"""Told how many more rows are done."""


class Columns(msgspec.Struct, frozen=True):
    """Which column holds what; one that is None holds nothing."""

    text: str = "text"
    id: str | None = "id"
    account: str | None = "account"
    time: str | None = "time"
    mode: str | None = None
    channel: str | None = None
    author_role: str | None = None
    author_employer: str | None = None
    profile_disclaimer: str | None = None
    reply: str | None = None
    required: tuple[str, ...] = ("text",)
    """Columns that have to be there; others are taken where they are."""

    @property
    def wanted(self) -> tuple[str | None, ...]:
        """The columns in the order in which a row holds its cells."""
        return tuple(getattr(self, name) for name in CELLS)


CELLS = tuple(name for name in Columns.__struct_fields__ if name != "required")


class Source(msgspec.Struct, frozen=True):
    """One input file, and how to know it again."""

    name: str
    """As the findings call it."""
    path: str
    """Absolute, for the workers of a cluster start elsewhere."""
    digest: str
    """BLAKE2 of its bytes, in hexadecimal."""
    size: int
    modified: int
    """Nanoseconds since 1970, as the file system tells."""


class Cut(msgspec.Struct, frozen=True):
    """A run of rows that can be read without the rows before it."""

    at: int
    """Byte offset of the first row; in Parquet the number of the first row group."""
    first: int
    """The first row's number in the file; rows count from 1."""
    rows: int


class Part(msgspec.Struct, frozen=True):
    """What one worker screens at a time."""

    source: int
    """Place in `Job.sources`."""
    cut: Cut


class Options(msgspec.Struct, frozen=True):
    """What decides, beside input and rules, which findings there are."""

    columns: Columns = Columns()
    context: Context = Context()
    """Of every post, unless a column says otherwise."""
    part_rows: int = 2_000
    """Rows in a part: what a killed worker has to do again at most."""
    rules_only: bool = False
    """Whether the reader, which takes most of the time, is left out."""


class Job(msgspec.Struct, frozen=True):
    """The whole run; a run that was killed goes on only with the very same one."""

    sources: tuple[Source, ...]
    options: Options
    rules: str
    """What `fingerprint()` says where the run began."""
    parts: tuple[Part, ...] = ()
    run: str = ""
    """Names this run: a worker left over from another cannot add to its parts."""

    def source(self, part: Part) -> Source:
        """The file that `part` is of."""
        return self.sources[part.source]

    def rows(self, numbers: Sequence[int]) -> int:
        """How many rows these parts hold."""
        return sum(self.parts[number].cut.rows for number in numbers)
