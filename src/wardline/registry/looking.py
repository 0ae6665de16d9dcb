"""Look at an account's public profile, and follow the links that it must have."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from wardline.channels import ChannelError, leads, profiles
from wardline.channels.about import Gone, Link, Profile, Site
from wardline.institution import current
from wardline.registry import about, address
from wardline.registry.about import Check, Outcome
from wardline.registry.about_text import ready_text
from wardline.registry.guide import about_room
from wardline.registry.models import Account
from wardline.registry.platforms import PLATFORMS, of_host


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look found; `for_a_person` where Wardline will never see more.

    `ready` is text to paste that adds the links in `missing`; `site` could be read.
    """

    outcome: Outcome
    checks: tuple[Check, ...]
    evidence: str = ""
    site: Site | None = None
    profile: Profile | None = None
    missing: tuple[Link, ...] = ()
    ready: str = ""
    for_a_person: bool = False

    @property
    def lost(self) -> bool:
        """Whether the account may be somebody else's by now: do not sign in there."""
        return any(c.check == "identity" and c.passed is False for c in self.checks)

    @property
    def reason(self) -> str:
        """What is wrong, in words."""
        return " ".join(check.detail for check in self.checks if not check.passed)


def see(account: Account) -> Seen:
    """Read the profile and open its links; never inside a transaction."""
    try:
        site = site_of(account)
        profile = site.read(account.url)
    except Gone as error:
        return Seen("fail", (about.gone_check(str(error)),))
    except ChannelError as error:
        told = about.unknown("profile", str(error))
        return Seen("unreachable", (told,), for_a_person=error.permanent)
    return _judge(account, site, profile)


def site_of(account: Account) -> Site:
    """How this account's profile is read: by its channel, its host, or what it says.

    Raises:
        ChannelError: nothing tells, and the page could not be asked.
    """
    if account.channel in profiles.all():
        return profiles.get(account.channel)
    if platform := _platform(account):
        return profiles.get(platform)
    if urlsplit(account.url).path.startswith("/@"):
        return profiles.get("mastodon")
    return profiles.get(profiles.announced(account.url))


def room(account: Account, site: Site) -> int | None:
    """How many characters the About text may hold; None where there is no limit."""
    return site.longest or about_room(_platform(account))


def _judge(account: Account, site: Site, profile: Profile) -> Seen:
    wanted = about.required(current())
    found = {
        url: leads.follow(url)
        for url in about.to_follow(profile, list(wanted.values()))
    }
    links = [about.link_check(n, w, profile, found) for n, w in wanted.items()]
    checks = (*links, about.identity_check(account, profile))
    missing = tuple(wanted[c.check] for c in links if c.passed is False)
    judged, hidden = about.outcome(checks), _hides_profiles(account, site)
    if judged == "fail" and hidden:
        judged, checks = "unreachable", (about.unknown("profile", hidden),)
    return Seen(
        judged,
        checks,
        about.evidence(profile),
        site,
        profile,
        missing,
        ready_text(missing, room(account, site), len(profile.text)),
        for_a_person=bool(hidden),
    )


def _platform(account: Account) -> str:
    return of_host(address.key(account.url).partition("/")[0])


def _hides_profiles(account: Account, site: Site) -> str:
    """Why a page that lacks the links proves nothing: it is not all that people see."""
    platform = _platform(account)
    if not platform or site is not profiles.get("page"):
        return ""
    return (
        f"{PLATFORMS[platform].label} does not show a whole profile to programs. Look "
        "at it yourself and attest what it says."
    )
