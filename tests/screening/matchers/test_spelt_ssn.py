"""Social Security numbers in words."""

from wardline.screening.matchers import spelt_ssn


def test_a_count_of_eight_is_left_alone() -> None:
    assert not spelt_ssn.accepts("one two three four five six seven eight")


def test_nine_digits_in_words_are_a_number() -> None:
    assert spelt_ssn.accepts("two one nine, zero nine, nine nine nine nine")
