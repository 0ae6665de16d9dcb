"""Places without an API, virtual worlds included: a person posts and records where."""

from typing import NoReturn
from urllib.parse import urlsplit

from typing_extensions import override

from wardline.channels.checklists import Step, checklist
from wardline.channels.contract import (
    Capabilities,
    Channel,
    ChannelError,
    Connection,
    Identity,
    Unsupported,
)
from wardline.channels.measure import measure
from wardline.channels.plain import plain
from wardline.channels.post import Comments, Post, Reading, Remote

_PREFIXES = ("www.", "m.", "mobile.")


class ByHand(ChannelError):  # noqa: N818 -- reads as a sentence
    """A person has to do this; nothing was sent."""

    def __init__(self, message: str) -> None:
        super().__init__(message, permanent=True)


class ByHandChannel(Channel):
    """Asks a person for every step and keeps the address that they record."""

    capabilities = checklist("").capabilities

    @override
    def capabilities_at(self, url: str) -> Capabilities:
        return checklist(url).capabilities

    @override
    def text_of(self, post: Post) -> str:
        return plain(post.text)

    @override
    def length_at(self, text: str, url: str) -> int:
        return measure(text, self.capabilities_at(url).counted_in)

    @override
    def check(self, connection: Connection) -> Identity:
        return Identity(connection.base_url, connection.username or connection.base_url)

    @override
    def find(self, connection: Connection, key: str) -> Remote | None:
        return None

    @override
    def publish(self, connection: Connection, post: Post) -> NoReturn:
        message = (
            f"Post this yourself{_at(connection)}, then record the address of the post."
        )
        raise ByHand(message)

    @override
    def correct(self, connection: Connection, remote_id: str, post: Post) -> NoReturn:
        how = "Edit the post" if checklist(remote_id).edit else "Reply to the post"
        message = (
            f"{how} yourself at {remote_id}: begin with the word Correction. "
            "Then record that it is done."
        )
        raise ByHand(message)

    @override
    def withdraw(self, connection: Connection, remote_id: str) -> NoReturn:
        message = (
            f"Delete the post yourself at {remote_id}, then record that it is done."
        )
        raise ByHand(message)

    @override
    def comment_at(self, url: str, home: str) -> str:
        return url

    @override
    def read(self, connection: Connection, remote_id: str) -> Reading:
        message = "Wardline cannot read this place; look at the post yourself."
        raise Unsupported(message)

    @override
    def comments(self, connection: Connection, cursor: str) -> Comments:
        message = "Wardline cannot read this place; look at the comments yourself."
        raise Unsupported(message)

    @override
    def reply(self, connection: Connection, comment_id: str, post: Post) -> NoReturn:
        raise _yourself(comment_id, checklist(connection.base_url).answer)

    @override
    def hide(self, connection: Connection, comment_id: str) -> NoReturn:
        raise _yourself(comment_id, checklist(connection.base_url).hide)

    @override
    def show(self, connection: Connection, comment_id: str) -> NoReturn:
        raise _yourself(comment_id, (Step("Show it again in the same menu."),))

    @override
    def delete(self, connection: Connection, comment_id: str) -> NoReturn:
        raise _yourself(comment_id, (Step("Delete it in the comment's menu."),))

    def record(self, connection: Connection, url: str) -> Remote:
        """The post that a person made, by the address of it that they give.

        Raises:
            ChannelError: not an https address, or not on the account's own site.
        """
        host = _host(url)
        if not host:
            message = "Copy the whole address of the post; it begins with https://."
            raise ChannelError(message, permanent=True)
        home = _host(connection.base_url)
        site = checklist(connection.base_url)
        same_site = bool(site.hosts) and checklist(url) is site
        if home and host != home and not host.endswith(f".{home}") and not same_site:
            message = f"That address is at {host}, but the account is at {home}."
            raise ChannelError(message, permanent=True)
        return Remote(url, url)


channel = ByHandChannel()


def _yourself(comment_id: str, steps: tuple[Step, ...]) -> ByHand:
    how = " ".join(step.do for step in steps)
    return ByHand(f"Do this yourself at {comment_id}: {how} Then record it.")


def _at(connection: Connection) -> str:
    return f" at {connection.base_url}" if connection.base_url else ""


def _host(url: str) -> str:
    """The host of an https address without "www."; empty if it is none."""
    strange = "\\" in url or any(sign.isspace() or sign < " " for sign in url)
    try:
        parts = urlsplit(url)
        plain = parts.port is None and parts.username is None
    except ValueError:
        return ""
    if strange or not plain or parts.scheme != "https":
        return ""
    host = (parts.hostname or "").rstrip(".")
    for prefix in _PREFIXES:
        host = host.removeprefix(prefix)
    return host
