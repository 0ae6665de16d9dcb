"""How long a text is for each account that has a limit."""

from collections.abc import Iterable
from dataclasses import dataclass

from wardline import channels
from wardline.registry.models import Account


@dataclass(frozen=True, slots=True)
class Length:
    """A text's length at one account, in the unit that its channel counts in."""

    account: str
    used: int
    most: int
    counted_in: str

    @property
    def over(self) -> int:
        """By how much it is too long, or 0."""
        return max(self.used - self.most, 0)


def lengths(text: str, accounts: Iterable[Account]) -> list[Length]:
    """The text's length for every account whose channel has a limit."""
    limits = [(each, channels.get(each.channel).capabilities) for each in accounts]
    return [
        Length(
            account=str(account),
            used=_length(text, can.counted_in),
            most=can.max_length,
            counted_in=can.counted_in,
        )
        for account, can in limits
        if can.max_length
    ]


def _length(text: str, counted_in: str) -> int:
    # A grapheme has one code point or more, so counting those never lets through
    # what is too long.
    return len(text.encode("utf-8", "replace")) if counted_in == "bytes" else len(text)
