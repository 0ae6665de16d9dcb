"""Whose call this is: the address that the nearest trusted machine saw."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

HOME = 64
"""Bits of an IPv6 address that name the subscriber, who may pick all the others."""


def address_of(request: HttpRequest) -> str:
    """The caller's address, an IPv6 one cut to its network.

    `X-Forwarded-For` counts only as far as our own proxies wrote it: the caller can
    put anything before that.
    """
    seen = [request.META.get("REMOTE_ADDR", "")]
    if proxies := settings.ENVIRONMENT.proxies:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        seen = [*forwarded, *seen][-proxies - 1 :]
    return _network(seen[0].strip())


def _network(address: str) -> str:
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, HOME), strict=False))
    return str(parsed)
