"""The keyed hash chain: how an entry's mac is made, and how a chain is verified."""

import base64
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from wardline.audit.models import Entry, Head

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Problem:
    """One place where the chain does not hold, by entry number."""

    sequence: int
    reason: str


def mac(entry: Entry) -> str:
    """The hex HMAC-SHA256 of everything in the entry but its row id and mac."""
    body = [
        entry.sequence,
        entry.at.isoformat(),
        entry.actor_id,
        entry.actor_name,
        entry.action,
        entry.target,
        entry.target_name,
        entry.detail,
        entry.previous,
    ]
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    key = base64.b64decode(settings.AUDIT_KEY)
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()


def verify(exported_head: str = "") -> Iterator[Problem]:
    """Walk the whole chain and yield what is wrong with it, in order.

    `exported_head` is a line that `wardline audit head` printed earlier and that
    was kept off this host: without it a cut tail with a forged head row may pass.
    """
    previous, expected, macs = START, 1, {}
    kept = _parse(exported_head)
    for entry in Entry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            yield Problem(expected, f"missing: the next entry is {entry.sequence}")
        if entry.previous != previous:
            yield Problem(entry.sequence, "does not follow the entry before it")
        if not hmac.compare_digest(entry.mac, mac(entry)):
            yield Problem(entry.sequence, "was altered, or made with another key")
        if kept and entry.sequence == kept[0]:
            macs[entry.sequence] = entry.mac
        previous, expected = entry.mac, entry.sequence + 1
    head = Head.objects.first() or Head()
    if (head.sequence, head.mac) != (expected - 1, previous):
        yield Problem(expected - 1, f"the head row says {head.sequence}")
    if kept and macs.get(kept[0]) != kept[1]:
        yield Problem(kept[0], "the exported head is not in the chain: its end was cut")


def _parse(exported_head: str) -> tuple[int, str] | None:
    if not exported_head.strip():
        return None
    sequence, _, code = exported_head.strip().partition(":")
    if not sequence.isdigit() or len(code) != len(START):
        raise ValueError(
            "The exported head must look like '42:<64 hex digits>', "
            "as `wardline audit head` prints it."
        )
    return int(sequence), code
