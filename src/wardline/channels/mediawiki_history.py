"""The edits of a wiki's talk pages, as the wiki keeps them.

https://www.mediawiki.org/wiki/API:Revisions
"""

import datetime as dt
from collections.abc import Iterator

from wardline.channels.mediawiki_answers import Page, Revision
from wardline.channels.mediawiki_api import Wiki


class History:
    """What may be asked of the edits; an edit is known by its number."""

    def __init__(self, wiki: Wiki) -> None:
        self._wiki = wiki

    def talk_below(self, base: str) -> Iterator[Page]:
        """The talk pages of the pages below one, each with its latest edit's time."""
        page = self._wiki.ask(action="query", titles=base).query.pages[0]
        name = page.title.partition(":")[2] if page.ns else page.title
        for part in self._wiki.ask_on(
            generator="allpages",
            gapnamespace=str(page.ns + 1),
            gapprefix=f"{name}/",
            gaplimit="max",
            prop="info|revisions",
            inprop="url|associatedpage",
            rvprop="ids|timestamp",
        ):
            yield from part.pages

    def since(self, title: str, start: dt.datetime) -> Iterator[Revision]:
        """Every edit of a page since then, oldest first, with its content."""
        parts = self._wiki.ask_on(
            titles=title,
            prop="revisions",
            rvprop="ids|timestamp|user|userid|comment|tags|content",
            rvslots="main",
            rvdir="newer",
            rvstart=f"{start:%Y-%m-%dT%H:%M:%SZ}",
            rvlimit="50",
        )
        return (each for part in parts for each in part.pages[0].revisions)

    def find(self, number: str) -> tuple[Page, Revision] | None:
        """The edit of this number with its page, or None."""
        if not number.isdecimal():  # the wiki would take several, and strange signs
            return None
        pages = self._wiki.ask(
            action="query",
            revids=number,
            prop="info|revisions",
            inprop="url",
            rvprop="ids|timestamp|user|userid|comment|content",
            rvslots="main",
        ).query.pages
        found = pages and pages[0].revisions
        return (pages[0], found[0]) if found else None

    def content(self, number: int) -> str | None:
        """The wikitext after an edit, "" before the first, None if it is hidden."""
        found = self.find(str(number)) if number else None
        return found[1].content if found else None if number else ""

    def latest(self, title: str) -> Revision:
        """A page as it is now."""
        page = self._wiki.ask(
            action="query",
            titles=title,
            prop="revisions",
            rvprop="ids|content",
            rvslots="main",
        ).query.pages[0]
        return page.revisions[0] if page.revisions else Revision(0)

    def own(self, title: str, summary: str) -> int:
        """The number of our edit with this summary, 0 if there is none."""
        parts = self._wiki.ask_on(
            titles=title,
            prop="revisions",
            rvprop="ids|comment",
            rvuser=self._wiki.user,
            rvlimit="max",
        )
        edits = (each for part in parts for each in part.pages[0].revisions)
        return next((each.revid for each in edits if each.comment == summary), 0)
