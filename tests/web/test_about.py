"""The page of an account's About section."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.servers.pages import Pages
from tests.servers.policies import Policies
from tests.servers.wordpress import WordPressServer
from tests.web.conftest import Look, SignIn
from wardline.people.models import Person
from wardline.registry.models import AboutAudit, Account
from wardline.registry.steps.store_credential import store_credential


@pytest.fixture
def profile(page_by_hand: Account, elsewhere: Pages, policies: Policies) -> Account:
    """An account by hand whose page has neither link."""
    page_by_hand.url = elsewhere.show("/heart", "<title>Heart notes</title>")
    page_by_hand.save()
    return page_by_hand


def body(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_before_the_first_look_the_page_says_when_it_comes(
    client: Client, profile: Account, author: Person
) -> None:
    client.force_login(author)
    assert "Nobody has looked yet" in body(client, f"/accounts/{profile.pk}/about")


def test_another_unit_sees_nothing(
    client: Client, profile: Account, outsider: Person
) -> None:
    client.force_login(outsider)
    for method, path in (("get", ""), ("post", "/look"), ("post", "/attest")):
        answer = getattr(client, method)(f"/accounts/{profile.pk}/about{path}")
        assert answer.status_code == 403
    assert not AboutAudit.objects.exists()


@pytest.mark.clause("OFFICIAL-05", "OFFICIAL-06", by="wardline.web.about")
def test_a_look_tells_what_is_wrong_and_gives_the_text(
    client: Client, profile: Account, author: Person, policies: Policies
) -> None:
    client.force_login(author)
    path = f"/accounts/{profile.pk}/about"
    client.post(f"{path}/look")
    page = body(client, path)
    assert "Something is wrong" in page
    assert f"Privacy Policy: {policies.privacy.url}</pre>" in page
    assert "Have Wardline add it" not in page


def test_what_is_attested_without_a_link_is_asked_for_again(
    client: Client, profile: Account, author: Person
) -> None:
    client.force_login(author)
    given = {"words": "Heart notes, no links", "seen": "on"}
    answer = client.post(f"/accounts/{profile.pk}/about/attest", given)
    page = answer.content.decode()
    assert "does not hold the link" in page
    assert "Heart notes, no links" in page


def test_a_person_attests_on_the_page(
    client: Client, profile: Account, author: Person, policies: Policies
) -> None:
    client.force_login(author)
    words = f"{policies.guidelines.url} {policies.privacy.url}"
    given = {"words": words, "seen": "on"}
    path = f"/accounts/{profile.pk}/about"
    client.post(f"{path}/attest", given)
    page = body(client, path)
    assert "Attested" in page or "attested" in page
    assert "by Amara Author" in page
    assert AboutAudit.objects.get().evidence == words


def test_a_colleague_may_look_but_not_attest(
    client: Client, profile: Account, colleague: Person
) -> None:
    client.force_login(colleague)
    path = f"/accounts/{profile.pk}/about"
    assert "Attest by hand" not in body(client, path)
    assert client.post(f"{path}/attest", {}).status_code == 403
    assert client.get(f"{path}/fix").status_code == 403


def test_what_cannot_be_changed_is_given_to_paste(
    client: Client, profile: Account, author: Person, policies: Policies
) -> None:
    client.force_login(author)
    page = body(client, f"/accounts/{profile.pk}/about/fix")
    assert "lets no program change a profile" in page
    assert policies.privacy.url in page


def test_a_profile_that_is_lost_is_not_signed_in_to(
    client: Client, profile: Account, author: Person, elsewhere: Pages
) -> None:
    elsewhere.at.clear()
    client.force_login(author)
    page = body(client, f"/accounts/{profile.pk}/about/fix")
    assert "The account is gone" in page
    assert "Add them now" not in page


@pytest.mark.xdist_group("wordpress")
@pytest.mark.clause("OFFICIAL-05", "OFFICIAL-06", by="wardline.web.about")
def test_an_owner_has_the_links_added(
    page: Page,
    sign_in: SignIn,
    look: Look,
    blog: Account,
    author: Person,
    registrar: Person,
    policies: Policies,
    wordpress: WordPressServer,
) -> None:
    blog.url = wordpress.url
    blog.save()
    store_credential(
        registrar.actor,
        blog,
        username=wordpress.admin.user,
        secret=wordpress.admin.app_password,
    )
    sign_in(page, author)
    page.goto(f"{page.url}accounts/{blog.pk}/about")
    page.get_by_role("button", name="Look now").click()
    expect(page.get_by_text("Something is wrong.")).to_be_visible()
    look(page, "about-wrong")
    page.get_by_role("link", name="Have Wardline add it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Add the links")
    look(page, "about-fix")
    page.get_by_role("button", name="Add them now").click()
    expect(page.get_by_text("Both links are there.")).to_be_visible()
    look(page, "about-right")
    for made in wordpress.call("GET", "pages", slug="about"):
        wordpress.call("DELETE", f"pages/{made['id']}?force=true")
