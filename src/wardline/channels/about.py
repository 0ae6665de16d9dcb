"""What a public profile says of itself, and what each site must know to read it."""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from wardline.channels.contract import ChannelError, Connection
from wardline.channels.measure import Counting

_ADDRESS = re.compile(
    r"""https?://[^\s<>"'“”]+|(?<![\w@./-])(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>"'“”]+""",
    re.IGNORECASE,
)
_PREFIX = re.compile(r"^https?://(?:www\.)?")
_TRAILING = ".,;:!?)]}…"


class Gone(ChannelError):  # noqa: N818 -- reads as a sentence
    """There is no profile at this address any more."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A public profile as it was read.

    `links` are whole addresses in the order of the page; `handle` and `platform_id`
    (which never changes) are empty where the site has none; `url` is where the
    profile was found in the end.
    """

    text: str = field(repr=False)
    links: tuple[str, ...]
    url: str
    name: str = ""
    handle: str = ""
    platform_id: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A page that a profile has to link to."""

    title: str
    url: str

    @property
    def html(self) -> str:
        """As a link that shows the title."""
        return f'<a href="{escape(self.url)}">{escape(self.title)}</a>'


class Site(ABC):
    """How profiles of one kind of site are read, and written where that is possible.

    `longest` is how much the About text may hold, None without limit; `writes` tells
    whether `add` can do anything.
    """

    label: str
    longest: int | None = None
    counted_in: Counting = "characters"
    writes: bool = False

    @abstractmethod
    def read(self, url: str) -> Profile:
        """The profile at this address, as anybody sees it.

        Raises:
            Gone: there is none any more.
            ChannelError: it could not be read.
        """

    def add(self, connection: Connection, links: Sequence[Link]) -> None:  # noqa: ARG002  (for sites that can)
        """Add these links to the About text; no word of it is taken away.

        Raises:
            ChannelError: the site cannot do it, did not let us, or has no room left.
        """
        message = f"{self.label} lets no program change a profile: do it there."
        raise ChannelError(message, permanent=True)


def links_in(text: str) -> tuple[str, ...]:
    """Addresses in plain text, whole ones and those without a scheme."""
    found = (match.group().rstrip(_TRAILING) for match in _ADDRESS.finditer(text))
    return tuple(u if "://" in u else f"https://{u}" for u in found)


def wording(links: Sequence[Link], room: int | None) -> str:
    """The links as plain text, worded as fully as `room` characters allow.

    From each with its title to bare addresses; empty where nothing fits.
    """
    addresses = [link.url for link in links]
    wordings = (
        [f"{link.title}: {link.url}" for link in links],
        addresses,
        [_PREFIX.sub("", each) for each in addresses],
    )
    texts = ("\n".join(lines) for lines in wordings)
    return next((text for text in texts if room is None or len(text) <= room), "")


def longer(text: str, links: Sequence[Link], most: int) -> str:
    """An About text of plain words with the links below, `most` characters in all.

    Raises:
        ChannelError: there is too little room left for them.
    """
    before = f"{text}\n\n" if text else ""
    if more := wording(links, most - len(before)):
        return before + more
    message = (
        f"The description has {max(most - len(text), 0)} characters left, which is "
        "too few for the links. Shorten it there, then try again."
    )
    raise ChannelError(message, permanent=True)
