"""`wardline registry audit-about`: what it prints, and what it exits with."""

import pytest
from typer.testing import CliRunner, Result

from tests.servers.pages import Pages
from tests.servers.policies import Policies
from wardline.cli.registry.about import app
from wardline.registry.models import AboutAudit, Account

pytestmark = pytest.mark.django_db(transaction=True)


def audit(*addresses: str) -> Result:
    return CliRunner().invoke(app, addresses)


@pytest.fixture
def profile(page_by_hand: Account, elsewhere: Pages, policies: Policies) -> Account:
    page_by_hand.url = elsewhere.show("/heart", policies.html)
    page_by_hand.save()
    return page_by_hand


def test_an_empty_registry_has_nothing_to_look_at(transactional_db: None) -> None:
    done = audit()
    assert (done.exit_code, done.stdout) == (0, "")


def test_every_account_in_use_is_looked_at(profile: Account, blog: Account) -> None:
    Account.objects.filter(pk=blog.pk).update(state="retired")
    done = audit()
    assert (done.exit_code, done.stdout.split()) == (0, ["pass", profile.url])


def test_one_is_found_by_any_spelling_and_a_failure_is_told(
    profile: Account, blog: Account, elsewhere: Pages
) -> None:
    elsewhere.show("/heart", "")
    done = audit(profile.url.upper() + "/?utm_source=x")
    assert done.exit_code == 1
    assert "There is no link to the Privacy Policy" in done.stdout
    assert AboutAudit.objects.get().account == profile


@pytest.mark.parametrize("address", ["https://nobody.example/", "heart"])
def test_what_is_not_on_record_is_told(profile: Account, address: str) -> None:
    done = audit(address)
    assert done.exit_code == 2
    assert address in done.stderr
