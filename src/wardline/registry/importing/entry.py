"""What a row says of each account in it, in the registry's own terms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from wardline.registry.errors import RegistryError
from wardline.registry.importing.headers import column, is_secret, platform
from wardline.registry.importing.profiles import Profile, profiles
from wardline.registry.importing.row import Row
from wardline.registry.schema import KEPT_BY_US, AccountIn, remedies
from wardline.registry.states import ACCOUNT

UNKNOWN_KIND = "blog"
LONGEST_NAME = 120
LONGEST_TAG = 300


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know or to change, in the column of that name ("" for none)."""

    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One account of a row; `given` is None where the remarks say what is wrong."""

    line: int
    name: str
    url: str
    given: AccountIn | None
    remarks: tuple[Remark, ...] = ()


def entries(row: Row, unit: str) -> Iterator[Entry]:
    """Each account of a row; `unit` is for rows that name none.

    Raises:
        RegistryError: the row holds credentials.
    """
    cells, rest = _sorted(row)
    try:
        found = list(profiles(cells, rest))
    except RegistryError as error:
        yield _refused(row, cells, Remark("handle", str(error)))
        return
    if row.surplus:
        more = "There are more cells than columns: put quotes around commas."
        yield _refused(row, cells, Remark("", more))
    elif not found:
        none = "No address is told: fill in url, or platform and handle."
        yield _refused(row, cells, Remark("url", none))
    else:
        yield from (_entry(row.line, unit, cells, rest, one) for one in found)


def _sorted(row: Row) -> tuple[dict[str, str], dict[str, str]]:
    """Cells by the registry's columns, and all others by their headers."""
    cells, rest = {}, {}
    for header, written in row.cells.items():
        name = column(header)
        if name in AccountIn.model_fields or name == "platform":
            cells[name] = written
        elif name not in KEPT_BY_US or (
            name == "state" and written not in ACCOUNT.moves
        ):
            _refuse_secret(header)
            rest[header] = written
    return cells, rest


def _refuse_secret(header: str) -> None:
    """What is not understood becomes a tag, and tags are public."""
    if is_secret(header):
        msg = (
            f"The column “{header[:40]}” seems to hold credentials, and a record is no "
            "place for them. Take it out of the file, and store them in the custody of "
            "each account."
        )
        raise RegistryError(msg)


def _entry(
    line: int,
    unit: str,
    cells: Mapping[str, str],
    rest: Mapping[str, str],
    profile: Profile,
) -> Entry:
    others = {h: words for h, words in rest.items() if h != profile.column}
    told: dict[str, Any] = {
        "unit": unit,
        "kind": profile.kind or UNKNOWN_KIND,
        "name": _name(profile),
        **{name: words for name, words in cells.items() if name != "platform"},
        "url": profile.url,
        "tags": _tags(cells.get("tags", ""), others),
    }
    told |= {"handle": profile.handle} if profile.handle else {}
    told |= {"platform_id": profile.platform_id} if profile.platform_id else {}
    remarks = tuple(_remarks(cells, profile))
    try:
        given = AccountIn.model_validate(told)
    except ValidationError as error:
        wrong = [Remark(*remedy) for remedy in remedies(error)]
        return Entry(line, told["name"], profile.url, None, tuple(wrong))
    return Entry(line, given.name, given.url, given, remarks)


def _name(profile: Profile) -> str:
    bare = profile.url.partition("://")[2] or profile.url
    return (profile.handle or profile.platform_id or bare)[:LONGEST_NAME]


def _tags(written: str, rest: Mapping[str, str]) -> list[str]:
    own = [tag.strip() for tag in written.split(";") if tag.strip()]
    return own + [f"{header}: {words}"[:LONGEST_TAG] for header, words in rest.items()]


def _remarks(cells: Mapping[str, str], profile: Profile) -> Iterator[Remark]:
    if not (cells.get("kind") or profile.kind):
        yield Remark("kind", "Not told, so taken for a blog. Look at it in the review.")
    if profile.column not in {"url", "handle"} and not platform(profile.column):
        yield Remark(profile.column, "The address was taken from here.")


def _refused(row: Row, cells: Mapping[str, str], remark: Remark) -> Entry:
    name = cells.get("name") or cells.get("handle") or ""
    return Entry(row.line, name, cells.get("url", ""), None, (remark,))
