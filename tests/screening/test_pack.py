"""What the loader accepts, and how it refuses the rest."""

from pathlib import Path

import pytest

from tests.screening.conftest import WriteRule
from wardline.institution import Institution
from wardline.screening import PackError, Screener, load_pack

ANY = "phrases = ['x']"


def test_a_pack_without_rules_loads(folder: Path) -> None:
    assert load_pack(folder).rules == {}


def test_the_path_is_the_id(folder: Path, write_rule: WriteRule) -> None:
    write_rule("missing-disclaimer/plain", ANY)
    rule = load_pack(folder).rules["missing-disclaimer/plain"]
    assert rule.topic == "missing-disclaimer"


@pytest.mark.clause("SCOPE-02", by="wardline.screening.pack")
def test_the_digest_follows_every_change(folder: Path, write_rule: WriteRule) -> None:
    before = load_pack(folder).digest
    write_rule("missing-disclaimer/plain", ANY)
    assert load_pack(folder).digest != before


@pytest.mark.parametrize(
    ("cut", "key"),
    [
        ('title = "A source"', "source"),
        ("[[passes]]", "passes"),
        ('severity = "hold"', "severity"),
        ('why = "It tells."', "why"),
    ],
)
def test_what_is_missing_is_named(
    folder: Path, write_rule: WriteRule, cut: str, key: str
) -> None:
    file = write_rule("missing-disclaimer/plain", ANY)
    content = file.read_text()
    start = content.index(cut)
    end = len(content) if cut.startswith("[[") else start + len(cut)
    file.write_text(content[:start] + content[end:])
    with pytest.raises(PackError, match=key) as refusal:
        load_pack(folder)
    assert refusal.value.file == str(file)
    assert "docs/rules.md" in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "rule", "reason"),
    [
        ("unknown-topic/plain", {"match": ANY}, "no 'unknown-topic'"),
        ("missing-disclaimer/No Name", {"match": ANY}, "rules/<topic>/<rule>.toml"),
        ("missing-disclaimer/plain", {"match": ""}, "looks for nothing"),
        ("missing-disclaimer/plain", {"match": "phrases = ['\u200b']"}, "empty"),
        ("missing-disclaimer/plain", {"match": ANY, "head": 'kind = "mrn"'}, "kind"),
        ("missing-disclaimer/plain", {"match": ANY, "head": "kin = 1"}, "kin"),
        (
            "missing-disclaimer/plain",
            {"match": ANY + "\nmust = { span = 'luhm' }"},
            "no 'luhm'",
        ),
        (
            "missing-disclaimer/plain",
            {"match": ANY + "\nmust_not = { span = 'lexicon:nuts' }"},
            "no 'nuts'",
        ),
        (
            "missing-disclaimer/plain",
            {"match": ANY, "tail": "[[with]]\nany = ['patiant']"},
            "no 'patiant'",
        ),
        (
            "missing-disclaimer/plain",
            {"match": ANY, "tail": "[[without]]\nscope = 'text'"},
            "neither signals nor patterns",
        ),
    ],
)
def test_what_does_not_hold_together_is_refused(
    folder: Path, write_rule: WriteRule, name: str, rule: dict[str, str], reason: str
) -> None:
    write_rule(name, **rule)
    with pytest.raises(PackError, match=reason):
        load_pack(folder)


def test_a_quote_that_is_not_in_its_text_is_refused(
    folder: Path, write_rule: WriteRule
) -> None:
    file = write_rule("missing-disclaimer/plain", ANY)
    file.write_text(file.read_text().replace('quote = "x"', 'quote = "y"'))
    with pytest.raises(PackError, match="'y' is not in 'x'"):
        load_pack(folder)


def test_an_unknown_clause_is_refused(folder: Path, write_rule: WriteRule) -> None:
    file = write_rule("missing-disclaimer/plain", ANY)
    file.write_text(file.read_text().replace("POLICY-01", "POLICY-99"))
    with pytest.raises(PackError, match="no 'POLICY-99'"):
        load_pack(folder)


@pytest.mark.parametrize("content", [b"\xff", b"severity =", b"[match]\nx = 1"])
def test_a_broken_file_is_named(folder: Path, content: bytes) -> None:
    file = folder / "signals" / "broken.toml"
    file.write_bytes(content)
    with pytest.raises(PackError, match=r"broken\.toml"):
        load_pack(folder)


def test_a_pack_without_topics_says_what_to_do(folder: Path) -> None:
    (folder / "topics.toml").unlink()
    with pytest.raises(PackError, match="Put it back"):
        load_pack(folder)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(unclosed", "unterminated"),
        ("a*", "matches nothing at all"),
        (r"(a)\1", "groupref cannot be scanned for"),
        ("(?=later)", "no part of it has to be there"),
        ("{hopsital}", "nothing stands for {hopsital}"),
        ("{lexicon:nuts}", "nothing stands for {lexicon:nuts}"),
        ("caf\u00e9", "folded"),
    ],
)
def test_an_expression_that_cannot_be_used_is_refused(
    folder: Path,
    write_rule: WriteRule,
    hospital: Institution,
    pattern: str,
    reason: str,
) -> None:
    write_rule("missing-disclaimer/plain", f"patterns = ['''{pattern}''']")
    with pytest.raises(PackError, match=reason) as refusal:
        Screener.of(load_pack(folder), hospital)
    assert "missing-disclaimer/plain" in str(refusal.value)
