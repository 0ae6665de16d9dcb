"""Whom to ask: the office of a topic, or one's own manager. Nothing is sent."""

from collections.abc import Sequence

from wardline.institution import Institution, Office
from wardline.screening.values import Finding


def whom(finding: Finding, institution: Institution) -> Office | None:
    """The office that knows about the finding's topic, if there is one."""
    office = institution.office_for(finding.topic)
    return institution.offices[office] if office else None


def question(findings: Sequence[Finding], text: str) -> str:
    """A note to the manager that the person may copy; the text only if it may travel.

    A text with patient data must not travel, not even in a question.
    """
    points = "\n".join(dict.fromkeys(f"- {one.message}" for one in findings))
    private = any(one.topic == "patient-privacy" for one in findings)
    words = "(I leave the words out: they may identify a patient.)" if private else text
    return (
        "I would like to post something on my own account and am not sure about it. "
        f"What our guidelines point out:\n{points}\n\n"
        f"What I would post:\n{words}\n\nDo you see a problem with it?"
    )
