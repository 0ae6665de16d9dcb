"""Wardline adds the links itself, once the owner has confirmed that."""

from collections.abc import Iterator

import pytest

from tests.servers.pages import Pages
from tests.servers.policies import Policies
from tests.servers.wordpress import WordPressServer
from wardline.audit.models import Entry
from wardline.people.access import DeniedError
from wardline.people.models import Person
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account
from wardline.registry.steps.audit_about import audit_about
from wardline.registry.steps.fix_about import fix_about, has_sign_in
from wardline.registry.steps.store_credential import store_credential

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("wordpress"),
]


@pytest.fixture
def account(
    blog: Account, wordpress: WordPressServer, registrar: Person
) -> Iterator[Account]:
    """Cardiology's blog on the real WordPress, with an editor's sign-in stored."""
    blog.url = wordpress.url
    blog.save()
    admin = wordpress.admin
    store_credential(
        registrar.actor, blog, username=admin.user, secret=admin.app_password
    )
    yield blog
    for page in wordpress.call("GET", "pages", slug="about"):
        wordpress.call("DELETE", f"pages/{page['id']}?force=true")


@pytest.mark.clause("OFFICIAL-05", by="wardline.registry.steps.fix_about")
@pytest.mark.clause("OFFICIAL-06", by="wardline.registry.steps.fix_about")
def test_the_links_are_added_and_the_profile_passes(
    account: Account, author: Person, policies: Policies
) -> None:
    assert audit_about(author.actor, account).outcome == "fail"
    audit = fix_about(author.actor, account)
    assert audit.outcome == "pass"
    assert not account.tasks.filter(kind="fix-about", state="open").exists()
    added = Entry.objects.get(action="account.fix-about").detail["added"]
    assert added == [policies.guidelines.url, policies.privacy.url]


def test_what_is_complete_is_left_alone(
    account: Account, author: Person, policies: Policies
) -> None:
    fix_about(author.actor, account)
    with pytest.raises(RegistryError, match="Both links are there"):
        fix_about(author.actor, account)


def test_without_a_sign_in_nothing_is_added(
    account: Account, author: Person, policies: Policies
) -> None:
    account.secrets.filter(field="secret").delete()
    assert not has_sign_in(account)
    with pytest.raises(RegistryError, match="no secret is stored"):
        fix_about(author.actor, account)


def test_what_the_channel_refuses_is_told(
    account: Account, author: Person, registrar: Person, policies: Policies
) -> None:
    store_credential(registrar.actor, account, username="admin", secret="wrong")
    with pytest.raises(RegistryError, match="role Editor"):
        fix_about(author.actor, account)
    assert not Entry.objects.filter(action="account.fix-about").exists()


def test_nobody_signs_in_at_a_site_that_may_be_somebody_elses(
    account: Account, author: Person, policies: Policies, elsewhere: Pages
) -> None:
    account.url = elsewhere.url
    account.save()
    with pytest.raises(RegistryError, match="is gone"):
        fix_about(author.actor, account)
    assert not Entry.objects.filter(action="vault.use").exists()


def test_the_registrar_does_not_change_what_a_unit_says(
    account: Account, registrar: Person
) -> None:
    with pytest.raises(DeniedError, match="owner or deputy"):
        fix_about(registrar.actor, account)
