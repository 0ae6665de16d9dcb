"""`wardline administrator`: the first sign-in of a new hospital."""

import pytest
from typer.testing import CliRunner, Result

from wardline.audit.models import Entry
from wardline.cli.administrator import app
from wardline.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


def add(email: str) -> Result:
    return CliRunner().invoke(app, [email, "Ada Kowalski"])


def test_the_printed_password_signs_an_administrator_in() -> None:
    password = add("ada@massgeneral.org").stdout.split()[-1]
    person = Person.objects.get(email="ada@massgeneral.org")
    assert person.check_password(password)
    assert person.actor.has("administrator")
    assert Entry.objects.filter(actor_name="Operator of this host").count() == 2


def test_an_address_that_is_taken_is_refused_and_nothing_changes() -> None:
    add("ada@massgeneral.org")
    again = add("ada@massgeneral.org")
    assert again.exit_code == 2
    assert Person.objects.count() == 1
