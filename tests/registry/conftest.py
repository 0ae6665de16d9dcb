"""What the tests of the registry have in common."""

import pytest

from wardline.people.models import Person, Unit
from wardline.registry.particulars import Particulars


@pytest.fixture
def particulars(cardiology: Unit, author: Person, moderator: Person) -> Particulars:
    return Particulars(
        unit=cardiology,
        channel="wordpress",
        kind="blog",
        name="Heart notes",
        url="https://heart.massgeneral.org/",
        official_email="heart@mgh.harvard.edu",
        owner=author,
        deputy=moderator,
    )
