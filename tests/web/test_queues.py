"""An office's queue: its order, its filters, and granting many at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.cast import account
from tests.web.conftest import Look, SignIn, body
from wardline.people.models import Person, Unit
from wardline.publishing.content import Content
from wardline.publishing.models import Clearance, Draft
from wardline.publishing.steps.decide import grant
from wardline.publishing.steps.save_draft import create_draft, edit_draft
from wardline.publishing.steps.submit import submit

Ask = Callable[..., Clearance]
QUEUE = "/queue/public-affairs"
HELD = "We miss Mrs. Dolores Whitfield, MRN 4471903."
APPEAL = "Please donate to the hospital today to fund our new infusion center."


@pytest.fixture
def ask(author: Person, write: Callable[..., Draft]) -> Ask:
    """Write a draft and ask for clearance: `ask("Flu shots", text="…")`."""

    def asked(title: str, **fields: object) -> Clearance:
        draft = write(title=title, **fields)
        return submit(author.actor, draft, version=draft.version)[0]

    return asked


@pytest.fixture
def desk(client: Client, clearer: Person) -> Client:
    """The office at work."""
    client.force_login(clearer)
    return client


def mark(row: Clearance) -> str:
    return f"{row.pk}:{row.content_hash}"


def confirm(desk: Client, *rows: Clearance) -> str:
    given = {"clearance": [mark(row) for row in rows], "confirmed": "1"}
    answer = desk.post(f"{QUEUE}/grant", given, follow=True)
    return " ".join(answer.content.decode().split())


def test_without_a_tick_nothing_is_granted(desk: Client, ask: Ask) -> None:
    row = ask("Flu shots")
    answer = desk.post(f"{QUEUE}/grant", follow=True)
    assert "Tick what you want to grant first." in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "pending"


def test_what_no_form_of_ours_sends_grants_nothing(desk: Client, ask: Ask) -> None:
    row = ask("Flu shots")
    odd = ["", ":", "7", f"0{mark(row)}", f"{'9' * 40}:{row.content_hash}", "x:y"]
    given = {"clearance": odd, "confirmed": "1"}
    answer = desk.post(f"{QUEUE}/grant", given, follow=True)
    assert "Tick what you want to grant first." in answer.content.decode()


def test_what_is_due_first_is_on_top_and_what_is_late_is_said(
    desk: Client, ask: Ask
) -> None:
    early, late = ask("Asked early"), ask("Already late")
    now = timezone.now()
    Clearance.objects.filter(pk=early.pk).update(due_at=now + timedelta(days=1))
    Clearance.objects.filter(pk=late.pk).update(due_at=now - timedelta(hours=1))
    page = body(desk, QUEUE)
    assert page.index("Already late") < page.index("Asked early")
    assert "2 waiting, <strong>1 overdue</strong>" in page
    assert page.count(">Overdue</span>") == 1


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("unit=oncology", "Of oncology", "Flu shots"),
        ("unit=cardiology", "Flu shots", "Of oncology"),
        ("topic=author", "Of oncology", "Flu shots"),
        ("age=7", "Flu shots", "Of oncology"),
        ("age=overdue", "Flu shots", "Of oncology"),
        ("unit=nowhere&age=never", "Flu shots", "nothing"),
    ],
)
def test_filters_leave_what_fits(
    desk: Client,
    ask: Ask,
    outsider: Person,
    oncology: Unit,
    query: str,
    shown: str,
    hidden: str,
) -> None:
    old, now = ask("Flu shots"), timezone.now()
    Clearance.objects.filter(pk=old.pk).update(
        requested_at=now - timedelta(days=8), due_at=now - timedelta(days=6)
    )
    place = account(oncology, outsider, outsider, "by_hand", "https://x.example/o")
    content = Content("Of oncology", "We moved.", [place], also_ask=["public-affairs"])
    draft = create_draft(outsider.actor, oncology, content)
    submit(outsider.actor, draft, version=1)
    page = body(desk, f"{QUEUE}?{query}")
    assert f">{shown}</a>" in page
    assert f">{hidden}</a>" not in page


def test_only_what_i_may_decide_leaves_my_own_out(
    client: Client, author: Person, ask: Ask
) -> None:
    ask("Flu shots")
    author.groups.create(name="public-affairs")
    client.force_login(author)
    assert "Flu shots" in body(client, QUEUE)
    assert "Nothing that waits is like that." in body(client, f"{QUEUE}?mine=on")


def test_every_row_shows_all_of_its_words(desk: Client, ask: Ask, blog: object) -> None:
    ask("Flu shots", text="Come on Tuesday.\n\nBring your badge.")
    page = desk.get(QUEUE).content.decode()
    assert "Come on Tuesday.\n\nBring your badge." in page
    assert str(blog) in page


def test_a_selection_is_shown_in_full_before_anything_is_granted(
    desk: Client, ask: Ask
) -> None:
    rows = [ask("First", text="One."), ask("Second", text="Two.")]
    marks = {"clearance": [mark(row) for row in rows]}
    page = desk.post(f"{QUEUE}/grant", marks).content.decode()
    assert "Grant 2 at once?" in page
    assert "One." in page
    assert {row.state for row in Clearance.objects.all()} == {"pending"}
    assert "2 granted." in confirm(desk, *rows)
    assert {row.state for row in Clearance.objects.all()} == {"granted"}


def test_what_was_changed_meanwhile_is_left_out_and_named(
    desk: Client, author: Person, ask: Ask
) -> None:
    kept, changed = ask("Kept"), ask("Changed")
    draft = changed.draft
    draft.refresh_from_db()
    other = Content("Changed", "Other words.", list(draft.accounts.all()))
    edit_draft(author.actor, draft, other, version=1)
    draft.refresh_from_db()
    again = submit(author.actor, draft, version=2)[0]
    page = confirm(desk, kept, Clearance(pk=again.pk, content_hash="0" * 64))
    assert "1 granted." in page
    assert "Left out: “Changed”. It was changed after you saw it." in page
    again.refresh_from_db()
    assert again.state == "pending"


def test_a_hold_is_never_lifted_with_others(
    client: Client, privacy_officer: Person, ask: Ask
) -> None:
    row = ask("Remembered", text=HELD)
    client.force_login(privacy_officer)
    page = client.get("/queue/privacy").content.decode()
    assert mark(row) not in page
    given = {"clearance": mark(row), "confirmed": "1"}
    answer = client.post("/queue/privacy/grant", given, follow=True)
    assert "It lifts a hold, which needs a reason" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "pending"


def test_the_second_of_two_is_told_who_was_faster(
    desk: Client, privacy_officer: Person, ask: Ask
) -> None:
    row = ask("Flu shots")
    privacy_officer.groups.add(Group.objects.get(name="public-affairs"))
    grant(privacy_officer.actor, row, content=row.content_hash)
    assert "Pri Vacy decided this in the meantime: granted." in confirm(desk, row)
    decision = {"content": row.content_hash, "note": "Shorter.", "send-back": "1"}
    page = desk.post(f"/clearances/{row.pk}", decision).content.decode()
    assert "Pri Vacy decided this in the meantime: granted." in page
    assert "Shorter." in page


def test_nobody_grants_their_own_with_others(
    client: Client, author: Person, ask: Ask
) -> None:
    row = ask("Flu shots")
    author.groups.create(name="public-affairs")
    client.force_login(author)
    assert "a colleague must clear it" in confirm(client, row)
    row.refresh_from_db()
    assert row.state == "pending"


def test_a_queue_is_worked_through_by_keyboard(
    page: Page, sign_in: SignIn, clearer: Person, ask: Ask, look: Look
) -> None:
    rows = [ask("First asked"), ask("Then asked"), ask("Last asked")]
    late = timezone.now() - timedelta(hours=3)
    Clearance.objects.filter(pk=rows[0].pk).update(due_at=late)
    sign_in(page, clearer)
    page.get_by_role("link", name="Queue: Public Affairs").click()
    page.wait_for_load_state()
    look(page, "queue-many")
    page.get_by_role("link", name="First asked").focus()
    page.keyboard.press("?")
    expect(page.get_by_text("Select it, and see its words")).to_be_visible()
    page.keyboard.press("x")
    expect(page.get_by_text("Walk-in flu shots").first).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_text("2 selected")).to_be_visible()
    look(page, "queue-selected")
    page.keyboard.press("g")
    expect(page.get_by_role("heading", name="Grant 2 at once?")).to_be_visible()
    look(page, "queue-confirm")
    page.get_by_role("button", name="Grant 2").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 granted.")).to_be_visible()
    page.wait_for_load_state()
    page.get_by_role("link", name="Then asked").focus()
    page.keyboard.press("r")
    expect(page.get_by_label("Note")).to_be_focused()
    assert rows[1].draft.clearances.get().state == "pending"
