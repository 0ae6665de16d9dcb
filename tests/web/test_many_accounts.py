"""One draft for many accounts: texts of their own, pictures, and what each can take."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.cast import WORDS, account
from tests.web.conftest import body
from wardline.people.models import Person, Unit
from wardline.publishing.content import Pictured
from wardline.publishing.models import Draft, Picture
from wardline.publishing.steps.add_picture import add_picture
from wardline.publishing.steps.correct import start_correction
from wardline.registry.models import Account

Write = Callable[..., Draft]
LONG = "Flu shots are free for everybody who works here. " * 20
NEW = "/drafts/new/cardiology"


def png(colour: str = "red") -> bytes:
    file = BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    return file.getvalue()


def upload(colour: str = "red") -> SimpleUploadedFile:
    return SimpleUploadedFile("dolores.png", png(colour), "image/png")


@pytest.fixture
def microblog(cardiology: Unit, author: Person, moderator: Person) -> Account:
    """Cardiology's account at a server of the Mastodon API."""
    url = "https://social.example/@heart"
    return account(cardiology, author, moderator, "mastodon", url, "microblog")


@pytest.fixture
def picture(cardiology: Unit, author: Person) -> Picture:
    return add_picture(author.actor, cardiology, "lobby.png", png())


def fields(*accounts: Account, **more: object) -> dict[str, object]:
    chosen = [each.pk for each in accounts]
    return {"title": "Flu shots", "text": WORDS, "accounts": chosen, **more}


def test_a_text_of_its_own_is_kept_for_chosen_accounts_alone(
    client: Client, author: Person, blog: Account, microblog: Account
) -> None:
    client.force_login(author)
    own = {f"own-{blog.pk}": "For the blog.", f"own-{microblog.pk}": "For the others."}
    client.post(NEW, fields(blog, **own))
    assert Draft.objects.get().variants == {str(blog.pk): "For the blog."}


def test_a_draft_opens_again_with_the_texts_that_were_saved(
    client: Client, author: Person, blog: Account, write: Write
) -> None:
    draft = write(variants={blog.pk: "For the blog."})
    client.force_login(author)
    page = body(client, f"/drafts/{draft.pk}/edit")
    assert "For the blog." in page
    assert '<details class="wl-own wl-under-box" open>' in page


def test_findings_show_under_the_text_that_they_are_in_and_are_numbered_on(
    client: Client, author: Person, blog: Account, microblog: Account
) -> None:
    client.force_login(author)
    own = {f"own-{microblog.pk}": "Call my patient Rosa Delgado, MRN 4471903."}
    sent = fields(blog, microblog, text="See bit.ly/heart-talk-9", check="1", **own)
    page = client.post(NEW, sent).content.decode()
    common, _, own_part = page.partition(f"The text for {microblog}")
    before = common.count('id="finding-')
    assert before
    assert f'id="finding-{before + 1}"' in own_part
    assert f'href="#finding-{before + 1}"' in own_part
    assert "Held: only the Privacy Office may lift this." in page


def test_a_fix_in_a_text_of_its_own_changes_that_text(
    client: Client, author: Person, blog: Account, microblog: Account
) -> None:
    client.force_login(author)
    own = {f"own-{microblog.pk}": "My patient, MRN 4471903, is fine."}
    sent = fields(blog, microblog, **own, **{f"fix@{microblog.pk}": "all"})
    page = client.post(NEW, sent).content.decode()
    assert "My patient, MRN [number removed], is fine." in page
    assert f'name="undo@{microblog.pk}"' in page
    assert not Draft.objects.exists()


def test_what_an_account_cannot_take_is_said_while_it_is_typed(
    client: Client, author: Person, blog: Account, microblog: Account
) -> None:
    client.force_login(author)
    sent = fields(blog, microblog, text=LONG, check="1")
    page = " ".join(client.post(NEW, sent).content.decode().split())
    assert "Mastodon takes 500 graphemes: shorten the text by" in page
    assert "of 500 graphemes" in page
    short = {**sent, f"own-{microblog.pk}": "Short."}
    assert "too many" not in client.post(NEW, short).content.decode()


def test_links_count_as_the_channel_counts_them(
    client: Client, author: Person, microblog: Account
) -> None:
    client.force_login(author)
    sent = fields(microblog, text=f"https://a.example/{'x' * 600}", check="1")
    assert "23 of 500 graphemes" in client.post(NEW, sent).content.decode()


def test_what_an_account_cannot_take_is_saved_and_not_submitted(
    client: Client, author: Person, blog: Account, microblog: Account
) -> None:
    client.force_login(author)
    sent = fields(blog, microblog, text=LONG, submit="1")
    page = client.post(NEW, sent, follow=True).content.decode()
    draft = Draft.objects.get()
    assert draft.state == "editing"
    assert draft.text == LONG
    assert f"{microblog}: Mastodon takes 500 graphemes: shorten the text by" in page


def test_a_file_becomes_a_picture_of_the_form_and_saves_nothing(
    client: Client, author: Person, blog: Account
) -> None:
    client.force_login(author)
    sent = fields(blog, file=upload(), **{"add-picture": "1"})
    page = client.post(NEW, sent).content.decode()
    picture = Picture.objects.get()
    assert f'value="{picture.sha256}"' in page
    assert "What picture 1 shows" in page
    assert "Say what it shows" not in page.partition('id="screening"')[0]
    assert not Draft.objects.exists()


@pytest.mark.clause("POLICY-07", by="wardline.web.picture_fields")
def test_a_picture_is_not_saved_without_words_for_those_who_cannot_see_it(
    client: Client, author: Person, blog: Account
) -> None:
    client.force_login(author)
    page = client.post(NEW, fields(blog, file=upload())).content.decode()
    assert "Say what it shows, for those who cannot see it." in page
    assert WORDS in page
    assert not Draft.objects.exists()
    picture = Picture.objects.get()
    said = {f"alt-{picture.sha256}": "The lobby with the flu desk."}
    client.post(NEW, fields(blog, picture=picture.sha256, **said))
    kept = {"sha256": picture.sha256, "alt": said[f"alt-{picture.sha256}"]}
    assert Draft.objects.get().pictures == [{**kept, "patient": False}]


def test_a_file_that_is_no_picture_says_so_and_keeps_what_was_typed(
    client: Client, author: Person, blog: Account
) -> None:
    client.force_login(author)
    file = SimpleUploadedFile("notes.docx", b"PK\x03\x04", "image/png")
    page = client.post(NEW, fields(blog, file=file, **{"add-picture": "1"}))
    assert "notes.docx cannot be read" in page.content.decode()
    assert WORDS in page.content.decode()


def test_pictures_move_up_and_are_taken_away(
    client: Client, author: Person, cardiology: Unit, blog: Account
) -> None:
    client.force_login(author)
    shas = [
        add_picture(author.actor, cardiology, "a", png(colour)).sha256
        for colour in ("red", "green", "blue")
    ]
    sent = fields(blog, picture=shas)

    def order(**pressed: str) -> list[str]:
        page = client.post(NEW, sent | pressed).content.decode()
        form = page.partition('id="pictures"')[2]
        at = {sha: form.find(f'name="picture" value="{sha}"') for sha in shas}
        spread = " ".join(form.split())
        at = {sha: spread.find(f'name="picture" value="{sha}"') for sha in shas}
        return sorted((s for s in shas if at[s] >= 0), key=lambda s: at[s])

    assert order(check="1") == shas
    assert order(earlier=shas[2]) == [shas[0], shas[2], shas[1]]
    assert order(earlier=shas[0]) == shas
    assert order(remove=shas[1]) == [shas[0], shas[2]]


def test_a_picture_of_another_unit_cannot_be_named(
    client: Client, author: Person, outsider: Person, oncology: Unit, blog: Account
) -> None:
    theirs = add_picture(outsider.actor, oncology, "a", png())
    client.force_login(author)
    sent = {"picture": [theirs.sha256, "\0", "../../x"], "check": "1"}
    page = client.post(NEW, fields(blog, **sent)).content.decode()
    assert theirs.sha256 not in page
    assert client.get(f"/units/oncology/pictures/{theirs.sha256}").status_code == 403
    assert client.get(f"/units/cardiology/pictures/{theirs.sha256}").status_code == 404


def test_a_picture_that_an_account_does_not_take_is_said_at_once(
    client: Client, author: Person, page_by_hand: Account, picture: Picture
) -> None:
    client.force_login(author)
    sent = fields(page_by_hand, picture=picture.sha256, check="1")
    page = client.post(NEW, sent).content.decode()
    assert f"<strong>{page_by_hand}</strong>" in page
    assert "Say what picture 1 shows" in page


def test_a_picture_of_a_patient_waits_for_its_authorization(
    client: Client, author: Person, blog: Account, picture: Picture
) -> None:
    client.force_login(author)
    said = {f"alt-{picture.sha256}": "A nurse and a guest.", "picture": picture.sha256}
    told = {f"patient-{picture.sha256}": "on", "submit": "1"}
    page = client.post(NEW, fields(blog, **said, **told), follow=True).content.decode()
    assert "A patient is in picture 1: choose the authorization" in page
    assert Draft.objects.get().state == "editing"


def test_pictures_are_served_to_readers_of_the_draft_as_nothing_but_pictures(
    client: Client,
    moderator: Person,
    outsider: Person,
    picture: Picture,
    write: Write,
) -> None:
    draft = write(pictures=[Pictured(picture.sha256, "The lobby.")])
    address = f"/drafts/{draft.pk}/pictures/{picture.sha256}"
    client.force_login(outsider)
    assert client.get(address).status_code == 403
    client.force_login(moderator)
    answer = client.get(address)
    assert answer.content == bytes(picture.content)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "private" in answer.headers["Cache-Control"]
    assert client.get(address[:-1] + "x").status_code == 404


def test_a_picture_withheld_for_patient_data_is_withheld_everywhere(
    client: Client, author: Person, picture: Picture, write: Write
) -> None:
    draft = write(pictures=[Pictured(picture.sha256, "The lobby.")])
    Draft.objects.update(restricted=True)
    client.force_login(author)
    for place in (f"drafts/{draft.pk}", "units/cardiology"):
        answer = client.get(f"/{place}/pictures/{picture.sha256}")
        assert answer.status_code in {403, 404}


def test_an_upload_over_the_limit_is_refused_before_it_is_read(
    client: Client, author: Person, blog: Account
) -> None:
    client.force_login(author)
    file = SimpleUploadedFile("big.png", bytes(25_000_000), "image/png")
    answer = client.post(NEW, fields(blog, file=file))
    assert answer.status_code == 400
    assert "This was too much at once" in answer.content.decode()


def test_the_preview_shows_each_account_what_it_will_get(
    client: Client,
    author: Person,
    blog: Account,
    microblog: Account,
    picture: Picture,
    write: Write,
) -> None:
    draft = write(
        "See [the study](https://doi.example/7). ![x](https://evil.example/y.png)",
        accounts=[blog, microblog],
        variants={microblog.pk: "In **short**: [the study](https://doi.example/7)."},
        pictures=[Pictured(picture.sha256, "The lobby.")],
    )
    client.force_login(author)
    page = body(client, f"/drafts/{draft.pk}/preview")
    assert "See <a>the study</a>. [picture: x]" in page
    assert "In short: the study (https://doi.example/7)." in page
    assert "evil.example" not in page
    assert page.count("Read out as: The lobby.") == 2


def test_the_preview_of_a_correction_shows_what_readers_will_see(
    client: Client, author: Person, published: Draft
) -> None:
    correction = start_correction(author.actor, published, reason="The day was wrong.")
    client.force_login(author)
    words = fields(text=WORDS.replace("Tuesday", "Thursday"), version=1)
    client.post(f"/drafts/{correction.pk}/edit", words)
    page = body(client, f"/drafts/{correction.pk}/preview")
    assert "<strong>Correction</strong>" in page
    assert "<del>Tuesday </del><ins>Thursday</ins>" in page


def test_a_preview_is_for_readers_of_the_draft(
    client: Client, outsider: Person, write: Write
) -> None:
    draft = write()
    client.force_login(outsider)
    assert client.get(f"/drafts/{draft.pk}/preview").status_code == 403
