"""What the offices have to decide: in two stages, one of two, overdue, by a stand-in."""

from datetime import timedelta

from django.utils import timezone

from wardline.cli.demo.desk import ZONE, Desk, dates, day
from wardline.cli.demo.hospital import Hospital
from wardline.publishing.models import Authorization
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.delegate import delegate
from wardline.publishing.steps.invite import invite


def fill(made: Hospital) -> None:
    """Queues with something in them, and one office whose person is away."""
    desk = Desk(made)
    _passed(desk)
    desk.asked(
        "A letter that made our week",
        "Our patient Tomas Alvarez wrote to us after his surgery on May 4, 2026. "
        "Read what helped him most.",
    )
    desk.asked(
        "Help us buy a second echo machine",
        "Please donate to the hospital's echo fund. Every gift shortens the wait.",
        "page",
        "blog",
    )
    _either(desk)
    _overdue(desk)
    _away(made)


def _passed(desk: Desk) -> None:
    """The patient signed; the Privacy Office said yes, and Public Affairs is next."""
    draft = desk.draft(
        "Back on the bicycle",
        "Our patient Maya Lindgren rides her bicycle again, a year after her surgery.",
        authorizations=list(Authorization.objects.filter(unit=desk.made.unit)),
    )
    (first,) = desk.submit(draft)
    note = "PA-2026-014 covers her story and her name."
    privacy = desk.made.actor("privacy")
    grant(privacy, first, content=first.content_hash, note=note)


def _either(desk: Desk) -> None:
    """With the demo's clearance.toml, one of two offices suffices for the handbook."""
    draft = desk.asked(
        "How a stent is placed",
        "A stent is a small tube of wire mesh. It is led to the heart through an "
        "artery of the wrist, and keeps a narrow vessel open.",
        "wiki",
        planned=(day(6, 11), ZONE),
    )
    clearance = draft.clearances.get(office="public-affairs")
    invite(
        desk.made.actor("public-affairs"),
        clearance,
        name="Nora Lund",
        email="nora.lund@news-desk.example",
    )


def _overdue(desk: Desk) -> None:
    draft = desk.asked(
        "Beet soup in twenty minutes",
        "Beets, an onion, a spoon of yogurt: a soup that is kind to your heart.",
        "blog",
    )
    now = timezone.now()
    for clearance in draft.clearances.all():
        asked = now - timedelta(days=3)
        dates(clearance, requested_at=asked, due_at=now - timedelta(days=1))


def _away(made: Hospital) -> None:
    """The Development Office's person is away; Public Affairs' stands in."""
    delegate(
        made.actor("development"),
        office="development",
        person=made.people["development"],
        stand_in=made.people["public-affairs"],
        starts_at=timezone.now(),
        ends_at=day(5, 0),
    )
