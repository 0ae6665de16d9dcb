import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from tests.servers.pages import Pages, pages
from wardline.audit.record import SYSTEM
from wardline.audit.states import move
from wardline.channels.http import Http
from wardline.channels.original import Looked, look
from wardline.people.access import DeniedError
from wardline.people.models import Person
from wardline.publishing.errors import PublishingError
from wardline.publishing.links import keep, links_of, take_due, watch
from wardline.publishing.models import Draft, LinkCheck, Revision
from wardline.publishing.settle import finish
from wardline.publishing.steps.check_links import check_links
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.keep_archive import keep_archive
from wardline.publishing.steps.recheck_link import recheck_link
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit

Write = Callable[..., Draft]
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OWN = Http(["127.0.0.1"], deadline=2.0, hops=4)


@pytest.fixture
def site() -> Iterator[Pages]:
    with pages() as site:
        yield site


def out(post: Draft) -> Draft:
    """The post as if it had gone out."""
    revision = post.revision
    Draft.objects.filter(pk=post.pk).update(state="published")
    post.publications.create(
        account=post.accounts.get(),
        revision=revision,
        key=f"post-{post.pk:06}",
        state="published",
        due_at=NOW,
        next_attempt_at=NOW,
        zone="UTC",
    )
    with transaction.atomic():
        watch(SYSTEM, post)
    return post


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("No link: flu shots are on Tuesday.", []),
        ("See https://a.example/x, and more.", ["https://a.example/x"]),
        ("(https://a.example/x_(y)).", ["https://a.example/x_(y)"]),
        ("[words](https://a.example/x)", ["https://a.example/x"]),
        ("<https://a.example/x?a=1&b=2>", ["https://a.example/x?a=1&b=2"]),
        ("https://a.example/x https://a.example/x", ["https://a.example/x"]),
        ("javascript:alert(1) ftp://a.example/x", []),
    ],
)
def test_links_are_read_as_people_write_them(text: str, links: list[str]) -> None:
    assert links_of(Revision(text=text)) == links


def test_links_of_an_accounts_own_text_count(db: None) -> None:
    revision = Revision(text="https://a.example/", variants={"7": "https://b.example/"})
    assert links_of(revision) == ["https://a.example/", "https://b.example/"]


def test_no_more_links_than_thirty_are_looked_at() -> None:
    text = " ".join(f"https://a.example/{number}" for number in range(99))
    assert len(links_of(Revision(text=text))) == 30


def test_a_page_that_is_there_leaves_evidence_of_what_it_showed(site: Pages) -> None:
    found = look(site.show("/study", "<p>A <b>study</b>"), OWN)
    assert found.outcome == "works"
    assert len(found.fingerprint) == 64
    site.show("/study", "<p>Another study")
    assert look(site.url + "/study", OWN).fingerprint != found.fingerprint


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_dead(site: Pages, status: int) -> None:
    assert look(site.show("/x", "gone", status), OWN).outcome == "dead"


@pytest.mark.parametrize("status", [400, 401, 403, 429, 451, 500, 503])
def test_a_page_that_refuses_or_fails_is_only_out_of_reach(
    site: Pages, status: int
) -> None:
    assert look(site.show("/x", "no", status), OWN).outcome == "unreachable"


@pytest.mark.parametrize(
    ("told", "others", "outcome"),
    [
        (socket.EAI_NONAME, 0, "dead"),
        (socket.EAI_AGAIN, 0, "unreachable"),
        (socket.EAI_NONAME, socket.EAI_NONAME, "unreachable"),  # ours is out
    ],
)
def test_a_name_that_does_not_exist_is_dead_where_names_are_answered_at_all(
    monkeypatch: pytest.MonkeyPatch, told: int, others: int, outcome: str
) -> None:
    def resolve(host: str, *_: object, **__: object) -> list[object]:
        if error := told if host == "gone.example" else others:
            raise socket.gaierror(error, "told")
        return []

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert look("https://gone.example/x").outcome == outcome


def test_a_private_address_is_never_asked(site: Pages) -> None:
    assert look(site.show("/x", "ours"), Http([])).outcome == "unreachable"
    assert site.seen == []


def test_a_deep_link_that_ends_at_a_front_page_is_told(site: Pages) -> None:
    site.show("/", "<p>Welcome")
    found = look(site.send_on("/study/7", "/"), OWN)
    assert found.outcome == "works"
    assert "front page" in found.detail


def test_a_circle_of_redirects_ends(site: Pages) -> None:
    site.send_on("/a", "/b")
    assert look(site.send_on("/b", "/a"), OWN).outcome == "unreachable"


@pytest.mark.clause("ETHICS-11", by="wardline.publishing.links")
def test_a_copy_is_told_with_the_original_that_it_names(
    site: Pages, author: Person, write: Write
) -> None:
    original = "https://journal.example/study/7"
    link = site.show("/copy", f'<link rel="canonical" href="{original}"><p>x')
    (row,) = check_links(author.actor, write(f"See {link}"), http=OWN)
    assert row.original_url == original


@pytest.mark.clause("ETHICS-11", by="wardline.publishing.links")
def test_a_shortener_is_told_with_the_page_that_it_leads_to(write: Write) -> None:
    found = Looked("works", "https://journal.example/study/7")
    row = keep(write(), "https://bit.ly/heart-talk-9", found)
    assert row.shortener
    assert row.final_url == "https://journal.example/study/7"


@pytest.mark.clause("ETHICS-11", by="wardline.publishing.links")
def test_a_roundup_is_told_apart_from_an_original(write: Write) -> None:
    plain = keep(write(), "https://doi.org/10.1000/182", Looked("works"))
    retold = keep(write(), "https://lungnews.example/roundup-7", Looked("works"))
    assert plain.detail == ""
    assert "link the original itself" in retold.detail


def test_what_was_seen_stays_as_evidence_when_the_page_goes(
    site: Pages, author: Person, write: Write
) -> None:
    draft = write(f"See {site.show('/study', '<p>A study')}")
    (seen,) = check_links(author.actor, draft, http=OWN)
    del site.at["/study"]
    (row,) = check_links(author.actor, draft, http=OWN)
    assert row.outcome == "dead"
    assert row.fingerprint == seen.fingerprint


def test_an_outsider_has_no_links_looked_at(outsider: Person, write: Write) -> None:
    with pytest.raises(DeniedError):
        check_links(outsider.actor, write("https://a.example/"), http=OWN)


def test_a_dead_link_does_not_stop_a_submission(
    site: Pages, author: Person, write: Write
) -> None:
    draft = write(f"See {site.url}/gone")
    check_links(author.actor, draft, http=OWN)
    submit(author.actor, draft, version=1)


def test_an_archive_is_kept_by_its_whole_address(author: Person, write: Write) -> None:
    row = keep(write(), "https://journal.example/7", Looked("works"))
    with pytest.raises(PublishingError, match="begins with https"):
        keep_archive(author.actor, row, "javascript:alert(1)")
    keep_archive(author.actor, row, "https://archive.example/7")
    row.refresh_from_db()
    assert row.archive_url == "https://archive.example/7"


def test_links_are_watched_from_the_moment_a_post_is_out(
    author: Person, clearer: Person, write: Write
) -> None:
    draft = write("See https://journal.example/7")
    for clearance in submit(author.actor, draft, version=1):
        grant(clearer.actor, clearance, content=clearance.content_hash)
    assert not LinkCheck.objects.exists()
    row = schedule(author.actor, draft, at=None, zone="UTC")[0]
    move(row, "sending", SYSTEM)
    with transaction.atomic():
        move(row, "published", SYSTEM)
        finish(SYSTEM, row)
    assert LinkCheck.objects.get().due_at


def test_a_link_is_looked_at_again_each_week(site: Pages, write: Write) -> None:
    post = out(write(f"See {site.show('/study', '<p>A study')}"))
    row = take_due(NOW + 365 * DAY)
    assert row
    recheck_link(row, NOW, http=OWN)
    assert post.links.get().due_at == NOW + 7 * DAY
    assert not post.follow_ups.exists()


def test_a_link_that_is_dead_two_days_running_becomes_a_task_that_closes_itself(
    site: Pages, write: Write
) -> None:
    post = out(write(f"See {site.url}/study"))
    recheck_link(post.links.get(), NOW, http=OWN)
    assert not post.follow_ups.exists()
    assert post.links.get().due_at == NOW + DAY
    recheck_link(post.links.get(), NOW + DAY, http=OWN)
    assert post.follow_ups.get().state == "open"
    recheck_link(post.links.get(), NOW + 2 * DAY, http=OWN)
    site.show("/study", "<p>Back")
    recheck_link(post.links.get(), NOW + 3 * DAY, http=OWN)
    assert post.follow_ups.get().state == "done"
    assert post.links.get().failures == 0


def test_what_cannot_be_reached_never_becomes_a_task(site: Pages, write: Write) -> None:
    post = out(write(f"See {site.show('/study', 'busy', 503)}"))
    for day in range(5):
        recheck_link(post.links.get(), NOW + day * DAY, http=OWN)
    assert not post.follow_ups.exists()


def test_a_correction_that_takes_the_link_out_closes_the_task(
    site: Pages, write: Write
) -> None:
    post = out(write(f"See {site.url}/study"))
    for day in range(2):
        recheck_link(post.links.get(), NOW + day * DAY, http=OWN)
    correction = write("See our own page.")
    Draft.objects.filter(pk=correction.pk).update(corrects=post)
    correction.refresh_from_db()
    out(correction)
    with transaction.atomic():
        watch(SYSTEM, post)
    assert post.follow_ups.get().state == "done"
    assert take_due(NOW + 365 * DAY) is None


def test_a_post_that_was_withdrawn_is_left_alone(write: Write) -> None:
    post = out(write("See https://journal.example/7"))
    Draft.objects.filter(pk=post.pk).update(state="withdrawn")
    assert take_due(NOW + 365 * DAY) is None


def test_one_link_is_taken_once_and_the_others_of_its_host_wait(write: Write) -> None:
    out(write("https://a.example/1 https://a.example/2 https://b.example/1"))
    later = NOW + 365 * DAY
    taken = [take_due(later), take_due(later), take_due(later)]
    urls = [row.url for row in taken if row]
    assert urls == ["https://a.example/1", "https://b.example/1"]
    minute = take_due(later + timedelta(minutes=1))
    assert minute
    assert minute.url == "https://a.example/2"


def test_a_look_of_a_worker_that_was_killed_is_made_by_another(write: Write) -> None:
    out(write("https://a.example/1"))
    later = NOW + 365 * DAY
    assert take_due(later)
    assert take_due(later) is None
    assert take_due(later + timedelta(minutes=11))
