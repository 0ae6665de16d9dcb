"""One draft for three accounts with a picture, in Chromium: write, look, submit."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.cast import account
from tests.web.conftest import Look, SignIn
from wardline.people.models import Person, Unit
from wardline.publishing.models import Draft
from wardline.registry.models import Account

WORDS = """\
Flu shots are free for everybody who works here, on Tuesday and Wednesday, from seven \
to noon, in the main lobby beside the information desk.

- Bring your badge.
- Wear short sleeves.

Why it matters: people who look after patients pass the flu on before they feel ill.
"""
SHORT = "Flu shots in the **main lobby** on Tuesday, seven to noon. Bring your badge."


@pytest.fixture
def three(
    hospital: Unit, author: Person, moderator: Person, page_by_hand: Account
) -> Account:
    """The hospital with a microblog beside its blog and its page."""
    url = "https://social.example/@heart"
    made = account(hospital, author, moderator, "mastodon", url, "microblog")
    made.name = "Heart notes in short"
    made.save()
    return made


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    path = tmp_path / "lobby of dolores whitfield.jpg"
    image = Image.new("RGB", (1600, 1000), "#d9e8f6")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 700, 1600, 1000), fill="#a9aeb1")
    pen.rectangle((600, 400, 1000, 760), fill="#005ea2")
    image.save(path, exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0")
    return path


def test_one_draft_is_written_for_three_accounts_and_seen_as_each_shows_it(
    page: Page,
    sign_in: SignIn,
    author: Person,
    three: Account,
    photograph: Path,
    look: Look,
) -> None:
    sign_in(page, author)
    page.goto(page.url + "drafts/new/cardiology")
    page.wait_for_load_state("load")
    page.get_by_label("Title").fill("Flu shots for everybody")
    page.get_by_label("Text", exact=True).fill(WORDS * 3)
    for place in ("Cardiology blog", "Cardiology network", "Heart notes in short"):
        page.get_by_text(place, exact=False).first.click()
    expect(page.locator("#screening .wl-cannot")).to_contain_text("shorten the text by")
    page.locator(".wl-place", has_text="Heart notes").locator("summary").click()
    page.get_by_label("Text for Heart notes in short").fill(SHORT)
    expect(page.locator("#screening .wl-cannot")).to_have_count(0)

    page.get_by_label("Add a picture").set_input_files(photograph)
    page.get_by_role("button", name="Add the picture").click()
    page.wait_for_load_state("load")
    expect(page.get_by_alt_text("Picture 1")).to_be_visible()
    assert page.evaluate("document.querySelector('.wl-picture img').naturalWidth") > 0
    expect(page.get_by_label("Title")).to_have_value("Flu shots for everybody")
    page.get_by_role("button", name="Save and ask for clearance").click()
    expect(page.locator(".usa-error-message")).to_contain_text("Say what it shows")
    page.wait_for_load_state("load")
    page.get_by_label("What picture 1 shows").fill("The desk in the main lobby.")
    expect(page.locator(".wl-shown__shot").first).to_contain_text("The desk")
    look(page, "draft-for-three")

    page.get_by_role("button", name="Save and ask for clearance").click()
    expect(
        page.get_by_text("Saved. Asked to clear it: Public Affairs.")
    ).to_be_visible()
    look(page, "draft-of-three")
    page.get_by_role("link", name="How it looks on each account").click()
    expect(page.get_by_text("of 500 graphemes")).to_be_visible()
    look(page, "preview")
    draft = Draft.objects.get()
    assert draft.state == "submitted"
    assert draft.variants == {str(three.pk): SHORT}
    assert draft.pictures[0]["alt"] == "The desk in the main lobby."
