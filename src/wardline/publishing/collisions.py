"""Warnings about a time: what else goes out then, and who would read it. Never a no.

https://github.com/gitroomhq/postiz-app/issues/1779
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import nsmallest
from operator import attrgetter
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.formats import date_format
from rapidfuzz import fuzz

from wardline.publishing.models import Draft, Pause
from wardline.publishing.slots import Slot, slots_between, slots_of
from wardline.registry.models import Account, Secret

SAME_WITHIN = timedelta(days=30)
"""How long the same words on the same account are worth a word."""
NEARLY = 90
"""Percent of two texts that are alike, from which on they read as one."""
MOST_COMPARED = 100
"""With how many posts of an account, the nearest in time, one is compared."""
HOUR = timedelta(hours=1)
NIGHT = (time(21), time(7))
SATURDAY = 5
_at = attrgetter("at")


@dataclass(frozen=True, slots=True)
class Collision:
    """What speaks against a time: `same-words`, `same-hour`, `quiet`, `pause`, `sign-in`."""

    kind: str
    words: str


def collisions(draft: Draft, at: datetime, zone: str) -> list[Collision]:
    """What speaks against sending a draft at `at` (UTC); hours are those of `zone`."""
    names = {account.pk: account.name for account in draft.accounts.all()}
    found: list[Collision] = []
    if not (draft.corrects_id or draft.answers):
        start, end = at - SAME_WITHIN, at + SAME_WITHIN
        others = slots_between(start, end, {draft.unit_id})
        for of_slot in among(slots_of(draft, at), others, names, zone).values():
            found += of_slot
        found += _quiet(at, zone)
    pauses = Pause.objects.filter(Q(unit=None) | Q(unit=draft.unit_id))
    found += [*_paused(pauses, at, zone), *_sign_ins(names, at, zone)]
    return list(dict.fromkeys(found))


def over(
    start: datetime, end: datetime, units: Collection[int], zone: str
) -> dict[tuple[int, int], list[Collision]]:
    """What speaks against each post from `start` to `end`: by draft and account id."""
    near = slots_between(start - SAME_WITHIN, end + SAME_WITHIN, units)
    mine = [slot for slot in near if start <= slot.at < end]
    accounts = Account.objects.filter(pk__in={slot.account_id for slot in mine})
    names = dict(accounts.values_list("pk", "name"))
    pauses = list(Pause.objects.filter(Q(ended_at=None) | Q(ended_at__gte=start)))
    found = {}
    for slot, against in among(mine, near, names, zone).items():
        of_unit = [each for each in pauses if each.unit_id in {None, slot.unit_id}]
        more = [*_quiet(slot.at, zone), *_paused(of_unit, slot.at, zone)]
        found[slot.draft_id, slot.account_id] = [*against, *more]
    return found


def among(
    slots: Iterable[Slot],
    others: Iterable[Slot],
    names: Mapping[int, str],
    zone: str,
) -> dict[Slot, list[Collision]]:
    """What each slot has against it among the others; `names` are of accounts."""
    of_unit: dict[int, list[Slot]] = defaultdict(list)
    of_account: dict[int, list[Slot]] = defaultdict(list)
    for other in sorted(others, key=_at):
        of_unit[other.unit_id].append(other)
        of_account[other.account_id].append(other)
    return {
        slot: [
            *_same_words(slot, of_account[slot.account_id], names, zone),
            *_same_hour(slot, of_unit[slot.unit_id], names),
        ]
        for slot in slots
    }


def _near(slot: Slot, others: Sequence[Slot], within: timedelta) -> list[Slot]:
    """Those of other drafts that are less than `within` away; `others` are in order."""
    first = bisect_right(others, slot.at - within, key=_at)
    last = bisect_left(others, slot.at + within, key=_at)
    return [other for other in others[first:last] if other.draft_id != slot.draft_id]


def _same_words(
    slot: Slot, others: Sequence[Slot], names: Mapping[int, str], zone: str
) -> Iterator[Collision]:
    near = _near(slot, others, SAME_WITHIN)
    for other in nsmallest(MOST_COMPARED, near, key=lambda o: abs(o.at - slot.at)):
        if fuzz.ratio(slot.words, other.words, score_cutoff=NEARLY):
            how = "The same" if slot.words == other.words else "Nearly the same"
            where, day = names[slot.account_id], _day(other.at, zone)
            yield Collision("same-words", f"{how} words are on {where} on {day}.")
            return


def _same_hour(
    slot: Slot, others: Sequence[Slot], names: Mapping[int, str]
) -> Iterator[Collision]:
    close = _near(slot, others, HOUR)
    here = {o.draft_id for o in close if o.account_id == slot.account_id}
    if here:
        where = names[slot.account_id]
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


def _paused(pauses: Iterable[Pause], at: datetime, zone: str) -> Iterator[Collision]:
    """Those that last, and those that there were on the same day."""
    place = ZoneInfo(zone)
    day = at.astimezone(place).date()
    for pause in pauses:
        why = pause.reason.rstrip(".")
        if pause.ended_at is None:
            held = "Publishing is paused, and what falls due is held"
            yield Collision("pause", f"{held}: {why}.")
        elif _day_of(pause.started_at, place) <= day <= _day_of(pause.ended_at, place):
            yield Collision("pause", f"There was a pause on that day: {why}.")


def _day_of(at: datetime, place: ZoneInfo) -> date:
    return at.astimezone(place).date()


def _sign_ins(names: Mapping[int, str], at: datetime, zone: str) -> Iterator[Collision]:
    secrets = Secret.objects.filter(field="secret", expires_at__lte=at)
    for secret in secrets.filter(account__in=names):
        if ends := secret.expires_at:
            yield Collision(
                "sign-in",
                f"The sign-in of {names[secret.account_id]} ends on "
                f"{_day(ends, zone)}: ask the registrar to renew it first.",
            )


def _day(at: datetime, zone: str) -> str:
    return date_format(at.astimezone(ZoneInfo(zone)), "M j, Y")


def _place(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
