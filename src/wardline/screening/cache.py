"""Files that can be made again, kept so that the next start need not make them."""

import os
import threading
from contextlib import suppress
from pathlib import Path

KEPT = 8
"""Files of one kind that stay: a few packs, institutions and library versions."""


def folder() -> Path:
    """WARDLINE_CACHE, else `wardline` in the user's cache folder."""
    if own := os.environ.get("WARDLINE_CACHE"):
        return Path(own)
    shared = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(shared, "wardline")


def read(kind: str, key: str) -> bytes | None:
    """The content kept under `key`, or None when there is none to be read."""
    try:
        return (folder() / f"{key}.{kind}").read_bytes()
    except OSError:
        return None


def write(kind: str, key: str, content: bytes) -> None:
    """Keep `content`; readers see all of it or nothing, whoever else writes.

    A folder that cannot be written costs the next start its speed, no more.
    """
    with suppress(OSError):
        place = folder()
        place.mkdir(parents=True, exist_ok=True)
        own = place / f"{key}.{os.getpid()}-{threading.get_ident()}.part"
        try:
            own.write_bytes(content)
            own.replace(place / f"{key}.{kind}")
        finally:
            own.unlink(missing_ok=True)
        _prune(place, kind)


def _prune(place: Path, kind: str) -> None:
    files = sorted(place.glob(f"*.{kind}"), key=lambda path: path.stat().st_mtime)
    for path in files[:-KEPT]:
        path.unlink(missing_ok=True)
