"""What a run counts: small enough to keep, to add and to draw."""

from collections import Counter
from collections.abc import Iterable

import msgspec


class Month(msgspec.Struct):
    """The posts of a month."""

    posts: int = 0
    flagged: int = 0


class Tally(msgspec.Struct):
    """Counts over posts; a post is flagged when it has a finding."""

    posts: int = 0
    flagged: int = 0
    findings: int = 0
    refused: int = 0
    """Rows that were passed by."""
    topics: dict[str, int] = {}
    """Findings by topic."""
    severities: dict[str, int] = {}
    """Findings by severity."""
    accounts: dict[str, int] = {}
    """Flagged posts by account."""
    months: dict[str, Month] = {}
    """By `YYYY-MM`, as the time column says it."""

    def count(self, account: str | None, month: str | None, flagged: bool) -> None:  # noqa: FBT001
        """Count one post."""
        self.posts += 1
        self.flagged += flagged
        if flagged and account:
            self.accounts[account] = self.accounts.get(account, 0) + 1
        if month:
            counted = self.months.setdefault(month, Month())
            counted.posts += 1
            counted.flagged += flagged

    def add(self, other: "Tally") -> None:
        """Count what `other` counted too."""
        self.posts += other.posts
        self.flagged += other.flagged
        self.findings += other.findings
        self.refused += other.refused
        _add(self.topics, other.topics)
        _add(self.severities, other.severities)
        _add(self.accounts, other.accounts)
        for name, month in other.months.items():
            counted = self.months.setdefault(name, Month())
            counted.posts += month.posts
            counted.flagged += month.flagged


def most(counts: dict[str, int]) -> list[tuple[str, int]]:
    """The largest first; equals by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def counted(names: Iterable[str]) -> dict[str, int]:
    """How often each name comes."""
    return dict(Counter(names))


def _add(counts: dict[str, int], others: dict[str, int]) -> None:
    for name, count in others.items():
        counts[name] = counts.get(name, 0) + count
