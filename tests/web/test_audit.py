from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.browser import Accessible, Picture
from tests.web.conftest import SignIn
from wardline.audit.models import Head
from wardline.people.models import Person
from wardline.publishing.models import Draft
from wardline.web import audit


@pytest.fixture
def reader(client: Client, auditor: Person) -> Client:
    client.force_login(auditor)
    return client


def body(reader: Client, address: str = "/audit") -> str:
    return " ".join(reader.get(address).content.decode().split())


def test_nothing_done_is_said(reader: Client) -> None:
    assert "Nothing was done yet." in body(reader)


def test_only_an_auditor_reads(client: Client, registrar: Person) -> None:
    client.force_login(registrar)
    assert client.get("/audit").status_code == 403


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("action=draft.create", 1),
        ("action=draft.create&person=amara", 1),
        ("person=nobody", 0),
        ("since=2000-01-01&until=2100-01-01", 1),
        ("until=2000-01-01", 0),
        ("target=draft:0", 0),
        ("since=yesterday", 1),
    ],
)
def test_entries_are_found(
    reader: Client, write: Callable[..., Draft], query: str, shown: int
) -> None:
    write()
    page = body(reader, f"/audit?{query}")
    assert page.count("<strong>Amara Author</strong>") == shown


def test_pages_keep_the_filter(
    reader: Client, write: Callable[..., Draft], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PAGE", 1)
    for _ in range(3):
        write()
    page = body(reader, "/audit?person=Amara&page=2")
    assert "Page 2 of 3" in page
    assert 'href="?person=Amara&amp;page=3"' in page


def verdict(reader: Client, head: str = "") -> str:
    return " ".join(reader.post("/audit", {"head": head}).content.decode().split())


def test_a_chain_that_holds_shows_its_head(
    reader: Client, write: Callable[..., Draft]
) -> None:
    write()
    page = verdict(reader)
    head = str(Head.objects.get())
    assert "The chain holds" in page
    assert head in page
    assert "The chain holds" in verdict(reader, head)


def test_a_chain_that_was_cut_is_told(
    reader: Client, write: Callable[..., Draft]
) -> None:
    write()
    assert "does not hold" in verdict(reader, f"9:{'0' * 64}")


def test_a_head_that_is_none_is_refused(reader: Client) -> None:
    assert "must look like" in verdict(reader, "nonsense")


def test_the_audit_reads_well(
    page: Page,
    phone: Page,
    sign_in: SignIn,
    write: Callable[..., Draft],
    auditor: Person,
    accessible: Accessible,
    picture: Picture,
) -> None:
    write()
    for screen, name in ((page, "desk"), (phone, "phone")):
        sign_in(screen, auditor)
        screen.goto(screen.url + "audit")
        screen.get_by_role("button", name="Verify now").click()
        expect(screen.get_by_text("The chain holds")).to_be_visible()
        accessible(screen)
        picture(screen, f"audit-{name}")
