"""The list of accounts: what a person may see of it, filtered and counted."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from wardline.people.access import Actor
from wardline.people.models import Unit
from wardline.registry.models import Account
from wardline.registry.orphans import orphaned
from wardline.registry.platforms import PLATFORMS, of_host
from wardline.registry.readable import readable
from wardline.web.drafts import PAGE
from wardline.web.words import WORDS

LONGEST = 200
"""Characters that are sought; a database takes only so many conditions."""
OTHER = "other"
"""The filter for accounts on no site that people know by name."""
_SOUGHT = (
    *("name", "handle", "url", "official_email", "description", "tags"),
    *("unit__name", "owner__name", "deputy__name"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a filter, and how many accounts it holds."""

    key: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Accounts:
    """A page of the list; `query` is what addresses of other pages keep."""

    rows: Page[Account]
    total: int
    orphans: frozenset[int]
    filters: tuple[tuple[str, str, list[Choice]], ...]
    q: str
    query: str

    @property
    def filtered(self) -> bool:
        """Whether something is left out."""
        return self.rows.paginator.count < self.total or bool(self.q)


def accounts(actor: Actor, asked: QueryDict) -> Accounts:
    """The accounts that a person asks for with `q`, `state`, `unit` and `site`."""
    every = readable(actor).order_by("unit__name", "name", "pk")
    q, state, unit, site = (
        asked.get(name, "").replace("\0", "").strip()  # PostgreSQL refuses it
        for name in ("q", "state", "unit", "site")
    )
    columns = list(every.values_list("state", "unit_id", "url_key"))
    found = _sought(every, q)
    if state:
        found = found.filter(state=state)
    if unit:
        known = [pk for _, pk, _ in columns if str(pk) == unit]
        found = found.filter(unit__in=known[:1])
    if site:
        found = found.filter(_at(site))
    kept = asked.copy()
    kept.pop("page", None)
    rows = Paginator(found, PAGE).get_page(asked.get("page"))
    return Accounts(
        rows=rows,
        total=len(columns),
        orphans=frozenset(
            one.pk for one in orphaned().filter(pk__in=[r.pk for r in rows])
        ),
        filters=(
            ("state", "State", _states(Counter(s for s, _, _ in columns), state)),
            ("unit", "Unit", _units(Counter(u for _, u, _ in columns), unit)),
            ("site", "Site", _sites(Counter(_site(k) for _, _, k in columns), site)),
        ),
        q=q,
        query=f"{kept.urlencode()}&" if kept else "",
    )


def _sought(rows: QuerySet[Account], q: str) -> QuerySet[Account]:
    """Accounts in which each of the words stands somewhere."""
    for word in q[:LONGEST].split():
        somewhere = Q()
        for column in _SOUGHT:
            somewhere |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(somewhere)
    return rows


def _site(url_key: str) -> str:
    return of_host(url_key.partition("/")[0]) or OTHER


def _at(site: str) -> Q:
    if site in PLATFORMS:
        return Q(url_key__startswith=f"{PLATFORMS[site].hosts[0]}/")
    known = Q()
    for platform in PLATFORMS.values():
        known |= Q(url_key__startswith=f"{platform.hosts[0]}/")
    return ~known


def _states(counts: Counter[str], chosen: str) -> list[Choice]:
    words = {key: label for key, (label, _) in WORDS["account"].items()}
    return _choices(words, counts, chosen)


def _units(counts: Counter[int], chosen: str) -> list[Choice]:
    units = Unit.objects.filter(pk__in=counts)
    by_key = Counter({str(pk): count for pk, count in counts.items()})
    return _choices({str(unit.pk): unit.name for unit in units}, by_key, chosen)


def _sites(counts: Counter[str], chosen: str) -> list[Choice]:
    words = {name: platform.label for name, platform in PLATFORMS.items()}
    return _choices({**words, OTHER: "Other sites"}, counts, chosen)


def _choices(words: dict[str, str], counts: Counter[str], chosen: str) -> list[Choice]:
    """What at least one account is, and what is chosen."""
    return [
        Choice(key, label, counts[key], key == chosen)
        for key, label in words.items()
        if counts[key] or key == chosen
    ]
