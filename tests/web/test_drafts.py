from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import WORDS
from tests.web.conftest import ZONE
from wardline.people.models import Person, Unit
from wardline.publishing.models import Draft, Publication
from wardline.publishing.steps.decide import send_back
from wardline.publishing.steps.schedule import schedule
from wardline.publishing.steps.submit import submit

Write = Callable[..., Draft]


def test_a_list_without_drafts_says_how_to_begin(
    client: Client, author: Person, hospital: Unit
) -> None:
    client.force_login(author)
    assert "Write the first one" in client.get("/drafts").content.decode()


def test_an_outsider_sees_nothing_of_a_draft(
    client: Client, outsider: Person, write: Write
) -> None:
    draft = write()
    client.force_login(outsider)
    assert draft.title not in client.get("/drafts").content.decode()
    answer = client.get(f"/drafts/{draft.pk}")
    assert answer.status_code == 403
    assert "belongs to another unit" in answer.content.decode()


def test_the_list_is_filtered_by_state(
    client: Client, author: Person, write: Write
) -> None:
    write(title="Being written one")
    submit(author.actor, write(title="Waiting one"), version=1)
    client.force_login(author)
    page = client.get("/drafts?state=submitted").content.decode()
    assert "Waiting one" in page
    assert "Being written one" not in page


def test_a_moderator_reads_a_draft_and_is_offered_nothing(
    client: Client, moderator: Person, write: Write
) -> None:
    draft = write()
    client.force_login(moderator)
    page = client.get(f"/drafts/{draft.pk}").content.decode()
    assert "Nothing now: you can read this page." in page
    assert client.post(f"/drafts/{draft.pk}/cancel").status_code == 403


def test_internal_notes_show_on_the_page_of_the_draft(
    client: Client, author: Person, clearer: Person, write: Write
) -> None:
    draft = write()
    submit(author.actor, draft, version=1)
    send_back(clearer.actor, draft.clearances.get(), note="Say which lobby.")
    client.force_login(author)
    page = client.get(f"/drafts/{draft.pk}").content.decode()
    assert "Say which lobby." in page
    assert "Sent back for changes" in page


def test_submitting_from_an_old_page_is_refused_in_words(
    client: Client, author: Person, write: Write
) -> None:
    draft = write()
    client.force_login(author)
    answer = client.post(f"/drafts/{draft.pk}/submit", {"version": "7"}, follow=True)
    assert "Somebody saved this draft" in answer.content.decode()


@pytest.mark.clause("PERSONAL-08", by="wardline.web.draft_actions")
def test_publishing_asks_once_whether_it_may_stay_for_ever(
    client: Client, author: Person, cleared: Draft
) -> None:
    draft = cleared
    client.force_login(author)
    now = {"moment": "now", "zone": ZONE}
    refused = client.post(f"/drafts/{draft.pk}/schedule", now)
    assert "Read it once more" in refused.content.decode()
    client.post(f"/drafts/{draft.pk}/schedule", {**now, "permanent": "on"})
    client.post(f"/drafts/{draft.pk}/unschedule")
    page = client.get(f"/drafts/{draft.pk}").content.decode()
    assert "for ever" not in page
    client.post(f"/drafts/{draft.pk}/schedule", now)
    draft.refresh_from_db()
    assert draft.state == "scheduled"


def test_a_time_is_read_in_the_zone_that_was_chosen(
    client: Client, author: Person, cleared: Draft
) -> None:
    draft = cleared
    client.force_login(author)
    moment = {"moment": "later", "date": "2026-12-01", "time": "09:30"}
    fields = {**moment, "zone": ZONE, "permanent": "on"}
    client.post(f"/drafts/{draft.pk}/schedule", fields)
    assert Publication.objects.get().due_at.isoformat() == "2026-12-01T14:30:00+00:00"


def test_a_time_that_is_past_is_refused_and_stays_in_the_form(
    client: Client, author: Person, cleared: Draft
) -> None:
    draft = cleared
    client.force_login(author)
    moment = {"moment": "later", "date": "2020-12-01", "time": "09:30"}
    fields = {**moment, "zone": ZONE, "permanent": "on"}
    page = client.post(f"/drafts/{draft.pk}/schedule", fields).content.decode()
    assert "That time has passed." in page
    assert 'value="2020-12-01"' in page


def test_a_published_post_is_corrected_in_a_draft_of_its_own(
    client: Client, author: Person, published: Draft
) -> None:
    post = published
    client.force_login(author)
    refused = client.post(f"/drafts/{post.pk}/correct", {"reason": ""})
    assert "readers will see it" in refused.content.decode()
    client.post(f"/drafts/{post.pk}/correct", {"reason": "The day was wrong."})
    correction = post.corrections.get()
    page = client.get(f"/drafts/{correction.pk}/edit").content.decode()
    assert "Correct the post" in page
    assert WORDS in page


def test_what_was_withdrawn_for_patient_data_is_shown_to_privacy_alone(
    client: Client, author: Person, privacy_officer: Person, published: Draft
) -> None:
    post = published
    client.force_login(author)
    fields = {"reason": "It should not have been posted.", "patient_data": "on"}
    answer = client.post(f"/drafts/{post.pk}/withdraw", fields, follow=True)
    for path in ("/", "/drafts", "/publications", f"/drafts/{post.pk}"):
        page = client.get(path).content.decode()
        assert post.title not in page
        assert WORDS not in page
        assert "https://blog.example/1" not in page
    withdrawal = post.publications.get(action="withdraw")
    page = client.get(f"/publications/{withdrawal.pk}").content.decode()
    assert post.title not in page
    client.force_login(privacy_officer)
    assert WORDS in client.get(f"/drafts/{post.pk}").content.decode()
    assert answer.redirect_chain[-1][0] == "/publications"


def test_patient_data_that_is_found_after_a_withdrawal_is_restricted_as_well(
    client: Client, author: Person, published: Draft
) -> None:
    client.force_login(author)
    client.post(f"/drafts/{published.pk}/withdraw", {"reason": "The day was wrong."})
    page = client.get(f"/drafts/{published.pk}").content.decode()
    assert "It contains patient data" in page
    client.post(f"/drafts/{published.pk}/restrict")
    assert client.get(f"/drafts/{published.pk}").status_code == 403
    public = client.get(f"/corrections/{published.public_id}").content.decode()
    assert WORDS not in public


def test_the_publications_are_asked_for_until_they_are_settled(
    client: Client, author: Person, cleared: Draft
) -> None:
    draft = cleared
    schedule(author.actor, draft, at=None, zone=ZONE)
    client.force_login(author)
    page = client.get(f"/drafts/{draft.pk}").content.decode()
    assert f'hx-get="/drafts/{draft.pk}/publications?was=scheduled-due"' in page
    part = f"/drafts/{draft.pk}/publications?was=scheduled-due"
    assert client.get(part).status_code == 204
    Publication.objects.update(state="by-hand")
    assert "hx-get" not in client.get(part).content.decode()
    Draft.objects.update(state="published")
    assert client.get(part).headers["hx-refresh"] == "true"
