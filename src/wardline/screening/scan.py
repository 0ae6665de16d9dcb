"""One pass over a buffer that tells which expressions may match in it, and where.

https://intel.github.io/hyperscan/dev-reference/runtime.html
"""

import platform
import threading
from collections.abc import Sequence
from pathlib import Path

import hyperscan

from wardline.screening.errors import ScreeningError

ID_BITS = 16
ID_MASK = (1 << ID_BITS) - 1

_CPU = Path("/proc/cpuinfo")


class DatabaseError(ScreeningError):
    """A compiled database is damaged, or made for another processor or library."""


class Scanner:
    """A compiled set of expressions; threads share it, each with its own scratch."""

    def __init__(self, database: bytes) -> None:
        """Load what `compiled` gave.

        Raises:
            DatabaseError: when this library on this processor cannot use it.
        """
        try:
            self._database = hyperscan.loadb(database, hyperscan.HS_MODE_BLOCK)
        except hyperscan.error as error:
            raise DatabaseError(str(error)) from error
        self._own = threading.local()

    def events(self, buffer: bytes) -> list[int]:
        """What may match: `end << ID_BITS | number of the expression`, sorted."""
        found: list[int] = []
        push = found.append

        def note(number: int, _start: int, end: int, _flags: int, _: object) -> None:
            push(end << ID_BITS | number)

        self._database.scan(buffer, note, 0, None, self._scratch())
        found.sort()
        return found

    def _scratch(self) -> hyperscan.Scratch:
        try:
            scratch: hyperscan.Scratch = self._own.scratch
        except AttributeError:
            scratch = self._own.scratch = hyperscan.Scratch(self._database)
        return scratch


def compiled(expressions: Sequence[tuple[str, bool]]) -> bytes:
    """The database of (expression, whether capitals matter), to be loaded or kept.

    Raises:
        hyperscan.error: when one of them cannot be compiled.
    """
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[source.encode() for source, _ in expressions],
        ids=list(range(len(expressions))),
        flags=[0 if case else hyperscan.HS_FLAG_CASELESS for _, case in expressions],
    )
    return hyperscan.dumpb(database)


def refusal(expression: str) -> str | None:
    """Why `expression` cannot be scanned for, or None when it can."""
    try:
        compiled([(expression, True)])
    except hyperscan.error as error:
        return str(error)
    return None


def platform_key() -> str:
    """Names the library and the kind of processor that a database is made for."""
    try:
        lines = _CPU.read_text("ascii", errors="replace").splitlines()
    except OSError:
        lines = []
    features = next((line for line in lines if line.startswith("flags")), "")
    library = hyperscan.__version__  # type: ignore[attr-defined]
    return f"{library} {platform.machine()} {features}"
