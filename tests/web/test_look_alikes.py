from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.conftest import Look, SignIn
from wardline.people.models import Person
from wardline.registry.models import Account, LookAlike

OnRecord = Callable[..., Account]
THEIRS = "https://x.com/massheart-help"


def body(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


@pytest.fixture
def candidate(on_record: OnRecord) -> LookAlike:
    return LookAlike.objects.create(
        account=on_record(), url=THEIRS, why="A visitor reported it.", name="Help"
    )


def test_nothing_found_is_nothing_listed(client: Client, registrar: Person) -> None:
    client.force_login(registrar)
    assert "None." in body(client, "/look-alikes")


def test_only_registrar_and_auditor_see_them(
    client: Client, candidate: LookAlike, author: Person, auditor: Person
) -> None:
    client.force_login(author)
    for address in ("/look-alikes", f"/look-alikes/{candidate.pk}"):
        assert client.get(address).status_code == 403
    client.force_login(auditor)
    assert THEIRS in body(client, "/look-alikes")
    page = body(client, f"/look-alikes/{candidate.pk}")
    assert "Judge it" not in page
    given = {"verdict": "harmless", "reason": "A fan"}
    assert client.post(f"/look-alikes/{candidate.pk}", given).status_code == 403


def test_a_verdict_without_evidence_stays_on_the_form(
    client: Client, candidate: LookAlike, registrar: Person
) -> None:
    client.force_login(registrar)
    given = {"verdict": "known-impostor", "reason": "It sells cures"}
    answer = client.post(f"/look-alikes/{candidate.pk}", given)
    assert "what shows it" in answer.content.decode()
    assert "It sells cures" in answer.content.decode()


def test_a_site_that_cannot_be_searched_is_not_offered(
    client: Client, candidate: LookAlike, registrar: Person, on_record: OnRecord
) -> None:
    client.force_login(registrar)
    on_record("https://bsky.app/profile/heart.bsky.social", name="Heart on Bluesky")
    page = body(client, "/look-alikes")
    assert "Heart on Bluesky</option>" in page
    assert "Mass Heart</option>" not in page
    given = {"account": candidate.account.pk}
    answer = client.post("/look-alikes/search", given, follow=True)
    assert "Choose an account first" in answer.content.decode()


def test_judging_reads_well(
    page: Page,
    sign_in: SignIn,
    candidate: LookAlike,
    registrar: Person,
    look: Look,
) -> None:
    sign_in(page, registrar)
    page.get_by_role("link", name="Look-alikes").first.click()
    look(page, "look-alikes")
    page.get_by_role("link", name=THEIRS).click()
    page.wait_for_load_state()
    page.get_by_text("It pretends to be us").click()
    page.get_by_label("Why").fill("It sells cures in our name.")
    page.get_by_label("What shows it").fill("Its post of Nov 22: “Pay here.”")
    look(page, "look-alike-judged")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_role("heading", name="The letter")).to_be_visible()
    look(page, "look-alike-letter")


def test_a_state_that_is_not_there_shows_what_waits(
    client: Client, candidate: LookAlike, registrar: Person
) -> None:
    client.force_login(registrar)
    assert candidate.url in body(client, "/look-alikes?state=%00")
