"""What a correction says at each channel, and what it leaves standing."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.cast import account
from tests.newsroom import Newsroom, came_out
from wardline import channels
from wardline.channels import Post
from wardline.people.models import Person, Unit
from wardline.publishing.content import Pictured
from wardline.publishing.models import Draft, Picture, Publication
from wardline.publishing.post import corrections_url, post_of
from wardline.publishing.steps.withdraw import withdraw
from wardline.registry.models import Account

Write = Callable[..., Draft]
TEXT = "Flu shots are on *Tuesday* in the lobby."
RIGHT = "Flu shots are on *Thursday* in the lobby."


@pytest.fixture
def places(
    cardiology: Unit, author: Person, moderator: Person, blog: Account
) -> dict[str, Account]:
    """An account at each kind of channel."""
    urls = {"mastodon": "https://social.example/@heart", "bluesky": "https://bsky.app/profile/heart", "by_hand": "https://network.example/heart"}  # fmt: skip
    made = {
        channel: account(cardiology, author, moderator, channel, url, "microblog")
        for channel, url in urls.items()
    }
    return {"wordpress": blog, **made}


def sent(newsroom: Newsroom, fix: Draft, place: Account) -> Post:
    """What goes out of a correction on one account."""
    rows = newsroom.queue(fix)
    return post_of(next(row for row in rows if row.account == place))


def test_a_first_publication_says_nothing_of_a_correction(
    newsroom: Newsroom, write: Write, places: dict[str, Account]
) -> None:
    (row,) = newsroom.queue(write(TEXT))
    assert post_of(row).text == TEXT
    assert "Correction" not in post_of(row).html


@pytest.mark.clause("ETHICS-07", by="wardline.publishing.post")
@pytest.mark.parametrize("channel", ["wordpress", "mastodon", "bluesky", "by_hand"])
def test_every_channel_gets_the_word_correction_the_reason_and_the_page(
    newsroom: Newsroom, write: Write, places: dict[str, Account], channel: str
) -> None:
    place = places[channel]
    post = newsroom.publish(write(TEXT, accounts=[place]))
    made = sent(newsroom, newsroom.fix(post, RIGHT), place)
    page = corrections_url(post.public_id)
    assert made.text == (
        f"Correction: The day was wrong.\n\n{RIGHT}\n\nThe original: <{page}>"
    )
    assert "<del>Tuesday</del>" in made.html.replace(" </del>", "</del>")
    assert "<ins>Thursday</ins>" in made.html
    assert page in made.html


@pytest.mark.parametrize("channel", ["wordpress", "mastodon", "bluesky", "by_hand"])
def test_no_combining_character_feigns_a_line_through_the_words(
    newsroom: Newsroom, write: Write, places: dict[str, Account], channel: str
) -> None:
    place = places[channel]
    post = newsroom.publish(write(TEXT, accounts=[place]))
    made = sent(newsroom, newsroom.fix(post, RIGHT), place)
    assert not [sign for sign in made.text + made.html if unicodedata.combining(sign)]


def test_a_later_correction_strikes_from_the_original_and_names_the_earlier_one(
    newsroom: Newsroom, write: Write, places: dict[str, Account]
) -> None:
    blog = places["wordpress"]
    post = newsroom.publish(write(TEXT))
    newsroom.correct(post, RIGHT)
    late = newsroom.fix(post, RIGHT.replace("lobby", "hall"), "The place was wrong.")
    html = sent(newsroom, late, blog).html
    assert html.index("The day was wrong.") < html.index("The place was wrong.")
    assert html.count("Correction") == 2
    assert "Tuesday" in html
    assert "lobby" in html
    (row,) = late.publications.all()
    assert row.remote_id == post.publications.get().remote_id


def test_a_third_correction_refers_to_the_post_and_not_to_a_correction(
    newsroom: Newsroom, write: Write, places: dict[str, Account]
) -> None:
    post = newsroom.publish(write(TEXT, accounts=[places["bluesky"]]))
    for day in ("Wednesday", "Thursday"):
        newsroom.correct(post, TEXT.replace("Tuesday", day))
    (row,) = newsroom.queue(newsroom.fix(post, TEXT.replace("Tuesday", "Friday")))
    assert row.remote_id == post.publications.get().remote_id


def test_each_account_is_corrected_in_its_own_words(
    newsroom: Newsroom, write: Write, places: dict[str, Account]
) -> None:
    blog, short = places["wordpress"], places["mastodon"]
    own = {short.pk: "Shots on Tuesday."}
    post = newsroom.publish(write(TEXT, accounts=[blog, short], variants=own))
    fix = newsroom.fix(post, RIGHT, variants={short.pk: "Shots on Thursday."})
    rows = {row.account_id: post_of(row) for row in newsroom.queue(fix)}
    assert "Shots on Thursday." in rows[short.pk].text
    assert RIGHT not in rows[short.pk].text
    assert "Shots on <del>Tuesday. </del><ins>Thursday.</ins>" in rows[short.pk].html
    assert RIGHT in rows[blog.pk].text


def test_a_title_that_was_wrong_is_struck_where_there_are_titles(
    newsroom: Newsroom, write: Write, places: dict[str, Account]
) -> None:
    post = newsroom.publish(write(TEXT, "Tuesday shots"))
    fix = newsroom.fix(post, TEXT, title="Thursday shots")
    made = sent(newsroom, fix, places["wordpress"])
    assert made.title == "Thursday shots"
    assert "<h3><del>Tuesday </del><ins>Thursday</ins> shots</h3>" in made.html


@pytest.fixture
def pictured(cardiology: Unit, author: Person) -> Pictured:
    picture = Picture.objects.create(
        unit=cardiology,
        sha256="a" * 64,
        name="lobby.png",
        kind="image/png",
        width=1,
        height=1,
        content=b"PNG",
        added_by=author,
    )
    return Pictured(picture.sha256, "The lobby on a Tuesday")


def test_words_about_a_picture_alone_are_corrected_with_the_picture(
    newsroom: Newsroom, write: Write, places: dict[str, Account], pictured: Pictured
) -> None:
    both = [places["mastodon"], places["bluesky"]]
    post = newsroom.publish(write(TEXT, accounts=both, pictures=[pictured]))
    right = replace(pictured, alt="The lobby on a Thursday")
    fix = newsroom.fix(post, TEXT, pictures=[right])
    edited, answered = [post_of(row) for row in newsroom.queue(fix)]
    assert edited.media[0].alt == answered.media[0].alt == right.alt
    assert TEXT in edited.text
    assert TEXT not in answered.text


def test_an_answer_does_not_repeat_pictures_that_were_right(
    newsroom: Newsroom, write: Write, places: dict[str, Account], pictured: Pictured
) -> None:
    both = [places["mastodon"], places["bluesky"]]
    post = newsroom.publish(write(TEXT, accounts=both, pictures=[pictured]))
    edited, answered = [
        post_of(row) for row in newsroom.queue(newsroom.fix(post, RIGHT))
    ]
    assert len(edited.media) == 1
    assert answered.media == ()


def test_an_edit_keeps_the_new_text_even_if_the_reason_must_be_short(
    newsroom: Newsroom, write: Write, places: dict[str, Account]
) -> None:
    text = "The walk-in clinic is open. " * 14
    post = newsroom.publish(write(text, accounts=[places["mastodon"]]))
    fix = newsroom.fix(post, text.replace("open", "shut"), "It was shut. " * 20)
    made = sent(newsroom, fix, places["mastodon"])
    assert made.text.startswith("Correction: It was shut.")
    assert text.replace("open", "shut").strip() in made.text


def test_signs_in_a_reason_stay_what_they_are(
    newsroom: Newsroom, write: Write, places: dict[str, Account]
) -> None:
    hand = places["by_hand"]
    post = newsroom.publish(write(TEXT, accounts=[hand]))
    made = sent(newsroom, newsroom.fix(post, RIGHT, "It said *Tue_s_day* <9>."), hand)
    assert "It said *Tue_s_day* <9>." in channels.get("by_hand").text_of(made)


def test_replies_that_correct_a_post_are_withdrawn_with_it(
    newsroom: Newsroom, write: Write, places: dict[str, Account]
) -> None:
    both = [places["mastodon"], places["bluesky"]]
    post = newsroom.publish(write(TEXT, accounts=both))
    fix = newsroom.correct(post, RIGHT)
    withdraw(newsroom.author.actor, post, reason="The clinic is closed.")
    out = Publication.objects.exclude(action="withdraw")
    removals = Publication.objects.filter(action="withdraw")
    standing = {row.remote_id for row in out.filter(draft__in=[post, fix])}
    assert {row.remote_id for row in removals} == standing
    assert len(removals) == len(standing) == 3


def test_a_correction_that_comes_out_after_the_withdrawal_is_taken_down(
    newsroom: Newsroom, write: Write, places: dict[str, Account]
) -> None:
    post = newsroom.publish(write(TEXT, accounts=[places["bluesky"]]))
    (row,) = newsroom.queue(newsroom.fix(post, RIGHT))
    Publication.objects.filter(pk=row.pk).update(in_doubt=True)
    withdraw(newsroom.author.actor, post, reason="The clinic is closed.")
    row.refresh_from_db()
    came_out(row)
    removals = Publication.objects.filter(action="withdraw", draft=row.draft)
    assert [each.remote_id for each in removals] == [row.remote_id]
