import base64
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.cast import person
from wardline.people.models import Person
from wardline.registry import signing
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, LookAlike
from wardline.registry.steps.report_compromised import report_compromised
from wardline.registry.verify import answer, asked_for, sealed

OnRecord = Callable[..., Account]
TOP = "https://x.com/massheart"


def good(body: bytes, signature: str) -> bool:
    """Whether one of the published keys signed it."""
    kid, given = re.fullmatch(
        r'keyid="(\S+)", alg="ed25519", sig="(\S+)"', signature
    ).groups()  # type: ignore[union-attr]
    (key,) = [one for one in signing.published()["keys"] if one["kid"] == kid]
    raw = base64.urlsafe_b64decode(key["x"] + "=")
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(base64.b64decode(given), body)
    except InvalidSignature:
        return False
    return True


@pytest.mark.django_db
def test_what_nobody_put_on_record_is_not_listed() -> None:
    found = answer(TOP)
    assert (found.status, found.trusted) == ("not-listed", False)


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["", "heart", "ftp://x.com/a", "https://", "a\0.com"])
def test_what_is_no_address_is_refused(words: str) -> None:
    with pytest.raises(RegistryError):
        answer(words)


@pytest.mark.clause("OFFICIAL-01", by="wardline.registry.verify")
@pytest.mark.parametrize(
    "spelling",
    [
        TOP,
        "x.com/MassHeart",
        "http://www.x.com/massheart/",
        "https://twitter.com/massheart?s=20",
        "https://mobile.twitter.com/MASSHEART#top",
        " https://x.com/@massheart ",
    ],
)
def test_any_spelling_gets_the_answer(on_record: OnRecord, spelling: str) -> None:
    on_record(TOP, handle="massheart", platform_id="77")
    found = answer(spelling)
    assert (found.status, found.trusted, found.unit) == ("official", True, "Cardiology")
    assert (found.platform, found.handle, found.platform_id) == ("X", "massheart", "77")
    assert "Massachusetts General Hospital" in found.message


@pytest.mark.parametrize(
    ("url", "fields", "asked"),
    [
        (TOP, {"platform_id": "77"}, "https://x.com/i/user/77"),
        (
            "https://bsky.app/profile/heart.bsky.social",
            {"platform_id": "did:plc:abc"},
            "https://bsky.app/profile/did:plc:abc",
        ),
        (
            "https://youtube.com/channel/UCabcDEF",
            {"handle": "massheart"},
            "https://youtube.com/@MassHeart",
        ),
        (
            "https://facebook.com/massheart",
            {"platform_id": "123"},
            "https://www.facebook.com/profile.php?ref=x&id=123",
        ),
    ],
)
def test_the_site_s_own_id_leads_to_the_account(
    on_record: OnRecord, url: str, fields: dict[str, str], asked: str
) -> None:
    on_record(url, **fields)
    assert answer(asked).status == "official"
    assert answer(f"{asked}9").status == "not-listed"


def test_a_handle_needs_its_site() -> None:
    assert asked_for("@massheart", "x") == TOP
    assert asked_for("massheart", "bluesky").endswith("/massheart.bsky.social")
    assert asked_for("@heart@posts.example") == "https://posts.example/@heart"
    assert asked_for(" x.com/massheart ") == "x.com/massheart"
    with pytest.raises(RegistryError, match="which site"):
        asked_for("@massheart")


def test_a_request_is_nobody_s_account_yet(on_record: OnRecord) -> None:
    on_record(TOP, state="requested")
    assert answer(TOP).status == "not-listed"


def test_a_refused_request_never_was_ours(on_record: OnRecord) -> None:
    on_record(TOP, state="retired").versions.all().delete()
    assert answer(TOP).status == "not-listed"


def test_a_retired_account_is_said_to_be(on_record: OnRecord) -> None:
    on_record(TOP, state="retired")
    found = answer(TOP)
    assert (found.status, found.trusted) == ("retired", False)
    assert "no longer use it" in found.message


def test_one_that_is_due_for_review_is_still_ours(on_record: OnRecord) -> None:
    on_record(TOP, state="due-for-review")
    assert answer(TOP).trusted


def test_a_compromised_account_is_ours_and_not_trusted(
    on_record: OnRecord, author: Person
) -> None:
    account = on_record(TOP)
    assert sealed(TOP).answer.trusted
    report_compromised(author.actor, account, "It posts about coins.")
    found = sealed(TOP).answer
    assert (found.status, found.compromised, found.trusted) == ("official", True, False)
    assert "Do not believe" in found.message


def test_a_changed_identity_is_not_trusted(on_record: OnRecord) -> None:
    account = on_record(TOP)
    account.tasks.create(kind="identity", what="Another id")
    found = answer(TOP)
    assert (found.identity_changed, found.trusted) == (True, False)


def test_an_impostor_is_named(on_record: OnRecord) -> None:
    url = "https://x.com/massheart-help"
    ours = on_record(TOP)
    candidate = LookAlike.objects.create(account=ours, url=url, why="It asks for money")
    assert answer(url).status == "not-listed"
    candidate.state = "known-impostor"
    candidate.save()
    found = answer(url)
    assert (found.status, found.trusted, found.imitates) == (
        "known-impostor",
        False,
        TOP,
    )


def test_no_person_and_no_note_is_in_it(
    on_record: OnRecord, author: Person, db: None
) -> None:
    deputy = person("Dee Puty")
    on_record(
        TOP, owner=author, deputy=deputy, notes="Ask Lee", official_email="a@b.org"
    )
    told = sealed(TOP).body.decode()
    assert not [word for word in ("Amara", "Dee", "Lee", "a@b.org") if word in told]


def test_the_answer_is_signed_and_says_until_when(on_record: OnRecord) -> None:
    on_record(TOP)
    found = sealed(TOP)
    content = json.loads(found.body)
    assert good(found.body, found.signature)
    assert found.body == signing.canonical(content)
    assert not good(found.body.replace(b"massheart", b"massheard"), found.signature)
    assert content["checked_at"] < content["valid_until"]


def test_an_answer_is_kept_until_something_changes(
    on_record: OnRecord, author: Person
) -> None:
    account = on_record(TOP)
    report_compromised(author.actor, account, "Coins")
    assert sealed(TOP) is sealed(TOP)


def test_rotation_keeps_the_old_key_published(
    settings: Settings, tmp_path: Path
) -> None:
    settings.KEYS = tmp_path
    (tmp_path / signing.KEY).write_text(base64.b64encode(bytes(32)).decode())
    before = signing.published()["keys"]
    after = signing.rotate()
    told = {key["kid"] for key in signing.published()["keys"]}
    assert told == {key["kid"] for key in before} | {after}
    assert after not in {key["kid"] for key in before}
    assert (tmp_path / signing.KEY).stat().st_mode & 0o777 == 0o600


def test_a_key_of_the_environment_is_rotated_there(settings: Settings) -> None:
    key = base64.b64encode(bytes(32)).decode()
    given = {"signing_key": key, "old_signing_keys": [key]}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=given)
    assert len(signing.published()["keys"]) == 2
    with pytest.raises(RegistryError, match="WARDLINE_OLD_SIGNING_KEYS"):
        signing.rotate()


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(),
        lambda inside: st.lists(inside) | st.dictionaries(st.text(), inside),
    )
)
def test_canonical_json_is_the_same_for_equal_values(value: object) -> None:
    try:
        told = signing.canonical(value)
    except UnicodeEncodeError:
        return  # lone surrogates cannot be told in UTF-8
    assert signing.canonical(json.loads(told)) == told
