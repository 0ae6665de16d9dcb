"""What the public may know of official accounts: what was approved, and no person."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from wardline import channels
from wardline.channels import ChannelError
from wardline.registry.models import Account, Task, Version
from wardline.registry.platforms import PLATFORMS, of_host

OPEN = ("active", "due-for-review")
SEARCHED = ("name", "unit__name", "handle", "url", "description", "tags")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An account as anybody may read it; times are ISO 8601, in UTC."""

    name: str
    unit: str
    site: str
    kind: str
    url: str
    handle: str
    platform_id: str
    language: str
    description: str
    audience: str
    contacts: str
    tags: list[str]
    status: str
    certified_at: str | None

    def columns(self) -> dict[str, Any]:
        """By name, for a row or an object."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to list: words to find, a unit's slug, a site, a language; "" for any."""

    words: str = ""
    unit: str = ""
    site: str = ""
    language: str = ""
    retired: bool = False


def approved() -> QuerySet[Account]:
    """Every account that was on public record at some time."""
    version = Version.objects.filter(account=OuterRef("pk"), state="approved")
    return Account.objects.select_related("unit").filter(
        ~Q(state="requested"), Exists(version)
    )


def listed(wanted: Wanted) -> QuerySet[Account]:
    """The accounts in use, with the retired ones if they are wanted, by name.

    One that is compromised, or shows another identity at its site, is in no list; who
    asks for it by its address is warned.
    """
    states = (*OPEN, "retired") if wanted.retired else OPEN
    doubtful = Task.objects.filter(
        account=OuterRef("pk"), kind="identity", state="open"
    )
    rows = approved().filter(~Exists(doubtful), state__in=states)
    for word in wanted.words.replace("\0", " ").split():
        any_column = Q()
        for column in SEARCHED:
            any_column |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(any_column)
    if wanted.unit:
        rows = rows.filter(unit__slug=wanted.unit)
    if wanted.language:
        rows = rows.filter(language=wanted.language)
    return _on(wanted.site, rows) if wanted.site else rows


def listing(account: Account) -> Listing:
    """What of the row is public."""
    certified = account.certified_at
    return Listing(
        name=account.name,
        unit=str(account.unit),
        site=label(site(account)),
        kind=account.kind,
        url=account.url,
        handle=account.handle,
        platform_id=account.platform_id,
        language=account.language,
        description=account.description,
        audience=account.audience,
        contacts=account.contacts,
        tags=account.tags,
        status="retired" if account.state == "retired" else "official",
        certified_at=certified.isoformat(timespec="seconds") if certified else None,
    )


def site(account: Account) -> str:
    """The platform that its address leads to, else the channel, by its short name."""
    return of_host(account.url_key.partition("/")[0]) or account.channel


def label(site: str) -> str:
    """What people call a platform or a channel."""
    if site in PLATFORMS:
        return PLATFORMS[site].label
    try:
        capabilities = channels.get(site).capabilities
    except ChannelError:
        return site
    return "Other site" if capabilities.by_hand else capabilities.label


def choices() -> Mapping[str, list[tuple[str, str]]]:
    """Units, sites and languages that there are, each as value and words, sorted."""
    rows = approved().filter(state__in=OPEN).order_by()
    units = rows.values_list("unit__slug", "unit__name").distinct()
    addresses = rows.values_list("url_key", "channel")
    sites = {of_host(key.partition("/")[0]) or channel for key, channel in addresses}
    languages = rows.values_list("language", flat=True).distinct()
    return {
        "unit": sorted(units, key=lambda each: each[1]),
        "site": sorted(((one, label(one)) for one in sites), key=lambda each: each[1]),
        "language": sorted((one, one) for one in languages),
    }


def _on(site: str, rows: QuerySet[Account]) -> QuerySet[Account]:
    if site in PLATFORMS:
        return rows.filter(url_key__startswith=f"{PLATFORMS[site].hosts[0]}/")
    elsewhere = rows.filter(channel=site)
    for platform in PLATFORMS.values():
        elsewhere = elsewhere.exclude(url_key__startswith=f"{platform.hosts[0]}/")
    return elsewhere
