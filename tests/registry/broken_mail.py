"""A mail server that takes no letter."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Refuses each connection."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Fail as `smtplib` does where nothing listens."""
        msg = f"no server for {len(email_messages)}"
        raise ConnectionRefusedError(msg)
