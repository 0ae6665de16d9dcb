"""Who we are: names, mail domains, offices and links, read from one TOML file.

A field with no default is required; an unknown key is an error, so that a
misspelt one is never silently ignored.
"""

import os
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

SHIPPED = Path(__file__).with_name("institution.toml")

URL = r"^https?://[^\s/]+"
DOMAIN = r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
SLUG = r"^[a-z][a-z0-9-]*$"
WORDS = {
    URL: "not a web address; write it in full, with https://",
    DOMAIN: "not a domain; write it like massgeneral.org, in lower case",
    EMAIL: "not an e-mail address",
    SLUG: "not a short name; use lower-case letters, digits and hyphens",
}

Text = Annotated[str, msgspec.Meta(min_length=1)]
Url = Annotated[str, msgspec.Meta(pattern=URL)]
Domain = Annotated[str, msgspec.Meta(pattern=DOMAIN)]
Email = Annotated[str, msgspec.Meta(pattern=EMAIL)]
Slug = Annotated[str, msgspec.Meta(pattern=SLUG)]


class InstitutionError(Exception):
    """The institution file cannot be used."""


class Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An office that clears: its contacts and the topics it is called for."""

    name: Text
    email: Email
    clears: tuple[Slug, ...] = ()
    phone: str = ""
    lifts_holds: tuple[Slug, ...] = ()


class Link(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document that a reader can open."""

    title: Text
    url: Url


class Wordings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A disclaimer; `long` may hold one choice, `[on a blog; on another site]`."""

    long: Text
    short: Text


class Disclaimer(Wordings, frozen=True, forbid_unknown_fields=True):
    """The disclaimer's wordings, and those for a post in Spanish if there are any."""

    spanish: Wordings | None = None


class Institution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One hospital: everything about it that a rule, a page or a step needs."""

    name: Text
    short_name: Text
    aliases: Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]
    own_sites: Annotated[tuple[Domain, ...], msgspec.Meta(min_length=1)]
    work_mail_domains: Annotated[tuple[Domain, ...], msgspec.Meta(min_length=1)]
    timezone: Text
    guidelines: Link
    privacy_policy: Link
    policies: dict[Slug, Link]
    disclaimer: Disclaimer
    offices: Annotated[dict[Slug, Office], msgspec.Meta(min_length=1)]
    routine_office: str = ""
    """The office that clears an official draft when nothing else calls for one."""

    def office_for(self, topic: str) -> str | None:
        """The slug of the office that clears findings of `topic`, if there is one."""
        return next((s for s, o in self.offices.items() if topic in o.clears), None)


def load(path: Path) -> Institution:
    """Read and check one institution file.

    Raises:
        InstitutionError: naming the file, the key and the reason.
    """
    try:
        institution = _decoded(path.read_bytes())
    except OSError as error:
        msg = (
            f"{path}: cannot be read ({error.strerror}). Set WARDLINE_INSTITUTION "
            "to the path of your institution.toml."
        )
        raise InstitutionError(msg) from error
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        msg = f"{path}: {_reason(error)}"
        raise InstitutionError(msg) from error
    if reason := _contradiction(institution):
        msg = f"{path}: {reason}"
        raise InstitutionError(msg)
    return institution


@cache
def current() -> Institution:
    """The institution this process serves: WARDLINE_INSTITUTION or the shipped one."""
    return load(Path(os.environ.get("WARDLINE_INSTITUTION") or SHIPPED))


def _decoded(content: bytes) -> Institution:
    """The file as an institution; msgspec does not say which entry of a table is bad."""
    raw = msgspec.toml.decode(content)
    for table, type_ in (("offices", Office), ("policies", Link)):
        entries = raw.get(table)
        for slug, entry in entries.items() if isinstance(entries, dict) else ():
            try:
                msgspec.convert(entry, type_)
            except msgspec.ValidationError as error:
                reason, _, place = str(error).partition(" - at `$")
                place = f"$.{table}.{slug}{place.strip('`')}"
                msg = f"{reason} - at `{place}`"
                raise msgspec.ValidationError(msg) from error
    return msgspec.convert(raw, Institution)


def _reason(error: Exception) -> str:
    """`key: what is wrong`, with patterns put into words."""
    reason, _, place = str(error).partition(" - at `$")
    for pattern, words in WORDS.items():
        reason = reason.replace(f"Expected `str` matching regex {pattern!r}", words)
    return f"{place.strip('`.') or 'top level'}: {reason}"


def _contradiction(institution: Institution) -> str | None:
    offices = institution.offices
    if institution.routine_office and institution.routine_office not in offices:
        known = ", ".join(offices)
        return (
            f"routine_office: there is no office '{institution.routine_office}'; "
            f"name one of {known}, or leave it empty."
        )
    seen: dict[str, str] = {}
    for slug, office in offices.items():
        for topic in office.clears:
            if topic in seen:
                return (
                    f"offices.{slug}.clears: '{topic}' is already cleared by "
                    f"'{seen[topic]}'; one office clears a topic."
                )
            seen[topic] = slug
    return None
