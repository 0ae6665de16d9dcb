"""What can go wrong on the way to a site, each in words that say what to do next."""

import datetime as dt
import socket
import ssl
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

import requests
from requests.exceptions import (
    ConnectTimeout,
    InvalidSchema,
    InvalidURL,
    MissingSchema,
    ReadTimeout,
)
from requests_hardened.ip_filter import (  # type: ignore[import-untyped]
    InvalidIPAddress,
)
from urllib3.exceptions import (
    LocationParseError,
    MaxRetryError,
    NewConnectionError,
    ReadTimeoutError,
)

from wardline.channels.contract import ChannelError

_LONGEST_PAUSE = 24 * 3600.0
_NOT_SUPPORTED = 501  # a plain "no", not a fault
_BAD_ADDRESS = (
    InvalidURL,
    InvalidSchema,
    MissingSchema,
    LocationParseError,
    UnicodeError,
)


class TooLong(requests.RequestException):
    """The body is longer than we read."""


def parsed(url: str) -> SplitResult:
    """The parts of a web address.

    Raises:
        ChannelError: it is not an http or https address.
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname
        parts.port  # noqa: B018 -- raises where it is no number
    except ValueError:
        usable = None
    if not usable:
        message = f"{url!r} is not a web address; it must begin with https://."
        raise _never(message)
    return parts


def host_of(parts: SplitResult) -> str:
    """Host and port as written, without a user and password."""
    return parts.netloc.rpartition("@")[2]


def broken(error: Exception, host: str, *, wrote: bool, slow: bool) -> ChannelError:
    """Why there is no answer, and whether what we wrote may have arrived."""
    if message := _hopeless(error, host):
        return _never(message)
    reason = _reason(error)
    if isinstance(error, TooLong):
        message = f"{host} answered with more than we read: is the address right?"
        return ChannelError(message, permanent=not wrote, unknown_outcome=wrote)
    if isinstance(error, ConnectTimeout) or isinstance(
        reason, NewConnectionError | socket.gaierror
    ):
        return _later(f"{host} could not be reached; see whether the site is up.")
    if slow or isinstance(error, ReadTimeout) or isinstance(reason, ReadTimeoutError):
        return too_slow(host, wrote=wrote)
    return _later(f"{host} broke off before it had answered.", unknown=wrote)


def too_slow(host: str, *, wrote: bool) -> ChannelError:
    """The deadline passed."""
    return _later(f"{host} took too long to answer.", unknown=wrote)


def puzzling(host: str, *, wrote: bool) -> ChannelError:
    """The body is not the data that was asked for."""
    message = (
        f"{host} answered with something other than the expected data. See whether the "
        "account's address is right and the site shows no error page."
    )
    return ChannelError(message, permanent=not wrote, unknown_outcome=wrote)


def readable_password(host: str) -> ChannelError:
    """The sign-in would cross the network unencrypted."""
    return _never(
        f"The address of {host} begins with http://, so the password could be read on "
        "the way. Record the address with https://."
    )


def check(status: int, headers: Mapping[str, str], host: str, *, wrote: bool) -> None:
    """Let pass what a channel can judge itself.

    Raises:
        ChannelError: a redirect, "too many requests", or an outage of the site.
    """
    pause = _pause(headers.get("Retry-After", ""))
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        message = (
            f"{host} sends us on to {_origin(headers.get('Location', ''))}. "
            "Record that as the account's address if it is the right one."
        )
        raise _never(message)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        message = f"{host} asks us to slow down."
        reset = headers.get("RateLimit-Reset") or headers.get("X-RateLimit-Reset", "")
        raise _later(message, pause=_until(reset) if pause is None else pause)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and status != _NOT_SUPPORTED:
        message = f"{host} has a fault (status {status}); see whether the site is up."
        raise _later(message, unknown=wrote, pause=pause)


def _origin(location: str) -> str:
    try:
        parts = parsed(location)
    except ChannelError:
        return "another page"
    return f"{parts.scheme}://{host_of(parts)}"


def _hopeless(error: Exception, host: str) -> str | None:
    if isinstance(error, InvalidIPAddress):
        return (
            f"{host} leads to a private network address, which Wardline does not call. "
            "If it should, the operator lists the host in WARDLINE_ALLOWED_HOSTS."
        )
    if isinstance(error, _BAD_ADDRESS):
        return f"{host} is not a proper host; correct the account's address."
    cause = getattr(_reason(error), "args", (None,))[:1]
    if cause and isinstance(cause[0], ssl.SSLCertVerificationError):
        return (
            f"The certificate of {host} is not valid, so nothing was sent. "
            "Ask the people who run the site to put it right."
        )
    return None


def _reason(error: Exception) -> object:
    """What lies under an error of requests, as far as it says."""
    if isinstance(error.__cause__, socket.gaierror):
        return error.__cause__
    first = error.args[0] if error.args else error
    return first.reason if isinstance(first, MaxRetryError) else first


def _pause(value: str) -> float | None:
    """Seconds out of Retry-After, which holds seconds or a date (RFC 9110 10.2.3)."""
    try:
        if value.isdecimal():
            seconds = float(value)
        else:
            moment = parsedate_to_datetime(value)
            seconds = (moment - dt.datetime.now(moment.tzinfo)).total_seconds()
    except ValueError:
        return None
    return min(max(seconds, 0.0), _LONGEST_PAUSE)


def _until(reset: str) -> float | None:
    """Seconds until the limit is reset.

    RateLimit-Reset is, at AT Protocol servers, a second since 1970; X-RateLimit-Reset
    is a moment (ISO 8601) at Mastodon.
    """
    now = dt.datetime.now(dt.UTC)
    try:
        if reset.isdecimal():
            seconds = float(reset) - now.timestamp()
        else:
            seconds = (dt.datetime.fromisoformat(reset) - now).total_seconds()
    except (ValueError, TypeError):  # a moment without a zone cannot be subtracted
        return None
    return min(max(seconds, 0.0), _LONGEST_PAUSE)


def _never(message: str) -> ChannelError:
    return ChannelError(message, permanent=True)


def _later(
    message: str, *, unknown: bool = False, pause: float | None = None
) -> ChannelError:
    return ChannelError(
        message, permanent=False, unknown_outcome=unknown, retry_after=pause
    )
