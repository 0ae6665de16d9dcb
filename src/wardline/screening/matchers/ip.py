"""Internet addresses, version 4 and 6, that a machine can have.

https://www.iana.org/assignments/iana-ipv4-special-registry/
"""

import ipaddress

_EVERYBODY = ipaddress.IPv4Address("255.255.255.255")


def accepts(text: str) -> bool:
    """Whether `text` is an address that is not reserved for nothing in particular."""
    try:
        address = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    if address == _EVERYBODY:
        return False
    return not (address.is_unspecified or address.is_loopback or address.is_multicast)
