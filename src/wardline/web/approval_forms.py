"""The forms by which an office asks somebody without an account, and they decide."""

from django import forms

from wardline.publishing.steps.invite import LONGEST, LONGEST_EMAIL, LONGEST_NAME
from wardline.web.forms import Form


class InviteForm(Form):
    """Whom the office asks, and for how long the link works."""

    name = forms.CharField(label="Their name", max_length=LONGEST_NAME)
    email = forms.EmailField(label="Their e-mail address", max_length=LONGEST_EMAIL)
    hours = forms.IntegerField(
        label="The link works for (hours)",
        min_value=1,
        max_value=LONGEST,
        initial=72,
    )
    send = forms.BooleanField(
        label="Send the link to them by e-mail",
        help_text="The letter holds nothing of what the post says.",
        required=False,
    )


class ApprovalForm(Form):
    """What the invited person says; `content` is the hash of the wording they read."""

    conditional = frozenset({"note"})
    content = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(
        label="Your name",
        help_text="It is kept with your decision and never published.",
        max_length=LONGEST_NAME,
        error_messages={"required": "Write your name: it is kept with your decision."},
    )
    note = forms.CharField(
        label="Note",
        required=False,
        help_text="Say what to change if you send it back. Kept, never published.",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    read = forms.BooleanField(
        label="I have read it",
        error_messages={"required": "Read it, then tick this box."},
    )
