from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.web.conftest import Look
from wardline.audit.models import Entry
from wardline.people.allowance import Allowance
from wardline.people.models import Person
from wardline.registry.models import Account, LookAlike
from wardline.registry.steps.report_compromised import report_compromised
from wardline.web import verify

OnRecord = Callable[..., Account]
OURS = "https://x.com/massheart"
THEIRS = "https://x.com/massheart-help"


@pytest.fixture(autouse=True)
def fresh_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "reports", Allowance())


def body(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.django_db
def test_nothing_asked_is_nothing_said(client: Client) -> None:
    page = body(client, "/verify")
    assert "Is this account real?" in page
    assert 'id="answer"' not in page


@pytest.mark.django_db
def test_what_is_no_address_is_asked_for_again(client: Client) -> None:
    assert "is not the address of a page" in body(client, "/verify?url=heart")
    assert "say which site" in body(client, "/verify?url=@massheart")
    assert "Paste the address" in body(client, "/verify?url=&site=x")


def test_our_account_is_official_with_a_badge_to_embed(
    client: Client, on_record: OnRecord
) -> None:
    on_record()
    page = body(client, f"/verify?url={OURS}")
    assert "Official account" in page
    assert "Run by</dt> <dd> Cardiology" in page
    assert "verify/badge.svg?url=https%3A%2F%2Fx.com%2Fmassheart" in page
    assert "Official account" in body(client, "/verify?url=@massheart&site=x")


def test_a_stranger_is_told_what_to_do(client: Client, on_record: OnRecord) -> None:
    on_record()
    page = body(client, f"/verify?url={THEIRS}")
    assert "Not on record" in page
    assert "give it money" in page
    assert "/verify/report?url=" in page


def test_a_compromised_account_is_no_longer_vouched_for(
    client: Client, on_record: OnRecord, author: Person
) -> None:
    report_compromised(author.actor, on_record(), "Coins")
    page = body(client, f"/verify?url={OURS}")
    assert "Revoked" in page
    assert "Put a badge" not in page
    assert f'href="{OURS}"' not in page


def test_a_report_waits_for_the_registrar(client: Client, on_record: OnRecord) -> None:
    ours = on_record()
    given = {"url": THEIRS, "evidence": "It sells cures."}
    assert client.post("/verify/report", given)["Location"] == "/verify/reported"
    row = LookAlike.objects.get()
    assert (row.account, row.state, row.evidence) == (
        ours,
        "candidate",
        given["evidence"],
    )
    entry = Entry.objects.get(action="look-alike.report")
    assert (entry.actor_id, entry.actor_name) == (None, "A visitor")
    client.post("/verify/report", given)
    assert LookAlike.objects.count() == 1


def test_our_own_account_cannot_be_reported(
    client: Client, on_record: OnRecord
) -> None:
    on_record()
    answer = client.post("/verify/report", {"url": OURS, "evidence": "Hm."})
    assert "This is an official account" in answer.content.decode()
    assert not LookAlike.objects.exists()


def test_reports_are_limited_by_the_minute(client: Client, on_record: OnRecord) -> None:
    on_record()
    for number in range(verify.REPORTS + 1):
        given = {"url": f"{THEIRS}{number}", "evidence": "It sells cures."}
        answer = client.post("/verify/report", given)
    assert "Too many reports" in answer.content.decode()
    assert LookAlike.objects.count() == verify.REPORTS


def test_the_badge_says_when_it_is_revoked(
    client: Client, on_record: OnRecord, author: Person
) -> None:
    account = on_record()
    badge = f"/verify/badge.svg?url={OURS}"
    first = client.get(badge)
    assert first["Content-Type"] == "image/svg+xml"
    assert "<title>Official account: Mass General</title>" in first.content.decode()
    assert b"<script" not in first.content
    report_compromised(author.actor, account, "Coins")
    second = client.get(badge, headers={"If-None-Match": first["ETag"]})
    assert b"Revoked: not safe now" in second.content
    kept = client.get(badge, headers={"If-None-Match": second["ETag"]})
    assert kept.status_code == 304
    assert client.get("/verify/badge.svg").status_code == 422


@pytest.mark.django_db(transaction=True)
def test_looking_up_and_reporting_read_well(
    page: Page, live_server: LiveServer, on_record: OnRecord, look: Look
) -> None:
    on_record()
    page.goto(f"{live_server.url}/verify")
    page.wait_for_load_state()
    page.get_by_label("Address or @handle").fill("@MassHeart")
    page.get_by_label("Site, if it is a handle").select_option("X")
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_role("heading", name="Official account")).to_be_visible()
    page.get_by_text("Put a badge on your page").click()
    look(page, "verify-official")
    page.get_by_label("Address or @handle").fill(THEIRS)
    page.get_by_label("Site, if it is a handle").select_option("")
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_role("heading", name="Not on record")).to_be_visible()
    look(page, "verify-not-listed")
    page.get_by_role("link", name="Tell us").click()
    page.wait_for_load_state()
    page.get_by_label("What you saw").fill("It asks for card numbers.")
    look(page, "verify-report")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    look(page, "verify-reported")
