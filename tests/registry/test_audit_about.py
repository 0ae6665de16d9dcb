"""Looking at profiles: outcomes, evidence, tasks, and what a person attests."""

import pytest
import time_machine
from django.utils import timezone

from tests.cast import account as made
from tests.servers.pages import Pages
from tests.servers.policies import Policies
from wardline.audit.models import Entry
from wardline.people.access import DeniedError
from wardline.people.models import Person, Unit
from wardline.registry import about
from wardline.registry.errors import RegistryError
from wardline.registry.letters import letter
from wardline.registry.models import AboutAudit, Account
from wardline.registry.reminders import still_holds
from wardline.registry.steps.attest_about import attest_about
from wardline.registry.steps.audit_about import audit_about

PROFILE = "/heart"


@pytest.fixture
def account(
    elsewhere: Pages,
    policies: Policies,
    cardiology: Unit,
    author: Person,
    moderator: Person,
) -> Account:
    """A page by hand, on a loopback site, whose profile says nothing yet."""
    url = elsewhere.show(PROFILE, "<title>Heart notes</title>")
    return made(cardiology, author, moderator, "by_hand", url, kind="network")


def kinds(account: Account) -> list[str]:
    return sorted(account.tasks.filter(state="open").values_list("kind", flat=True))


@pytest.mark.clause("OFFICIAL-05", "OFFICIAL-06", by="wardline.registry.looking")
def test_a_profile_with_both_links_passes_and_is_kept_as_evidence(
    account: Account, author: Person, policies: Policies, elsewhere: Pages
) -> None:
    elsewhere.show(PROFILE, policies.html)
    audit = audit_about(author.actor, account)
    assert audit.outcome == "pass"
    assert kinds(account) == []
    assert policies.privacy.url in audit.evidence
    assert audit.evidence_hash == about.digest(audit.evidence)
    entry = Entry.objects.get(action="account.audit-about")
    assert entry.detail["evidence"] == audit.evidence_hash


@pytest.mark.clause("OFFICIAL-05", by="wardline.registry.steps.audit_about")
def test_a_failing_profile_opens_a_task_that_passing_closes(
    account: Account, author: Person, policies: Policies, elsewhere: Pages
) -> None:
    assert audit_about(author.actor, account).outcome == "fail"
    task = account.tasks.get(kind="fix-about", state="open")
    assert task.paste.splitlines() == [
        f"{link.title}: {link.url}" for link in (policies.guidelines, policies.privacy)
    ]
    elsewhere.show(PROFILE, policies.guidelines.html)
    audit_about(author.actor, account)
    task.refresh_from_db()
    assert task.paste == f"Privacy Policy: {policies.privacy.url}"
    elsewhere.show(PROFILE, policies.html)
    audit_about(author.actor, account)
    assert kinds(account) == []


def test_a_shortened_link_is_followed_and_told(
    account: Account, author: Person, policies: Policies, elsewhere: Pages
) -> None:
    short = elsewhere.send_on("/x1", policies.privacy.url)
    html = f"{policies.guidelines.html} <a href='{short}'>Privacy</a>"
    elsewhere.show(PROFILE, html)
    audit = audit_about(author.actor, account)
    told = {check["check"]: check for check in audit.checks}
    assert told["guidelines"]["passed"]
    assert "shortened link" in told["privacy-policy"]["detail"]


def test_a_dead_policy_page_fails(
    account: Account, author: Person, policies: Policies, elsewhere: Pages
) -> None:
    elsewhere.show(PROFILE, policies.html)
    policies.site.at.clear()
    audit = audit_about(author.actor, account)
    assert audit.outcome == "fail"
    assert all("is dead" in check["detail"] for check in audit.checks[:2])


def test_a_site_that_is_down_opens_no_task(
    account: Account, author: Person, elsewhere: Pages
) -> None:
    elsewhere.show(PROFILE, "", 503)
    assert audit_about(author.actor, account).outcome == "unreachable"
    assert kinds(account) == []


def test_a_profile_kept_from_us_asks_a_person_to_attest(
    account: Account, author: Person, elsewhere: Pages
) -> None:
    elsewhere.show(PROFILE, "", 403)
    assert audit_about(author.actor, account).outcome == "unreachable"
    assert "attest" in account.tasks.get().what


def test_an_account_that_is_gone_raises_the_alarm(
    account: Account, author: Person, moderator: Person, registrar: Person,
    elsewhere: Pages, policies: Policies,
) -> None:  # fmt: skip
    elsewhere.at.clear()
    audit = audit_about(author.actor, account)
    assert about.failed(audit.checks, "identity")
    assert kinds(account) == ["identity"]
    audit_about(author.actor, account)
    notice = account.notices.get()
    assert still_holds(notice, timezone.now())
    told = letter(notice)
    assert told.to == (author.email, moderator.email, registrar.email)
    assert f"/accounts/{account.pk}/about" in told.text
    elsewhere.show(PROFILE, policies.html)
    audit_about(author.actor, account)
    assert kinds(account) == []
    assert not still_holds(notice, timezone.now())


def test_a_lost_identity_stays_lost_while_the_site_is_down(
    account: Account, author: Person, elsewhere: Pages
) -> None:
    elsewhere.at.clear()
    audit_about(author.actor, account)
    elsewhere.show(PROFILE, "", 503)
    audit = audit_about(author.actor, account)
    assert audit.outcome == "unreachable"
    assert about.failed(audit.checks, "identity")


def test_a_network_that_hides_profiles_never_fails(
    account: Account, author: Person, elsewhere: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wardline.registry.looking.of_host", lambda host: "facebook")
    audit = audit_about(author.actor, account)
    assert audit.outcome == "unreachable"
    assert "Facebook does not show" in account.tasks.get().what


def test_where_no_wording_fits_the_link_fields_are_named(
    account: Account, author: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wardline.registry.looking.room", lambda *_: 20)
    audit_about(author.actor, account)
    task = account.tasks.get()
    assert not task.paste
    assert "link fields" in task.what


def test_strangers_do_not_ask_for_an_audit(account: Account, outsider: Person) -> None:
    with pytest.raises(DeniedError):
        audit_about(outsider.actor, account)


@pytest.fixture
def words(policies: Policies) -> str:
    return f"Heart notes. {policies.guidelines.url} and {policies.privacy.url}."


@pytest.mark.clause("OFFICIAL-05", by="wardline.registry.steps.attest_about")
def test_a_person_attests_what_wardline_cannot_read(
    account: Account, author: Person, elsewhere: Pages, words: str
) -> None:
    elsewhere.show(PROFILE, "", 403)
    audit_about(author.actor, account)
    audit = attest_about(author.actor, account, words)
    assert (audit.outcome, audit.by_id) == ("attested", author.pk)
    assert (audit.evidence, audit.evidence_hash) == (words, about.digest(words))
    assert kinds(account) == []
    assert audit_about(author.actor, account) == audit


def test_what_was_attested_does_not_stand_for_ever(
    account: Account, author: Person, elsewhere: Pages, words: str
) -> None:
    elsewhere.show(PROFILE, "", 403)
    with time_machine.travel("2026-01-01T00:00:00Z"):
        attest_about(author.actor, account, words)
    assert audit_about(author.actor, account).outcome == "unreachable"
    assert kinds(account) == ["fix-about"]


def test_what_wardline_reads_itself_counts_more_than_what_was_attested(
    account: Account, author: Person, words: str
) -> None:
    attest_about(author.actor, account, words)
    assert audit_about(author.actor, account).outcome == "fail"


@pytest.mark.parametrize("missing", ["guidelines", "privacy"])
def test_nobody_attests_a_link_that_is_not_there(
    account: Account, author: Person, policies: Policies, words: str, missing: str
) -> None:
    link = getattr(policies, missing)
    with pytest.raises(RegistryError, match="does not hold the link to"):
        attest_about(author.actor, account, words.replace(link.url, ""))
    assert not AboutAudit.objects.exists()


def test_only_owner_deputy_and_registrar_attest(
    account: Account, colleague: Person, words: str
) -> None:
    with pytest.raises(DeniedError, match="owner or deputy"):
        attest_about(colleague.actor, account, words)
