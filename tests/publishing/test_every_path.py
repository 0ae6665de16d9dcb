"""Random walks by random people: what must hold, holds on every path they take.

`python -m faults.clearance_graph` takes 5,000.
"""

import os

import pytest

from tests.publishing.buttons import Walk, wander
from tests.publishing.desk import cast

EXAMPLES = int(os.environ.get("WARDLINE_EXAMPLES", "40"))


@pytest.mark.clause("OFFICIAL-08", by="wardline.publishing.gate")
@pytest.mark.django_db
def test_no_path_leads_round_the_gate() -> None:
    Walk.cast = cast()
    wander(EXAMPLES, steps=12)
    assert {"submit", "grant"} <= Walk.reached.keys()
