import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from tests.servers.flaky import Flaky, answer
from wardline.audit.models import Entry
from wardline.audit.record import SYSTEM
from wardline.channels.http import Http
from wardline.channels.search import Profile
from wardline.people.access import DeniedError
from wardline.people.models import Person
from wardline.registry import look_alikes
from wardline.registry.errors import RegistryError
from wardline.registry.look_alikes import nearest, search, why
from wardline.registry.models import Account, LookAlike
from wardline.registry.steps import report_look_alike as reporting
from wardline.registry.steps.judge_look_alike import (
    call_gone,
    call_harmless,
    call_impostor,
)
from wardline.registry.steps.report_look_alike import (
    VISITOR,
    Report,
    report_look_alike,
    search_look_alikes,
)
from wardline.registry.take_down import letter
from wardline.worker.jobs import look_alikes as job
from wardline.worker.pace import Pace

OnRecord = Callable[..., Account]
THEIRS = "https://x.com/massheart-help"
REPORT = Report(url=THEIRS, why="A visitor reported it.", evidence="It sells cures.")


def actor(handle: str, name: str = "") -> dict[str, str]:
    """A profile as Bluesky answers it."""
    return {"did": f"did:plc:{handle}", "handle": handle, "displayName": name}


@pytest.fixture
def bluesky() -> Iterator[Flaky]:
    """A site that answers like Bluesky's AppView, whose shape is public."""
    there = {
        "massheart-help.bsky.social": "Cures",
        "massheart.bsky.social": "Mass Heart",
        "gardener.bsky.social": "A gardener",
        "fan.bsky.social": "Mass Heart fans",
    }

    def tell(path: str) -> Mapping[str, object]:
        asked = parse_qs(urlsplit(path).query)
        if "searchActors" in path:
            return {"actors": [actor(handle, name) for handle, name in there.items()]}
        known = [name for name in asked["actors"] if name in there]
        return {"profiles": [actor(name, there[name]) for name in known]}

    with Flaky() as site:

        def respond(_forward: object, send: Callable[[bytes], None]) -> None:
            path = site.seen[-1].partition(" ")[2]
            send(answer(200, json.dumps(tell(path)).encode()))

        site.fault = respond
        yield site


@pytest.fixture
def candidate(on_record: OnRecord) -> LookAlike:
    on_record()
    made = report_look_alike(VISITOR, REPORT)
    assert made
    return made


def profile(handle: str, name: str = "") -> Profile:
    return Profile(f"https://x.com/{handle}", handle, "1", name)


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        ("gardener", "A gardener"),
        ("heart", "Heart"),
        ("mgh", "MGH"),
        ("", ""),
        ("general", "The General"),
    ],
)
def test_a_stranger_is_like_nobody(on_record: OnRecord, handle: str, name: str) -> None:
    account = on_record(handle="massheart")
    assert why(account, profile(handle, name)) == ""


@pytest.mark.parametrize(
    ("handle", "name", "told"),
    [
        ("massheart-help", "", "added word"),
        ("mas\u0455heart", "", "looks the same"),
        ("mass_heart", "", "looks the same"),
        ("masheart", "", "omission"),
        ("massheart.bsky.social", "", "same handle"),
        ("fan", "Mass Heart", "like ours"),
        ("fan", "M\u0430ss H\u0435art Official", "like ours"),
        ("fan", "Massachusetts General Hospital Help", "like ours"),
    ],
)
def test_what_may_be_taken_for_ours_is_told_why(
    on_record: OnRecord, handle: str, name: str, told: str
) -> None:
    account = on_record("https://bsky.app/profile/x", handle="massheart.test")
    assert told in why(account, profile(handle, name))


def test_a_site_that_nobody_may_search_says_so(on_record: OnRecord) -> None:
    with pytest.raises(RegistryError, match="look there by hand"):
        search(on_record())


def test_a_search_leaves_out_ours_and_what_was_judged(
    on_record: OnRecord, bluesky: Flaky
) -> None:
    ours = on_record(
        "https://bsky.app/profile/massheart.bsky.social",
        handle="massheart.bsky.social",
    )
    http = Http([urlsplit(bluesky.url).netloc])
    found = {one.handle for one in search(ours, http, bluesky.url)}
    assert found == {"massheart-help.bsky.social", "fan.bsky.social"}
    LookAlike.objects.create(
        account=ours,
        url="https://bsky.app/profile/fan.bsky.social",
        why="Fans",
        state="harmless",
    )
    found = {one.handle for one in search(ours, http, bluesky.url)}
    assert found == {"massheart-help.bsky.social"}
    looked_up = [path for path in bluesky.seen if "getProfiles" in path]
    assert any("massheart-official.bsky.social" in path for path in looked_up)


def test_mastodon_is_searched_at_the_account_s_server(
    on_record: OnRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(look_alikes, "LOOKED_UP", 3)
    with Flaky() as site:
        ours = on_record(f"{site.url.replace('http:', 'https:')}/@massheart")
        ours.channel, ours.handle = "mastodon", "massheart"
        them = {"id": "7", "acct": "massheart_help", "url": f"{site.url}/@help"}

        def respond(_forward: object, send: Callable[[bytes], None]) -> None:
            found = "lookup" not in site.seen[-1]
            body = {"accounts": [them]} if found else {"error": "Record not found"}
            send(answer(200 if found else 404, json.dumps(body).encode()))

        site.fault = respond
        http = Http([urlsplit(site.url).netloc])
        (found,) = search(ours, http, site.url)
        assert (found.handle, found.id) == ("massheart_help", "7")
        assert sum("lookup" in path for path in site.seen) == 3


def test_what_a_search_finds_waits_for_the_registrar(
    on_record: OnRecord,
    registrar: Person,
    author: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = on_record(handle="massheart")
    found = profile("massheart-help", "Cures")
    monkeypatch.setattr(reporting, "search", lambda _account: [found])
    with pytest.raises(DeniedError):
        search_look_alikes(author.actor, ours)
    (kept,) = search_look_alikes(registrar.actor, ours)
    assert (kept.state, kept.name, kept.account) == ("candidate", "Cures", ours)
    assert "id 1" in kept.evidence
    assert search_look_alikes(SYSTEM, ours) == []
    entry = Entry.objects.filter(action="look-alike.search").last()
    assert entry
    assert entry.detail == {"found": 1}


@pytest.mark.django_db
def test_without_accounts_nobody_can_be_imitated() -> None:
    assert nearest(THEIRS) is None
    with pytest.raises(RegistryError, match="no accounts on record"):
        report_look_alike(VISITOR, REPORT)


def test_a_report_is_about_the_nearest_account(on_record: OnRecord) -> None:
    on_record("https://x.com/othernews", name="Other", handle="othernews")
    heart = on_record(handle="massheart")
    on_record("https://facebook.com/massheart-help", name="Face", handle="massheart")
    assert nearest(THEIRS) == heart
    assert nearest("https://elsewhere.example/massheart")


def test_too_many_reports_are_refused(
    on_record: OnRecord, monkeypatch: pytest.MonkeyPatch, candidate: LookAlike
) -> None:
    monkeypatch.setattr(reporting, "MOST_WAITING", 1)
    with pytest.raises(RegistryError, match="Too many reports"):
        report_look_alike(VISITOR, Report(url=f"{THEIRS}2", why="Hm."))


def test_only_the_registrar_judges_and_says_why(
    candidate: LookAlike, registrar: Person, author: Person
) -> None:
    with pytest.raises(DeniedError):
        call_harmless(author.actor, candidate, "A fan")
    with pytest.raises(RegistryError, match="Say why"):
        call_harmless(registrar.actor, candidate, " ")
    with pytest.raises(RegistryError, match="what shows it"):
        call_impostor(registrar.actor, candidate, "It sells cures", "")
    candidate.refresh_from_db()
    assert candidate.state == "candidate"


@pytest.mark.clause("OFFICIAL-01", by="wardline.registry.steps.judge_look_alike")
def test_an_impostor_is_written_to_its_site_about(
    candidate: LookAlike, registrar: Person
) -> None:
    call_impostor(registrar.actor, candidate, "It sells cures", "Seen on Nov 23.")
    task = candidate.account.tasks.get(kind="take-down", state="open")
    assert task.paste == letter(candidate)
    for part in (
        "help.x.com",
        THEIRS,
        "https://x.com/massheart",
        "Massachusetts General Hospital",
        "Seen on Nov 23.",
        "public-affairs@massgeneral.org",
    ):
        assert part in task.paste
    assert report_look_alike(VISITOR, REPORT) is None
    assert Entry.objects.filter(action="look-alike.known-impostor").exists()


def test_when_it_is_gone_nothing_is_left_to_do(
    candidate: LookAlike, registrar: Person
) -> None:
    call_impostor(registrar.actor, candidate, "It sells cures", "Seen on Nov 23.")
    call_gone(registrar.actor, candidate, "X removed it")
    assert not candidate.account.tasks.filter(state="open").exists()


def test_ours_cannot_be_called_an_impostor(
    on_record: OnRecord, candidate: LookAlike, registrar: Person
) -> None:
    on_record(THEIRS, name="Help desk")
    with pytest.raises(RegistryError, match="an account of ours"):
        call_impostor(registrar.actor, candidate, "Hm", "Hm")


def test_each_site_is_searched_once_a_week(
    on_record: OnRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_record()
    heart = on_record("https://bsky.app/profile/heart.bsky.social", name="Heart")
    assert look_alikes.due(timezone.now()) == heart

    def fails(_account: Account) -> list[Profile]:
        raise RegistryError("Bluesky does not answer.")

    monkeypatch.setattr(reporting, "search", fails)
    monkeypatch.setattr(job, "pace", Pace(600))
    assert job.run()
    assert not job.run()
    assert look_alikes.due(timezone.now()) is None
    assert look_alikes.due(timezone.now() + timedelta(days=8)) == heart
    assert Entry.objects.get(action="look-alike.search").detail == {"found": None}


def test_a_profile_without_a_proper_address_does_not_end_the_search(
    on_record: OnRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = on_record("https://bsky.app/profile/x", handle="massheart.test")
    broken, impostor = profile("massheart", "No page"), profile("massheart-help")
    profiles = [replace(broken, url="javascript:0"), impostor]
    monkeypatch.setattr(look_alikes, "find_profiles", lambda *_: iter(profiles))
    assert search(account) == [impostor]
