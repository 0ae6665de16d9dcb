"""`wardline demo`: a hospital to try things in, with one sign-in per role."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from wardline.cli import set_up

if TYPE_CHECKING:
    from wardline.people.models import Person, Unit
    from wardline.publishing.content import Content
    from wardline.publishing.models import Draft, Publication
    from wardline.registry.models import Account

app = typer.Typer()

PEOPLE = {
    "author": ("Ana Reyes", "writes for Cardiology"),
    "coauthor": ("Ben Okafor", "writes for Cardiology too, and is its deputy"),
    "moderator": ("Mia Chen", "moderates for Cardiology"),
    "public-affairs": ("Pat Lindqvist", "clears for Public Affairs"),
    "development": ("Dana Whitfield", "clears for the Development Office"),
    "privacy": ("Priya Nair", "clears for the Privacy Office"),
    "registrar": ("Remy Castillo", "keeps the registry"),
    "auditor": ("Alex Novak", "reads everything"),
    "administrator": ("Ada Kowalski", "manages people and units"),
}
UNIT_ROLES = {"author": "author", "coauthor": "author", "moderator": "moderator"}


@app.command()
def demo(url: str = "http://127.0.0.1:8000") -> None:
    """Fill an empty database with a demo hospital, and print its sign-ins."""
    set_up()
    from django.conf import settings
    from django.db import transaction

    from wardline.people.models import Person

    kept = settings.DATA / "demo-password"
    if not Person.objects.exists():
        password = secrets.token_urlsafe(9)
        with transaction.atomic():
            people = {slug: _person(slug, password) for slug in PEOPLE}
            _Posts(people, *_unit_with_accounts(people)).write()
            kept.touch(mode=0o600)
            kept.write_text(password)
    _announce(url, kept)


def _announce(url: str, kept: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not kept.exists():
        console.print(f"Open {url} and sign in. This database holds no demo hospital.")
        return
    table = Table("Sign in as", "who", box=None, pad_edge=False)
    for slug, (name, does) in PEOPLE.items():
        table.add_row(_email(slug), f"{name} {does}")
    console.print(f"\nOpen {url}   password for everyone: {kept.read_text()}\n")
    console.print(table)
    console.print(f"\nNo sign-in needed: {url}/check   Ctrl-C ends everything.\n")


def _email(slug: str) -> str:
    return f"{slug}@demo.example"


def _person(slug: str, password: str) -> "Person":
    from django.contrib.auth.models import Group

    from wardline.people.models import Person

    person = Person.objects.create_user(_email(slug), password, name=PEOPLE[slug][0])
    if slug not in UNIT_ROLES:
        person.groups.add(Group.objects.get_or_create(name=slug)[0])
    return person


def _unit_with_accounts(people: dict[str, "Person"]) -> "tuple[Unit, Account]":
    from wardline.people.models import Membership, Unit
    from wardline.registry.particulars import Particulars
    from wardline.registry.steps.register_account import register_account

    unit = Unit.objects.create(name="Cardiology", slug="cardiology")
    for slug, role in UNIT_ROLES.items():
        Membership.objects.create(person=people[slug], unit=unit, role=role)
    account = register_account(
        people["registrar"].actor,
        Particulars(
            unit=unit,
            channel="by_hand",
            kind="network",
            name="Cardiology on the network",
            url="https://network.example/cardiology",
            official_email="cardiology@massgeneral.org",
            owner=people["author"],
            deputy=people["coauthor"],
        ),
    )
    return unit, account


@dataclass(frozen=True, slots=True)
class _Posts:
    """One post in each place where somebody has something to read or to do."""

    people: dict[str, "Person"]
    unit: "Unit"
    account: "Account"

    def write(self) -> None:
        self._unfinished()
        self._cleared(
            "Walk for your heart",
            "Thirty minutes of walking a day is good for your heart. Start with ten.",
        )
        self._under_way()
        self._corrected()
        self._answers()
        self._authorization()

    def _unfinished(self) -> None:
        """One being written, one for each office to decide, one sent back."""
        from wardline.publishing.steps.decide import send_back

        self._draft(
            "A thank-you to the night shift",
            "Our patient Rosa Delgado, admitted March 3, 2026, brought cookies for "
            "everyone on Ellison 10.",
        )
        self._ask(
            "Help us buy a second echo machine",
            "Please donate to the hospital's echo fund. Every gift shortens the wait.",
        )
        self._ask(
            "A letter that made our week",
            "Our patient Tomas Alvarez wrote to us after his surgery on May 4, 2026. "
            "Read what helped him most.",
        )
        self._ask(
            "Open house on healthy hearts",
            "Meet our team on Saturday from 10 to 2 in the main lobby. "
            "Bring your questions; nobody needs to sign up.",
        )
        vague = self._ask(
            "New clinic hours",
            "We are changing our clinic hours on Monday. Stay tuned.",
        )
        for clearance in vague.clearances.filter(office="public-affairs"):
            clearer = self.people["public-affairs"].actor
            note = "Give the new hours and the phone number."
            send_back(clearer, clearance, note=note)

    def _under_way(self) -> None:
        """One that is due tomorrow, one to be posted by hand now."""
        from django.utils import timezone

        breathe = self._cleared(
            "Four slow breaths",
            "Feeling rushed? Four slow breaths calm body and mind. Try it now.",
        )
        self._schedule(breathe, timezone.now() + timedelta(days=1))
        salt = self._cleared(
            "Less salt, more taste",
            "Lemon, garlic and pepper make up for salt. Your heart will notice.",
        )
        self._schedule(salt)

    def _corrected(self) -> None:
        """One that was posted by hand, and corrected since."""
        from wardline.publishing.steps.correct import start_correction
        from wardline.publishing.steps.save_draft import edit_draft

        post = self._cleared(
            "Learn to save a life",
            "Our next CPR course is on Tuesday, December 1, at 6 pm.\n\n"
            "- It is free.\n- It takes two hours.\n- Anybody can come.",
        )
        self._post(post)
        correction = start_correction(
            self.people["author"].actor, post, reason="The day was wrong."
        )
        text = post.text.replace("Tuesday, December 1", "Thursday, December 3")
        content = self._content(post.title, text)
        edit_draft(self.people["author"].actor, correction, content, version=1)
        correction.refresh_from_db()
        self._grant(correction)
        self._post(correction)

    def _answers(self) -> None:
        """The templates that come along, two still to be decided; and a reply."""
        from wardline.publishing.steps.decide_template import approve_template
        from wardline.publishing.steps.start_reply import start_reply
        from wardline.publishing.steps.write_template import write_template
        from wardline.publishing.templates import starters

        author, clearer = (self.people[who] for who in ("author", "public-affairs"))
        rows = [
            write_template(
                author.actor,
                self.unit,
                situation=one.situation,
                language=one.language,
                text=one.text,
            )
            for one in starters()
        ]
        for row in rows[:-2]:
            approve_template(clearer.actor, row)
        comment = f"{self.account.url}/posts/1?comment=2"
        start_reply(
            author.actor,
            self.account,
            comment_id=comment,
            comment_url=comment,
            template=rows[0],
        )

    def _authorization(self) -> None:
        """One signed form that stories on the account may use."""
        from django.utils import timezone

        from wardline.publishing.steps.record_authorization import (
            Signed,
            record_authorization,
        )

        now = timezone.now()
        signed = Signed(
            unit=self.unit,
            reference="PA-2026-014",
            kept_at="Privacy Office, binder 7",
            given_by="person",
            covers=frozenset({"story", "name"}),
            scope="A post about life after heart surgery.",
            accounts=frozenset({self.account}),
            signed_on=now.date() - timedelta(days=30),
            expires_at=now + timedelta(days=335),
        )
        record_authorization(self.people["privacy"].actor, signed)

    def _content(self, title: str, text: str) -> "Content":
        from wardline.publishing.content import Content

        return Content(title, text, [self.account])

    def _draft(self, title: str, text: str) -> "Draft":
        from wardline.publishing.steps.save_draft import create_draft

        author = self.people["author"].actor
        return create_draft(author, self.unit, self._content(title, text))

    def _ask(self, title: str, text: str) -> "Draft":
        from wardline.publishing.steps.submit import submit

        draft = self._draft(title, text)
        submit(self.people["author"].actor, draft, version=draft.version)
        return draft

    def _cleared(self, title: str, text: str) -> "Draft":
        draft = self._draft(title, text)
        self._grant(draft)
        return draft

    def _grant(self, draft: "Draft") -> None:
        from wardline.publishing.steps.decide import grant
        from wardline.publishing.steps.submit import submit

        author = self.people["author"].actor
        for row in submit(author, draft, version=draft.version):
            grant(self.people[row.office].actor, row, content=row.content_hash)

    def _schedule(self, draft: "Draft", at: datetime | None = None) -> "Publication":
        from wardline.publishing.steps.schedule import schedule

        author = self.people["author"].actor
        (row,) = schedule(author, draft, at=at, zone="America/New_York")
        return row

    def _post(self, draft: "Draft") -> None:
        """What the worker and then the author do with a post by hand."""
        from wardline.publishing.steps.claim import claim
        from wardline.publishing.steps.resolve import record_posted

        row = self._schedule(draft)
        claim()
        row.refresh_from_db()
        url = f"{self.account.url}/posts/1"
        record_posted(self.people["author"].actor, row, url=url)
        draft.refresh_from_db()
