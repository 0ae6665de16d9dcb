"""The ways to the public: one file a channel, and the file's name is its identity.

A file is a channel when it holds a `channel`; the others are what channels share.
"""

import importlib
import pkgutil
from functools import cache

from wardline.channels.contract import (
    Capabilities,
    Channel,
    ChannelError,
    Connection,
    Identity,
    Unsupported,
)
from wardline.channels.post import (
    Comment,
    Comments,
    Media,
    Post,
    Reading,
    Remote,
    readable_key,
)

__all__ = [
    "Capabilities",
    "Channel",
    "ChannelError",
    "Comment",
    "Comments",
    "Connection",
    "Identity",
    "Media",
    "Post",
    "Reading",
    "Remote",
    "Unsupported",
    "all",
    "get",
    "readable_key",
]


@cache
def _find(slug: str) -> Channel | None:
    if slug not in {module.name for module in pkgutil.iter_modules(__path__)}:
        return None
    found = getattr(importlib.import_module(f"{__name__}.{slug}"), "channel", None)
    return found if isinstance(found, Channel) else None


def get(slug: str) -> Channel:
    """The channel of this name, such as "wordpress".

    Raises:
        ChannelError: there is no such channel; the message lists those there are.
    """
    if found := _find(slug):
        return found
    message = f"There is no channel {slug!r}; choose one of: {', '.join(all())}."
    raise ChannelError(message, permanent=True)


def all() -> dict[str, Channel]:  # noqa: A001 -- read as channels.all()
    """Every channel by its name, sorted."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: found for name in names if (found := _find(name))}
