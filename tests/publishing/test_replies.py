"""A reply is a draft: it passes the gate, and goes out once, under the right comment."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from typing_extensions import override

from tests.servers.flaky import Flaky, failed, lost
from tests.servers.wordpress import WordPressServer
from wardline import channels
from wardline.audit.clock import database_now
from wardline.channels import Connection, Post, Remote
from wardline.people.access import DeniedError
from wardline.people.models import Person
from wardline.publishing.content import Content
from wardline.publishing.errors import PublishingError
from wardline.publishing.models import Draft, Publication, ReplyTemplate
from wardline.publishing.revisions import content_of
from wardline.publishing.steps.cancel_draft import cancel_draft
from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.decide_template import approve_template, retire_template
from wardline.publishing.steps.deliver import deliver
from wardline.publishing.steps.resolve import record_posted
from wardline.publishing.steps.save_draft import edit_draft
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.start_reply import start_reply
from wardline.publishing.steps.submit import submit
from wardline.publishing.steps.withdraw import withdraw
from wardline.publishing.steps.write_template import write_template
from wardline.registry import vault
from wardline.registry.models import Account

COMMENT = "https://network.example/cardiology/posts/7#comment-9"
WORDS = "Thank you for these kind words. We are passing them on."
Reply = Callable[..., Draft]


@pytest.fixture
def reply(author: Person, page_by_hand: Account) -> Reply:
    """Start a reply: `reply()`, `reply(text="…")`, `reply(template=row)`."""

    def started(**given: object) -> Draft:
        said = {"comment_id": COMMENT, "comment_url": COMMENT, "text": "Thank you."}
        return start_reply(author.actor, page_by_hand, **said | given)  # type: ignore[arg-type]

    return started


@pytest.fixture
def template(author: Person, clearer: Person, page_by_hand: Account) -> ReplyTemplate:
    row = write_template(
        author.actor,
        page_by_hand.unit,
        situation="Praise",
        language="en",
        text=WORDS,
    )
    approve_template(clearer.actor, row)
    return row


def test_without_words_there_is_no_reply(reply: Reply) -> None:
    with pytest.raises(PublishingError, match="Write the answer"):
        reply(text=" ")
    assert not Draft.objects.exists()


def test_of_two_who_answer_one_comment_at_once_the_second_is_told(
    reply: Reply,
) -> None:
    """The other one starts when the first one's request was looked at already."""

    class Meanwhile(str):
        __slots__ = ()

        @override
        def strip(self, chars: str | None = None) -> str:
            reply()
            return "Thank you."

    with pytest.raises(PublishingError, match="open already"):
        reply(text=Meanwhile("Thank you."))
    assert Draft.objects.count() == 1


@pytest.mark.clause("POLICY-01", by="wardline.publishing.steps.start_reply")
def test_a_reply_waits_for_clearance_like_any_post(
    reply: Reply, author: Person
) -> None:
    draft = reply()
    assert (draft.answers, draft.answers_url) == (COMMENT, COMMENT)
    (clearance,) = submit(author.actor, draft, version=1)
    assert clearance.office == "public-affairs"


def test_the_words_of_a_template_need_no_clearance(
    reply: Reply, template: ReplyTemplate, author: Person
) -> None:
    draft = reply(template=template)
    assert draft.text == WORDS
    assert submit(author.actor, draft, version=1) == []
    draft.refresh_from_db()
    assert draft.state == "cleared"
    assert schedule(author.actor, draft, at=None, zone="UTC")


def test_one_word_more_than_the_template_needs_clearance(
    reply: Reply, template: ReplyTemplate, author: Person
) -> None:
    draft = reply(template=template)
    changed = Content(draft.title, f"{WORDS} Really!", list(draft.accounts.all()))
    edit_draft(author.actor, draft, changed, version=1)
    draft.refresh_from_db()
    assert submit(author.actor, draft, version=2)


def test_a_template_taken_out_of_use_clears_nothing_any_more(
    reply: Reply, template: ReplyTemplate, author: Person, clearer: Person
) -> None:
    draft = reply(template=template)
    submit(author.actor, draft, version=1)
    retire_template(clearer.actor, template)
    draft.refresh_from_db()
    with pytest.raises(PublishingError, match="Not cleared"):
        schedule(author.actor, draft, at=None, zone="UTC")
    with pytest.raises(PublishingError, match="not in use"):
        reply(template=template, comment_id="8")


@pytest.mark.parametrize(
    "text",
    [
        "We are so sorry about your visit.",
        "Thank you for choosing us for your surgery!",
        "We have no record of you.",
        "You were never a patient of ours.",
    ],
)
def test_an_answer_about_a_patient_is_held_for_privacy(
    reply: Reply, author: Person, text: str
) -> None:
    draft = reply(text=text)
    asked = {row.office: row for row in submit(author.actor, draft, version=1)}
    assert asked["privacy"].lifts_hold


def test_words_that_screening_holds_are_held_in_a_template_too(
    reply: Reply, template: ReplyTemplate, author: Person
) -> None:
    held = "We have no record of you."
    ReplyTemplate.objects.filter(pk=template.pk).update(text=held)
    template.refresh_from_db()
    (clearance,) = submit(author.actor, reply(template=template), version=1)
    assert clearance.office == "privacy"


def test_one_comment_has_one_open_answer(reply: Reply, author: Person) -> None:
    first = reply()
    with pytest.raises(PublishingError, match="open already"):
        reply()
    cancel_draft(author.actor, first)
    assert reply().pk != first.pk


def test_a_reply_stays_on_its_account(
    reply: Reply, author: Person, blog: Account
) -> None:
    draft = reply()
    elsewhere = Content(draft.title, draft.text, [blog])
    with pytest.raises(PublishingError, match="stays on its account"):
        edit_draft(author.actor, draft, elsewhere, version=1)


@pytest.mark.parametrize("comment", ["", "x" * 301])
def test_a_reply_says_which_comment_it_answers(reply: Reply, comment: str) -> None:
    with pytest.raises(PublishingError, match="Say which comment"):
        reply(comment_id=comment)


def test_a_reply_by_hand_is_recorded_where_it_stands(
    reply: Reply, template: ReplyTemplate, author: Person
) -> None:
    draft = reply(template=template)
    submit(author.actor, draft, version=1)
    draft.refresh_from_db()
    (row,) = schedule(author.actor, draft, at=None, zone="UTC")
    assert claim() is None
    row.refresh_from_db()
    assert row.state == "by-hand"
    where = "https://network.example/cardiology/posts/7?comment=10"
    record_posted(author.actor, row, url=where)
    assert (row.remote_id, row.remote_url) == (where, where)
    draft.refresh_from_db()
    assert draft.state == "published"


def test_only_authors_answer_and_only_where_it_can_be_done(
    reply: Reply, outsider: Person, page_by_hand: Account
) -> None:
    with pytest.raises(DeniedError):
        start_reply(outsider.actor, page_by_hand, comment_id="1", text="Hello.")
    page_by_hand.state = "retired"
    page_by_hand.save()
    with pytest.raises(PublishingError, match="retired"):
        reply()


def test_a_channel_without_answers_says_so(
    author: Person, blog: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = type(channels.get(blog.channel))
    mute = replace(kind.capabilities, replies=False)
    monkeypatch.setattr(kind, "capabilities", mute)
    with pytest.raises(PublishingError, match="cannot answer comments"):
        start_reply(author.actor, blog, comment_id="1", text="Hello.")


class TestWordPress:
    """Replies on a real WordPress."""

    pytestmark = [
        pytest.mark.django_db(transaction=True),
        pytest.mark.xdist_group("wordpress"),
    ]

    @pytest.fixture
    def ours(self, wordpress: WordPressServer) -> Connection:
        """Somebody new: WordPress lets nobody write two comments in 15 seconds."""
        return wordpress.newcomer()

    @pytest.fixture
    def site(
        self,
        blog: Account,
        author: Person,
        ours: Connection,
        wordpress: WordPressServer,
    ) -> Account:
        blog.url = wordpress.url
        blog.save()
        vault.store(author.actor, blog, "username", ours.username)
        vault.store(author.actor, blog, "secret", ours.secret)
        return blog

    @pytest.fixture
    def comment(
        self, wordpress: WordPressServer, ours: Connection
    ) -> tuple[Remote, str]:
        """A post of ours, and what a visitor wrote under it."""
        post = Post(
            f"open-day-{uuid4().hex}", "Open day", "Come in.", "<p>Come in.</p>"
        )
        remote = channels.get("wordpress").publish(ours, post)
        return remote, wordpress.comment(remote, "Is it free?")

    @pytest.fixture
    def due(
        self,
        author: Person,
        clearer: Person,
        site: Account,
        comment: tuple[Remote, str],
    ) -> Publication:
        row = write_template(
            author.actor, site.unit, situation="Praise", language="en", text=WORDS
        )
        approve_template(clearer.actor, row)
        draft = start_reply(author.actor, site, comment_id=comment[1], template=row)
        submit(author.actor, draft, version=1)
        draft.refresh_from_db()
        (publication,) = schedule(author.actor, draft, at=None, zone="UTC")
        return publication

    def test_an_answer_stands_under_its_comment_and_is_taken_down(
        self,
        due: Publication,
        author: Person,
        comment: tuple[Remote, str],
        wordpress: WordPressServer,
    ) -> None:
        send(due)
        assert due.state == "published"
        (answer,) = answers(wordpress, comment[0])
        assert str(answer["parent"]) == comment[1]
        assert "Reply to a comment" not in answer["content"]["rendered"]
        post = due.draft
        assert content_of(due.revision).text == WORDS
        post.refresh_from_db()
        withdraw(author.actor, post, reason="A mistake.")
        send(post.publications.get(action="withdraw"))
        assert answers(wordpress, comment[0]) == []

    @pytest.mark.parametrize("fault", [lost, failed])
    @pytest.mark.parametrize("request_number", range(1, 5))
    def test_reply_retried_after_a_lost_answer_stands_once(
        self,
        due: Publication,
        site: Account,
        comment: tuple[Remote, str],
        wordpress: WordPressServer,
        fault: Callable[..., None],
        request_number: int,
    ) -> None:
        with Flaky(wordpress.url) as proxy:
            proxy.faults = {request_number: fault}
            site.url = proxy.url
            site.save()
            for _ in range(3):
                if send(due).state == "published":
                    break
        assert due.state == "published"
        assert len(answers(wordpress, comment[0])) == 1


def answers(wordpress: WordPressServer, post: Remote) -> list[dict[str, Any]]:
    """What the hospital wrote under the post."""
    found = wordpress.call("GET", "comments", post=post.id, per_page="100")
    return [each for each in found if each["parent"]]


def send(row: Publication) -> Publication:
    """Let the worker act once, whatever the time is."""
    Publication.objects.filter(pk=row.pk).update(next_attempt_at=database_now())
    if claimed := claim():
        deliver(claimed)
    row.refresh_from_db()
    return row
