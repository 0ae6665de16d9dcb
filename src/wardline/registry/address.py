"""One key for every spelling of a profile's address."""

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import idna

from wardline.registry.errors import RegistryError
from wardline.registry.platforms import PLATFORMS, of_host

LONGEST = 300

_SCHEME = re.compile(r"(?i)^[a-z][a-z0-9+.-]*:")
_SUBDOMAIN = re.compile(r"^(?:www\d?|m|mobile|web|l|[a-z]{2}(?:-[a-z]{2})?)\.(?=.+\.)")
_PORTS = {80, 443, None}
_INDEX = re.compile(r"/(?:index\.(?:html?|php)|home|about|timeline)$")
_BEFORE_QUERY = re.compile(r"[^?#]*")
_WIKI = re.compile(r"(?i)/(?:wiki|w|index\.php)/")
"""Where wikis keep pages, and Mary another one than mary."""


def key(url: str) -> str:
    """What all spellings of an address have in common: `x.com/massgeneral`.

    Scheme, `www.`, capitals, a trailing slash, tracking and fragments do not matter;
    hosts that lead to the same platform are one.

    Raises:
        RegistryError: it is no address of a page.
    """
    # For browsers "\" is "/": https://evil.example\@x.com leads to evil.example.
    written = _BEFORE_QUERY.sub(lambda m: m[0].replace("\\", "/"), url.strip(), count=1)
    if not _SCHEME.match(written):
        written = f"https://{written.lstrip('/')}"
    try:
        parts = urlsplit(written)
        host, port = _host(parts.hostname or ""), parts.port
    except (ValueError, UnicodeError) as error:
        raise _unreadable(url) from error
    if parts.scheme.lower() not in {"http", "https"} or "." not in host:
        raise _unreadable(url)
    platform = of_host(host)
    if platform:
        host = PLATFORMS[platform].hosts[0]
    path = _path(parts.path, platform)
    found = f"{host}{'' if port in _PORTS else f':{port}'}{path}"
    if query := _query(parts.query, platform):
        found += f"?{query}"
    if len(found) <= LONGEST:
        return found
    digest = hashlib.sha256(found.encode()).hexdigest()
    return f"{found[: LONGEST - len(digest)]}{digest}"


def handle(url: str) -> str:
    """The handle in a profile's address, or "" where none can be told."""
    path = key(url).partition("?")[0].partition("/")[2]
    last = path.rpartition("/")[2]
    return last.lstrip("@") if of_host(key(url).partition("/")[0]) else ""


def _host(written: str) -> str:
    # As browsers do since 2023; Python's own way makes "ss" of "ß", another domain.
    mapped = idna.uts46_remap(written, std3_rules=False).rstrip(".")
    host = ".".join(map(_label, mapped.split(".")))
    while bare := _SUBDOMAIN.match(host):
        if not of_host(host[bare.end() :]) and not host.startswith("www"):
            break
        host = host[bare.end() :]
    return host


def _label(written: str) -> str:
    """A part of a host name in ASCII: https://www.rfc-editor.org/rfc/rfc3492 ."""
    coded = written.encode("punycode").decode()
    return written if written.isascii() else f"xn--{coded}"


def _path(written: str, platform: str) -> str:
    path = re.sub(r"/+", "/", written).rstrip("/")
    if not platform:
        return path if _WIKI.match(path) else _INDEX.sub("", path.lower())
    if path.lower().startswith(PLATFORMS[platform].cased):
        return path
    bare = _INDEX.sub("", path.lower())
    return bare.replace("/@", "/") if PLATFORMS[platform].same_with_at else bare


def _query(query: str, platform: str) -> str:
    """On a platform, what names the profile; elsewhere all but tracking."""
    pairs = sorted(parse_qsl(query, keep_blank_values=True))
    if platform:
        kept = PLATFORMS[platform].kept
        return urlencode([pair for pair in pairs if pair[0] in kept])
    return urlencode([pair for pair in pairs if not _tracks(pair[0])])


def _tracks(name: str) -> bool:
    return name.startswith("utm_") or name in {"fbclid", "gclid", "igsh", "ref", "s"}


def _unreadable(url: str) -> RegistryError:
    msg = (
        f"“{url.strip()[:80]}” is not the address of a page. "
        "Copy it from the browser, with https:// in front."
    )
    return RegistryError(msg)
