"""Storing the sign-in of an account and trying it."""

import pytest

from wardline.audit.models import Entry
from wardline.people.access import DeniedError
from wardline.people.models import Person
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account, Secret
from wardline.registry.steps.store_credential import store_credential, try_sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_only_the_registrar_stores(blog: Account, author: Person) -> None:
    with pytest.raises(DeniedError, match="Registrar"):
        store_credential(author.actor, blog, username="a", secret="b")
    assert not Secret.objects.exists()


@pytest.mark.clause("OFFICIAL-03", by="wardline.registry.steps.store_credential")
def test_both_fields_are_sealed_and_on_record(blog: Account, registrar: Person) -> None:
    store_credential(registrar.actor, blog, username=" wardline ", secret="sesame")
    assert set(blog.secrets.values_list("field", flat=True)) == {"username", "secret"}
    assert Entry.objects.filter(action="vault.store").count() == 2


@pytest.mark.parametrize(("username", "secret"), [("", "b"), (" ", "b"), ("a", "")])
def test_half_a_sign_in_is_refused(
    blog: Account, registrar: Person, username: str, secret: str
) -> None:
    with pytest.raises(RegistryError, match="both"):
        store_credential(registrar.actor, blog, username=username, secret=secret)


def test_trying_without_a_sign_in_says_so(blog: Account, registrar: Person) -> None:
    with pytest.raises(RegistryError, match="Ask the registrar to store"):
        try_sign_in(registrar.actor, blog)


def test_a_site_that_does_not_answer_is_told(blog: Account, registrar: Person) -> None:
    store_credential(registrar.actor, blog, username="wardline", secret="sesame")
    with pytest.raises(RegistryError) as refused:
        try_sign_in(registrar.actor, blog)
    assert "sesame" not in str(refused.value)
    assert Entry.objects.filter(action="vault.use").exists()


def test_only_the_registrar_tries(blog: Account, auditor: Person) -> None:
    with pytest.raises(DeniedError):
        try_sign_in(auditor.actor, blog)
