"""A mail server that takes no letter, and counts those that it was offered."""

from collections.abc import Sequence

from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Refuses each letter."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep what came in `mail.outbox`, and fail."""
        mail.outbox.extend(email_messages)
        raise ConnectionRefusedError
