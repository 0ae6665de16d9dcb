"""The letter that asks a site to take an impostor down, and where it goes.

The addresses are the sites' own pages on impersonation, as known in November 2026.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from wardline.institution import current
from wardline.registry.directory import label
from wardline.registry.models import LookAlike
from wardline.registry.platforms import of_host


@dataclass(frozen=True, slots=True)
class Process:
    """How a site takes reports: its page, "" if there is none, and what to do there."""

    url: str
    how: str


PROCESSES: Mapping[str, Process] = {
    "facebook": Process(
        "https://www.facebook.com/help/174210519303259",
        "On the profile choose … , Report, and that it pretends to be an organization.",
    ),
    "instagram": Process(
        "https://help.instagram.com/446663175382270",
        "Send the form for organizations; it asks for proof that you may act for us.",
    ),
    "threads": Process(
        "https://help.instagram.com/446663175382270",
        "Threads has Instagram's accounts: report the profile, then send its form.",
    ),
    "x": Process(
        "https://help.x.com/en/forms/authenticity/impersonation",
        "Choose that an organization is impersonated; write from the work address.",
    ),
    "linkedin": Process(
        "https://www.linkedin.com/help/linkedin/ask/TS-NFPI",
        "Send the notice of a false profile.",
    ),
    "youtube": Process(
        "https://support.google.com/youtube/answer/2801947",
        "On the channel's About choose Report user, Impersonation.",
    ),
    "tiktok": Process(
        "https://www.tiktok.com/legal/report/feedback",
        "Choose to report an account, Impersonation.",
    ),
    "bluesky": Process(
        "https://bsky.social/about/support/community-guidelines",
        "On the profile choose … , Report account, Misleading, Impersonation.",
    ),
    "tumblr": Process(
        "https://www.tumblr.com/abuse/impersonation", "Send the form, signed in."
    ),
    "reddit": Process(
        "https://www.reddit.com/report", "Choose that somebody is impersonated."
    ),
    "pinterest": Process(
        "https://help.pinterest.com/en/article/report-something-on-pinterest",
        "Report the profile, Impersonation.",
    ),
}
ELSEWHERE = Process(
    "", "Report the profile there, and send this letter to whoever runs the site."
)


def process_of(look_alike: LookAlike) -> Process:
    """The site's own way to report an impostor."""
    return PROCESSES.get(of_host(look_alike.url_key.partition("/")[0]), ELSEWHERE)


def letter(look_alike: LookAlike) -> str:
    """The letter, ready to be pasted; nothing in it but what is on record."""
    ours, us, process = look_alike.account, current(), process_of(look_alike)
    site = label(of_host(look_alike.url_key.partition("/")[0])) or "the site"
    office = us.offices.get(us.routine_office)
    return LETTER.format(
        site=site,
        hospital=us.name,
        theirs=look_alike.url,
        shown=f" It shows the name “{look_alike.name}”." if look_alike.name else "",
        ours=ours.url,
        unit=ours.unit,
        why=look_alike.reason or look_alike.why,
        evidence=look_alike.evidence or "None beyond the profile itself.",
        verify=f"{settings.SITE_URL}/verify",
        answer=office.email if office else ours.official_email,
        process=process.url or process.how,
    ).strip()


LETTER = """
To: {site}, reports of impersonation ({process})
Subject: An account pretends to be {hospital}

We are {hospital}. This account is not ours and pretends to be:

    {theirs}

{why}{shown} Our account is {ours}, run by our unit {unit}. \
Anybody can ask our register which accounts are ours: {verify}

What we saw:

{evidence}

Patients and donors may trust it with medical questions, data or money. \
Please take it down under your rules against impersonation, keep its records, and \
answer to {answer}.

I act for {hospital} and state in good faith that this is true.

[Name, role, telephone]
{hospital}
"""
