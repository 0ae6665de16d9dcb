"""The set-up guide, from choosing a kind of site to the printed pack."""

import re
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.conftest import Look, SignIn
from wardline.institution import current
from wardline.people.models import Person, Unit
from wardline.registry.guide import guide, kinds
from wardline.registry.models import Account, Version

HTMX = {"hx-request": "true"}
PASSWORD = re.compile(r'id="password"\s+value="([^"]{20})"')


def unit(of: Unit) -> dict[str, Any]:
    return {
        "unit": of.pk,
        "description": "Plain answers about hearts. From the people who treat them.",
        "audience": "People with heart failure and their families",
        "language": "en",
    }


def names(**changes: str) -> dict[str, str]:
    given = {"site": "X", "name": "Mass General Heart", "handle": "@MassGenHeart"}
    return {**given, **changes}


def people(owner: Person, deputy: Person) -> dict[str, Any]:
    return {
        "official_email": "heart@mgh.harvard.edu",
        "owner": owner.pk,
        "deputy": deputy.pk,
        "contacts": "617-726-2000",
    }


def ticks(kind: str) -> dict[str, list[str]]:
    lists = guide(kind).ticks.values()
    return {
        f"ticks-{number}": [str(place) for place in range(len(lines))]
        for number, lines in enumerate(lists)
    }


@pytest.fixture
def desk(client: Client, author: Person) -> Client:
    client.force_login(author)
    return client


@pytest.fixture
def walked(desk: Client, cardiology: Unit, author: Person, moderator: Person) -> Client:
    """An author who filled in all but the check list of a microblog."""
    desk.post("/guide/microblog/unit", unit(cardiology))
    desk.post("/guide/microblog/names", names())
    desk.post("/guide/microblog/people", people(author, moderator))
    return desk


def reached(page: Page, heading: str) -> None:
    """Wait for the page of this heading, whole."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.wait_for_load_state()


def onward(page: Page, heading: str) -> None:
    """Press "Next", and wait for the step that it leads to."""
    page.get_by_role("button", name="Next").click()
    reached(page, heading)


def body(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def sent(client: Client, address: str, given: dict[str, Any]) -> str:
    answer = client.post(address, given, follow=True)
    return " ".join(answer.content.decode().split())


def test_who_may_not_ask_reads_the_advice_and_is_told_whom_to_ask(
    client: Client, clearer: Person
) -> None:
    client.force_login(clearer)
    assert "have your Wardline administrator make you an author" in body(
        client, "/guide"
    )
    assert "What never to post" in body(client, "/guide/photo")
    refused = client.get("/guide/photo/unit")
    assert refused.status_code == 403
    assert "Ask your Wardline administrator" in refused.content.decode()


def test_a_moderator_of_the_unit_does_not_ask(
    client: Client, moderator: Person
) -> None:
    client.force_login(moderator)
    assert client.get("/guide/blog/unit").status_code == 403


def test_an_unknown_kind_or_step_is_not_found(desk: Client) -> None:
    for address in ("/guide/fax", "/guide/fax/unit", "/guide/blog/soul"):
        assert desk.get(address).status_code == 404


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_shows_all_its_advice(desk: Client, kind: str) -> None:
    page = body(desk, f"/guide/{kind}")
    for _, title, _ in guide(kind).parts:
        assert title in page
    for site in guide(kind).sites:
        assert site.label in page


def test_a_later_step_leads_to_the_first_that_is_missing(desk: Client) -> None:
    answer = desk.get("/guide/blog/about", follow=True)
    assert answer.redirect_chain[-1][0] == "/guide/blog/unit"
    assert "First fill in" in answer.content.decode()


def test_an_author_asks_for_their_own_unit_alone(
    desk: Client, cardiology: Unit, oncology: Unit
) -> None:
    assert "Oncology" not in body(desk, "/guide/blog/unit")
    desk.post("/guide/blog/unit", unit(oncology))
    led = desk.get("/guide/blog/names").headers["location"]
    assert led.startswith("/guide/blog/unit")


def test_back_keeps_what_was_typed_even_if_it_will_not_do(
    desk: Client, cardiology: Unit
) -> None:
    desk.post("/guide/microblog/unit", unit(cardiology))
    typed = names(name="Hearts, officially", handle="not quite") | {"back": "1"}
    answer = desk.post("/guide/microblog/names", typed)
    assert answer.headers["location"] == "/guide/microblog/unit"
    assert "Plain answers about hearts" in body(desk, "/guide/microblog/unit")
    page = body(desk, "/guide/microblog/names")
    assert "Hearts, officially" in page
    assert "not quite" in page


def test_a_refused_step_keeps_what_was_typed_and_says_what_to_do(
    walked: Client, author: Person
) -> None:
    page = sent(
        walked,
        "/guide/microblog/people",
        {**people(author, author), "official_email": "heart@massgenera1.org"},
    )
    assert "massgenera1.org looks like massgeneral.org" in page
    assert "Owner and deputy must be two people." in page
    assert 'value="heart@massgenera1.org"' in page
    assert 'value="617-726-2000"' in page


def test_names_are_judged_while_they_are_typed(desk: Client, cardiology: Unit) -> None:
    desk.post("/guide/microblog/unit", unit(cardiology))
    given = names(name="Dr. Heart, official")
    answer = desk.post("/guide/microblog/names", given, headers=HTMX)
    live = " ".join(answer.content.decode().split())
    assert "<html" not in live
    assert "anyone can type it" in live
    assert "3 of 7 rules are not kept yet." in live
    assert "Dr. Heart" not in body(desk, "/guide/microblog/names")


def test_an_address_on_record_is_told_at_once(
    desk: Client, page_by_hand: Account
) -> None:
    desk.post("/guide/network/unit", unit(page_by_hand.unit))
    given = names(site="Another network", url="network.example/Cardiology/?s=2")
    assert "on record already" in sent(desk, "/guide/network/names", given)
    given["url"] = "cardiology"
    assert "Copy it from the browser" in sent(desk, "/guide/network/names", given)
    given["url"] = ""
    assert "Write the address" in sent(desk, "/guide/network/names", given)


def test_a_password_is_shown_once_and_kept_nowhere(walked: Client) -> None:
    assert not PASSWORD.search(body(walked, "/guide/microblog/password"))
    answer = walked.post("/guide/microblog/password", {"make": "1"})
    made = PASSWORD.search(answer.content.decode())
    assert made
    assert "no-store" in answer.headers["cache-control"]
    assert made[1] not in str(dict(walked.session))
    assert made[1] not in body(walked, "/guide/microblog/password")


def test_the_about_text_follows_the_purpose(walked: Client) -> None:
    page = body(walked, "/guide/microblog/about")
    assert current().guidelines.url in page
    assert current().privacy_policy.url in page
    desk = {"description": "What the heart needs.", "again": "1"}
    walked.post("/guide/microblog/names", names(site="Bluesky"))
    assert "What the heart needs. An account of" in sent(
        walked, "/guide/microblog/about", desk
    )


def test_the_sample_shows_the_account_with_the_hospitals_initials(
    walked: Client,
) -> None:
    page = body(walked, "/guide/microblog/look")
    assert "MGH" in page
    assert "@MassGenHeart" in page
    assert "<img" not in page


@pytest.mark.clause("OFFICIAL-09", by="wardline.web.guide")
def test_every_tick_is_needed_and_the_others_stay(walked: Client) -> None:
    some = ticks("microblog") | {"ticks-1": ["0", "3"], "note": "For heart month"}
    page = sent(walked, "/guide/microblog/checklist", some)
    assert "Do and tick all of these: 2 left." in page
    assert "For heart month" in page
    assert page.count(" checked>") == sum(map(len, ticks("microblog").values())) - 2
    assert not Account.objects.exists()


@pytest.mark.clause("OFFICIAL-09", by="wardline.web.guide")
def test_the_last_tick_sends_a_request_and_makes_a_pack(
    walked: Client, author: Person, moderator: Person
) -> None:
    made = PASSWORD.search(
        walked.post("/guide/microblog/password", {"make": "1"}).content.decode()
    )
    given = ticks("microblog") | {"note": "For heart month"}
    pack = sent(walked, "/guide/microblog/checklist", given)
    account, version = Account.objects.get(), Version.objects.get()
    assert (account.state, version.state) == ("requested", "proposed")
    assert (account.owner, account.deputy) == (author, moderator)
    assert account.url == "https://x.com/MassGenHeart"
    assert (account.handle, version.note) == ("MassGenHeart", "For heart month")
    for words in ("Check list, page 2", current().guidelines.url, "What never to post"):
        assert words in pack
    assert made
    assert made[1] not in pack
    assert "MassGenHeart" not in body(walked, "/guide/microblog/unit")


def test_a_request_that_is_refused_keeps_everything(
    walked: Client, author: Person, moderator: Person
) -> None:
    moderator.memberships.all().delete()
    given = ticks("microblog") | {"note": "For heart month"}
    page = sent(walked, "/guide/microblog/checklist", given)
    assert "First fill in “Address and people”." in page
    assert "is not in the unit any more" in page
    assert "heart@mgh.harvard.edu" in page
    assert not Account.objects.exists()
    moderator.memberships.create(unit=author.memberships.get().unit, role="moderator")
    page = body(walked, "/guide/microblog/checklist")
    assert "For heart month" in page
    assert page.count(" checked>") == sum(map(len, ticks("microblog").values()))


def test_begun_again_the_guide_is_empty(walked: Client) -> None:
    assert "start over" in body(walked, "/guide/microblog")
    walked.post("/guide/microblog/begin")
    assert "Plain answers" not in body(walked, "/guide/microblog/unit")


def test_the_pack_is_the_units_own(
    client: Client, page_by_hand: Account, outsider: Person, auditor: Person
) -> None:
    client.force_login(outsider)
    assert client.get(f"/accounts/{page_by_hand.pk}/pack").status_code == 403
    client.force_login(auditor)
    pack = f"/accounts/{page_by_hand.pk}/pack"
    assert f'href="{pack}"' in body(client, f"/accounts/{page_by_hand.pk}")
    assert "Set-up pack" in body(client, pack)


@pytest.mark.clause("OFFICIAL-09", by="wardline.web.guide")
def test_an_author_walks_through_the_guide(
    page: Page, sign_in: SignIn, hospital: Unit, author: Person, look: Look
) -> None:
    sign_in(page, author)
    page.locator("summary", has_text="Registry").click()
    page.get_by_role("link", name="Set up an account").click()
    expect(page.get_by_role("heading", level=2)).to_have_count(len(kinds()))
    look(page, "guide")
    page.get_by_role("link", name="Photo site", exact=True).click()
    reached(page, "Photo site")
    look(page, "guide-kind")
    page.get_by_role("link", name="Set one up").click()
    reached(page, "Unit and purpose")
    page.get_by_label("What it is for").fill("The roof garden, and other calm places.")
    page.get_by_label("Whom it is for").fill("Everybody")
    look(page, "guide-1-unit")
    onward(page, "Name and handle")
    page.get_by_label("Name that readers see").fill("Mass General Garden")
    page.get_by_label("Handle").fill("official_garden")
    status = page.get_by_role("status")
    expect(status).to_contain_text("1 of 7 rules is not kept yet.")
    look(page, "guide-2-names")
    page.get_by_label("Handle").fill("massgengarden")
    expect(status).to_contain_text("All rules are kept.")
    page.keyboard.press("Enter")
    reached(page, "Address and people")
    page.get_by_label("Official e-mail address").fill("garden@gmail.com")
    page.get_by_label("Deputy").select_option("Mo Derator")
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("private mail service")).to_be_visible()
    look(page, "guide-3-people")
    page.get_by_label("Official e-mail address").fill("garden@massgeneral.org")
    onward(page, "Sign up")
    page.get_by_role("button", name="Make a password").click()
    expect(page.get_by_label("Password")).to_have_value(re.compile(r"^\S{20}$"))
    look(page, "guide-4-password")
    onward(page, "About text")
    look(page, "guide-5-about")
    onward(page, "Pictures and layout")
    look(page, "guide-6-look")
    page.get_by_role("button", name="Back").click()
    reached(page, "About text")
    onward(page, "Pictures and layout")
    onward(page, "Check list")
    for box in page.get_by_role("checkbox").all():
        box.focus()
        page.keyboard.press("Space")
    look(page, "guide-7-checklist")
    page.get_by_role("button", name="Send the request").click()
    reached(page, "Set-up pack for Mass General Garden")
    look(page, "guide-8-pack")
    assert Account.objects.filter(state="requested", kind="photo").exists()


def test_the_check_list_prints_on_two_pages(
    page: Page, sign_in: SignIn, page_by_hand: Account, author: Person
) -> None:
    sign_in(page, author)
    home = page.url
    for kind in kinds():
        Account.objects.update(kind=kind)
        page.goto(f"{home}accounts/{page_by_hand.pk}/pack")
        page.evaluate(
            "document.querySelectorAll('.wl-pack > :not(.wl-check-list), .wl-footer')"
            ".forEach((part) => part.remove())"
        )
        pages = re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter"))
        assert len(pages) == 2, kind
