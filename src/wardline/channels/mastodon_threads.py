"""What was written under our posts on Mastodon, thread by thread.

https://docs.joinmastodon.org/methods/statuses/#context
"""

from collections.abc import Iterator

from wardline.channels.hypertext import read
from wardline.channels.mastodon_api import Account, Server, Status
from wardline.channels.post import Comment


def thread(server: Server, us: Account, mention: Status) -> Iterator[Comment]:
    """Everything below our post under which this stands; nothing if it does not."""
    above = server.context(mention.id).ancestors
    root = next((each for each in above if each.account.id == us.id), None)
    if root is None:
        return
    for status in server.context(root.id).descendants:
        parent = status.in_reply_to_id or root.id
        yield Comment(
            id=status.id,
            post_id=root.id,
            parent_id="" if parent == root.id else parent,
            author=status.account.display_name or status.account.acct,
            author_id=status.account.id,
            at=status.created_at,
            url=status.url or status.uri,
            text=read(status.content, status.uri).text,
            state="public" if status.is_open else "hidden",
            ours=status.account.id == us.id,
        )
