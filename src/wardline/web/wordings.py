"""A wording in its parts, and two wordings side by side."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wardline.channels.redline import Segment, redline
from wardline.publishing.content import content_hash
from wardline.publishing.models import Authorization, Revision
from wardline.publishing.revisions import content_of, purpose
from wardline.publishing.screen import GAP
from wardline.registry.models import Account

PictureAt = Callable[[str], str]
"""Where the reader gets the picture of this SHA-256."""


@dataclass(frozen=True, slots=True)
class Part:
    """A text, or a picture's address with what it shows; `key` names its place."""

    key: str
    label: str
    text: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """One part then and now; None where there was none, or is none any more."""

    label: str
    then: Part | None
    now: Part | None
    changes: Sequence[Segment] = ()

    @property
    def mark(self) -> str:
        """What became of it, in words."""
        if self.then is None:
            return "New"
        if self.now is None:
            return "Taken away"
        return "Changed" if self.changes else "As it was"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two wordings part by part; `window` tells whether the time window changed."""

    heading: str
    then: str
    pairs: Sequence[Pair]
    window: bool = False


def parts(revision: Revision, picture_at: PictureAt) -> list[Part]:
    """Everything that a clearance of this revision covers, but for its window."""
    return [
        Part("text", "Title and text", revision.title + GAP + revision.text),
        *_own_texts(revision),
        *_pictures(revision, picture_at),
        *_lines("accounts", "Accounts", Account, revision.account_ids),
        *_lines(
            "authorizations",
            "Authorizations",
            Authorization,
            revision.authorization_ids,
        ),
    ]


def pairs(then: Revision, now: Revision, picture_at: PictureAt) -> list[Pair]:
    """The parts of both, those of `now` first.

    An account that gets a text of its own is compared with the text it got before.
    """
    old = _by_key(parts(then, picture_at))
    new = _by_key(parts(now, picture_at))
    for key in {*old, *new}:
        if key.startswith("account:"):
            old.setdefault(key, _as_everywhere(key, new, then))
            new.setdefault(key, _as_everywhere(key, old, now))
    return [_pair(old.get(key), new.get(key)) for key in {**new, **old}]


def window_changed(then: Revision, now: Revision) -> bool:
    """Whether the two are bound to other time windows; earlier ones are not kept."""
    draft = now.draft
    same = replace(
        content_of(then), not_before=draft.not_before, not_after=draft.not_after
    )
    return content_hash(same, action=purpose(draft)) != then.content_hash


def _by_key(wording: Iterable[Part]) -> dict[str, Part | None]:
    return {part.key: part for part in wording}


def _own_texts(revision: Revision) -> Iterator[Part]:
    accounts = Account.objects.in_bulk(int(pk) for pk in revision.variants)
    for pk, text in revision.variants.items():
        yield Part(f"account:{pk}", f"The text for {accounts[int(pk)]}", text)


def _pictures(revision: Revision, picture_at: PictureAt) -> Iterator[Part]:
    for number, picture in enumerate(revision.pictures, start=1):
        patient = "\n(A patient is in it, or may be.)" if picture.get("patient") else ""
        yield Part(
            key=f"picture:{picture['sha256']}",
            label=f"Picture {number}",
            text=picture["alt"] + patient,
            picture=picture_at(picture["sha256"]),
        )


def _lines(
    key: str, label: str, model: type[Account | Authorization], pks: Sequence[int]
) -> Iterator[Part]:
    if pks:
        names = sorted(str(row) for row in model.objects.filter(pk__in=pks))
        yield Part(key, label, "\n".join(names))


def _as_everywhere(
    key: str, there: Mapping[str, Part | None], other: Revision
) -> Part | None:
    """What an account gets in the other wording, where it has no text of its own."""
    own, pk = there.get(key), int(key.partition(":")[2])
    return replace(own, text=other.text) if own and pk in other.account_ids else None


def _pair(then: Part | None, now: Part | None) -> Pair:
    label = (now or then or Part("", "", "")).label
    if then and now and then.text != now.text:
        return Pair(label, then, now, redline(then.text, now.text))
    return Pair(label, then, now)
