"""An archive for tests."""

import pytest

from tests.bulk.archive import CLEAN, TELLING, Record


@pytest.fixture
def records() -> list[Record]:
    """Ten posts; the third and the seventh have a finding."""
    return [
        {
            "id": f"p{number}",
            "text": TELLING if number in {3, 7} else CLEAN,
            "account": "@ana" if number < 6 else "@ben",
            "time": f"2026-0{1 + number // 4}-17T10:00:00",
        }
        for number in range(1, 11)
    ]
