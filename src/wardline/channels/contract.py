"""What every channel declares and does: the one contract that delivery relies on."""

import re
import unicodedata
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar, Literal

Kind = Literal[
    "network", "blog", "microblog", "forum", "wiki", "photo", "video", "virtual-world"
]
Counting = Literal["characters", "graphemes", "bytes"]
State = Literal["public", "hidden", "gone"]

_KEY = re.compile(r"(?:[a-z0-9]+-)*[a-z0-9]{6,}")
_KEY_LENGTH = 100


class ChannelError(Exception):
    """What went wrong at a channel, in words that say what to do next.

    Attributes:
        permanent: trying the same again cannot help; a person has to act.
        unknown_outcome: the channel may have done it; look it up before any retry.
        retry_after: seconds the channel asks us to wait, or None.
    """

    def __init__(
        self,
        message: str,
        *,
        permanent: bool,
        unknown_outcome: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.unknown_outcome = unknown_outcome
        self.retry_after = retry_after


class Unsupported(ChannelError):  # noqa: N818 -- reads as a sentence
    """The channel cannot do this at all; say so when the draft is written."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a channel can do; `max_length` None means without limit."""

    label: str
    kind: Kind
    max_length: int | None = None
    counted_in: Counting = "characters"
    edit: bool = False
    delete: bool = False
    strikethrough: bool = False
    html: bool = False
    media: bool = False
    comments: bool = False
    idempotency: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Connection:
    """Where an account lives and how we sign in there.

    `base_url` is the address of the site or the profile; `secret` never shows in a
    repr, so it stays out of logs and tracebacks.
    """

    base_url: str
    username: str = ""
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Post:
    """One publication as it goes out.

    `key` is the publication's own, the same at every attempt, and may show in the
    post's address (see `readable_key`); `text` is the plain form, `html` the rich one.
    """

    key: str
    title: str
    text: str = field(repr=False)
    html: str = field(repr=False)

    def __post_init__(self) -> None:
        check_key(self.key)


@dataclass(frozen=True, slots=True)
class Remote:
    """A post at the channel: its id there and the address people read it at."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are at the channel, as it answers itself."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A post as the channel shows it now.

    "hidden" is there but not for the public (draft, private, trash); "gone" is not
    there at all, and then the rest is empty.
    """

    state: State
    url: str = ""
    title: str = ""
    html: str = field(default="", repr=False)


class Channel(ABC):
    """One way to the public; every method may raise `ChannelError`."""

    capabilities: ClassVar[Capabilities]

    @abstractmethod
    def check(self, connection: Connection) -> Identity:
        """Sign in and publish nothing: who are we, and may we publish?"""

    @abstractmethod
    def find(self, connection: Connection, key: str) -> Remote | None:
        """The public post of this key, or None; changes nothing at the channel.

        None means that `publish` is safe to call, again or for the first time.
        """

    @abstractmethod
    def publish(self, connection: Connection, post: Post) -> Remote:
        """Make the post public, at most once for its key; finishes a half-done try."""

    @abstractmethod
    def correct(self, connection: Connection, remote_id: str, post: Post) -> Remote:
        """Put this title and content in place of the old; may be repeated."""

    @abstractmethod
    def withdraw(self, connection: Connection, remote_id: str) -> None:
        """Take the post from public view; fine if that was done already."""

    @abstractmethod
    def read(self, connection: Connection, remote_id: str) -> Reading:
        """The post as the channel has it now."""


def check_key(key: str) -> None:
    """Refuse a key that could be mistaken for another publication's.

    Raises:
        ValueError: not lower-case words joined by hyphens, the last of 6 characters
            or more (sites append "-2" to a repeated address), 100 at most.
    """
    if len(key) > _KEY_LENGTH or not _KEY.fullmatch(key):
        message = f"not a publication key: {key!r}; make one with readable_key()"
        raise ValueError(message)


def readable_key(title: str, unique: str) -> str:
    """A key that reads like the title: `flu-clinic-opens-7f3k2m9q`.

    `unique` is 6 to 36 lower-case letters and digits that no other publication has.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    readable = "-".join(words)[:60].strip("-")
    key = f"{readable}-{unique}" if readable else unique
    check_key(key)
    return key
