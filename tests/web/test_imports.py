"""The pages of import and export: look first, then enter; never somebody else's."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.conftest import Look, SignIn
from wardline.people.models import Person, Unit
from wardline.registry.models import Account

LIST = "platform,handle,owner\ntwitter,@MGH_Heart,\nfacebook,two words,\n"


def file(content: str = LIST) -> SimpleUploadedFile:
    return SimpleUploadedFile("list.csv", content.encode())


def body(client: Client, fields: dict[str, object]) -> str:
    return client.post("/accounts/import", fields).content.decode()


def packed_in(page: str) -> str:
    return page.partition('name="packed" value="')[2].partition('"')[0]


def test_looking_at_a_list_enters_nothing(
    client: Client, registrar: Person, cardiology: Unit
) -> None:
    client.force_login(registrar)
    page = body(client, {"file": file(), "unit": "cardiology"})
    assert "Enter 1 for review" in page
    assert "is no handle" in page
    assert not Account.objects.exists()


def test_what_was_looked_at_is_entered(
    client: Client, registrar: Person, cardiology: Unit
) -> None:
    client.force_login(registrar)
    page = body(client, {"file": file(), "unit": "cardiology"})
    given = {"name": "list.csv", "packed": packed_in(page), "unit": "cardiology"}
    client.post("/accounts/import/confirm", given)
    assert Account.objects.get().url == "https://x.com/MGH_Heart"
    assert "Nothing in this file is new" in body(
        client, {"file": file(), "unit": "cardiology"}
    )


def test_a_file_that_is_no_list_is_told_on_the_form(
    client: Client, registrar: Person
) -> None:
    client.force_login(registrar)
    assert "holds no row" in body(client, {"file": file("url\n")})
    for packed in ("", "no", "bm8=", "é"):
        given = {"name": "list.csv", "packed": packed}
        answer = client.post("/accounts/import/confirm", given, follow=True)
        assert "choose it again" in answer.content.decode()


def test_a_list_that_does_not_fit_a_page_says_what_to_do(
    client: Client, registrar: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wardline.web.imports.MOST_PACKED", 10)
    client.force_login(registrar)
    assert "wardline registry import" in body(client, {"file": file()})


def test_an_author_exports_the_own_unit_and_imports_nothing(
    client: Client, author: Person, outsider: Person, blog: Account
) -> None:
    client.force_login(author)
    assert client.post("/accounts/import", {"file": file()}).status_code == 403
    assert blog.url in client.get("/accounts/export/csv").content.decode()
    client.force_login(outsider)
    assert blog.url not in client.get("/accounts/export/json").content.decode()
    assert client.get("/accounts/export/pdf").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_import_reads_well(
    page: Page,
    sign_in: SignIn,
    look: Look,
    hospital: Unit,
    registrar: Person,
    tmp_path: Path,
) -> None:
    kept = tmp_path / "list.csv"
    kept.write_text(LIST)
    sign_in(page, registrar)
    page.wait_for_load_state()
    page.goto(page.url + "accounts/import")
    look(page, "import")
    page.get_by_label("List of accounts").set_input_files(kept)
    page.get_by_label("Unit of rows that name none").select_option("cardiology")
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would be imported")
    look(page, "import-plan")
    page.get_by_role("button", name="Enter 1 for review").click()
    expect(page.get_by_text("Entered for review: 1.")).to_be_visible()
