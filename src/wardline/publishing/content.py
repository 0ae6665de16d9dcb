"""What exactly is cleared: the words, pictures and place, and the hash that binds."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from wardline.publishing.models import Authorization
from wardline.registry.models import Account


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture of the unit, by its SHA-256, and what it shows in words.

    `patient` is the author's word that somebody in it is, or may be, a patient.
    """

    sha256: str
    alt: str
    patient: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What an author writes: the words, the accounts, the window, the offices asked.

    `variants` are texts by account id, for accounts that get another than `text`.
    `planned` is when it should go out (UTC) and the zone it was chosen in; it is
    not part of what is cleared.
    """

    title: str
    text: str
    accounts: Sequence[Account]
    not_before: datetime | None = None
    not_after: datetime | None = None
    also_ask: Sequence[str] = ()
    variants: Mapping[int, str] = field(default_factory=dict)
    pictures: Sequence[Pictured] = ()
    authorizations: Sequence[Authorization] = ()
    planned: tuple[datetime, str] | None = None

    @property
    def own_texts(self) -> dict[str, str]:
        """The variants of accounts that it goes to, where they differ from the text."""
        return {
            str(each.pk): self.variants[each.pk]
            for each in self.accounts
            if self.variants.get(each.pk, self.text) != self.text
        }


def content_hash(content: Content, *, action: str) -> str:
    """The hex SHA-256 of everything that an office clears.

    Links are part of the texts. What a content does not have is left out, so that
    the hash of a plain post stays the same when contents learn something new.
    """
    cleared: dict[str, object] = {
        "action": action,
        "title": content.title,
        "text": content.text,
        "accounts": sorted(account.pk for account in content.accounts),
        "window": [
            edge and edge.astimezone(UTC).isoformat()
            for edge in (content.not_before, content.not_after)
        ],
    }
    more = {
        "variants": content.own_texts,
        "pictures": [asdict(picture) for picture in content.pictures],
        "authorizations": sorted(each.pk for each in content.authorizations),
    }
    cleared |= {name: value for name, value in more.items() if value}
    plain = json.dumps(cleared, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
