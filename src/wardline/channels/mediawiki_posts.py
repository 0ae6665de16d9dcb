"""Posts at a wiki: one page each, below the page of the account.

The title of the page is made of the key alone, `flu-clinic-opens-7f3k2m9q` becoming
"Flu clinic opens (7f3k2m9q)". So a post is found by its key, two of one title are two,
and the wiki itself refuses to create the same one twice (`createonly`).
https://www.mediawiki.org/wiki/API:Edit
"""

import hashlib
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from wardline.channels.contract import ChannelError, already_out
from wardline.channels.mediawiki_answers import Page, Revision
from wardline.channels.mediawiki_api import Wiki
from wardline.channels.post import Media, Post, Remote, State
from wardline.channels.wikitext import escaped, from_html

OURS = re.compile(r"\([a-z0-9]{6,}\)$")
_HEADING = re.compile(r"== (.*) ==")
_WITHDRAWN = "''This post was withdrawn.''<!-- by Wardline -->"
_MOST_TRIES = 3
_EVER = "2001-01-01T00:00:00Z"  # a deletion since then is refused by the wiki
_CONFLICT = frozenset({"editconflict"})


def title_of(base: str, key: str) -> str:
    """The page of a key below the page `base`."""
    words, _, unique = key.rpartition("-")
    name = words.replace("-", " ").capitalize() or "Post"
    return f"{base}/{name} ({unique})"


@dataclass(frozen=True, slots=True)
class Found:
    """A post's page as it is now."""

    title: str
    state: State
    was_deleted: bool
    url: str
    revision: int
    source: str = field(repr=False)

    @property
    def remote(self) -> Remote:
        """The post, where the public can read it.

        Raises:
            ChannelError: somebody took it from public view.
        """
        if self.state == "public":
            return Remote(self.title, self.url)
        message = (
            f"The wiki's page {self.title} was deleted or emptied. "
            "Somebody did that there: ask them, or restore it in the wiki."
        )
        raise ChannelError(message, permanent=True)

    @property
    def heading(self) -> str:
        """The title of the post, as it stands above its words."""
        first = _HEADING.match(self.source)
        return html.unescape(first[1]) if first else ""


class Posts:
    """The posts of one wiki, by the titles of their pages; we are signed in."""

    def __init__(self, wiki: Wiki) -> None:
        self._wiki = wiki

    def look_up(self, title: str) -> Found:
        """The page, whatever became of it; it may have been moved."""
        reply = self._wiki.ask(
            action="query",
            titles=title,
            redirects="1",
            prop="info|revisions",
            inprop="url",
            rvprop="ids|content",
            rvslots="main",
            list="logevents",
            leaction="delete/delete",
            letitle=title,
            lelimit="1",
        )
        page: Page = reply.query.pages[0]
        now = page.revisions[0] if page.revisions else Revision(0)
        source = (now.content or "").strip()
        hidden = not source or source == _WITHDRAWN
        return Found(
            page.title,
            "gone" if page.missing else "hidden" if hidden else "public",
            bool(reply.query.logevents),
            page.canonicalurl,
            now.revid,
            source,
        )

    def create(self, found: Found, post: Post) -> None:
        """Make the page unless it is there, or was ever deleted."""
        self._wiki.change(
            "edit",
            accept=frozenset({"articleexists"}),
            title=found.title,
            text=self._wikitext(found.title, post),
            summary="Publishes an official post",
            createonly="1",
            starttimestamp=_EVER,
        )

    def replace(self, title: str, post: Post) -> Remote:
        """Put a post in place of the old; never into a page that was emptied meanwhile."""
        text = self._wikitext(title, post)
        for _ in range(_MOST_TRIES):
            found = self.look_up(title)
            remote = found.remote
            done = self._wiki.change(
                "edit",
                accept=_CONFLICT,
                title=found.title,
                text=text,
                summary="Corrects an official post",
                nocreate="1",
                baserevid=str(found.revision),
            )
            # An edit of somebody else in between would be mixed with our words.
            if not done.error and done.edit.oldrevid in {0, found.revision}:
                with already_out():
                    self.drop_pictures(title, post.media)
                return remote
        message = f"Others edit {title} at this moment; it is tried again."
        raise ChannelError(message, permanent=False)

    def remove(self, title: str) -> None:
        """Delete the page and its pictures; fine if that was done already.

        Raises:
            ChannelError: the user may not; the page is empty now, but not its history.
        """
        found = self.look_up(title)
        if found.state != "gone" and not self._delete(found.title):
            self._wiki.change(
                "edit",
                title=found.title,
                text=_WITHDRAWN,
                summary="Withdraws an official post",
                nocreate="1",
            )
            raise _still_in_history(found.title)
        self.drop_pictures(title)

    def drop_pictures(self, title: str, keep: Iterable[Media] = ()) -> None:
        """Delete the pictures of a post but for these; the files would stay public."""
        prefix = f"{_name(title)} "
        kept = {f"File:{_file_name(title, each)}" for each in keep}
        reply = self._wiki.ask(
            action="query", list="allimages", aiprefix=prefix, ailimit="max"
        )
        for file in reply.query.allimages:
            name = f"File:{file.title.partition(':')[2]}"
            if name not in kept and not self._delete(file.title):
                raise _still_in_history(file.title)

    def _delete(self, title: str) -> bool:
        """Whether it is gone now; False if we may not."""
        reply = self._wiki.change(
            "delete",
            accept=frozenset({"permissiondenied", "missingtitle"}),
            title=title,
            reason="Withdraws an official post",
        )
        return reply.error is None or reply.error.code == "missingtitle"

    def _wikitext(self, title: str, post: Post) -> str:
        blocks = [f"== {escaped(post.title)} ==" if post.title else ""]
        blocks.append(from_html(post.html))
        for picture in post.media:
            name = self._uploaded(title, picture)
            blocks.append(f"[[File:{name}|frameless|alt={escaped(picture.alt)}]]")
        return "\n\n".join(filter(None, blocks))

    def _uploaded(self, title: str, picture: Media) -> str:
        """The file's name, after uploading it; the same content is there but once."""
        name = _file_name(title, picture)
        self._wiki.change(
            "upload",
            file=(name, picture.content, picture.kind),
            accept=frozenset({"fileexists-no-change"}),
            filename=name,
            text=escaped(picture.alt),
            comment="A picture of an official post",
            ignorewarnings="1",
        )
        return name


def _name(title: str) -> str:
    return title.rpartition("/")[2]


def _file_name(title: str, picture: Media) -> str:
    content = hashlib.sha256(picture.content).hexdigest()[:16]
    return f"{_name(title)} {content}.{picture.kind.rpartition('/')[2]}"


def _still_in_history(title: str) -> ChannelError:
    message = (
        f"This user may not delete at the wiki, so {title} can still be read in its "
        "history. Ask an administrator of the wiki to delete it, or give the bot "
        "password the right to delete at Special:BotPasswords; then withdraw again."
    )
    return ChannelError(message, permanent=True)
