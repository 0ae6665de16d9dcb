"""Owner and deputy act for an account as long as they belong to its unit."""

from collections.abc import Callable

import pytest

from wardline.people.access import Actor, DeniedError
from wardline.people.models import Membership, Person
from wardline.registry.errors import RegistryError
from wardline.registry.models import Account
from wardline.registry.steps.attest_about import attest_about
from wardline.registry.steps.certify import certify
from wardline.registry.steps.fix_about import fix_about
from wardline.registry.steps.step_in import step_in

STEPS: list[Callable[[Actor, Account], object]] = [
    certify,
    fix_about,
    step_in,
    lambda actor, account: attest_about(actor, account, "Fine"),
]


@pytest.mark.parametrize("step", STEPS, ids=["certify", "fix", "step-in", "attest"])
def test_who_left_the_unit_does_nothing_more(
    blog: Account,
    author: Person,
    moderator: Person,
    step: Callable[[Actor, Account], object],
) -> None:
    Membership.objects.filter(person__in=[author, moderator]).delete()
    for keeper in (author, moderator):
        with pytest.raises(DeniedError):
            step(keeper.actor, blog)


@pytest.mark.parametrize("state", ["requested", "compromised", "retired"])
def test_no_stored_sign_in_is_used_for_an_account_that_is_not_in_use(
    blog: Account, author: Person, state: str
) -> None:
    blog.state = state
    with pytest.raises(RegistryError, match=f"is {state}: nothing goes out"):
        fix_about(author.actor, blog)
