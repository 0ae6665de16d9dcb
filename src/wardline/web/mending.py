"""The texts of the editor one by one, and what a pressed button changes in one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.http import QueryDict

from wardline.publishing.content import Content
from wardline.publishing.screen import GAP
from wardline.screening import Context
from wardline.screening.values import Channel
from wardline.web.draft_form import DraftForm
from wardline.web.fixes import (
    FIX,
    LINK,
    LOOK_UP,
    UNDO,
    Change,
    change,
    changed,
    changes,
)

BUTTONS = (FIX, LINK, LOOK_UP, UNDO)


@dataclass(frozen=True, slots=True)
class Place:
    """One text of the form: of all accounts, or of the `account` with this id."""

    kind: str
    account: str = ""

    @property
    def field(self) -> str:
        """The name of its field."""
        return f"own-{self.account}" if self.account else "text"

    @property
    def suffix(self) -> str:
        """How the names of the buttons beside it end."""
        return f"@{self.account}" if self.account else ""

    @property
    def context(self) -> Context:
        """What the text is for."""
        return Context(mode="official", channel=cast("Channel", self.kind))

    def pressed(self, post: Mapping[str, str]) -> dict[str, str]:
        """The buttons that were pressed beside this text, by their plain names."""
        names = {name: name + self.suffix for name in BUTTONS}
        return {name: post[sent] for name, sent in names.items() if sent in post}


@dataclass(frozen=True, slots=True)
class Mended:
    """What a pressed button changed, and the name of the button that undoes it."""

    change: Change
    undo: str


def places(content: Content) -> list[Place]:
    """The texts of a content: that of all accounts first."""
    kind = content.accounts[0].kind if content.accounts else "network"
    kinds = {str(account.pk): account.kind for account in content.accounts}
    return [Place(kind), *(Place(kinds[pk], pk) for pk in content.own_texts)]


def mend(form: DraftForm, sent: QueryDict) -> Mended | None:
    """Put into `sent` what the pressed button makes of its text and the title."""
    content = form.typed
    for place in places(content):
        pressed = place.pressed(sent)
        if not changes(pressed):
            continue
        text = content.own_texts.get(place.account, content.text)
        before = content.title + GAP + text
        after = changed(before, place.context, pressed)
        sent["title"], _, sent[place.field] = after.partition(GAP)
        made = change(before, after)
        return Mended(made, UNDO + place.suffix) if made else None
    return None
