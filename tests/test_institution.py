"""The institution file: a bad one is refused with file, key and reason."""

from pathlib import Path

import pytest

from wardline.institution import SHIPPED, InstitutionError, load


def test_the_shipped_file_is_mass_general() -> None:
    institution = load(SHIPPED)
    assert institution.short_name == "Mass General"
    assert "MGH" in institution.aliases
    assert set(institution.work_mail_domains) == {
        "partners.org",
        "mgh.harvard.edu",
        "massgeneral.org",
        "mgb.org",
    }
    assert len(institution.policies) == 8
    assert institution.office_for("fundraising") == "development"
    assert institution.office_for("indirect-link") is None


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('short_name = "Mass General"', "", "short_name"),
        ("timezone = ", "time_zone = ", "time_zone"),
        ('timezone = "America/New_York"', "timezone = 5", "timezone: Expected `str`"),
        ("[guidelines]", "[guidelines", "line"),
        (
            '"https://www.massgeneral.org/notices/privacy"',
            '"notices/privacy"',
            "privacy_policy.url: not a web address",
        ),
        ("privacy-office@", "privacy-office", "offices.privacy.email: not an e-mail"),
        ('name = "Privacy Office"', 'nme = "X"', "offices.privacy: "),
        ('"partners.org"', '"Partners"', "work_mail_domains[0]: not a domain"),
        ('clears = ["fundraising"]', 'clears = ["patient-privacy"]', "already cleared"),
        (
            'routine_office = "public-affairs"',
            'routine_office = "press"',
            "there is no office 'press'",
        ),
    ],
)
def test_a_bad_file_is_refused_with_file_key_and_reason(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    shipped = SHIPPED.read_text()
    assert old in shipped
    bad = tmp_path / "ours.toml"
    bad.write_text(shipped.replace(old, new, 1))
    with pytest.raises(InstitutionError) as refusal:
        load(bad)
    assert str(refusal.value).startswith(str(bad))
    assert says in str(refusal.value)


def test_a_file_that_is_not_there_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(InstitutionError, match="WARDLINE_INSTITUTION"):
        load(tmp_path / "none.toml")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "ours.toml"
    bad.write_bytes(b"name = '\xff'")
    with pytest.raises(InstitutionError, match="top level"):
        load(bad)
