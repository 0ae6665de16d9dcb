"""What an About section must hold, judged from what was read; asks nobody anything."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, cast

from wardline.channels.about import Link, Profile
from wardline.channels.leads import Lead
from wardline.institution import Institution
from wardline.registry import address
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account

Outcome = Literal["pass", "fail", "unreachable"]
LONGEST_EVIDENCE = 20_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `passed` is None where it could not be told."""

    check: str
    passed: bool | None
    detail: str

    def kept(self) -> dict[str, Any]:
        """As an entry of `AboutAudit.checks`."""
        return asdict(self)


def fine(check: str, detail: str) -> Check:
    """Looked at, and as it should be."""
    return Check(check, passed=True, detail=detail)


def wrong(check: str, detail: str) -> Check:
    """Looked at, and to be put right."""
    return Check(check, passed=False, detail=detail)


def unknown(check: str, detail: str) -> Check:
    """Could not be looked at."""
    return Check(check, passed=None, detail=detail)


def required(institution: Institution) -> dict[str, Link]:
    """The links that every official account carries, by the name of their check."""
    return {
        name: Link(found.title, found.url)
        for name, found in (
            ("guidelines", institution.guidelines),
            ("privacy-policy", institution.privacy_policy),
        )
    }


def same(one: str, other: str) -> bool:
    """Whether two addresses are one page, however they are spelt."""
    try:
        return address.key(one) == address.key(other)
    except RegistryError:
        return False


def to_follow(profile: Profile, wanted: Sequence[Link], most: int = 12) -> list[str]:
    """The links to open: the wanted ones that are there, else what may lead to one."""
    there = [w.url for w in wanted if _is_there(w, profile)]
    if len(there) == len(wanted):
        return there
    return [*there, *(u for u in profile.links if not any(same(u, t) for t in there))][
        :most
    ]


def link_check(
    name: str, wanted: Link, profile: Profile, leads: Mapping[str, Lead]
) -> Check:
    """Whether the profile links to the wanted page, and a reader arrives there."""
    if _is_there(wanted, profile):
        return _arrival(name, wanted, leads[wanted.url])
    for link in profile.links:
        lead = leads.get(link)
        if lead and lead.end == "open" and same(lead.url, wanted.url):
            return _detour(name, wanted, link)
    return wrong(name, f"There is no link to the {wanted.title}.")


def identity_check(account: Account, profile: Profile) -> Check:
    """Whether this is still the account on record, by the site's own id and handle."""
    changes = [
        f"the {what} was {old} and is now {new}"
        for what, old, new in (
            ("site's own id", account.platform_id, profile.platform_id),
            ("handle", account.handle, profile.handle),
        )
        if old and new and _bare(old) != _bare(new)
    ]
    if _host(profile.url) != _host(account.url):
        changes.append(f"the address leads on to {profile.url}")
    if changes:
        detail = f"This may be somebody else: {', and '.join(changes)}."
        return wrong("identity", detail)
    known = [each for each in (profile.handle, profile.platform_id) if each]
    return fine("identity", f"Unchanged: {', '.join(known) or account.url}.")


def gone_check(reason: str) -> Check:
    """The failed identity of an account that is no longer there."""
    return wrong("identity", f"The account is gone: {reason}")


def outcome(checks: Iterable[Check]) -> Outcome:
    """One failure fails; what could not be told leaves it open."""
    results = {check.passed for check in checks}
    if False in results:
        return "fail"
    return "unreachable" if None in results else "pass"


def evidence(profile: Profile) -> str:
    """What was read, in the same words as long as the profile stays the same."""
    facts = {
        "Address": profile.url,
        "Name": profile.name,
        "Handle": profile.handle,
        "Id": profile.platform_id,
    }
    lines = [f"{name}: {value}" for name, value in facts.items() if value]
    links = ["Links:", *profile.links] if profile.links else ["No links."]
    return "\n".join([*lines, "", *links, "", profile.text])[:LONGEST_EVIDENCE]


def digest(written: str) -> str:
    """The SHA-256 of evidence, in hex."""
    return hashlib.sha256(written.encode()).hexdigest()


def failed(checks: Iterable[Mapping[str, Any]], name: str) -> bool:
    """Whether the check of this name failed, in `AboutAudit.checks`."""
    return any(c["check"] == name and c["passed"] is False for c in checks)


def restored(kept: Iterable[Mapping[str, Any]]) -> list[Check]:
    """What `Check.kept` made."""
    return [Check(**cast("dict[str, Any]", each)) for each in kept]


def _is_there(wanted: Link, profile: Profile) -> bool:
    return any(same(link, wanted.url) for link in profile.links)


def _arrival(name: str, wanted: Link, lead: Lead) -> Check:
    if lead.end == "unreachable":
        return unknown(name, f"{wanted.url} could not be opened: {lead.reason}")
    if lead.end == "dead":
        return wrong(name, f"The link is dead: {wanted.url}. {lead.reason}")
    if not same(lead.url, wanted.url):
        return wrong(name, f"{wanted.url} leads elsewhere: {lead.url}")
    return fine(name, f"{wanted.url} is linked, and it opens.")


def _detour(name: str, wanted: Link, link: str) -> Check:
    if _host(link) == _host(wanted.url):
        return fine(name, f"{link} leads to the {wanted.title}.")
    detail = (
        f"{link} is a shortened link to the {wanted.title}. Link the page itself, so "
        f"that readers see where it leads: {wanted.url}"
    )
    return wrong(name, detail)


def _bare(handle: str) -> str:
    """`@MGH@social.example`, `@mgh` and `mgh` are one."""
    return handle.lower().lstrip("@").partition("@")[0]


def _host(url: str) -> str:
    try:
        return address.key(url).partition("/")[0]
    except RegistryError:
        return ""
