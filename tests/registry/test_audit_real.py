"""Audits of profiles on real servers, from the address to the task."""

import pytest

from tests.cast import account as made
from tests.servers.bluesky import BlueskyServer
from tests.servers.mediawiki import MediaWikiServer
from tests.servers.policies import Policies
from wardline.people.models import Person, Unit
from wardline.registry import about
from wardline.registry.models import Account
from wardline.registry.steps.audit_about import audit_about
from wardline.registry.steps.fix_about import fix_about
from wardline.registry.steps.store_credential import store_credential

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wiki(
    mediawiki: MediaWikiServer,
    cardiology: Unit,
    author: Person,
    moderator: Person,
    registrar: Person,
) -> Account:
    """A page that Wardline was never told is a wiki's."""
    sign_in = mediawiki.connection("User:Admin")
    url = sign_in.base_url
    account = made(cardiology, author, moderator, "by_hand", url, kind="wiki")
    store_credential(
        registrar.actor, account, username=sign_in.username, secret=sign_in.secret
    )
    return account


@pytest.fixture
def profile(
    bluesky: BlueskyServer,
    cardiology: Unit,
    author: Person,
    moderator: Person,
    registrar: Person,
) -> Account:
    bluesky.write(bluesky.official, description="From Cardiology")
    sign_in = bluesky.connection(bluesky.official)
    url = sign_in.base_url
    account = made(cardiology, author, moderator, "bluesky", url, kind="microblog")
    store_credential(
        registrar.actor, account, username=sign_in.username, secret=sign_in.secret
    )
    return account


@pytest.mark.xdist_group("mediawiki")
def test_a_wiki_page_is_recognised_mended_and_passes(
    wiki: Account, author: Person, policies: Policies
) -> None:
    assert audit_about(author.actor, wiki).outcome == "fail"
    assert fix_about(author.actor, wiki).outcome == "pass"
    assert not wiki.tasks.filter(state="open").exists()


@pytest.mark.xdist_group("bluesky")
def test_a_bluesky_profile_is_mended_and_its_did_is_kept(
    profile: Account, author: Person, policies: Policies, bluesky: BlueskyServer
) -> None:
    assert audit_about(author.actor, profile).outcome == "fail"
    assert fix_about(author.actor, profile).outcome == "pass"
    profile.refresh_from_db()
    assert profile.platform_id == bluesky.official.did
    assert profile.handle == bluesky.official.handle


@pytest.mark.clause("OFFICIAL-05", by="wardline.registry.about_tasks")
@pytest.mark.xdist_group("bluesky")
def test_a_handle_taken_over_by_somebody_else_raises_the_alarm(
    profile: Account, author: Person, policies: Policies, bluesky: BlueskyServer
) -> None:
    Account.objects.update(platform_id=bluesky.visitor.did)
    profile.refresh_from_db()
    audit = audit_about(author.actor, profile)
    assert audit.outcome == "fail"
    assert about.failed(audit.checks, "identity")
    task = profile.tasks.get(kind="identity", state="open")
    assert bluesky.official.did in task.what
    profile.refresh_from_db()
    assert profile.platform_id == bluesky.visitor.did
