"""What visitors write on the talk pages of our posts, and our answers below it.

A comment is one edit: its number, its user, its time, and the lines that it added.
Taken out of the page, it leaves a mark with its number in its place, so that it can be
put back; the page's history keeps it, which only administrators can change.
https://www.mediawiki.org/wiki/Help:Talk_pages
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from wardline.channels.contract import ChannelError
from wardline.channels.mediawiki_answers import Page, Revision
from wardline.channels.mediawiki_api import Wiki
from wardline.channels.mediawiki_history import History
from wardline.channels.mediawiki_posts import OURS
from wardline.channels.post import Comment, Comments, Post, Remote
from wardline.channels.redline import changes
from wardline.channels.wikitext import escaped, readable

_REVERTS = frozenset({"mw-undo", "mw-rollback", "mw-manual-revert"})
_MARK = "Wardline took out"
_MARKS = re.compile(rf"<!-- {_MARK} (\d{1, 10})\.")
_MODERATES = "Takes out or puts back "
_ANSWERS = re.compile(r"Answers \[\[Special:Diff/(\d+)\]\]")
_OVERLAP = dt.timedelta(minutes=1)  # an edit shows later than the time that it gets
_BEGINNING = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
_MOST_TRIES = 3
_CONFLICT = frozenset({"editconflict"})


@dataclass(frozen=True, slots=True)
class _Written:
    """One edit of a talk page that added words; `blocks` are the lines it added."""

    page: Page
    revision: Revision
    blocks: tuple[str, ...]

    def stands_in(self, source: str) -> bool:
        return all(_spot(source, block) is not None for block in self.blocks)


class Talk:
    """The talk pages of the posts below one page; we are signed in."""

    def __init__(self, wiki: Wiki, base: str) -> None:
        self._wiki, self._base, self._history = wiki, base, History(wiki)

    def since(self, cursor: str) -> Comments:
        """What was added since the cursor, which is a time, and a minute before it."""
        start = dt.datetime.fromisoformat(cursor) - _OVERLAP if cursor else _BEGINNING
        found, ends = list[Comment](), [cursor]
        for page in self._history.talk_below(self._base):
            changed = page.revisions and page.revisions[0].timestamp >= start
            if changed and OURS.search(page.title):
                listed, end = self._on(page, start)
                found += listed
                ends.append(f"{end:%Y-%m-%dT%H:%M:%SZ}")
        return Comments(tuple(sorted(found, key=lambda each: each.at)), max(ends))

    def answer(self, comment_id: str, post: Post) -> Remote:
        """One paragraph below the comment, signed, indented once more."""
        asked = self._fetch(comment_id)
        summary = f"Answers [[Special:Diff/{comment_id}]] ({post.key})"

        def below(source: str) -> str:
            spot = _spot(source, asked.blocks[-1])
            if spot is None:
                raise _not_there(comment_id)
            depth = re.match(r"[:*]*", asked.blocks[-1].rpartition("\n")[2])
            colons = ":" * (len(depth[0]) + 1 if depth else 1)
            lines = [escaped(line) for line in post.text.split("\n") if line.strip()]
            answer = "\n".join(f"{colons} {line}" for line in lines)
            end = spot + len(asked.blocks[-1])
            return f"{source[:end]}\n{answer} ~~~~{source[end:]}"

        number = self._history.own(asked.page.title, summary) or self._edit(
            asked.page.title, summary, below, once=True
        )
        return Remote(str(number), asked.page.canonicalurl)

    def hide(self, comment_id: str) -> None:
        """Take the lines of a comment out of its page."""
        self._moderate(comment_id, hide=True)

    def show(self, comment_id: str) -> None:
        """Put them back where they stood."""
        self._moderate(comment_id, hide=False)

    def _moderate(self, comment_id: str, *, hide: bool) -> None:
        written = self._fetch(comment_id)
        marks = [
            f"<!-- {_MARK} {comment_id}.{place} -->"
            for place in range(len(written.blocks))
        ]
        pairs = list(zip(written.blocks, marks, strict=True))

        def moderated(source: str) -> str:
            for block, mark in pairs:
                old, new = (block, mark) if hide else (mark, block)
                spot = _spot(source, old)
                if spot is not None:
                    source = source[:spot] + new + source[spot + len(old) :]
                elif _spot(source, new) is None:
                    raise _not_there(comment_id)
            return source

        summary = f"{_MODERATES}[[Special:Diff/{comment_id}]]"
        self._edit(written.page.title, summary, moderated)

    def _on(self, page: Page, start: dt.datetime) -> tuple[list[Comment], dt.datetime]:
        """The comments of one page since then, and the time of the last edit read."""
        latest = self._history.latest(page.title).content or ""
        found, before, end = list[Comment](), None, None
        for each in self._history.since(page.title, start):
            if end is None:
                before = self._history.content(each.parentid)
            if not self._moderates(each):
                came = self._came(page, each, before)
                found += [self._told(written, latest) for written in came]
            before, end = each.content, each.timestamp
        return found, end or start

    def _came(
        self, page: Page, revision: Revision, before: str | None
    ) -> Iterator[_Written]:
        """What an edit added, and what we had taken out and it brought back."""
        after = revision.content
        for number in sorted(_marks(before) - _marks(after)):
            hidden = self._find(number)
            if hidden and hidden.page.title == page.title:
                yield replace(hidden, page=page)
        blocks = _added(before, after)
        if blocks and _REVERTS.isdisjoint(revision.tags):
            yield _Written(page, revision, blocks)

    def _fetch(self, comment_id: str) -> _Written:
        """The comment of this number.

        Raises:
            ChannelError: the wiki has it no more.
        """
        if found := self._find(comment_id):
            return found
        raise _not_there(comment_id)

    def _find(self, comment_id: str) -> _Written | None:
        if found := self._history.find(comment_id):
            page, revision = found
            before = self._history.content(revision.parentid)
            if blocks := _added(before, revision.content):
                return _Written(page, revision, blocks)
        return None

    def _edit(
        self,
        title: str,
        summary: str,
        changed: Callable[[str], str],
        *,
        once: bool = False,
    ) -> int:
        """Edit what stands there now, again after a conflict; the edit's number."""
        for _ in range(_MOST_TRIES):
            latest = self._history.latest(title)
            source = latest.content or ""
            reply = self._wiki.change(
                "edit",
                accept=_CONFLICT,
                title=title,
                text=changed(source),
                summary=summary,
                nocreate="1",
                baserevid=str(latest.revid),
            )
            if not reply.error and not (once and reply.edit.nochange):
                return reply.edit.newrevid
            if once and (number := self._history.own(title, summary)):
                return number
        message = f"Others edit {title} at this moment; it is tried again."
        raise ChannelError(message, permanent=False)

    def _moderates(self, revision: Revision) -> bool:
        """Whether it is we who took something out or put it back."""
        own = revision.userid == self._wiki.user_id
        return own and revision.comment.startswith(_MODERATES)

    def _told(self, written: _Written, latest: str) -> Comment:
        page, revision = written.page, written.revision
        ours = revision.userid == self._wiki.user_id
        answers = _ANSWERS.match(revision.comment) if ours else None
        return Comment(
            id=str(revision.revid),
            post_id=page.associatedpage,
            parent_id=answers[1] if answers else "",
            author=revision.user or "Somebody",
            author_id=str(revision.userid or revision.user),
            at=revision.timestamp,
            url=page.canonicalurl,
            text=readable("\n".join(written.blocks), revision.user),
            state="public" if written.stands_in(latest) else "hidden",
            ours=ours,
        )


def _added(before: str | None, after: str | None) -> tuple[str, ...]:
    """The blocks of lines that came; none where an administrator hid the content."""
    if before is None or after is None:
        return ()
    old, new = before.split("\n"), after.split("\n")
    blocks = (
        "\n".join(new[each.new_start : each.new_end]).strip("\n")
        for each in changes(old, new)
        if each.kind == "ins"
    )
    return tuple(block for block in blocks if readable(block, ""))


def _marks(source: str | None) -> set[str]:
    return set(_MARKS.findall(source or ""))


def _spot(source: str, block: str) -> int | None:
    """Where these lines begin, as whole lines."""
    place = f"\n{source}\n".find(f"\n{block}\n")
    return None if place < 0 else place


def _not_there(comment_id: str) -> ChannelError:
    message = (
        f"The comment {comment_id} does not stand on its talk page as it was written. "
        "Somebody moved or changed it there: look at the page, and do it by hand."
    )
    return ChannelError(message, permanent=True)
