"""The routes of this hospital: which offices are asked beside those of the findings.

docs/clearance.md explains every key of the file; an unknown one is an error.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

import msgspec

from wardline import channels, institution, screening
from wardline.channels import ChannelError
from wardline.environment import environment
from wardline.institution import Institution
from wardline.publishing.route import HOURS, DueHours, Route

SHIPPED = Path(__file__).with_name("clearance.toml")
TOPICS = Path(screening.__file__).with_name("topics.toml")
COPY = " Copy the file, change the copy, and set WARDLINE_CLEARANCE to its path."


class RoutingError(Exception):
    """The clearance file cannot be used."""


class Routing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file; `due_hours` is for what no route says."""

    route: tuple[Route, ...] = ()
    due_hours: DueHours | None = None


def load(path: Path, institution: Institution) -> Routing:
    """Read one clearance file and check it against the institution.

    Accounts and units come and go: those that a route names are not checked.

    Raises:
        RoutingError: naming the file, the key, and what to write instead.
    """
    try:
        routing = msgspec.toml.decode(path.read_bytes(), type=Routing)
    except OSError as error:
        msg = (
            f"{path}: cannot be read ({error.strerror}). Set WARDLINE_CLEARANCE to "
            "the path of your clearance.toml."
        )
        raise RoutingError(msg) from error
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        msg = f"{path}: {_reason(error)}"
        raise RoutingError(msg) from error
    if problem := next(_problems(routing, institution), None):
        msg = f"{path}: {problem}{COPY * (path == SHIPPED)}"
        raise RoutingError(msg)
    return routing


@cache
def current() -> Routing:
    """The routes of this process: those of WARDLINE_CLEARANCE or the shipped ones."""
    return load(environment().clearance or SHIPPED, institution.current())


def _reason(error: Exception) -> str:
    """`key: what is wrong`, and where the keys are explained."""
    reason, _, place = str(error).partition(" - at `$")
    pattern = f"Expected `str` matching regex {HOURS!r}"
    reason = reason.replace(pattern, "write hours like 08:00-18:00")
    key = place.strip("`.") or "top level"
    return f"{key}: {reason}. docs/clearance.md explains every key."


def _problems(routing: Routing, institution: Institution) -> Iterator[str]:
    topics = msgspec.toml.decode(TOPICS.read_bytes())
    seen: set[str] = set()
    for number, route in enumerate(routing.route):
        place, when = f"route[{number}] '{route.name}'", route.when
        if route.name in seen:
            yield f"{place}: another route has this name; give each its own."
        seen.add(route.name)
        yield from _unknown(f"{place}.offices", route.offices, institution.offices)
        yield from _unknown(f"{place}.when.topics", when.topics, topics)
        yield from _no_channels(f"{place}.when.channels", when.channels)
        if when.hours and (span := when.hours.span) and span[0] >= span[1]:
            yield f"{place}.when.hours: write the hours of one day, earlier first."


def _unknown(key: str, names: Iterable[str], known: Collection[str]) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield f"{key}: there is no '{name}'; name one of {', '.join(known)}."


def _no_channels(key: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        try:
            channels.get(name)
        except ChannelError as error:
            yield f"{key}: {error}"
