"""Sign-ins that end: when that is known, who is told, and what never overwrites one."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from wardline.people.models import Person
from wardline.registry import vault
from wardline.registry.errors import RegistryError
from wardline.registry.expiry import end_of
from wardline.registry.models import Account, Secret
from wardline.registry.notices import Notice
from wardline.registry.steps.remind import remind
from wardline.registry.steps.send_notice import send_notice
from wardline.registry.steps.store_credential import store_credential

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@pytest.fixture
def token(blog: Account, registrar: Person) -> Secret:
    """A token whose last day is in 20 days."""
    last = timezone.now().date() + 20 * DAY
    store_credential(
        registrar.actor, blog, username="wardline", secret="sesame", expires_on=last
    )
    return blog.secrets.get(field="secret")


def kinds() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("kind", flat=True))


def test_a_sign_in_with_no_last_day_calls_for_no_letter(
    blog: Account, registrar: Person
) -> None:
    store_credential(registrar.actor, blog, username="wardline", secret="sesame")
    remind(timezone.now() + 4000 * DAY)
    assert kinds() == []


def test_its_end_is_told_14_7_and_1_days_before_and_when_it_came(token: Secret) -> None:
    ends = token.expires_at
    assert ends
    for before in (15, 14, 13, 7, 1, 0.5, 0, -3):
        remind(ends - before * DAY)
    assert kinds() == ["token-14", "token-7", "token-1", "token-expired"]


def test_the_letter_says_what_to_do_and_holds_no_secret(
    token: Secret, author: Person, moderator: Person, registrar: Person
) -> None:
    ends = token.expires_at
    assert ends
    remind(ends - DAY)
    assert send_notice(ends - DAY)
    (letter,) = mail.outbox
    assert letter.to == [author.email, moderator.email, registrar.email]
    assert "its sign-in ends on" in letter.subject
    assert f"/accounts/{token.account_id}" in letter.body
    assert "sesame" not in letter.body


def test_what_was_renewed_meanwhile_is_not_asked_for(
    token: Secret, blog: Account, registrar: Person
) -> None:
    ends = token.expires_at
    assert ends
    remind(ends - DAY)
    store_credential(registrar.actor, blog, username="wardline", secret="new")
    assert send_notice(ends - DAY)
    assert mail.outbox == []
    assert kinds() == []


@pytest.mark.parametrize("empty", ["", " ", "\n"])
def test_reconnecting_with_an_empty_token_never_overwrites_a_stored_one(
    token: Secret, blog: Account, registrar: Person, empty: str
) -> None:
    """postiz PR #1884: connecting again wiped the token that still worked."""
    with pytest.raises(RegistryError, match="both"):
        store_credential(registrar.actor, blog, username="wardline", secret=empty)
    with pytest.raises(vault.EmptyError, match="what is stored stays"):
        vault.store(registrar.actor, blog, "secret", empty)
    assert vault.use(registrar.actor, blog, "secret", purpose="test") == ("sesame",)
    assert Secret.objects.get(pk=token.pk).version == token.version


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2020, 1, 1), "is over"),
        (date(2400, 1, 1), "lasts that long"),
        (date.max, "lasts that long"),
    ],
)
def test_an_absurd_last_day_is_refused(
    token: Secret, blog: Account, registrar: Person, day: date, says: str
) -> None:
    with pytest.raises(RegistryError, match=says):
        store_credential(
            registrar.actor, blog, username="w", secret="other", expires_on=day
        )
    assert vault.use(registrar.actor, blog, "secret", purpose="test") == ("sesame",)


def test_the_last_day_is_whole_at_the_hospital() -> None:
    day = timezone.now().date() + 40 * DAY
    assert end_of(day).hour in {4, 5}
    assert end_of(day).date() == day + DAY


def test_the_page_of_the_account_takes_and_shows_the_last_day(
    client: Client, blog: Account, registrar: Person
) -> None:
    client.force_login(registrar)
    last = timezone.now().date() + 5 * DAY
    page = f"/accounts/{blog.pk}"
    fields = {"username": "wardline", "secret": "sesame"}
    client.post(f"{page}/sign-in", {**fields, "expires_on": last.isoformat()})
    assert "make a new one at the channel" in client.get(page).content.decode()
    past = client.post(f"{page}/sign-in", {**fields, "expires_on": "2020-01-01"})
    assert "That day is over" in past.content.decode()
