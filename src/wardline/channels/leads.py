"""Where a link leads, asked through the guard that every request passes."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

from wardline.channels.contract import ChannelError
from wardline.channels.http import Http

DEADLINE = 10.0
"""Seconds for one link with all its redirects."""
HOPS = 5
MOST_BYTES = 5_000_000

End = Literal["open", "dead", "unreachable"]


@dataclass(frozen=True, slots=True)
class Lead:
    """The end of a link: the page opens at `url`, is not there, or cannot be told.

    `reason` says in words what is wrong where it is not open.
    """

    end: End
    url: str
    reason: str = ""


def follow(url: str, http: Http | None = None) -> Lead:
    """Open a link as a reader would, with up to five redirects."""
    http = http or Http(deadline=DEADLINE, most_bytes=MOST_BYTES, hops=HOPS)
    try:
        answer = http.request("GET", url)
    except ChannelError as error:
        return Lead("dead" if error.permanent else "unreachable", url, str(error))
    if answer.status == HTTPStatus.OK:
        return Lead("open", answer.url)
    if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        reason = f"{answer.host} does not show it to Wardline (status {answer.status})."
        return Lead("unreachable", answer.url, reason)
    return Lead("dead", answer.url, f"{answer.host} says status {answer.status}.")
