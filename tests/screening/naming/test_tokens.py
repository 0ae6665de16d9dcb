"""A text is cut where names begin and end, and every token leads back to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardline.screening.naming.tokens import ADDRESS, HANDLE, tokens


def texts(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", []),
        ("  ", []),
        ("Siobhan O'Brien-Kelly's", ["Siobhan", "O'Brien-Kelly", "'s"]),
        ("Anna S., 54", ["Anna", "S", ".", ",", "0"]),
        ("#PrayForKaylaJR", ["#", "Pray", "For", "Kayla", "JR"]),
        (
            "@rosa rosa@example.org https://a.example",
            [HANDLE, ADDRESS, ADDRESS],
        ),
        ("wait..... what\n\n\nok", ["wait", "...", "what", "\n", "ok"]),
        ("Ro\u200bsa", ["Ro\u200bsa"]),
        ("\ud800 Zoë", ["\ud800", "Zoë"]),
    ],
)
def test_a_text_is_cut_into_words_and_marks(text: str, cut: list[str]) -> None:
    assert texts(text) == cut


@given(st.text(st.characters(), max_size=80))
def test_tokens_lie_in_order_and_none_is_empty(text: str) -> None:
    done = 0
    for token in tokens(text):
        assert done <= token.start < token.end <= len(text)
        assert token.text
        done = token.end
