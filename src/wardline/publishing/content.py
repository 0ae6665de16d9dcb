"""What exactly is cleared: the hash that binds a clearance to words and place."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime


def content_hash(
    *,
    title: str,
    text: str,
    accounts: Iterable[int],
    window: tuple[datetime | None, datetime | None],
    action: str,
) -> str:
    """The hex SHA-256 of everything that an office clears.

    `accounts` are ids, in any order; `window` is the earliest and latest time of
    publication. Links are part of the text.
    """
    content = {
        "action": action,
        "title": title,
        "text": text,
        "accounts": sorted(accounts),
        "window": [edge and edge.astimezone(UTC).isoformat() for edge in window],
    }
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
