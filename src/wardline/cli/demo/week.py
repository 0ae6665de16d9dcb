"""The calendar of a week: what went out, what was missed, held or failed, what comes."""

from datetime import timedelta

from django.utils import timezone

from wardline.audit.record import SYSTEM
from wardline.audit.states import move
from wardline.cli.demo.desk import ZONE, Desk, dates, day, stop
from wardline.cli.demo.hospital import Hospital
from wardline.publishing.steps.claim import claim
from wardline.publishing.steps.pause import end_pause, start_pause

PUBLISHED = (
    (-4, "Know your numbers", "Blood pressure, pulse, weight: write them down."),
    (-3, "Sleep well", "Seven hours of sleep are good for your heart."),
    (-1, "An apple at four", "Hungry at four? An apple keeps until dinner."),
)


def fill(made: Hospital) -> None:
    """Last week first, as it happened."""
    desk = Desk(made)
    for number, title, text in PUBLISHED:
        accounts = ("page", "fediverse") if number == -1 else ("blog",)
        desk.post(desk.cleared(title, text, *accounts), day(number, 10))
    _missed(desk)
    _held(desk)
    _failed_on_one(desk)
    _ahead(desk)


def _missed(desk: Desk) -> None:
    """No worker ran when it was due."""
    draft = desk.cleared("Stretch at your desk", "Stand up, reach up, breathe out.")
    (row,) = desk.schedule(draft)
    dates(row, due_at=day(-2, 8), next_attempt_at=day(-2, 8))
    claim()


def _held(desk: Desk) -> None:
    """It fell due while everything was paused; Public Affairs looks at it again."""
    pausing = desk.made.actor("public-affairs")
    pause = start_pause(pausing, None, "A storm has closed the roads.")
    draft = desk.cleared("Sun and shade", "Ten minutes of sun lift the spirits.")
    (row,) = desk.schedule(draft)
    last_night = timezone.now() - timedelta(hours=9)
    dates(row, due_at=last_night, next_attempt_at=last_night)
    end_pause(pausing, pause)


def _failed_on_one(desk: Desk) -> None:
    """Out on the blog, and refused by another site."""
    draft = desk.cleared(
        "A quiz on cholesterol",
        "Which of these foods has no cholesterol: egg, shrimp, oats? Oats.",
        "blog",
        "wiki",
    )
    for row in desk.schedule(draft):
        if row.account == desk.made.accounts["blog"]:
            desk.come_out(row, day(-1, 15))
        else:
            problem = "The wiki refused the sign-in. Store a new bot password."
            stop(row, "failed", problem=problem)
            dates(row, due_at=day(-1, 15))


def _ahead(desk: Desk) -> None:
    """Two in the same hour, one on two accounts; and one to post by hand now."""
    breathe = desk.cleared(
        "Four slow breaths",
        "Feeling rushed? Four slow breaths calm body and mind. Try it now.",
    )
    desk.schedule(breathe, day(1, 10))
    water = desk.cleared("A glass of water", "Start the day with a glass of water.")
    desk.schedule(water, day(1, 10) + timedelta(minutes=30))
    stairs = desk.cleared(
        "Take the stairs", "Three floors are a workout.", "blog", "sky"
    )
    desk.schedule(stairs, day(2, 9))
    desk.cleared(
        "Nuts, not chips", "A handful of nuts a day.", planned=(day(3, 16), ZONE)
    )
    salt = desk.cleared(
        "Less salt, more taste",
        "Lemon, garlic and pepper make up for salt. Your heart will notice.",
    )
    (row,) = desk.schedule(salt)
    move(row, "by-hand", SYSTEM)
