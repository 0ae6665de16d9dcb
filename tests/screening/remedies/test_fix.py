import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.screening.remedies.conftest import found, made
from wardline import institution
from wardline.screening.remedies import Edit, Fix, applied, question, whom

TEXT = "abcdefghij" * 3
FINDING = found(TEXT, "b", "patient-privacy", "mrn", "mrn")
edits = st.tuples(st.integers(0, 30), st.integers(0, 30), st.text(max_size=3)).map(
    lambda e: Edit(min(e[:2]), max(e[:2]), e[2])
)


def fix(*edits: Edit) -> Fix:
    return Fix(FINDING, "Mend", edits)


def test_no_fix_changes_nothing() -> None:
    assert applied(TEXT, []) == TEXT


def test_edits_that_overlap_become_one_with_the_words_of_the_longest() -> None:
    text = "one two three"
    long, short, late = Edit(0, 7, "A"), Edit(0, 3, "B"), Edit(4, 13, "C")
    assert applied(text, [fix(late), fix(short), fix(long)]) == "C"
    assert applied(text, [fix(short), fix(long)]) == "A three"


@given(st.lists(edits, max_size=6))
def test_what_no_edit_covers_stays_in_its_order(changes: list[Edit]) -> None:
    marked = [Edit(e.start, e.end, "-") for e in changes]
    covered = {place for e in changes for place in range(e.start, e.end)}
    kept = "".join(c for place, c in enumerate(TEXT) if place not in covered)
    assert applied(TEXT, [fix(e) for e in marked]).replace("-", "") == kept


def test_a_topic_without_a_remedy_gets_no_fix() -> None:
    assert made("What a clown.", "clown", "disrespect") == []


@pytest.mark.clause(
    "PERSONAL-06", "PERSONAL-07", by="wardline.screening.remedies.address"
)
def test_a_work_address_makes_room_for_a_private_one() -> None:
    text = "Write to me at a@mgb.org."
    offer = made(text, "a@mgb.org", "work-email-identity")
    assert applied(text, offer) == "Write to me at [my private address]."


@pytest.mark.parametrize(
    ("text", "preview"),
    [
        ("12-34", "[number removed]"),
        ("Title\n\nsee 12-34 now\nmore", "see [number removed] now"),
        (
            f"{'before ' * 9}12-34 {'after ' * 9}",
            "… before before before before [number removed] after after after after …",
        ),
    ],
)
def test_the_preview_is_the_line_around_the_change(text: str, preview: str) -> None:
    [one] = made(text, "12-34", "patient-privacy", "mrn")
    assert one.preview(text) == preview
    assert one.key == f"patient-privacy/rule@{text.index('12-34')}"


@pytest.mark.clause("POLICY-05", by="wardline.screening.remedies.ask")
def test_the_office_of_the_topic_is_the_one_to_ask() -> None:
    hospital = institution.load(institution.SHIPPED)
    office = whom(FINDING, hospital)
    assert office
    assert office.name == "Privacy Office"
    finding = found(TEXT, "b", "unsourced-claim", None, "cure")
    assert whom(finding, hospital) is None


@pytest.mark.clause("PERSONAL-02", by="wardline.screening.remedies.ask")
def test_the_question_leaves_a_patient_out() -> None:
    assert TEXT not in question([FINDING], TEXT)
    assert TEXT in question([], TEXT)


def test_a_fix_shows_no_words_of_the_post_in_its_repr() -> None:
    assert "secret" not in repr(Edit(0, 1, "secret"))
