import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.browser import Accessible, Picture
from tests.cast import PASSWORD
from wardline.people.models import Person


def test_a_visitor_is_asked_to_sign_in(client: Client, db: None) -> None:
    answer = client.get("/")
    assert answer.status_code == 302
    assert answer.headers["location"] == "/sign-in?next=/"


def test_a_wrong_password_says_what_to_check(client: Client, author: Person) -> None:
    answer = client.post("/sign-in", {"username": author.email, "password": "no"})
    assert "do not belong together" in answer.content.decode()


def test_an_address_that_leads_nowhere_gets_a_page(client: Client, db: None) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "go to your dashboard" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_person_signs_in_and_out(
    page: Page,
    live_server: LiveServer,
    author: Person,
    accessible: Accessible,
    picture: Picture,
) -> None:
    page.goto(live_server.url)
    accessible(page)
    picture(page, "sign-in")
    page.get_by_label("Work e-mail address").fill(author.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Dashboard"
    accessible(page)
    page.get_by_role("button", name="Sign out").click()
    assert page.url.endswith("/sign-in")
