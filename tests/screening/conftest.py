"""A small pack of its own, so that no test depends on what the shipped rules say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wardline import institution
from wardline.institution import Institution
from wardline.screening import Screener, load_pack

FILES = {
    "topics.toml": """
        [patient-privacy]
        title = "Patient privacy"
        about = "Patients."
        silences_on_same_span = ["confidential-information"]
        [confidential-information]
        title = "Confidential information"
        about = "Secrets."
        labor_carve_out = true
        [speaks-for-hospital]
        title = "Speaking for the hospital"
        about = "We."
        silences = ["missing-disclaimer"]
        [missing-disclaimer]
        title = "Disclaimer missing"
        about = "Opinions."
        context = { mode = "personal" }
        [[missing-disclaimer.without]]
        any = ["disclaimer"]
        scope = "text"
    """,
    "clauses.toml": 'POLICY-01 = { binds = "all", duty = "Patient privacy" }',
    "signals/labor-speech.toml": """
        about = "Pay."
        [match]
        phrases = ["overtime pay"]
    """,
    "signals/disclaimer.toml": """
        about = "Views are the author's."
        [match]
        phrases = ["views are mine"]
    """,
    "signals/patient.toml": """
        about = "A patient."
        [match]
        patterns = ['''\\bpatients?\\b''']
    """,
    "lexicons/fruit.toml": """
        words = ["apple", "fig"]
        [source]
        title = "A list of our own"
        url = "https://example.org/fruit"
        date = 2026-11-22
    """,
}

RULE = """
    {head}
    severity = "hold"
    clauses = ["POLICY-01"]
    message = "A number."
    suggestion = "Take it out."
    why = "It tells."
    [source]
    title = "A source"
    url = "https://example.org/"
    date = 2026-11-22
    [match]
    {match}
    {tail}
    [[fires]]
    text = "{fires}"
    quote = "{fires}"
    [[passes]]
    text = "nothing"
"""

WriteRule = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack with topics, signals and a lexicon, but no rules yet."""
    for name, content in FILES.items():
        file = tmp_path / "pack" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    (tmp_path / "pack" / "rules").mkdir()
    return tmp_path / "pack"


@pytest.fixture
def write_rule(folder: Path) -> WriteRule:
    """Writes one rule: its id, what it matches, more tables, more top-level keys."""

    def write(
        name: str, match: str, *, tail: str = "", head: str = "", fires: str = "x"
    ) -> Path:
        if name.startswith("patient-privacy"):
            head += '\nkind = "mrn"'
        file = folder / "rules" / f"{name}.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(RULE.format(match=match, tail=tail, head=head, fires=fires))
        return file

    return write


@pytest.fixture
def hospital() -> Institution:
    return institution.load(institution.SHIPPED)


@pytest.fixture
def screener(folder: Path, hospital: Institution) -> Callable[[], Screener]:
    """Makes a screener of the pack as it stands."""
    return lambda: Screener.of(load_pack(folder), hospital)
