"""What every channel declares and does: the one contract that delivery relies on."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from wardline.channels.measure import Counting, measure
from wardline.channels.post import Comments, Post, Reading, Remote

Kind = Literal[
    "network", "blog", "microblog", "forum", "wiki", "photo", "video", "virtual-world"
]


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


@contextmanager
def already_out() -> Iterator[None]:
    """What fails in here fails after the post went out, and is no failure of it.

    Raises:
        ChannelError: of an unknown outcome, so that the channel is asked again.
    """
    try:
        yield
    except ChannelError as error:
        raise ChannelError(
            str(error),
            permanent=False,
            unknown_outcome=True,
            retry_after=error.retry_after,
        ) from error


class Unsupported(ChannelError):  # noqa: N818 -- reads as a sentence
    """The channel cannot do this at all; say so when the draft is written."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a channel can do; `max_length` None means without limit.

    `edit` is that a post can be changed where it stands; without, a correction is a
    reply that is linked to it. `media` is how many pictures a post may have, each of
    `media_bytes` at most (None: no limit of its own) and of `media_kinds`.
    `hides` and `deletes` are about comments of others; what it hides it can show again.
    `idempotency` is that a post can be found by its key; without, `find` returns None
    and `publish` itself looks for a post that went out before.
    """

    label: str
    kind: Kind
    max_length: int | None = None
    counted_in: Counting = "characters"
    titles: bool = True
    edit: bool = False
    delete: bool = False
    strikethrough: bool = False
    html: bool = False
    media: int = 0
    media_bytes: int | None = None
    media_kinds: frozenset[str] = frozenset({"image/jpeg", "image/png", "image/gif"})
    comments: bool = False
    hides: bool = False
    deletes: bool = False
    replies: bool = False
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
class Identity:
    """Who we are at the channel, as it answers itself."""

    id: str
    name: str


class Channel(ABC):
    """One way to the public; every method may raise `ChannelError`."""

    capabilities: ClassVar[Capabilities]

    def capabilities_at(self, url: str) -> Capabilities:
        """What it can do at this address; a site may have limits of its own."""
        return self.capabilities

    def text_of(self, post: Post) -> str:
        """The plain text that it would send, as it counts and shows it."""
        return post.text

    def length(self, text: str) -> int:
        """How long a text is, counted as the channel counts."""
        return measure(text, self.capabilities.counted_in)

    def length_at(self, text: str, url: str) -> int:
        """The same at this address; a site may count in a way of its own."""
        return self.length(text)

    def problems(self, post: Post, url: str) -> Iterator[str]:
        """Why it could not take this post at `url`, each with what to do about it.

        Asked while the draft is written: nothing is sent.
        """
        can = self.capabilities_at(url)
        over = self.length_at(self.text_of(post), url) - (can.max_length or 0)
        if can.max_length and over > 0:
            yield (
                f"{can.label} takes {can.max_length} {can.counted_in}: "
                f"shorten the text by {over}."
            )
        if len(post.media) > can.media:
            most = f"at most {can.media} pictures" if can.media else "no pictures"
            yield f"{can.label} takes {most} with a post: take some away."
        for picture in post.media:
            if not picture.alt.strip():
                yield f"Say what {picture.name} shows, for those who cannot see it."
            if picture.kind not in can.media_kinds:
                yield f"{can.label} does not take {picture.name}: use JPEG or PNG."
            if can.media_bytes and len(picture.content) > can.media_bytes:
                kilobytes = can.media_bytes // 1000
                yield f"{picture.name} is over {kilobytes} kB: make it smaller."

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
        """Correct the post where it stands, or, where it cannot be edited, in a reply.

        Puts title and content of `post` in place of the old and returns the post; or
        replies at most once for `post.key` and returns the reply. May be repeated.
        """

    @abstractmethod
    def withdraw(self, connection: Connection, remote_id: str) -> None:
        """Take the post from public view; fine if that was done already."""

    @abstractmethod
    def read(self, connection: Connection, remote_id: str) -> Reading:
        """The post as the channel has it now."""

    def comments(self, connection: Connection, cursor: str) -> Comments:
        """What was written under all our posts since `cursor`, "" for everything.

        A comment may come twice, never not at all; its id tells.
        """
        raise self._cannot("show Wardline the comments")

    def reply(self, connection: Connection, comment_id: str, post: Post) -> Remote:
        """Answer a comment in public, at most once for `post.key`."""
        raise self._cannot("answer comments")

    def correct_reply(
        self, connection: Connection, reply_id: str, post: Post
    ) -> Remote:
        """Correct a reply of ours, as `correct` does a post.

        Where replies are comments, whose ids must not be taken for posts', it is
        answered.
        """
        return self.correct(connection, reply_id, post)

    def withdraw_reply(self, connection: Connection, reply_id: str) -> None:
        """Take a reply of ours from public view; fine if that was done already."""
        self.withdraw(connection, reply_id)

    def comment_at(self, url: str, home: str) -> str:
        """The id of the comment at `url`, "" if that address does not tell.

        `home` is the account's own address. Asks nobody.
        """
        return ""

    def hide(self, connection: Connection, comment_id: str) -> None:
        """Take a comment from public view; fine if that was done already."""
        raise self._cannot("hide comments")

    def show(self, connection: Connection, comment_id: str) -> None:
        """Bring a hidden comment back; fine if it shows."""
        raise self._cannot("hide comments")

    def delete(self, connection: Connection, comment_id: str) -> None:
        """Remove a comment for good; fine if it is gone."""
        raise self._cannot("delete comments of others")

    def _cannot(self, what: str) -> Unsupported:
        return Unsupported(f"{self.capabilities.label} lets nobody {what}.")
