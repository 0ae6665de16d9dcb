"""Vehicle identification numbers."""

import pytest

from wardline.screening.matchers import vin


@pytest.mark.parametrize(
    "text", ["", "1M8GDM9A1KP042788", "1M8GDM9AXKP04278", "1M8GDM9AXKPO42788"]
)
def test_what_does_not_check_is_left_alone(text: str) -> None:
    assert not vin.accepts(text)


@pytest.mark.parametrize("text", ["1M8GDM9AXKP042788", "11111111111111111"])
def test_a_number_that_checks_is_seen(text: str) -> None:
    assert vin.accepts(text)
