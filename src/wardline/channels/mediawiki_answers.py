"""What the action API of a wiki answers, as far as we read it.

https://www.mediawiki.org/wiki/API:Data_formats
"""

import datetime as dt

import msgspec


class General(msgspec.Struct):
    """How the wiki makes the addresses of its pages."""

    articlepath: str


class Slot(msgspec.Struct):
    """The content of a revision."""

    content: str | None = None


class Revision(msgspec.Struct):
    """One edit of a page; an administrator may have hidden parts of it."""

    revid: int
    parentid: int = 0
    user: str = ""
    userid: int = 0
    timestamp: dt.datetime = dt.datetime.min.replace(tzinfo=dt.UTC)
    comment: str = ""
    tags: list[str] = []
    slots: dict[str, Slot] = {}

    @property
    def content(self) -> str | None:
        """The whole wikitext after this edit, None if it is hidden or not asked for."""
        return self.slots["main"].content if "main" in self.slots else None


class Page(msgspec.Struct):
    """A page; its revisions are those that were asked for."""

    title: str
    ns: int
    missing: bool = False
    canonicalurl: str = ""
    associatedpage: str = ""
    revisions: list[Revision] = []


class User(msgspec.Struct):
    """A user of this name; without a number there is none."""

    name: str
    userid: int | None = None


class UserInfo(msgspec.Struct):
    """Who we are, and what we may do."""

    id: int
    name: str
    rights: list[str] = []


class Titled(msgspec.Struct):
    """A picture, or what the log tells of a page."""

    title: str


class Tokens(msgspec.Struct):
    """What every sign-in and change has to carry."""

    logintoken: str = ""
    csrftoken: str = ""


class Query(msgspec.Struct):
    """What `action=query` found, each where it was asked for."""

    general: General | None = None
    pages: list[Page] = []
    users: list[User] = []
    userinfo: UserInfo | None = None
    logevents: list[Titled] = []
    allimages: list[Titled] = []
    tokens: Tokens | None = None


class Parsed(msgspec.Struct):
    """A page as HTML."""

    text: str = ""


class Login(msgspec.Struct):
    """Whether the bot password was accepted."""

    result: str
    lguserid: int = 0
    lgusername: str = ""


class Edit(msgspec.Struct):
    """The revision that an edit made, and the one before it."""

    result: str = ""
    nochange: bool = False
    oldrevid: int = 0
    newrevid: int = 0


class Problem(msgspec.Struct):
    """Why the wiki did not do it."""

    code: str
    info: str = ""


class Reply(msgspec.Struct):
    """What the API answers: always with status 200, an error too."""

    query: Query = msgspec.field(default_factory=Query)
    parse: Parsed | None = None
    login: Login | None = None
    edit: Edit = msgspec.field(default_factory=Edit)
    error: Problem | None = None
    further: dict[str, str | int] = msgspec.field(default_factory=dict, name="continue")
