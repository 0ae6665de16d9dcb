"""What people and a worker do with a post, with nothing sent anywhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from wardline.audit.record import SYSTEM
from wardline.audit.states import move
from wardline.cli.demo.hospital import Hospital
from wardline.publishing.content import Content
from wardline.publishing.models import Clearance, Draft, Publication
from wardline.publishing.settle import finish
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.resolve import record_posted
from wardline.publishing.steps.save_draft import create_draft
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit
from wardline.publishing.times import hospital_time

ZONE = "America/New_York"


def day(number: int, hour: int) -> datetime:
    """That hour at the hospital, so many days from today."""
    then = hospital_time(timezone.now()) + timedelta(number)
    return then.replace(hour=hour, minute=0, second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Desk:
    """The author's desk, and everybody's whose word a post needs."""

    made: Hospital

    def draft(self, title: str, text: str, *accounts: str, **more: object) -> Draft:
        """Written, on the page that is posted by hand unless accounts are named."""
        chosen = [self.made.accounts[name] for name in accounts or ("page",)]
        content = Content(title, text, chosen, **more)  # type: ignore[arg-type]
        return create_draft(self.made.actor("author"), self.made.unit, content)

    def asked(self, title: str, text: str, *accounts: str, **more: object) -> Draft:
        """Written and submitted."""
        draft = self.draft(title, text, *accounts, **more)
        self.submit(draft)
        return draft

    def cleared(self, title: str, text: str, *accounts: str, **more: object) -> Draft:
        """Submitted, and cleared by every office that is asked."""
        draft = self.draft(title, text, *accounts, **more)
        self.clear(draft)
        return draft

    def submit(self, draft: Draft) -> list[Clearance]:
        """The first offices are asked."""
        return submit(self.made.actor("author"), draft, version=draft.version)

    def clear(self, draft: Draft) -> None:
        """One office after the other says yes."""
        self.submit(draft)
        while row := draft.clearances.filter(state="pending").first():
            office = self.made.actor(row.office)
            grant(office, row, content=row.content_hash, note="Fine as it is.")
        draft.refresh_from_db()

    def schedule(self, draft: Draft, at: datetime | None = None) -> list[Publication]:
        """Put in the queue, for now if no time is given."""
        rows = schedule(self.made.actor("author"), draft, at=at, zone=ZONE)
        draft.refresh_from_db()
        return rows

    def post(self, draft: Draft, at: datetime | None = None) -> None:
        """Out on every account: by hand, or as a worker would; `at` is when it was."""
        for row in self.schedule(draft):
            self.come_out(row, at)
        draft.refresh_from_db()

    def come_out(self, row: Publication, at: datetime | None = None) -> None:
        """One publication is done, by hand or by a worker."""
        url = row.remote_url or f"{row.account.url.rstrip('/')}/posts/{row.pk}"
        if row.account.channel == "by_hand":
            move(row, "by-hand", SYSTEM)
            record_posted(self.made.actor("author"), row, url=url)
        else:
            stop(row, "published", remote_id=row.remote_id or row.pk, remote_url=url)
        if at:
            dates(row, due_at=at, finished_at=at + timedelta(minutes=2))


def stop(row: Publication, state: str, **fields: object) -> None:
    """What a worker writes when it comes back from the channel."""
    move(row, "sending", SYSTEM)
    ended: dict[str, object] = {"finished_at": timezone.now(), **fields}
    move(row, state, SYSTEM, set_fields=ended)
    finish(SYSTEM, row)


def dates(row: Publication | Clearance, **fields: datetime) -> None:
    """Say that it happened at another time: the demo begins in the midst of a week."""
    type(row).objects.filter(pk=row.pk).update(**fields)
    row.refresh_from_db()
