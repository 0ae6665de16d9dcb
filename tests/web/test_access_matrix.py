"""Every address by everybody: nobody reads another unit's words, and nothing breaks."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, reverse

from tests.cast import PASSWORD, person
from tests.newsroom import Newsroom
from wardline.people.models import Person
from wardline.publishing.models import Draft, Publication
from wardline.publishing.steps.submit import submit
from wardline.registry.models import Account
from wardline.registry.particulars import Particulars
from wardline.registry.steps.issue_token import issue_token
from wardline.registry.steps.propose_change import propose_change
from wardline.registry.steps.tasks import open_task
from wardline.web.urls import urlpatterns

TITLE = "Flu shots at noon"
TEXT = "The walk-in clinic opens on Tuesday in the main hall."
READERS = frozenset({"author", "moderator", "clearer", "privacy_officer", "auditor"})
"""Who may read this draft; Development was not asked about it."""
ACCOUNT_READERS = READERS | {"registrar", "administrator"}
CAST = [
    "outsider", "author", "moderator", "clearer", "developer", "privacy_officer",
    "registrar", "auditor", "administrator",
]  # fmt: skip
ACCOUNT = "Cardiology blog"

Address = Callable[[URLPattern], str]


@pytest.fixture
def address(
    author: Person,
    write: Callable[..., Draft],
    particulars: Particulars,
    newsroom: Newsroom,
    page_by_hand: Account,
) -> Address:
    """The address of something of Cardiology's, whatever the pattern asks for."""
    draft = write(TEXT, TITLE)
    (clearance,) = submit(author.actor, draft, version=1)
    publication = draft.publications.create(
        account=draft.accounts.get(),
        revision=draft.revision,
        key="flu-shots",
        due_at=draft.created_at,
        next_attempt_at=draft.created_at,
        zone="America/New_York",
        state="failed",
    )
    post = newsroom.publish(write("Parking is free.", accounts=[page_by_hand]))
    account = draft.accounts.get()
    task = open_task(author.actor, account, "rotate", "Change the password")
    authorization = draft.unit.authorizations.create(
        reference="PA-1",
        covers=["story"],
        scope=TITLE,
        signed_on=draft.created_at.date(),
        recorded_by=author,
    )
    template = draft.unit.templates.create(situation=TITLE, text=TEXT, made_by=author)
    pks = {
        "versions": propose_change(author.actor, account, particulars).pk,
        "tasks": task.pk,
        "look-alikes": account.look_alikes.create(url="https://x.com/a", why="a").pk,
        "custody": account.checkouts.create(
            person=author, reason="a", until=draft.created_at
        ).pk,
        "drafts": draft.pk,
        "links": draft.links.create(url="https://a.example/", outcome="works").pk,
        "follow-ups": draft.follow_ups.create(kind="look", what="Look.").pk,
        "publications": publication.pk,
        "error-reports": post.error_reports.create(text="The day is wrong.").pk,
        "clearances": clearance.pk,
        "pauses": draft.unit.pauses.create(reason="a", started_by=author).pk,
        "approval-links": clearance.approval_links.create(
            name="Ann Attorney",
            email="ann@firm.example",
            hash="0",
            made_by=author,
            expires_at=draft.created_at,
        ).pk,
        "authorizations": authorization.pk,
        "delegations": author.delegations.create(
            office="public-affairs",
            stand_in=author,
            starts_at=draft.created_at,
            ends_at=draft.created_at,
        ).pk,
        "templates": template.pk,
        "accounts": account.pk,
        "people": author.pk,
        "tokens": issue_token(
            author.actor,
            name="Website",
            scopes=["registry:read"],
            lasts=timedelta(days=1),
        )[0].pk,
    }

    def of(pattern: URLPattern) -> str:
        group = str(pattern.pattern).partition("/")[0]
        given = {
            "pk": pks.get(group),
            "slug": "cardiology",
            "office": "public-affairs",
            "public_id": draft.public_id,
            "kind": "blog",
            "number": 7,
            "sha256": "0" * 64,
            "step": "unit",
            "token": "0" * 43,
        }
        parts = {name: given[name] for name in pattern.pattern.converters}
        return reverse(pattern.name or "", kwargs=parts)

    return of


@pytest.fixture(params=["anonymous", "newcomer", *CAST])
def role(db: None, request: pytest.FixtureRequest, client: Client) -> str:
    """Somebody, signed in as far as they can."""
    name: str = request.param
    if name == "newcomer":
        client.force_login(person("Nova Newcomer"))
    elif name != "anonymous":
        client.force_login(request.getfixturevalue(name))
    return name


def test_nobody_reads_another_units_words(
    client: Client, role: str, address: Address
) -> None:
    for pattern, method in product(urlpatterns, ["get", "post", "put"]):
        path = address(pattern)
        if pattern.name == "sign-out":
            continue
        answer = getattr(client, method)(path, follow=True)
        page = answer.content.decode()
        assert answer.status_code < 500, (method, path)
        if role not in READERS:
            assert TITLE not in page, (method, path)
            assert TEXT not in page, (method, path)
        if role not in ACCOUNT_READERS:
            assert ACCOUNT not in page, (method, path)


@pytest.mark.parametrize(
    "role", ["anonymous", "newcomer", "outsider", "developer", "auditor"], indirect=True
)
def test_nobody_changes_another_units_things(
    client: Client, role: str, address: Address
) -> None:
    own = {"begin-templates"}  # of the unit that they write for
    paths = [address(pattern) for pattern in urlpatterns if pattern.name not in own]
    fields = filled_in(Publication.objects.get(key="flu-shots"))
    before = rows()
    for path in paths:
        assert client.post(path, fields).status_code < 500, path
    assert rows() == before


def test_signs_that_nobody_types_break_no_page(
    client: Client, clearer: Person, address: Address
) -> None:
    client.force_login(clearer)
    names = ("unit", "state", "account", "page", "q", "on", "zone", "view", "show")
    for pattern in urlpatterns:
        path = address(pattern)
        for odd in ("%00", "%ED%A0%80", "9" * 30):
            asked = "&".join(f"{name}={odd}" for name in names)
            assert client.get(f"{path}?{asked}").status_code < 500, path


def filled_in(row: Publication) -> dict[str, str]:
    """What every form wants, as somebody of the unit or the office would fill it in."""
    clearance = row.draft.clearances.get()
    mark = f"{clearance.pk}:{clearance.content_hash}"
    person, account = str(row.draft.author_id), str(row.account_id)
    return {
        "version": "1",
        "title": "Mine",
        "text": "Mine",
        "reason": "Because.",
        "content": clearance.content_hash,
        "grant": "1",
        "note": "Fine.",
        "clearance": mark,
        "confirmed": "1",
        "read": "on",
        "done": "1",
        "name": "Me",
        "email": "me@evil.example",
        "hours": "5",
        "send": "on",
        "url": "https://network.example/cardiology/9",
        "pick": str(row.pk),
        "date": "2027-03-01",
        "time": "10:00",
        "zone": "UTC",
        "moment": "later",
        "scope": "cardiology",
        "unit": str(row.draft.unit_id),
        "do": "release",
        "situation": "Complaint",
        "language": "en",
        "account": account,
        "comment_url": "https://network.example/c/1",
        "comment_id": "1",
        "office": "public-affairs",
        "person": person,
        "stand_in": person,
        "first": "2026-12-01",
        "last": "2026-12-09",
        "accounts": account,
    }


def rows() -> dict[str, list[dict[str, object]]]:
    """Everything that is kept of people, accounts and posts."""
    kept = [
        each
        for each in apps.get_models()
        if each._meta.app_label in {"people", "registry", "publishing"}
    ]
    return {
        each.__name__: list(each._default_manager.order_by("pk").values())
        for each in kept
    }


def test_a_form_from_another_site_is_refused(author: Person, address: Address) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author)
    for pattern in urlpatterns:
        path = address(pattern)
        assert strict.post(path, {"text": "x"}).status_code in {403, 405}, path


def test_signing_in_leads_to_our_own_pages_alone(
    client: Client, author: Person
) -> None:
    for elsewhere in ("https://evil.example", "//evil.example", "javascript:alert(1)"):
        fields = {"username": author.email, "password": PASSWORD, "next": elsewhere}
        assert client.post("/sign-in", fields)["Location"] == "/"
        client.logout()
