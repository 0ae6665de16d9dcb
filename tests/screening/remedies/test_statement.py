import msgspec
import pytest

from tests.screening.remedies.conftest import Remedied, found
from wardline import institution
from wardline.screening import Context
from wardline.screening.remedies import fixes

DISCLAIMER, DISCLOSURE = "missing-disclaimer", "missing-affiliation-disclosure"
SPANISH = "Creo que la ley de la ciudad es mala"


LONG = "The views expressed on this {} are my own and do not reflect the views of my employer."


@pytest.mark.clause(
    "PERSONAL-13", "PERSONAL-14", by="wardline.screening.remedies.statement"
)
@pytest.mark.parametrize(
    ("channel", "line"),
    [
        ("blog", f"\n\n{LONG.format('blog')}"),
        ("network", f"\n\n{LONG.format('website')}"),
        ("microblog", " Views my own, not my employer's."),
    ],
)
def test_the_disclaimer_is_that_of_the_channel(
    remedied: Remedied, channel: str, line: str
) -> None:
    context = Context(channel=channel)  # type: ignore[arg-type]
    text = "I like it."
    assert remedied(f"{text} \n", text, DISCLAIMER, context=context) == text + line


@pytest.mark.clause("PERSONAL-14", by="wardline.screening.remedies.statement")
@pytest.mark.parametrize(
    ("length", "ending"),
    [
        (240, "Views my own, not my employer's."),
        (260, "Views my own."),
        (300, "Views my own, not my employer's."),
    ],
)
def test_the_disclaimer_shrinks_to_fit_a_microblog(
    remedied: Remedied, length: int, ending: str
) -> None:
    text = "a" * length
    fixed = remedied(text, "a", DISCLAIMER, context=Context(channel="microblog"))
    assert fixed == f"{text} {ending}"


def test_no_disclaimer_is_offered_that_makes_a_text_too_long(
    remedied: Remedied,
) -> None:
    text = "a" * 275
    micro = Context(channel="microblog")
    assert remedied(text, "a", DISCLAIMER, context=micro) is None
    assert remedied(text, "a", DISCLAIMER, limit=280) is None


def test_a_spanish_text_gets_spanish_lines(remedied: Remedied) -> None:
    nurse = Context(author_role="enfermera")
    assert remedied(SPANISH, "ley", DISCLAIMER) == (
        f"{SPANISH}\n\nLas opiniones aquí son mías y no reflejan las de mi empleador."
    )
    assert remedied(SPANISH, "ley", DISCLOSURE, context=nurse) == (
        f"{SPANISH}\n\nTrabajo en Mass General (enfermera)."
    )


def test_a_hospital_without_spanish_wordings_keeps_its_own() -> None:
    hospital = institution.load(institution.SHIPPED)
    english = msgspec.structs.replace(hospital.disclaimer, spanish=None)
    hospital = msgspec.structs.replace(hospital, disclaimer=english)
    finding = found(SPANISH, "ley", DISCLAIMER, None, "rule")
    [fix] = fixes(SPANISH, [finding], Context(channel="microblog"), hospital)
    assert fix.edits[0].text == " Views my own, not my employer's."


@pytest.mark.clause(
    "PERSONAL-16",
    "PERSONAL-17",
    "ETHICS-02",
    by="wardline.screening.remedies.statement",
)
@pytest.mark.parametrize(
    ("role", "line"),
    [
        ("", "I work at Mass General."),
        ("night nurse", "I work at Mass General as a night nurse."),
        ("ICU nurse", "I work at Mass General as an ICU nurse."),
        ("the head of  security.", "I work at Mass General as the head of security."),
        ("x" * 270, "I work at Mass General."),
    ],
)
def test_the_disclosure_names_the_role_where_it_fits(
    remedied: Remedied, role: str, line: str
) -> None:
    context = Context(channel="microblog", author_role=role)
    assert remedied("Go there.", "Go", DISCLOSURE, context=context) == (
        f"Go there. {line}"
    )
