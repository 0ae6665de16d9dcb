"""Fill an empty database with N publications that are cleared and due.

    python -m tests.worker.seed N CHANNEL URL USER PASSWORD [SECONDS_AHEAD]

They are due now, or from SECONDS_AHEAD on, four a second. Runs as a process of its
own, beside the worker that is to be killed.
"""

# ruff: noqa: PLC0415  models can be imported once Django is set up
import os
import sys
from datetime import timedelta

import django


def main(
    number: int, channel: str, url: str, user: str, password: str, ahead: str = ""
) -> None:
    from tests.cast import account, person
    from wardline.audit.clock import database_now
    from wardline.people.models import Unit
    from wardline.publishing.content import Content
    from wardline.publishing.steps.decide import grant
    from wardline.publishing.steps.save_draft import create_draft
    from wardline.publishing.steps.schedule import schedule
    from wardline.publishing.steps.submit import submit
    from wardline.registry import vault

    unit = Unit.objects.create(name="Cardiology", slug="cardiology")
    author = person("Amara Author", unit=unit, role="author")
    deputy = person("Cole League", unit=unit, role="author")
    clearer = person("Paz Affairs", "public-affairs")
    blog = account(unit, author, deputy, channel, url)
    vault.store(author.actor, blog, "username", user)
    vault.store(author.actor, blog, "secret", password)
    first = database_now() + timedelta(seconds=float(ahead)) if ahead else None
    for place in range(number):
        content = Content(
            f"Lobby concert {place}",
            f"A harp plays at noon, for the {place}. time.",
            [blog],
        )
        draft = create_draft(author.actor, unit, content)
        for clearance in submit(author.actor, draft, version=draft.version):
            grant(clearer.actor, clearance, content=clearance.content_hash)
        at = first + timedelta(seconds=place / 4) if first else None
        (row,) = schedule(author.actor, draft, at=at, zone="UTC")
        print(row.key)  # noqa: T201  what the test reads


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "wardline.settings"
    django.setup()
    main(int(sys.argv[1]), *sys.argv[2:])
