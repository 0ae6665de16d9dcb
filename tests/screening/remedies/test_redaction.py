import pytest

from tests.screening.remedies.conftest import Remedied

PRIVACY = "patient-privacy"


@pytest.mark.parametrize("kind", ["photo", "story"])
def test_what_words_cannot_make_safe_gets_no_fix(remedied: Remedied, kind: str) -> None:
    text = "The goalie with one arm came in."
    assert remedied(text, "goalie", PRIVACY, kind=kind) is None


@pytest.mark.clause("POLICY-01", by="wardline.screening.remedies.redaction")
@pytest.mark.parametrize(
    ("text", "quote", "fixed"),
    [
        ("Ann Lee went home", "Ann Lee", "A patient went home"),
        ("so Mr. Lee went home", "Mr. Lee", "so a patient went home"),
        ("so Mr. Lee went home", "Lee", "so a patient went home"),
        ("saw little Ann Lee", "Ann Lee", "saw a little patient"),
        ("saw our dear Ann Lee", "Ann Lee", "saw our dear patient"),
        ("saw my old Ann", "Ann", "saw my old patient"),
        ("that is Ann Lee's chart", "Ann Lee", "that is a patient's chart"),
        ("my patient Ann went", "Ann", "my patient went"),
        ("my patient, Ann, went", "Ann", "my patient went"),
        ("a guy named Ann Lee went", "Ann Lee", "a guy went"),
        ("our speaker Ann Lee went", "Ann Lee", "our speaker went"),
        ("his name was Ann Lee.", "Ann Lee", "his name was [name removed]."),
        ("aka Dizzy Liz Fontaine, is", "Dizzy Liz", "aka a patient, is"),
        ("pray #PrayForAnn now", "#PrayForAnn", "pray  now"),
        ("Hoy vino doña Ana Ruiz y ya", "Ana Ruiz", "Hoy vino un paciente y ya"),
        ("y la señora Ruiz se fue con su", "Ruiz", "y la señora se fue con su"),
    ],
)
def test_a_name_becomes_a_patient(
    remedied: Remedied, text: str, quote: str, fixed: str
) -> None:
    assert remedied(text, quote, PRIVACY, kind="name") == fixed


def test_a_name_goes_wherever_it_is_said_again(remedied: Remedied) -> None:
    text = "Ann Lee is back. I like Ann. Lee's son too! #TeamAnn Annually."
    assert remedied(text, "Ann Lee", PRIVACY, kind="name") == (
        "A patient is back. I like the patient. The patient's son too!  Annually."
    )


def test_a_name_that_is_a_word_too_is_replaced_once(remedied: Remedied) -> None:
    text = "so Will Doe is back. Will he stay?"
    assert remedied(text, "Will Doe", PRIVACY, kind="name") == (
        "so a patient is back. Will he stay?"
    )


@pytest.mark.parametrize(
    ("text", "quote", "fixed"),
    [
        ("went home on March 3.", "March 3", "went home recently."),
        ("went home on March 3, 2024.", "March 3", "went home in 2024."),
        ("went home on March 3, 2024.", "March 3, 2024", "went home in 2024."),
        ("passed on the 3rd", "the 3rd", "passed recently"),
        ("passed on the 3rd", "on the 3rd", "passed recently"),
        ("Feb 6 she left", "Feb 6", "Recently she left"),
        ("her April 2 surgery went well", "April 2", "her recent surgery went well"),
        ("closed since 3/17.", "3/17", "closed since a recent day."),
        ("DOB 05/30/1968, ok", "05/30/1968", "DOB 1968, ok"),
        ("DOB 05/30, ok", "05/30", "DOB [removed], ok"),
        ("born 5/30/1929", "5/30/1929", "born long ago"),
        ("came on Valentine's night", "Valentine's", "came recently"),
        ("se fue el 3 de mayo y ya", "3 de mayo", "se fue hace poco y ya"),
        ("se fue el 3 de mayo de 2024 y ya", "3 de mayo", "se fue en 2024 y ya"),
    ],
)
def test_a_day_becomes_a_year_or_recently(
    remedied: Remedied, text: str, quote: str, fixed: str
) -> None:
    assert remedied(text, quote, PRIVACY, kind="date") == fixed


@pytest.mark.parametrize(
    ("text", "quote", "fixed"),
    [
        ("She's 95 years old.", "95", "She's over 89."),
        ("my 92 yo grandpa", "92", "my over-89 grandpa"),
        ("She turned 97 today", "97", "She had a birthday today"),
        ("Ninety-one and dancing", "Ninety-one", "Over 89 and dancing"),
        ("Happy 101st birthday!", "101st", "Happy birthday!"),
        ("don Goyo cumplió cien años y ya", "cien años", "don Goyo cumplió años y ya"),
        ("la que tiene 93 años y ya", "93 años", "la que tiene más de 89 años y ya"),
    ],
)
def test_an_age_becomes_the_class_of_the_oldest(
    remedied: Remedied, text: str, quote: str, fixed: str
) -> None:
    assert remedied(text, quote, PRIVACY, kind="age-over-89") == fixed


@pytest.mark.parametrize(
    ("text", "quote", "rule", "fixed"),
    [
        ("the lady in room 9 sang", "room 9", "location-room", "the lady sang"),
        ("lady, in 9, sang", "in 9", "location-room", "lady,, sang"),
        ("Room 9 sang", "Room 9", "location-room", "A patient sang"),
        ("In room 9, he sang", "room 9", "location-room", "he sang"),
        ("to bed 9's son", "bed 9", "location-room", "to [place removed]'s son"),
        ("lives 4 Elm St", "4 Elm St", "location-street", "lives [place removed]"),
        ("la del cuarto 9 y ya", "cuarto 9", "location-room", "la y ya"),
    ],
)
def test_a_place_is_left_out(
    remedied: Remedied, text: str, quote: str, rule: str, fixed: str
) -> None:
    assert remedied(text, quote, PRIVACY, kind="location", rule=rule) == fixed


@pytest.mark.clause("POLICY-01", by="wardline.screening.remedies.redaction")
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("phone", "[number removed]"),
        ("ssn", "[number removed]"),
        ("mrn", "[number removed]"),
        ("account", "[number removed]"),
        ("device", "[number removed]"),
        ("email", "[address removed]"),
        ("ip", "[address removed]"),
        ("url", "[link removed]"),
    ],
)
def test_an_identifier_leaves_a_word_in_its_place(
    remedied: Remedied, kind: str, words: str
) -> None:
    assert remedied("see 12-34 now", "12-34", PRIVACY, kind=kind) == f"see {words} now"
