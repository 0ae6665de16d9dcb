"""A real WordPress on 127.0.0.1, started once for the tests of one process."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
import requests

from tests.servers.recipe import started
from tests.servers.visiting import from_elsewhere
from wardline.channels import Connection, Remote

_STATES = "publish,future,draft,pending,private,trash"


@dataclass(frozen=True, slots=True)
class Login:
    """One WordPress user."""

    user: str
    password: str = field(repr=False)
    app_password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WordPressServer:
    """Where it runs, who may sign in, and what it holds."""

    url: str
    admin: Login
    author: Login

    @property
    def connection(self) -> Connection:
        """As the author, the way Wardline signs in."""
        return Connection(self.url, self.author.user, self.author.app_password)

    @property
    def author_id(self) -> int:
        """The author's number."""
        users = self.call("GET", "users", search=self.author.user)
        number: int = users[0]["id"]
        return number

    def newcomer(self, role: str = "author") -> Connection:
        """As somebody who never wrote a comment, for who did has to wait 15 s."""
        name = uuid4().hex
        fields = {
            "username": name,
            "email": f"{name}@staff.test",
            "password": uuid4().hex,
        }
        user = self.call("POST", "users", roles=role, **fields)
        code = self.call(
            "POST", f"users/{user['id']}/application-passwords", name="test"
        )
        return Connection(self.url, name, code["password"])

    def call(self, method: str, path: str, **fields: str) -> Any:  # noqa: ANN401 -- JSON
        """The REST API as the administrator: parameters or, when writing, fields."""
        sent: dict[str, Any] = {"params" if method == "GET" else "json": fields}
        answer = requests.request(
            method,
            f"{self.url}/wp-json/wp/v2/{path}",
            auth=(self.admin.user, self.admin.app_password),
            timeout=30,
            **sent,
        )
        answer.raise_for_status()
        return answer.json()

    def posts(self, key: str, states: str = _STATES) -> list[dict[str, Any]]:
        """Whatever WordPress holds of this key: repeats and trash included."""
        slugs = [key, *(f"{key}-{twin}" for twin in range(2, 10))]
        slugs += [f"{slug}__trashed" for slug in slugs]
        found: list[dict[str, Any]] = self.call(
            "GET", "posts", slug=",".join(slugs), status=states, per_page="100"
        )
        return found

    def public(self, key: str) -> list[dict[str, Any]]:
        """The posts of this key that everyone can see."""
        return self.posts(key, "publish")

    def page(self, url: str) -> str:
        """A page's HTML as an anonymous visitor gets it."""
        answer = requests.get(url, timeout=30)
        answer.raise_for_status()
        return answer.text

    def comment(self, remote: Remote, text: str) -> str:
        """Write as a new visitor through the form, and let it through as the admin."""
        with from_elsewhere() as visitor:
            answer = visitor.post(
                f"{self.url}/wp-comments-post.php",
                data={
                    "comment_post_ID": remote.id,
                    "author": "A visitor",
                    "email": f"{uuid4().hex}@visitor.test",
                    "comment": text,
                },
                allow_redirects=False,
                timeout=30,
            )
        (number,) = re.findall(r"#comment-(\d+)", answer.headers["Location"])
        self.call("POST", f"comments/{number}", status="approved")
        return str(number)


@pytest.fixture(scope="session")
def wordpress() -> Iterator[WordPressServer]:
    """The server; from its first use on, channels may reach 127.0.0.1."""
    with started("wordpress") as told:
        admin, author = Login(**told["admin"]), Login(**told["author"])
        yield WordPressServer(told["url"], admin, author)


@pytest.fixture
def editor(wordpress: WordPressServer) -> Iterator[Connection]:
    """As somebody who may change pages; the About page goes afterwards."""
    admin = wordpress.admin
    yield Connection(wordpress.url, admin.user, admin.app_password)
    for page in wordpress.call("GET", "pages", slug="about"):
        wordpress.call("DELETE", f"pages/{page['id']}?force=true")
