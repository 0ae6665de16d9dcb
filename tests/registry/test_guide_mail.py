"""Addresses that may open an official account, and why others may not."""

import pytest

from wardline.institution import current
from wardline.registry.guide.mail import refusal


@pytest.mark.parametrize("domain", current().work_mail_domains)
def test_a_work_address_is_accepted(domain: str) -> None:
    assert refusal(f"Heart-News@{domain.upper()}") == ""


@pytest.mark.clause("OFFICIAL-02", by="wardline.registry.guide.mail")
@pytest.mark.parametrize("domain", ["gmail.com", "Yahoo.com", "proton.me"])
def test_a_private_address_is_refused(domain: str) -> None:
    assert "private mail service" in refusal(f"heart.mgh@{domain}")


@pytest.mark.clause("OFFICIAL-02", by="wardline.registry.guide.mail")
@pytest.mark.parametrize(
    "domain",
    [
        "massgenera1.org",
        "rnassgeneral.org",
        "massgeneral.com",
        "massgeneral.org.login.example",
        "massgeneral-mail.net",
        "masgeneral.org",
        "m\u0430ssgeneral.org",
        "m\u0430ssgeneral.org".encode("idna").decode(),
        "mgb.com",
        "partner.org",
    ],
)
def test_a_look_alike_is_refused_with_the_domain_it_imitates(domain: str) -> None:
    reason = refusal(f"heart@{domain}")
    assert f"{domain} looks like" in reason
    assert "write it at" in reason


@pytest.mark.parametrize("domain", ["hospital.example", "mail.massgeneral.org", ""])
def test_any_other_domain_is_told_which_there_are(domain: str) -> None:
    reason = refusal(f"heart@{domain}")
    assert "looks like" not in reason
    assert "massgeneral.org" in reason
