from collections.abc import Callable

import pytest
from django.test import Client

from wardline.people.models import Person
from wardline.registry import signing
from wardline.registry.models import Account
from wardline.registry.steps.report_compromised import report_compromised

OnRecord = Callable[..., Account]
ASK = "/api/verify?url=https://x.com/massheart"


@pytest.mark.django_db
def test_what_is_not_listed_is_404_and_signed(client: Client) -> None:
    answer = client.get(ASK)
    assert answer.status_code == 404
    assert answer.json()["status"] == "not-listed"
    assert answer["Wardline-Signature"]


def test_what_is_official_is_200_for_any_page(
    client: Client, on_record: OnRecord
) -> None:
    on_record()
    answer = client.get(ASK, headers={"Origin": "https://news.example"})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["status"], told["trusted"], told["name"]) == (
        "official",
        True,
        "Mass Heart",
    )
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Wardline-Signature" in answer["Access-Control-Expose-Headers"]


def test_a_handle_and_its_site_do_as_well(client: Client, on_record: OnRecord) -> None:
    on_record()
    for handle in ("@massheart", "MassHeart"):
        answer = client.get("/api/verify", {"handle": handle, "site": "x"})
        assert answer.json()["status"] == "official"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["", "url=", "url=heart", "handle=heart", "url=a%00.com", "url=%FF"]
)
def test_what_is_no_address_is_422_with_the_reason(client: Client, query: str) -> None:
    answer = client.get(f"/api/verify?{query}")
    assert answer.status_code == 422
    assert answer.json().keys() == {"error"}
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_caller_that_has_the_answer_is_told_so(
    client: Client, on_record: OnRecord, author: Person
) -> None:
    account = on_record()
    report_compromised(author.actor, account, "Coins")
    first = client.get(ASK)
    again = client.get(ASK, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert "max-age=5" in again["Cache-Control"]


def test_a_change_is_seen_by_the_next_call(
    client: Client, on_record: OnRecord, author: Person
) -> None:
    account = on_record()
    first = client.get(ASK)
    report_compromised(author.actor, account, "Coins")
    second = client.get(ASK, headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert second.json()["compromised"]


def test_asking_for_the_head_alone_is_fine(client: Client, on_record: OnRecord) -> None:
    on_record()
    assert client.head(ASK).status_code == 200


def test_the_keys_are_published(client: Client) -> None:
    answer = client.get("/.well-known/wardline-keys.json")
    assert answer.json() == signing.published()
    assert answer.json()["keys"][0].keys() == {"alg", "crv", "kid", "kty", "use", "x"}
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_the_directory_holds_what_is_public(
    client: Client, on_record: OnRecord, author: Person
) -> None:
    on_record(owner=author, notes="Ask Lee", official_email="heart@mgh.org")
    on_record("https://x.com/asked", state="requested", name="Asked for")
    on_record("https://x.com/old", state="retired", name="Old one")
    answer = client.get("/api/accounts")
    assert [one["name"] for one in answer.json()] == ["Mass Heart"]
    assert not [w for w in ("Amara", "Lee", "heart@") if w in answer.content.decode()]
    rows = client.get("/api/accounts?retired=true").json()
    assert [one["status"] for one in rows] == ["official", "retired"]


def test_the_directory_is_filtered(client: Client, on_record: OnRecord) -> None:
    on_record(tags=["walk-in"], language="es")
    on_record("https://heart.massgeneral.org/blog", name="Blog")
    for query, names in (
        ("words=MASS cardiology x.com", ["Mass Heart"]),
        ("words=walk-in", ["Mass Heart"]),
        ("words=nowhere", []),
        ("unit=cardiology", ["Blog", "Mass Heart"]),
        ("unit=oncology", []),
        ("site=x", ["Mass Heart"]),
        ("site=by_hand", ["Blog"]),
        ("language=es", ["Mass Heart"]),
    ):
        found = client.get(f"/api/accounts?{query}").json()
        assert [one["name"] for one in found] == names, query


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", [f"words={'a+' * 3000}", "unit=%00", "site=%00", "language=%00"]
)
def test_what_no_database_can_look_for_is_422(client: Client, query: str) -> None:
    assert client.get(f"/api/accounts?{query}").status_code == 422
