"""Whether an address may open an official account, and if not, why."""

from rapidfuzz.distance import OSA

from wardline.institution import current
from wardline.registry.permutations import skeleton

PRIVATE = frozenset(
    {
        "aol.com", "comcast.net", "gmail.com", "gmx.com", "googlemail.com",
        "hotmail.com", "icloud.com", "live.com", "mac.com", "mail.com", "me.com",
        "msn.com", "outlook.com", "pm.me", "proton.me", "protonmail.com",
        "verizon.net", "yahoo.com", "ymail.com", "zoho.com",
    }
)  # fmt: skip
"""Services where anyone gets an address."""

_LONG = 8
"""From this length on, two slips are still the same word to the eye."""


def refusal(written: str) -> str:
    """Why an address is not official, and what to do; "" if it is."""
    domains = current().work_mail_domains
    domain = written.strip().rpartition("@")[2].lower().rstrip(".")
    if domain in domains:
        return ""
    ask = f"Use an address at {', '.join(domains)}."
    if domain in PRIVATE:
        return (
            f"{domain} is a private mail service: whoever leaves takes the account "
            f"along. {ask}"
        )
    if twin := next((each for each in domains if _alike(domain, each)), ""):
        return (
            f"{domain} looks like {twin} but is another domain, and its mail goes to "
            f"whoever owns that. Check each letter, and write it at {twin}."
        )
    return f"{domain or 'This'} is not a work domain of the hospital. {ask}"


def _alike(domain: str, ours: str) -> bool:
    """Whether a domain passes for ours at a glance; one below ours does not count."""
    if domain.endswith(f".{ours}"):
        return False
    word = ours.partition(".")[0]
    seen, own = skeleton(_readable(domain)), skeleton(ours)
    return (
        OSA.distance(seen, own) <= (2 if len(own) >= _LONG else 1)
        or domain.partition(".")[0] == word
        or (len(word) >= _LONG and skeleton(word) in seen)
    )


def _readable(domain: str) -> str:
    """Its letters, where they were written as `xn--`."""
    try:
        return domain.encode("ascii").decode("idna")
    except UnicodeError:
        return domain
