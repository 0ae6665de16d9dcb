"""Clinical questions that hold patients' identifiers, as lessons beside the posts.

asq_phi, https://github.com/JamesWeatherhead/asq-phi (MIT): synthetic questions with
spans, and hard negatives that have none. Only its training part is read.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from training.reader.posts import Post
from wardline.screening.outputs import PRIVACY

FILE = Path("asq_phi/train.jsonl")
KINDS = {
    "NAME": "name",
    "DATE": "date",
    "GEOGRAPHIC_LOCATION": "location",
    "EMAIL_ADDRESS": "email",
    "PHONE_NUMBER": "phone",
    "SOCIAL_SECURITY_NUMBER": "ssn",
    "MEDICAL_RECORD_NUMBER": "mrn",
    "HEALTH_PLAN_BENEFICIARY_NUMBER": "account",
    "CERTIFICATE_LICENSE_NUMBER": "account",
    "UNIQUE_IDENTIFIER": "device",
}
HELD = 4
"""One in so many is not learnt from, so that it can be measured on."""


def questions(folder: Path) -> Iterator[Post]:
    """The questions of the training part that are learnt from."""
    for number, line in enumerate((folder / FILE).read_text("utf-8").splitlines()):
        if number % HELD:
            yield _post(json.loads(line))


def _post(question: dict[str, object]) -> Post:
    spans: list[dict[str, str]] = question["spans"]  # type: ignore[assignment]
    return {
        "id": f"asq-{question['id']}",
        "text": question["text"],
        "context": {"channel": "forum"},
        "expect": [
            {"topic": PRIVACY, "kind": KINDS[span["type"]], "quote": span["value"]}
            for span in spans
        ],
        "asked": PRIVACY,
    }
