"""Reply templates, a reply, and what a patient signed."""

from datetime import timedelta

from django.utils import timezone

from wardline.cli.demo.hospital import Hospital
from wardline.publishing.models import ReplyTemplate
from wardline.publishing.steps.decide_template import approve_template
from wardline.publishing.steps.record_authorization import Signed, record_authorization
from wardline.publishing.steps.start_reply import start_reply
from wardline.publishing.steps.write_template import write_template
from wardline.publishing.templates import starters


def fill(made: Hospital) -> None:
    """The templates that come along, two still to be decided."""
    rows = _templates(made)
    page = made.accounts["page"]
    comment = f"{page.url}/posts/1?comment=2"
    start_reply(
        made.actor("author"),
        page,
        comment_id=comment,
        comment_url=comment,
        template=rows[0],
    )
    _authorization(made)


def _templates(made: Hospital) -> list[ReplyTemplate]:
    author = made.actor("author")
    rows = [
        write_template(
            author,
            made.unit,
            situation=one.situation,
            language=one.language,
            text=one.text,
        )
        for one in starters()
    ]
    for row in rows[:-2]:
        approve_template(made.actor("public-affairs"), row)
    return rows


def _authorization(made: Hospital) -> None:
    """One signed form that stories on two accounts may use."""
    now = timezone.now()
    signed = Signed(
        unit=made.unit,
        reference="PA-2026-014",
        kept_at="Privacy Office, binder 7",
        given_by="person",
        covers=frozenset({"story", "name"}),
        scope="A post about life after heart surgery.",
        accounts=frozenset({made.accounts["page"], made.accounts["blog"]}),
        signed_on=now.date() - timedelta(days=30),
        expires_at=now + timedelta(days=335),
    )
    record_authorization(made.actor("privacy"), signed)
