"""Marks that back clauses: only what is there may be claimed."""

from pathlib import Path

import pytest

from tools import clauses
from tools.clauses import Backing, ClauseError, backed, owing
from wardline.screening import load_pack

PACK = load_pack()
MARK = '@pytest.mark.clause("POLICY-01", by="wardline.gate")'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one module, `wardline.gate`."""
    (tmp_path / "src/wardline").mkdir(parents=True)
    (tmp_path / "src/wardline/gate.py").touch()
    (tmp_path / "tests").mkdir()
    return tmp_path


def claims(root: Path, decorator: str) -> list[Backing]:
    code = f"import pytest\n\n{decorator}\ndef test_it_holds(): ...\n"
    (root / "tests/test_gate.py").write_text(code)
    return list(backed(root, PACK.clauses))


def test_a_test_without_a_mark_backs_nothing(root: Path) -> None:
    assert claims(root, "@pytest.mark.usefixtures") == []


def test_a_mark_names_clause_module_and_test(root: Path) -> None:
    file = Path("tests/test_gate.py")
    (one,) = claims(root, MARK)
    assert one == Backing("POLICY-01", "wardline.gate", "test_it_holds", file)


def test_a_mark_may_name_several_clauses(root: Path) -> None:
    mark = '@pytest.mark.clause("POLICY-01", "POLICY-03", by="wardline")'
    with pytest.raises(ClauseError, match="no module wardline;"):
        claims(root, mark)
    (root / "src/wardline/__init__.py").touch()
    assert [one.clause for one in claims(root, mark)] == ["POLICY-01", "POLICY-03"]


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ('clause("POLICY-99", by="wardline.gate")', "no clause.*POLICY-99"),
        ('clause("POLICY-01", by="wardline.door")', "no module wardline.door"),
        ('clause("POLICY-01")', "write clause"),
        ('clause(by="wardline.gate")', "write clause"),
        ('clause(SOME, by="wardline.gate")', "write clause"),
        ("clause", "write clause"),
    ],
)
def test_what_is_not_there_cannot_be_claimed(root: Path, mark: str, told: str) -> None:
    with pytest.raises(ClauseError, match=f"tests/test_gate.py:3: {told}"):
        claims(root, f"@pytest.mark.{mark}")


def test_only_a_known_clause_is_owed_something() -> None:
    assert owing("", PACK.clauses) == {}
    with pytest.raises(ClauseError, match="POLICY-99"):
        owing('POLICY-99 = "everything"', PACK.clauses)


def test_every_clause_has_a_row_and_what_nothing_backs_is_missing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clauses, "ROOT", root)
    monkeypatch.setattr(clauses, "OWED", root / "owed.toml")
    (root / "owed.toml").write_text('OFFICIAL-08 = "drills"\nETHICS-08 = "all"\n')
    claims(root, MARK.replace("POLICY-01", "OFFICIAL-08"))
    rows = {
        cells[1]: [cell.strip() for cell in cells[2:]]
        for line in clauses.page(PACK).splitlines()
        if len(cells := line.split("|")) > 2
    }
    assert {f" {clause} " for clause in PACK.clauses} < rows.keys()
    _, state, keepers, tests, _ = rows[" OFFICIAL-08 "]
    assert state == "partly kept; owed: drills"
    assert keepers.endswith("`wardline.gate`")
    assert "[it holds](../tests/test_gate.py)" in tests
    assert rows[" ETHICS-08 "][1:4] == ["**missing**", "", ""]


def test_the_marks_of_our_own_tests_name_what_is_there() -> None:
    assert list(backed(clauses.ROOT, PACK.clauses))
