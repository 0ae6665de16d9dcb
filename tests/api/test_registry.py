"""The registry by program: what each step answers, and to whom."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.api.tokens import token_of
from wardline.api.urls import api
from wardline.audit.models import Entry
from wardline.channels.search import Profile
from wardline.people.models import Person
from wardline.registry.models import Account, Version
from wardline.registry.particulars import Particulars
from wardline.registry.steps import report_look_alike
from wardline.registry.steps.propose_change import propose_change
from wardline.registry.steps.tasks import open_task

CAST = [
    "outsider", "author", "moderator", "colleague", "clearer", "developer",
    "privacy_officer", "registrar", "auditor", "administrator",
]  # fmt: skip
EVERYBODY = frozenset(CAST)
UNIT = frozenset({"author", "moderator", "colleague"})
READERS = UNIT | {"registrar", "auditor"}
AUTHORS = frozenset({"author", "colleague", "registrar"})
REGISTRAR = frozenset({"registrar"})
MAY: Mapping[tuple[str, str], frozenset[str]] = {
    ("get", "/accounts"): EVERYBODY,
    ("post", "/accounts"): AUTHORS,
    ("get", "/accounts/{pk}"): READERS,
    ("put", "/accounts/{pk}"): AUTHORS,
    ("post", "/accounts/{pk}/certify"): frozenset({"author", "moderator", "registrar"}),
    ("post", "/accounts/{pk}/step-in"): frozenset({"moderator"}),
    ("post", "/accounts/{pk}/compromised"): UNIT | REGISTRAR,
    ("post", "/accounts/{pk}/restore"): REGISTRAR,
    ("post", "/accounts/{pk}/retire"): REGISTRAR,
    ("get", "/accounts/{pk}/about"): READERS,
    ("post", "/accounts/{pk}/about"): UNIT | REGISTRAR,
    ("post", "/accounts/{pk}/about/attest"): frozenset(
        {"author", "moderator", "registrar"}
    ),
    ("post", "/accounts/{pk}/about/fix"): frozenset({"author", "moderator"}),
    ("get", "/look-alikes"): REGISTRAR | {"auditor"},
    ("post", "/accounts/{pk}/look-alikes/search"): REGISTRAR,
    ("post", "/look-alikes/{pk}/impostor"): REGISTRAR,
    ("post", "/look-alikes/{pk}/harmless"): REGISTRAR,
    ("post", "/look-alikes/{pk}/gone"): REGISTRAR,
    ("get", "/versions"): EVERYBODY,
    ("post", "/versions/{pk}/approve"): REGISTRAR,
    ("post", "/versions/{pk}/return"): REGISTRAR,
    ("post", "/versions/{pk}/consent"): frozenset({"developer"}),
    ("post", "/versions/{pk}/take-back"): AUTHORS,
    ("get", "/tasks"): EVERYBODY,
    ("post", "/tasks/{pk}/close"): UNIT | REGISTRAR,
    ("post", "/import"): REGISTRAR,
    ("get", "/export"): EVERYBODY,
}
"""Who of the cast may do each thing to something of Cardiology's."""
GIVEN = {
    "unit": "cardiology",
    "kind": "blog",
    "name": "Heart notes",
    "url": "heart.massgeneral.org",
    "official_email": "heart@mgh.harvard.edu",
    "owner": "amara.author@massgeneral.org",
    "deputy": "mo.derator@massgeneral.org",
}


@pytest.fixture
def ours(blog: Account, particulars: Particulars, author: Person) -> dict[str, int]:
    """The numbers of things of Cardiology's that wait for somebody."""
    with transaction.atomic():
        task = open_task(author.actor, blog, "certify", "Look at it")
    version = propose_change(author.actor, blog, particulars)
    fake = blog.look_alikes.create(url="https://x.com/cardio1ogy", why="One letter")
    return {
        "accounts": blog.pk,
        "versions": version.pk,
        "tasks": task.pk,
        "look-alikes": fake.pk,
    }


@pytest.fixture
def particulars(blog: Account, author: Person, moderator: Person) -> Particulars:
    return Particulars(
        unit=blog.unit,
        channel="by_hand",
        kind="blog",
        name="Cardiology renamed",
        url=blog.url,
        official_email="heart@mgh.harvard.edu",
        owner=author,
        deputy=moderator,
    )


def call(
    client: Client, who: Person, method: str, path: str, given: object = None
) -> HttpResponse:
    """The answer to a call, with a body where the method has one."""
    address = f"/api/registry{path}"
    headers = token_of(who)
    given_file = SimpleUploadedFile("a.csv", b"url,kind\nheart.example,blog\n")
    answer: object
    if method == "get":
        answer = client.get(address, headers=headers)
    elif path == "/import":
        answer = client.post(address, {"file": given_file}, headers=headers)
    else:
        send = client.put if method == "put" else client.post
        body = json.dumps(given or {})
        answer = send(address, body, content_type="application/json", headers=headers)
    assert isinstance(answer, HttpResponse)
    return answer


def said(answer: HttpResponse) -> dict[str, Any]:
    """What a JSON answer says."""
    read: dict[str, Any] = json.loads(answer.content)
    return read


def test_every_operation_stands_in_the_table() -> None:
    described = api.get_openapi_schema()["paths"]
    found = {
        (method, path.removeprefix("/api/registry"))
        for path, operations in described.items()
        for method in operations
        if path.startswith("/api/registry")
    }
    assert found == MAY.keys()


@pytest.mark.parametrize("name", CAST)
def test_the_same_people_may_do_it_as_on_the_pages(
    client: Client, ours: dict[str, int], name: str, request: pytest.FixtureRequest
) -> None:
    who: Person = request.getfixturevalue(name)
    for (method, path), allowed in MAY.items():
        pk = ours.get(path.split("/")[1], 0)
        given: object = {"reason": "Because"} if "{pk}" in path else GIVEN
        if path.endswith("close"):
            given = {}
        elif path.endswith("impostor"):
            given = {"reason": "It is", "evidence": "It says so"}
        elif path.endswith("attest"):
            given = {"words": "Heart notes"}
        elif method == "put":
            given = GIVEN
        with transaction.atomic():
            answer = call(client, who, method, path.replace("{pk}", str(pk)), given)
            transaction.set_rollback(True)
        assert answer.status_code < 500, (method, path)
        assert (answer.status_code != 403) == (name in allowed), (method, path)
        if name not in READERS | {"developer"}:
            assert "Cardiology" not in answer.content.decode(), (method, path)


def test_a_request_becomes_an_account(
    client: Client, author: Person, moderator: Person, registrar: Person
) -> None:
    asked = call(client, author, "post", "/accounts", GIVEN)
    assert (asked.status_code, said(asked)["state"]) == (201, "proposed")
    assert said(asked)["particulars"]["owner"] == author.email
    done = call(client, registrar, "post", f"/versions/{said(asked)['id']}/approve")
    assert said(done)["number"] == 1
    account = said(call(client, author, "get", f"/accounts/{said(asked)['account']}"))
    assert account["state"] == "active"
    assert account["url"] == "https://heart.massgeneral.org"
    entry = Entry.objects.filter(action="account.request").get()
    assert entry.actor_name.startswith("Amara Author (token wl_")


def test_a_change_by_who_cannot_read_the_notes_keeps_them(
    client: Client, blog: Account, author: Person, registrar: Person
) -> None:
    Account.objects.update(notes="Watch this one")
    assert said(call(client, author, "get", f"/accounts/{blog.pk}"))["notes"] == ""
    given = {**GIVEN, "notes": "Mine"}
    call(client, author, "put", f"/accounts/{blog.pk}", given)
    assert Version.objects.get().particulars["notes"] == "Watch this one"
    shown = said(call(client, registrar, "get", "/versions"))["items"][0]
    assert shown["particulars"]["notes"] == "Watch this one"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"unit": "Neurology"}, "There is no unit “Neurology”"),
        ({"owner": "nobody@mgh.harvard.edu"}, "Nobody signs in as nobody@"),
        ({"owner": ""}, "Name an owner and a deputy."),
        ({"official_email": "heart@mail.example"}, "is not an official address"),
        ({"channel": "pigeon"}, "There is no channel “pigeon”"),
        ({"url": "javascript:alert(1)"}, "is not the address of a page"),
        ({"kind": "radio"}, "kind: Input should be 'network'"),
        ({"name": "\0"}, "name: Take the NUL characters out."),
    ],
)
def test_what_is_wrong_is_told(
    client: Client,
    author: Person,
    moderator: Person,
    change: dict[str, str],
    told: str,
) -> None:
    answer = call(client, author, "post", "/accounts", {**GIVEN, **change})
    assert answer.status_code == 422
    assert told in said(answer)["error"]


def test_lists_come_in_parts_and_by_what_is_asked(
    client: Client, blog: Account, page_by_hand: Account, author: Person
) -> None:
    part = said(call(client, author, "get", "/accounts?limit=1&offset=1"))
    assert (part["count"], len(part["items"])) == (2, 1)
    for query in ("kind=blog", "words=127.0", "channel=wordpress"):
        found = said(call(client, author, "get", f"/accounts?{query}&state=active"))
        assert [one["id"] for one in found["items"]] == [blog.pk]
    assert said(call(client, author, "get", "/accounts?unit=oncology"))["count"] == 0
    for wrong in ("state=asleep", "limit=0", "offset=-1", "limit=501"):
        answer = call(client, author, "get", f"/accounts?{wrong}")
        assert answer.status_code == 422, wrong


def test_what_is_not_there_and_what_is_too_late(
    client: Client, blog: Account, registrar: Person
) -> None:
    assert call(client, registrar, "get", "/accounts/999").status_code == 404
    assert call(client, registrar, "get", f"/accounts/{2**63}").status_code == 422
    path = f"/accounts/{blog.pk}/retire"
    assert (
        call(client, registrar, "post", path, {"reason": "Closed"}).status_code == 200
    )
    again = call(client, registrar, "post", path, {"reason": "Closed"})
    assert (again.status_code, list(said(again))) == (409, ["error"])


def test_a_list_is_imported_when_the_dry_run_is_taken_off(
    client: Client, registrar: Person, blog: Account
) -> None:
    def send(**fields: str) -> dict[str, Any]:
        file = SimpleUploadedFile(
            "a.csv", b"url,kind\nheart.example.org,blog\nx,blog\n"
        )
        headers = token_of(registrar)
        given = {"file": file, "unit": "cardiology", **fields}
        read: dict[str, Any] = client.post(
            "/api/registry/import", given, headers=headers
        ).json()
        return read

    dry = send()
    assert (dry["new"], dry["refused"], dry["accounts"]) == (1, 1, [])
    assert Account.objects.count() == 1
    assert dry["outcomes"][1]["line"] == 3
    done = send(dry_run="false")
    assert Account.objects.get(pk=done["accounts"][0]).state == "requested"
    assert send(dry_run="false")["passed_by"] == 1


def test_a_site_is_searched_for_look_alikes(
    client: Client, on_record: Callable[..., Account], registrar: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    account = on_record("https://bsky.app/profile/massheart", handle="massheart")
    found = Profile("https://bsky.app/profile/rnassheart", "rnassheart", "1", "Heart")
    monkeypatch.setattr(report_look_alike, "search", lambda _: [found])
    path = f"/accounts/{account.pk}/look-alikes/search"
    asked = call(client, registrar, "post", path)
    assert [one["url"] for one in json.loads(asked.content)] == [found.url]
    assert json.loads(call(client, registrar, "post", path).content) == []
    keeps = token_of(registrar, "registry:keep")
    assert client.post(f"/api/registry{path}", headers=keeps).status_code == 403


def test_a_site_that_cannot_be_searched_says_so(
    client: Client, blog: Account, registrar: Person
) -> None:
    path = f"/accounts/{blog.pk}/look-alikes/search"
    answer = call(client, registrar, "post", path)
    assert (answer.status_code, list(said(answer))) == (422, ["error"])


def test_an_export_is_a_file(client: Client, blog: Account, author: Person) -> None:
    for kind in ("csv", "json", "xlsx"):
        answer = call(client, author, "get", f"/export?format={kind}")
        assert answer["Content-Disposition"].endswith(f'"accounts.{kind}"')
    assert call(client, author, "get", "/export?format=pdf").status_code == 422
