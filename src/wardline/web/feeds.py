"""`/corrections.atom`: every correction and withdrawal, to subscribe to.

https://www.rfc-editor.org/rfc/rfc4287
"""

import re
from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from wardline.institution import current
from wardline.publishing.notices import Notice, notice, noticed
from wardline.publishing.post import corrections_url
from wardline.registry.models import Account
from wardline.web.public import speaking

MOST = 50
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""https://www.w3.org/TR/xml/#charsets"""
_PRIVATE = "To protect privacy."


class Corrections(Feed):  # type: ignore[type-arg]
    """The newest of all accounts, or of one."""

    feed_type = Atom1Feed

    def get_object(
        self, _request: HttpRequest, pk: int | None = None
    ) -> Account | None:
        """The account whose feed it is; None for all."""
        return speaking(pk) if pk else None

    def title(self, account: Account | None) -> str:
        """Whose corrections."""
        return _plain(f"Corrections: {account or current().name}")

    def link(self, account: Account | None) -> str:
        """The page of the same list."""
        path = (
            reverse("account-corrections", args=[account.pk])
            if account
            else reverse("all-corrections")
        )
        return settings.SITE_URL + path

    def feed_url(self, account: Account | None) -> str:
        """The feed's own address, which is its id."""
        return f"{self.link(account)}.atom"

    def author_name(self) -> str:
        """The hospital: whoever made the mistake, it is ours."""
        return current().name

    def items(self, account: Account | None) -> list[Notice]:
        """The newest first."""
        return [notice(row) for row in noticed(account)[:MOST]]

    def item_title(self, item: Notice) -> str:
        """What happened."""
        return _plain(item.words)

    def item_description(self, item: Notice) -> str:
        """Why, and as what somebody decided it."""
        return _plain(f"{item.reason} By {item.by}.") if item.by else _PRIVATE

    def item_link(self, item: Notice) -> str:
        """Where all of it can be read."""
        return f"{corrections_url(item.public_id)}#{item.anchor}"

    item_guid = item_link

    def item_pubdate(self, item: Notice) -> datetime:
        """When it went out."""
        return item.at

    item_updateddate = item_pubdate


def _plain(text: str) -> str:
    """On one line, and without the signs at which a feed reader would stop."""
    return " ".join(_NOT_IN_XML.sub(" ", text).split())
