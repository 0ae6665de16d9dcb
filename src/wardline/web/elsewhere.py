"""The words of a draft beside its title and text: of single accounts, and of pictures."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from wardline.publishing.models import Revision
from wardline.publishing.screen import GAP
from wardline.registry.models import Account
from wardline.web.fixes import Help
from wardline.web.marks import Piece, pieces
from wardline.web.shown import Row, Shown, fixable, shown, spans


@dataclass(frozen=True, slots=True)
class Words:
    """An account's own text, or what a picture shows.

    `findings` are over `before`, which is not shown again, and `text`; `helps` has one
    for each, or is empty. Names of buttons beside them end with `suffix`; `picture` is
    the address of the picture that they describe.
    """

    label: str
    text: str
    findings: Sequence[Row]
    before: str = ""
    helps: Sequence[Help] = ()
    suffix: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same laid out for a reader."""

    label: str
    text: list[Piece]
    findings: list[Shown]
    suffix: str
    picture: str

    @property
    def fixable(self) -> int:
        """How many of its findings one click settles."""
        return fixable(self.findings)


def others(
    revision: Revision,
    picture_at: Callable[[str], str],
    helps: Mapping[str, Sequence[Help]] | None = None,
) -> list[Words]:
    """The other words of a content; `helps` by account id (as str)."""
    found = revision.findings_elsewhere
    accounts = Account.objects.in_bulk(int(pk) for pk in revision.variants)
    own = [
        Words(
            label=f"The text for {accounts[int(pk)]}",
            text=text,
            findings=found.get(f"account:{pk}", []),
            before=revision.title + GAP,
            helps=(helps or {}).get(pk, ()),
            suffix=f"@{pk}",
        )
        for pk, text in revision.variants.items()
    ]
    pictured = [
        Words(
            label=f"What picture {number} shows",
            text=picture["alt"],
            findings=found.get(f"picture:{picture['sha256']}", []),
            picture=picture_at(picture["sha256"]),
        )
        for number, picture in enumerate(revision.pictures, start=1)
    ]
    return own + pictured


def laid_out(others: Iterable[Words], first: int) -> list[Elsewhere]:
    """The words with their marks; their findings are numbered on from `first`."""
    done = []
    for words in others:
        one = _laid_out(words, first)
        first += len(one.findings)
        done.append(one)
    return done


def _laid_out(words: Words, first: int) -> Elsewhere:
    body = len(words.before)
    # What lies in the title is told once, beside the title.
    inside = [
        (row, help_)
        for row, help_ in zip_longest(words.findings, words.helps)
        if row["end"] > body
    ]
    numbered = list(enumerate((row for row, _ in inside), start=first))
    return Elsewhere(
        label=words.label,
        text=pieces(words.text, spans(numbered, body)),
        findings=shown(numbered, [help_ for _, help_ in inside]),
        suffix=words.suffix,
        picture=words.picture,
    )
