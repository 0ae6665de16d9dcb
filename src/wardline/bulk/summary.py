"""What a run comes to, as JSON, beside the findings."""

import msgspec

from wardline.bulk.tally import Month, Tally, most

ACCOUNTS = 100
"""Accounts that a summary names: those with the most flagged posts."""


class Account(msgspec.Struct, frozen=True):
    """An account with flagged posts."""

    account: str
    flagged: int


class Summary(msgspec.Struct, frozen=True):
    """Counts over the whole archive; each list and table is sorted."""

    inputs: tuple[str, ...]
    rules: str
    """Names the rules, code and institution that were used."""
    posts: int
    flagged: int
    """Posts with a finding."""
    findings: int
    refused: int
    """Rows that were passed by."""
    topics: dict[str, int]
    """Findings, the most first."""
    severities: dict[str, int]
    accounts: tuple[Account, ...]
    """The ACCOUNTS with the most flagged posts."""
    accounts_flagged: int
    """How many accounts have flagged posts."""
    months: dict[str, Month]
    """By `YYYY-MM`, the earliest first."""


def summary(inputs: tuple[str, ...], rules: str, tally: Tally) -> Summary:
    """The summary of what was counted."""
    accounts = most(tally.accounts)
    return Summary(
        inputs=inputs,
        rules=rules,
        posts=tally.posts,
        flagged=tally.flagged,
        findings=tally.findings,
        refused=tally.refused,
        topics=dict(most(tally.topics)),
        severities=dict(most(tally.severities)),
        accounts=tuple(Account(*counted) for counted in accounts[:ACCOUNTS]),
        accounts_flagged=len(accounts),
        months=dict(sorted(tally.months.items())),
    )


def encode(summary: Summary) -> bytes:
    """The summary as JSON for people and programs."""
    return msgspec.json.format(msgspec.json.encode(summary), indent=2) + b"\n"
