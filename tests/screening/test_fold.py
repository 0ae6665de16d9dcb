"""Folding: any text becomes ASCII, and every span leads back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardline.screening.fold import PLACEHOLDER, fold, plain, reveal

ANYTHING = st.text(st.characters(exclude_categories=())) | st.text(
    st.sampled_from(
        "aA1 .@([{)]}dot at\n\0é́\u200b\u202e😀½Ａ１ｄ\ud800\U0001f468\u200d"
    )
)


def test_plain_english_stays_as_it_is() -> None:
    text = "Nothing to see here, at all.\n\tReally."
    assert fold(text).text == text
    assert reveal(fold(text)).text == text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("mañana café", "manana cafe"),
        ("‘quoted’ — “so”…", "'quoted' - \"so\"..."),  # noqa: RUF001
        ("ＭＲＮ １２３", "MRN 123"),  # noqa: RUF001
        ("p\u200ba\u200dt\u00adient", "patient"),
        ("\u202epatient\u202c", "patient"),
        ("раtіent", "patient"),  # noqa: RUF001  (Cyrillic letters)
        ("٣ days", "3 days"),
        ("𝗯𝗼𝗹𝗱", "bold"),  # noqa: RUF001
        ("ok😀ok", f"ok{PLACEHOLDER}ok"),
        ("Epic™ 漢", f"Epic{PLACEHOLDER} {PLACEHOLDER}"),
        ("\0\ud800", 2 * PLACEHOLDER),
        ("½ ß", "1/2 ss"),
    ],
)
def test_what_imitates_ascii_becomes_ascii(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("text", "revealed"),
    [
        ("meet at noon (at the desk)", "meet at noon (at the desk)"),
        ("polka dot dress", "polka dot dress"),
        ("bo (at) host (dot) net", "bo@host.net"),
        ("bo[AT]host{dot}net", "bo@host.net"),
        ("write bo at partners dot org please", "write bo@partners.org please"),
        ("ana (arroba) host (punto) es", "ana@host.es"),
        ("bo at mgh dot harvard dot edu", "bo@mgh.harvard.edu"),
    ],
)
def test_obfuscated_addresses_are_written_out(text: str, revealed: str) -> None:
    assert reveal(fold(text)).text == revealed


@given(ANYTHING)
def test_any_text_folds_to_ascii_without_nul(text: str) -> None:
    folded = fold(text)
    assert folded.text.isascii()
    assert "\0" not in folded.text
    assert plain(text) == folded.text.encode()
    assert fold(folded.text).text == folded.text


@given(ANYTHING)
def test_revealing_twice_is_revealing_once(text: str) -> None:
    once = reveal(fold(text)).text
    assert reveal(fold(once)).text == once


@given(ANYTHING, st.data())
def test_every_folded_span_leads_back_into_the_original(
    text: str, data: st.DataObject
) -> None:
    folded = reveal(fold(text))
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.span(start, end)
    assert 0 <= first < last <= len(text)


@given(ANYTHING)
def test_the_span_of_a_plain_character_holds_what_folds_to_it(text: str) -> None:
    folded = fold(text)
    for place, character in enumerate(folded.text):
        first, last = folded.span(place, place + 1)
        assert character in fold(text[first:last]).text


def test_an_accent_of_its_own_belongs_to_the_letter_before() -> None:
    folded = fold("cafe\u0301 x")
    assert folded.span(0, 4) == (0, 5)
