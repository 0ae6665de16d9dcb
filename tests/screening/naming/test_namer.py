"""Names are found in every voice, spans stay valid, and what is no name is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardline.screening.naming import Namer, default_namer

ANYTHING = st.text(st.characters(), max_size=60)
"""Lone surrogates included."""
NAMES = st.lists(
    st.sampled_from(
        ["Rosa", "lil marcus", "Dr.", "O'Brien", "#PrayForKayla", "S.", "\n"]
    )
    | ANYTHING,
    max_size=8,
).map(" ".join)


def found(text: str) -> list[str]:
    return [text[name.start : name.end] for name in default_namer().names(text)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "37 call lights before midnight. thirty seven.",
        "Massachusetts General Hospital opened a clinic in Chelsea",
        "Nurses deserve better ratios, says the union",
        "Bulfinch lawn is open for lunch on Friday",
        "[name removed] was excellent and the nurse [NAME] was lovely",
        "Parkinson's and Alzheimer's walk on Saturday",
        "i hope we will mark the day in may",
        "Feliz Navidad a todo el equipo del hospital",
        "https://example.org/Rosa-Delgado",
        "write to rosa.delgado@example.org",
    ],
)
def test_nothing_is_found_where_nobody_is_named(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("thanks to Rosa Delgado in 812", ["Rosa Delgado"]),
        ("lil marcus went home today", ["marcus"]),
        ("my pt rosa pulled her iv again", ["rosa"]),
        ("Dr. Steven Harrison saw Mrs. Okonkwo", ["Steven Harrison", "Okonkwo"]),
        ("nurse Patty held my hand", ["Patty"]),
        ("a 54 year old male with MS, Anna S., seen today", ["Anna S."]),
        ("La señora Ximena Robledo me regaló una manta", ["Ximena Robledo"]),
        ("ingresó José Luis Hernández de la Cruz", ["José Luis Hernández de la Cruz"]),
        ("Prayers for Siobhan O'Brien-Kelly", ["Siobhan O'Brien-Kelly"]),
        ("HAPPY BIRTHDAY MARIA GONZALEZ", ["MARIA GONZALEZ"]),
        ("Marcus's mom says thanks", ["Marcus"]),
        ("thanks to Ro\u200bsa Delgado", ["Ro\u200bsa Delgado"]),
        (
            "we met Krisztián Szöllösy and Nikolaj Møller",
            ["Krisztián Szöllösy", "Nikolaj Møller"],
        ),
    ],
)
def test_a_name_is_found_in_every_voice(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_hashtag_can_name_a_person() -> None:
    (tag,) = found("#PrayForKaylaBrandt she is fighting")
    assert tag.endswith("KaylaBrandt")


def test_a_name_in_full_width_letters_is_one() -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in "Maria")
    assert found(f"my patient {wide} Gonzalez went home") == [f"{wide} Gonzalez"]


@given(NAMES)
def test_spans_lie_in_order_inside_any_text(text: str) -> None:
    done = 0
    for name in default_namer().names(text):
        assert done <= name.start < name.end <= len(text)
        assert text[name.start].isalpha()
        assert 0.0 <= name.score <= 1.0
        done = name.end


@given(NAMES)
def test_what_was_read_before_changes_nothing(text: str) -> None:
    assert default_namer().names(text) == _FRESH.names(text)


_FRESH = Namer.load()


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("ask @mghfc or @nightshift", []),
        ("my infusion buddy @tugboat_tony rang the bell", ["@tugboat_tony"]),
        ("@rosa.runs and @MarcusStrong", ["@rosa.runs", "@MarcusStrong"]),
        ("rosa@example.org", []),
    ],
)
def test_a_handle_counts_when_it_holds_a_given_name(
    text: str, handles: list[str]
) -> None:
    spans = default_namer().handles(text)
    assert [text[name.start : name.end] for name in spans] == handles


def test_the_tagger_is_read_once_a_process() -> None:
    assert default_namer() is default_namer()
