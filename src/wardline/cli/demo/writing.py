"""Drafts that their author still has on the desk, one in each state."""

from wardline.cli.demo.desk import ZONE, Desk, day
from wardline.cli.demo.hospital import Hospital
from wardline.cli.demo.picture import heart
from wardline.publishing.models import Draft
from wardline.publishing.steps.cancel_draft import cancel_draft
from wardline.publishing.steps.decide import send_back


def fill(made: Hospital) -> None:
    """Being written, for three accounts, sent back, cleared, given up."""
    desk = Desk(made)
    desk.draft(
        "A thank-you to the night shift",
        "Our patient Rosa Delgado, admitted March 3, 2026, brought cookies for "
        "everyone on Ellison 10.",
        planned=(day(4, 12), ZONE),
    )
    _for_three(desk)
    _returned(desk)
    desk.cleared(
        "Walk for your heart",
        "Thirty minutes of walking a day is good for your heart. Start with ten.",
    )
    dropped = desk.draft("Snow day", "The fitness class is off because of the snow.")
    cancel_draft(made.actor("author"), dropped)


def _for_three(desk: Desk) -> Draft:
    """A picture and its words for all; the short account has a text of its own."""
    short = desk.made.accounts["sky"].pk
    return desk.draft(
        "A walk along the river",
        "Our team walks along the Charles River on Sunday mornings, at an easy pace.\n\n"
        "- We meet at 9 at the footbridge.\n- We are back by 10.\n"
        "- Bring shoes that you like to walk in.\n\nEverybody is welcome.",
        "page",
        "blog",
        "sky",
        variants={short: "Sunday, 9 am, at the footbridge: walk with our heart team."},
        pictures=[heart(desk.made)],
        planned=(day(5, 9), ZONE),
    )


def _returned(desk: Desk) -> None:
    vague = desk.asked(
        "New clinic hours", "We are changing our clinic hours on Monday. Stay tuned."
    )
    clearance = vague.clearances.get(office="public-affairs")
    send_back(
        desk.made.actor("public-affairs"),
        clearance,
        note="Give the new hours and the phone number.",
    )
