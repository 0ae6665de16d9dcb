"""States in the words that a reader sees, each with how it stands."""

from typing import Literal

Tone = Literal["calm", "wait", "good", "bad"]

WORDS: dict[str, dict[str, tuple[str, Tone]]] = {
    "draft": {
        "editing": ("Being written", "calm"),
        "submitted": ("Waiting for clearance", "wait"),
        "returned": ("Sent back for changes", "bad"),
        "cleared": ("Cleared, not yet scheduled", "good"),
        "scheduled": ("Scheduled", "wait"),
        "published": ("Published", "good"),
        "corrected": ("Published and corrected", "good"),
        "withdrawn": ("Withdrawn", "calm"),
        "cancelled": ("Given up", "calm"),
    },
    "clearance": {
        "pending": ("Waiting", "wait"),
        "granted": ("Granted", "good"),
        "refused": ("Sent back", "bad"),
        "void": ("Void: the wording changed", "calm"),
        "expired": ("Expired", "calm"),
    },
    "publication": {
        "due": ("Waiting to be sent", "wait"),
        "sending": ("Being sent", "wait"),
        "by-hand": ("To be done by hand", "bad"),
        "unconfirmed": ("Nobody knows: look there", "bad"),
        "failed": ("Failed", "bad"),
        "held": ("Held back", "bad"),
        "missed": ("Too late, not sent", "bad"),
        "published": ("Done", "good"),
        "cancelled": ("Called off", "calm"),
    },
    "account": {
        "requested": ("Asked for", "wait"),
        "active": ("In use", "good"),
        "due-for-review": ("To be reviewed", "wait"),
        "compromised": ("Not safe: keep out", "bad"),
        "retired": ("Retired", "calm"),
    },
    "look-alike": {
        "candidate": ("To be judged", "wait"),
        "known-impostor": ("Known impostor", "bad"),
        "harmless": ("Harmless", "calm"),
        "gone": ("Taken down", "good"),
    },
}

SEVERITIES = {"hold": "Hold", "advise": "Advice", "remind": "Reminder"}
"""What a finding weighs, heaviest first."""

ACTIONS = {
    "draft.create": "wrote the draft",
    "draft.edit": "edited the draft",
    "draft.editing": "opened the draft again",
    "draft.submitted": "asked for clearance",
    "draft.returned": "sent the draft back",
    "draft.cleared": "cleared the draft",
    "draft.scheduled": "scheduled the draft",
    "draft.published": "published the draft",
    "draft.corrected": "marked the post corrected",
    "draft.withdrawn": "withdrew the post",
    "draft.cancelled": "gave the draft up",
    "correction.start": "started a correction",
    "correction.reason": "gave the reason for a correction",
    "clearance.request": "asked an office",
    "clearance.granted": "granted a clearance",
    "clearance.refused": "sent a clearance back",
    "clearance.void": "voided a clearance",
    "clearance.expired": "let a clearance expire",
    "publication.due": "put a publication in the queue",
    "publication.sending": "began to send",
    "publication.by-hand": "asked for posting by hand",
    "publication.published": "recorded it as done",
    "publication.failed": "recorded a failure",
    "publication.unconfirmed": "could not confirm the outcome",
    "publication.held": "held a publication back",
    "publication.missed": "recorded that it was too late",
    "publication.cancelled": "called a publication off",
    "account.register": "registered an account",
    "account.change": "changed an account's record",
    "look-alike.report": "put a look-alike on the list",
    "look-alike.search": "searched for look-alikes",
    "look-alike.known-impostor": "named an impostor",
    "look-alike.harmless": "found a look-alike harmless",
    "look-alike.gone": "recorded that an impostor is gone",
    "vault.store": "stored a sign-in",
    "vault.use": "used a sign-in",
    "person.add": "added a person",
    "person.access": "changed what a person may do",
    "person.password": "made a new password",
    "person.deactivate": "closed a sign-in",
    "person.reactivate": "opened a sign-in again",
    "unit.add": "added a unit",
}
"""What an audit entry says; one that is not here is shown by its name."""
