"""The steps of one publication that a person does by hand, with what to copy for each."""

from collections.abc import Iterator
from dataclasses import dataclass

from wardline import channels
from wardline.channels import Post
from wardline.channels.checklists import Checklist, Copied, Step, checklist
from wardline.publishing.models import Publication
from wardline.publishing.post import post_of


@dataclass(frozen=True, slots=True)
class Paste:
    """Words to copy; `id` is the element's, `long` if they have more than one line."""

    id: str
    label: str
    words: str
    long: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One step to tick, with what it needs."""

    do: str
    pastes: tuple[Paste, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything that a person does at the site, and what to know before."""

    site: Checklist
    tasks: tuple[Task, ...]


def guide(row: Publication, *, readable: bool) -> Guide:
    """The steps for a publication; without its words for those who may not read it."""
    site = checklist(row.account.url)
    steps = {
        "publish": site.publish,
        "correct": site.correct,
        "withdraw": site.withdraw,
        "reply": site.answer,
    }[row.action]
    post = post_of(row) if readable and row.action != "withdraw" else None
    where = row.draft.answers_url if row.action == "reply" else row.remote_url
    address = "" if row.draft.restricted else where
    return Guide(site, tuple(_tasks(steps, post, address)))


def _tasks(steps: tuple[Step, ...], post: Post | None, url: str) -> Iterator[Task]:
    for step in steps:
        pastes = tuple(_pastes(step.copy, post, url))
        # Nothing to paste: no pictures, no title, or a reader who may not see them.
        if pastes or step.copy in {"", "link"}:
            yield Task(step.do, pastes)


def _pastes(what: Copied, post: Post | None, url: str) -> Iterator[Paste]:
    if what == "link" and url:
        yield Paste("copy-link", "Address", url)
    if post is None:
        return
    if what == "title" and post.title:
        yield Paste("copy-title", "Title", post.title)
    if what == "text":
        text = channels.get("by_hand").text_of(post)
        yield Paste("copy-text", "Text", text, long=True)
    if what == "alt":
        for number, picture in enumerate(post.media, 1):
            label = f"What {picture.name} shows"
            yield Paste(f"copy-alt-{number}", label, picture.alt, long=True)
