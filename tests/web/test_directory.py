import csv
from collections.abc import Callable
from io import StringIO

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.web.conftest import Look
from wardline.people.models import Person
from wardline.registry.models import Account

OnRecord = Callable[..., Account]


def body(client: Client, address: str = "/accounts") -> str:
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.django_db
def test_an_empty_directory_says_so(client: Client) -> None:
    assert "None fits" in body(client)


@pytest.mark.clause("OFFICIAL-01", by="wardline.web.directory")
def test_everybody_sees_the_official_accounts_and_no_person(
    client: Client, on_record: OnRecord, author: Person
) -> None:
    on_record(owner=author, deputy=author, notes="Ask Lee")
    page = body(client)
    assert "Mass Heart" in page
    assert "Cardiology, X" in page
    assert not [word for word in (author.name, author.email, "Lee") if word in page]


def test_a_compromised_account_is_in_no_list(
    client: Client, on_record: OnRecord
) -> None:
    on_record(state="compromised")
    assert "Mass Heart" not in body(client)
    assert "Mass Heart" not in body(client, "/accounts.csv")


def test_retired_ones_are_shown_on_demand(client: Client, on_record: OnRecord) -> None:
    on_record(state="retired")
    assert "Mass Heart" not in body(client)
    assert "Retired</span>" in body(client, "/accounts?retired=on")


def test_a_filter_that_is_not_there_finds_nothing_wrong(
    client: Client, on_record: OnRecord
) -> None:
    on_record()
    assert client.get("/accounts?unit=none&site=%00&page=99").status_code == 200


def test_who_keeps_accounts_sees_the_registry_unless_asked_otherwise(
    client: Client, on_record: OnRecord, registrar: Person
) -> None:
    account = on_record(state="requested", name="Asked for")
    client.force_login(registrar)
    assert f"/accounts/{account.pk}" in body(client)
    assert "Asked for" not in body(client, "/accounts?public=1")


def test_the_file_runs_nothing_in_a_spreadsheet(
    client: Client, on_record: OnRecord
) -> None:
    on_record(name="=HYPERLINK(1)", tags=["a", "b"], handle="@massheart")
    answer = client.get("/accounts.csv")
    (row,) = csv.DictReader(StringIO(answer.content.decode()))
    assert (row["name"], row["tags"]) == ("'=HYPERLINK(1)", "a; b")
    assert row["handle"] == "'@massheart"
    assert row["status"] == "official"


@pytest.mark.django_db(transaction=True)
def test_the_directory_reads_well(
    page: Page, live_server: LiveServer, on_record: OnRecord, look: Look
) -> None:
    on_record(description="Heart health for everybody.", contacts="617-555-0100")
    on_record(
        "https://facebook.com/massheart", name="Mass Heart on Facebook", language="es"
    )
    page.goto(f"{live_server.url}/accounts")
    page.wait_for_load_state()
    page.get_by_label("Search").fill("everybody")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("1 account", exact=True)).to_be_visible()
    look(page, "directory")


def test_an_account_that_may_be_somebody_elses_is_in_no_list(
    client: Client, on_record: OnRecord
) -> None:
    account = on_record()
    account.tasks.create(kind="identity", what="Another id")
    for address in ("/accounts", "/accounts.csv", "/api/accounts"):
        assert account.url not in body(client, address)
    account.tasks.update(state="done")
    assert account.url in body(client)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\n=", "\uff1d", "\uff20"])
def test_a_spreadsheet_is_told_no_formula(
    client: Client, on_record: OnRecord, start: str
) -> None:
    on_record(description=f"{start}HYPERLINK(1)")
    answer = client.get("/accounts.csv")
    (row,) = csv.DictReader(StringIO(answer.content.decode(), newline=""))
    assert row["description"].startswith("'")
