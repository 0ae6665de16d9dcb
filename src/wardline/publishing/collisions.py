"""Warnings about a time: what else goes out then, and who would read it. Never a no.

https://github.com/gitroomhq/postiz-app/issues/1779
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.formats import date_format
from rapidfuzz import fuzz

from wardline.publishing.models import Draft, Pause
from wardline.publishing.slots import Slot, slots_between, slots_of
from wardline.registry.models import Secret

SAME_WITHIN = timedelta(days=30)
"""How long the same words on the same account are worth a word."""
NEARLY = 90
"""Percent of two texts that are alike, from which on they read as one."""
MOST_COMPARED = 100
"""With how many posts of an account, the nearest in time, one is compared."""
HOUR = timedelta(hours=1)
NIGHT = (time(21), time(7))
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Collision:
    """What speaks against a time: `same-words`, `same-hour`, `quiet`, `pause`, `sign-in`."""

    kind: str
    words: str


def collisions(draft: Draft, at: datetime, zone: str) -> list[Collision]:
    """What speaks against sending a draft at `at` (UTC); hours are those of `zone`."""
    start, end = at - SAME_WITHIN, at + SAME_WITHIN
    others = slots_between(start, end, {draft.unit_id})
    plain = not (draft.corrects_id or draft.answers)
    mine = list(slots_of(draft, at))
    names = {account.pk: account.name for account in draft.accounts.all()}
    found = list(among(mine, others, names, zone).values()) if plain else []
    return [
        *dict.fromkeys(one for slot in found for one in slot),
        *(_quiet(at, zone) if plain else ()),
        *_paused(draft.unit_id, at, zone),
        *_sign_ins(names, at, zone),
    ]


def among(
    slots: Iterable[Slot],
    others: Sequence[Slot],
    names: Mapping[int, str],
    zone: str,
) -> dict[Slot, list[Collision]]:
    """What each slot has against it among the others; `names` are of accounts."""
    of_unit: dict[int, list[Slot]] = defaultdict(list)
    for other in others:
        of_unit[other.unit_id].append(other)
    found = {}
    for slot in slots:
        rest = [o for o in of_unit[slot.unit_id] if o.draft_id != slot.draft_id]
        found[slot] = [
            *_same_words(slot, rest, names, zone),
            *_same_hour(slot, rest, names),
        ]
    return found


def _same_words(
    slot: Slot, others: Sequence[Slot], names: Mapping[int, str], zone: str
) -> Iterator[Collision]:
    near = [other for other in others if other.account_id == slot.account_id]
    near = [other for other in near if abs(other.at - slot.at) <= SAME_WITHIN]
    near.sort(key=lambda other: abs(other.at - slot.at))
    for other in near[:MOST_COMPARED]:
        alike = fuzz.ratio(slot.words, other.words, score_cutoff=NEARLY)
        if not alike:
            continue
        how = "The same" if slot.words == other.words else "Nearly the same"
        where = names.get(slot.account_id, "this account")
        day = _day(other.at, zone)
        yield Collision("same-words", f"{how} words are on {where} on {day}.")
        return


def _same_hour(
    slot: Slot, others: Sequence[Slot], names: Mapping[int, str]
) -> Iterator[Collision]:
    close = [other for other in others if abs(other.at - slot.at) < HOUR]
    here = {o.draft_id for o in close if o.account_id == slot.account_id}
    if here:
        where = names.get(slot.account_id, "this account")
        yield Collision("same-hour", f"{_posts(here)} on {where} within an hour.")
    if elsewhere := {other.draft_id for other in close} - here:
        yield Collision("same-hour", f"{_posts(elsewhere)} of the unit within an hour.")


def _posts(drafts: set[int]) -> str:
    return "Another post" if len(drafts) == 1 else f"{len(drafts)} other posts"


def _quiet(at: datetime, zone: str) -> Iterator[Collision]:
    local = at.astimezone(ZoneInfo(zone))
    evening, morning = NIGHT
    if local.time() >= evening or local.time() < morning:
        yield Collision("quiet", f"It is night then in {_place(zone)}.")
    if local.weekday() >= SATURDAY:
        yield Collision("quiet", f"It is a {local:%A}.")


def _paused(unit_id: int, at: datetime, zone: str) -> Iterator[Collision]:
    """A pause that lasts, or that there was on the same day."""
    place = ZoneInfo(zone)
    day = at.astimezone(place).date()
    begins = datetime.combine(day, time(), place)
    ends = datetime.combine(day + timedelta(days=1), time(), place)
    of_unit = Q(unit=None) | Q(unit=unit_id)
    that_day = Q(ended_at=None) | Q(ended_at__gte=begins, started_at__lt=ends)
    for pause in Pause.objects.filter(of_unit, that_day):
        why = pause.reason.rstrip(".")
        when = "There was a pause on that day"
        if pause.ended_at is None:
            when = "Publishing is paused, and what falls due is held"
        yield Collision("pause", f"{when}: {why}.")


def _sign_ins(names: Mapping[int, str], at: datetime, zone: str) -> Iterator[Collision]:
    secrets = Secret.objects.filter(field="secret", expires_at__lte=at)
    ending = secrets.filter(account__in=names)
    for pk, ends in ending.values_list("account", "expires_at"):
        yield Collision(
            "sign-in",
            f"The sign-in of {names[pk]} ends on {_day(ends, zone)}: "
            "ask the registrar to renew it first.",
        )


def _day(at: datetime, zone: str) -> str:
    return date_format(at.astimezone(ZoneInfo(zone)), "M j, Y")


def _place(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
