"""Which hosts count as the hospital's own mail domain."""

import pytest

from wardline.screening.matchers import work_domain


@pytest.mark.parametrize(
    "host", ["gmail.com", "partners.com", "partner.org", "hms.harvard.edu", "", "org"]
)
def test_other_domains_are_left_alone(host: str) -> None:
    assert not work_domain.accepts(host)


@pytest.mark.clause(
    "PERSONAL-06", "PERSONAL-07", by="wardline.screening.matchers.work_domain"
)
@pytest.mark.parametrize(
    "host",
    [
        "massgeneral.org",
        "mail.mgh.harvard.edu",
        "MGB.ORG",
        "partners dot org",
        "mgh . harvard . edu",
        "massgenera1.org",
        "rnassgeneral.org",
        "partners.0rg",
        "mgh-harvard.edu",
        "massgenral.org",
    ],
)
def test_the_hospitals_domains_are_known_however_they_are_spelt(host: str) -> None:
    assert work_domain.accepts(host)
