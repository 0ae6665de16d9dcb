import pytest

from tests.screening.remedies.conftest import Remedied

TOPIC = "speaks-for-hospital"


@pytest.mark.clause("PERSONAL-12", by="wardline.screening.remedies.voice")
@pytest.mark.parametrize(
    "text",
    [
        "We at MGH will refund every copay.",
        "We at MGH are banning restraints.",
        "We at MGH believe in this. We will make it right.",
        "On behalf of MGH I promise it will not happen again.",
        "MGH opposes it, and will be testifying.",
        "We at MGH support it, and we open a clinic in May.",
        "MGH's position: the tariff is bad.",
        "Our family believes in it.",
        "Nosotros en el MGH prometemos que no se repite.",
        "En el MGH abrimos la clínica de la mujer.",
        "En el MGH estamos orgullosos de la gente.",
    ],
)
def test_what_the_hospital_does_or_promises_is_left_to_the_author(
    remedied: Remedied, text: str
) -> None:
    assert remedied(text, text, TOPIC) is None


@pytest.mark.clause(
    "PERSONAL-11", "PERSONAL-12", by="wardline.screening.remedies.voice"
)
@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("We at MGH believe in it.", "I believe in it."),
        ("We, here at Mass. General, believe in it.", "I believe in it."),
        ("At MGH we're proud of our nurses.", "I'm proud of my nurses."),
        ("Here at MGH, we are sorry. Write to us.", "I am sorry. Write to us."),
        ("As a hospital we oppose Q4.", "I oppose Q4."),
        ("We at M.G.H. were sad about it.", "I was sad about it."),
        ("We at MGH don't support it, and we thank you.", "I don't support it, and I thank you."),
        ("We at MGH ask: we hope you join us.", None),
        ("We at MGH love it when you join us.", "I love it when you join me."),
        ("On behalf of MGH, I'm sorry.", "I'm sorry."),
        ("MGH stands with the drivers.", "I stand with the drivers."),
        ("MGH is proud of the team.", "I am proud of the team."),
        ("MGH apologizes to you.", "I apologize to you."),
        ("hi. we at mgh think so", "hi. I think so"),
        ("En el MGH condenamos las redadas y exigimos más.", "Condeno las redadas y exijo más."),
        ("Nosotros, el MGH, le pedimos perdón a la gente de nuestra ciudad.", "Le pido perdón a la gente de mi ciudad."),
    ],
)  # fmt: skip
def test_a_stance_is_taken_in_the_first_person(
    remedied: Remedied, text: str, fixed: str | None
) -> None:
    quote = "mgh" if "mgh" in text else text.split(". Write", maxsplit=1)[0]
    assert remedied(text, quote, TOPIC) == fixed
