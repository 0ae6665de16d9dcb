"""The matchers that do the sums of account, card and device numbers."""

import pytest

from wardline.screening import matchers


@pytest.mark.parametrize(
    ("matcher", "text"),
    [
        ("iban", ""),
        ("iban", "DE75 5121 0800 1245 1261 98"),
        ("iban", "DE75"),
        ("payment_card", "4539 1488 0343 6468"),
        ("payment_card", "9999 9999 9999 9995"),
        ("payment_card", "0000 0000 0000 0000"),
        ("payment_card", "35 693803 564380 9"),
        ("mac", "3C:5A:B4:07:1E"),
        ("mac", "ff-ff-ff-ff-ff-ff"),
        ("mac", "0000.0000.0000"),
    ],
)
def test_a_number_that_does_not_check_is_refused(matcher: str, text: str) -> None:
    assert not matchers.find(matcher)(text)


@pytest.mark.parametrize(
    ("matcher", "text"),
    [
        ("iban", "DE75 5121 0800 1245 1261 99"),
        ("iban", "BR9700360305000010009795493P1"),
        ("payment_card", "4539-1488-0343-6467"),
        ("payment_card", "3714 496353 98431"),
        ("mac", "3C:5A:B4:07:1E:92"),
        ("mac", "3c5a.b407.1e92"),
    ],
)
def test_a_number_that_checks_is_accepted(matcher: str, text: str) -> None:
    assert matchers.find(matcher)(text)
