"""A draft as it would go out on each account: what is shown, counted and refused first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wardline import channels
from wardline.channels import Post, readable_key
from wardline.publishing.models import Draft, Publication, Revision
from wardline.publishing.post import post_of
from wardline.registry.models import Account

_NOT_SENT = "preview"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One account's post, its plain text and length as that channel counts.

    `problems` say why the channel could not take it, each with what to do about it.
    """

    account: Account
    post: Post
    text: str
    used: int
    most: int | None
    counted_in: str
    problems: tuple[str, ...]

    @property
    def over(self) -> int:
        """By how much it is too long, or 0."""
        return max(self.used - self.most, 0) if self.most else 0


def outgoing(
    draft: Draft, revision: Revision, accounts: Iterable[Account]
) -> list[Outgoing]:
    """What would be sent of this content, by the very function that sends it.

    Neither the draft nor the revision need be stored.
    """
    return [_outgoing(draft, revision, account) for account in accounts]


def unfit(draft: Draft) -> Iterator[str]:
    """Why a stored draft cannot go out as it is, each with account and remedy."""
    revision = draft.revision
    for one in outgoing(draft, revision, draft.accounts.all()):
        for problem in one.problems:
            yield f"{one.account}: {problem}"
    yield from unauthorized(
        revision, (part for each in draft.authorizations.all() for part in each.covers)
    )


def unauthorized(revision: Revision, covers: Iterable[str]) -> Iterator[str]:
    """The pictures that show a patient where no authorization `covers` pictures."""
    if "image" in covers:
        return
    for number, picture in enumerate(revision.pictures, start=1):
        if picture.get("patient"):
            yield (
                f"A patient is in picture {number}: choose the authorization that "
                "covers it, or take the picture away."
            )


def _outgoing(draft: Draft, revision: Revision, account: Account) -> Outgoing:
    channel = channels.get(account.channel)
    can = channel.capabilities_at(account.url)
    post = post_of(
        Publication(
            draft=draft,
            account=account,
            revision=revision,
            action=draft.action,
            key=readable_key(revision.title, _NOT_SENT),
        )
    )
    text = channel.text_of(post)
    return Outgoing(
        account=account,
        post=post,
        text=text,
        used=channel.length_at(text, account.url),
        most=can.max_length,
        counted_in=can.counted_in,
        problems=tuple(
            _numbered(problem, post) for problem in channel.problems(post, account.url)
        ),
    )


def _numbered(problem: str, post: Post) -> str:
    """The problem with pictures called as the author sees them: "picture 1"."""
    for number, picture in enumerate(post.media, start=1):
        problem = problem.replace(picture.name, f"picture {number}")
    return problem[:1].upper() + problem[1:]
