"""Who may do what: the table of verbs against every role."""

from dataclasses import dataclass, field

import pytest

from wardline.people.access import RULES, Actor, DeniedError, can, require

OWN, OTHER = 1, 2
ROLES = (
    "public-affairs",
    "development",
    "privacy",
    "registrar",
    "auditor",
    "administrator",
)


@dataclass(eq=False)
class Thing:
    """Draft, clearance, publication, account, check-out and unit at once."""

    unit_id: int = OWN
    pk: int = OWN
    action: str = "publish"
    restricted: bool = False
    office: str = "privacy"
    owner_id: int = 8
    deputy_id: int = 9
    person_id: int = 8
    offices_called: frozenset[str] = frozenset()
    writer_ids: frozenset[int] = frozenset({7})
    draft: "Thing" = field(init=False)
    account: "Thing" = field(init=False)

    def __post_init__(self) -> None:
        self.draft = self.account = self


AUTHOR = Actor(1, "Author", units={OWN: frozenset({"author"})})
MODERATOR = Actor(2, "Moderator", units={OWN: frozenset({"moderator"})})
OUTSIDER = Actor(3, "Outsider", units={OTHER: frozenset({"author", "moderator"})})
NOBODY = Actor(4, "Nobody")


def having(role: str) -> Actor:
    return Actor(5, role, roles=frozenset({role}))


@pytest.mark.parametrize("verb", sorted(RULES))
def test_somebody_with_no_role_may_do_nothing_and_is_told_why(verb: str) -> None:
    decision = can(NOBODY, verb, Thing())
    assert not decision
    assert decision.reason.endswith(".")


@pytest.mark.parametrize("verb", sorted(RULES))
def test_an_author_of_another_unit_may_do_nothing_here(verb: str) -> None:
    assert not can(OUTSIDER, verb, Thing())


@pytest.mark.parametrize(
    ("verb", "allowed"),
    [
        ("draft.read", {"public-affairs", "privacy", "auditor"}),
        ("draft.edit", set()),
        ("draft.submit", set()),
        ("draft.withdraw", {"public-affairs", "privacy"}),
        ("clearance.decide", {"privacy"}),
        ("clearance.invite", {"privacy"}),
        ("publication.release", {"public-affairs"}),
        ("pause.start", {"public-affairs", "privacy"}),
        ("pause.end", {"public-affairs"}),
        ("template.write", {"public-affairs"}),
        ("template.approve", {"public-affairs"}),
        ("authorization.record", {"privacy"}),
        ("authorization.revoke", {"privacy", "public-affairs"}),
        ("error-report.decide", {"public-affairs"}),
        ("patient-data.close", {"privacy"}),
        ("account.register", {"registrar"}),
        ("account.read", {"registrar", "auditor"}),
        ("account.propose", {"registrar"}),
        ("account.review", {"registrar"}),
        ("account.consent", {"development"}),
        ("account.certify", {"registrar"}),
        ("account.step-in", set()),
        ("audit.read", {"auditor"}),
        ("people.manage", {"administrator"}),
    ],
)
def test_each_office_may_do_its_own_part(verb: str, allowed: set[str]) -> None:
    assert {role for role in ROLES if can(having(role), verb, Thing())} == allowed


def test_an_author_writes_and_a_moderator_only_reads() -> None:
    assert can(AUTHOR, "draft.edit", Thing())
    assert can(MODERATOR, "draft.read", Thing())
    assert not can(MODERATOR, "draft.edit", Thing())


def test_an_office_that_was_called_reads_the_draft() -> None:
    called = Thing(offices_called=frozenset({"development"}))
    assert can(having("development"), "draft.read", called)


@pytest.mark.parametrize("actor", [AUTHOR, having("auditor"), having("public-affairs")])
def test_a_restricted_text_is_the_privacy_office_s_alone(actor: Actor) -> None:
    secret = Thing(restricted=True)
    assert not can(actor, "draft.read", secret)
    assert can(having("privacy"), "draft.read", secret)


def test_a_writer_never_clears_even_with_the_office_s_role() -> None:
    both = Actor(7, "Both", frozenset({"privacy"}), {OWN: frozenset({"author"})})
    assert "a colleague" in can(both, "clearance.decide", Thing()).reason


def test_a_writer_releases_nothing_of_their_own() -> None:
    both = Actor(7, "Both", frozenset({"public-affairs"}))
    assert "a colleague" in can(both, "publication.release", Thing()).reason


def test_who_may_withdraw_a_post_sees_to_it_that_it_comes_down() -> None:
    officer = having("privacy")
    assert not can(officer, "publication.resolve", Thing())
    assert can(officer, "publication.resolve", Thing(action="withdraw"))
    assert can(officer, "publication.resolve", Thing(restricted=True))
    assert can(AUTHOR, "publication.resolve", Thing(restricted=True))


def test_who_stands_in_for_an_office_decides_but_has_none_of_its_other_powers() -> None:
    stands_in = Actor(6, "Stand-in", stands_in=frozenset({"privacy"}))
    called = Thing(offices_called=frozenset({"privacy"}))
    assert can(stands_in, "clearance.decide", called)
    assert can(stands_in, "office.queue", "privacy")
    assert not can(stands_in, "authorization.record")
    assert not can(stands_in, "office.delegate", "privacy")
    assert not can(stands_in, "draft.read", Thing(restricted=True))


def test_require_raises_the_reason() -> None:
    with pytest.raises(DeniedError, match="takes the role Auditor"):
        require(AUTHOR, "audit.read")
