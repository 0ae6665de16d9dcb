"""A redline inside HTML: the new document, with what it replaced where it stood."""

import re
from dataclasses import dataclass, field

from wardline.channels.redline import Change, changes

_PIECE = re.compile(r'<(?:"[^"]*"|[^">])*>|\s+|[^<\s]+')
_INLINE = re.compile(r"</?(?:a|code|em|s|strong)\b")
_BREAK = "<br>"


@dataclass(slots=True)
class _Word:
    """A run without white space; inline tags may stand inside it.

    `lead` is the white space before it, or a line break where its block begins.
    Each text has its place among the document's pieces and the link it stands in.
    """

    lead: str
    texts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    @property
    def html(self) -> str:
        return "".join(self.texts)

    @property
    def identity(self) -> tuple[str, tuple[str, ...]]:
        return self.html, tuple(self.links)


def mark(old: str, new: str) -> str:
    """The new HTML with deleted words in `<del>` and added words in `<ins>`.

    Both are well-formed with quoted attributes, as nh3 writes them, and so is the
    result. Without `<ins>` it has the words of `old`, without `<del>` those of `new`.
    A link whose address changed counts as changed words.
    """
    (_, before), (pieces, after) = _read(old), _read(new)
    steps = list(changes([w.identity for w in before], [w.identity for w in after]))
    added = [step for step in steps if step.kind == "ins"]
    for step in added:
        _wrap(pieces, after[step.new_start : step.new_end])
    replacing = {step.new_start for step in added}
    for step in steps:
        if step.kind == "del":
            replaced = step.new_start in replacing
            _strike(pieces, before, after, step, replaced=replaced)
    return re.sub(r"</ins>(\s*)<ins>", r"\1", "".join(pieces))


def _read(html: str) -> tuple[list[str], list[_Word]]:
    pieces: list[str] = _PIECE.findall(html)
    words: list[_Word] = []
    lead, link = _BREAK, ""
    for place, piece in enumerate(pieces):
        if piece.isspace():
            lead = lead or piece
        elif piece.startswith("<") and not piece.startswith("<img"):
            if not _INLINE.match(piece):
                lead = _BREAK
            link = piece if piece.startswith("<a ") else link * (piece != "</a>")
        else:
            if lead:
                words.append(_Word(lead))
            lead = ""
            words[-1].texts.append(piece)
            words[-1].links.append(link)
            words[-1].places.append(place)
    return pieces, words


def _wrap(pieces: list[str], words: list[_Word]) -> None:
    for word in words:
        for place in word.places:
            pieces[place] = f"<ins>{pieces[place]}</ins>"


def _strike(
    pieces: list[str],
    before: list[_Word],
    after: list[_Word],
    gone: Change,
    *,
    replaced: bool,
) -> None:
    """Put deleted words beside the word that they stood beside."""
    words = before[gone.old_start : gone.old_end]
    text = "".join(word.lead + word.html for word in words)
    following = after[gone.new_start] if gone.new_start < len(after) else None
    if not after:
        pieces.append(f"<p><del>{text.removeprefix(_BREAK)}</del></p>")
    elif following and _belongs_to_next(words[0], following, gone, replaced=replaced):
        ends = " " if replaced else before[gone.old_end].lead
        place = _outside(pieces, following.places[0], -1)
        struck = f"<del>{text.removeprefix(words[0].lead)}{ends}</del>"
        pieces[place] = struck + pieces[place]
    else:
        place = _outside(pieces, after[gone.new_start - 1].places[-1], +1)
        pieces[place] += f"<del>{text}</del>"


def _belongs_to_next(
    first: _Word, following: _Word, gone: Change, *, replaced: bool
) -> bool:
    if gone.new_start == 0 or first.lead == _BREAK:
        return True
    return replaced and following.lead != _BREAK


def _outside(pieces: list[str], place: int, step: int) -> int:
    """The last inline tag around a word on one side, or the word's own place."""
    closing = step > 0
    while 0 <= place + step < len(pieces):
        tag = pieces[place + step]
        if not _INLINE.match(tag) or tag.startswith("</") is not closing:
            break
        place += step
    return place
