"""The open data sets as examples: tokens with labels, and how they are split."""

import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wardline.screening.naming.tokens import ADDRESS, HANDLE, Token, tokens

Span = tuple[int, int]

_TITLE = re.compile(
    r"(?:dr|mr|mrs|ms|miss|prof|professor|sir|nurse|sr|sra|president|senator|sen|rep"
    r"|coach|capt|captain|gov|governor|justice|judge|pope|king|queen|prince|princess"
    r"|lord|lady|uncle|aunt|auntie|mayor|minister|secretary|rev|pastor)\b ?\.? ?",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"@ ?\w+")
_TIGHT = frozenset({".", ",", "!", "?", ":", ";", ")", "..."})
_APOSTROPHES = "'’"  # noqa: RUF001
_ENTITIES = {
    "GEOGRAPHIC_LOCATION",
    "ORGANIZATION",
    "GPE",
    "STREET_ADDRESS",
    "NRP",
}
_PEOPLE = {"NAME", "PERSON", "B-PER", "B-person"}


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the half-open spans of people and of other entities."""

    source: str
    text: str
    people: tuple[Span, ...]
    others: tuple[Span, ...] = ()
    group: int = 0
    """What must not be torn apart by a split: a template, else the row."""
    ignored: tuple[Span, ...] = ()
    """@handles that the source calls people: neither right nor wrong."""


def spanned(folder: Path, source: str) -> list[Example]:
    """Read asq_phi and presidio_synth_v2: texts with spans."""
    found = []
    for number, row in enumerate(_rows(folder / source / "train.jsonl")):
        text = row["text"]
        people = [
            untitled(text, s["start"], s["end"])
            for s in row["spans"]
            if s["type"] in _PEOPLE
        ]
        others = [
            (s["start"], s["end"]) for s in row["spans"] if s["type"] in _ENTITIES
        ]
        group = row.get("template_id", number)
        found.append(Example(source, text, tuple(sorted(people)), tuple(others), group))
    return found


def untitled(text: str, start: int, end: int) -> Span:
    """A span without the title it begins with: "Dr. Smith" gives "Smith"."""
    title = _TITLE.match(text, start, end)
    return (title.end() if title and title.end() < end else start), end


def tagged(
    folder: Path, source: str, part: str, join: Callable[[list[str]], list[Span]]
) -> list[Example]:
    """Read btc and wnut17: tokens with BIO tags, joined to a text."""
    found = []
    for number, row in enumerate(_rows(folder / source / f"{part}.jsonl")):
        spans = join(row["tokens"])
        text = _write(row["tokens"], spans)
        groups = list(_groups(row["tags"]))
        people, others = [], []
        for first, last, kind in groups:
            span = spans[first][0], spans[last][1]
            if kind in _PEOPLE:
                people.append(untitled(text, *span))
            else:
                others.append(span)
        ignored = tuple(match.span() for match in _HANDLE.finditer(text))
        found.append(
            Example(source, text, tuple(people), tuple(others), number, ignored)
        )
    return found


def spaced(words: list[str]) -> list[Span]:
    """Where words stand with a space between each two."""
    spans, at = [], 0
    for word in words:
        spans.append((at, at + len(word)))
        at += len(word) + 1
    return spans


def written(words: list[str]) -> list[Span]:
    """Where words stand as people write: no space before a comma or after a hash."""
    spans, at, glue = [], 0, True
    for word in words:
        at += 0 if glue or word in _TIGHT or word[:1] in _APOSTROPHES else 1
        spans.append((at, at + len(word)))
        at += len(word)
        glue = word in {"#", "(", "$", "@"}
    return spans


def _write(words: list[str], spans: list[Span]) -> str:
    text = ""
    for word, (start, _) in zip(words, spans, strict=True):
        text += " " * (start - len(text)) + word
    return text


def _groups(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    at = 0
    while at < len(tags):
        if tags[at] == "O":
            at += 1
            continue
        last = at
        while last + 1 < len(tags) and tags[last + 1][0] == "I":
            last += 1
        yield at, last, "B" + tags[at][1:]
        at = last + 1


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def labelled(example: Example) -> tuple[list[str], list[str]]:
    """The tokens of an example and their labels, of O, X, B and I."""
    found = tokens(example.text)
    labels = ["O"] * len(found)
    for start, end in example.others:
        for at in _inside(found, start, end):
            labels[at] = "X"
    for start, end in example.people:
        for place, at in enumerate(_inside(found, start, end)):
            labels[at] = "I" if place else "B"
    return [token.text for token in found], labels


def _inside(found: Iterable[Token], start: int, end: int) -> list[int]:
    return [
        at
        for at, token in enumerate(found)
        if token.start < end
        and token.end > start
        and token.text not in {"'s", "#", "@"}
        and token.text not in (HANDLE, ADDRESS)
    ]


def folds(examples: list[Example], count: int, seed: int) -> list[list[Example]]:
    """The examples in `count` parts, no group torn apart."""
    groups = sorted({example.group for example in examples})
    random.Random(seed).shuffle(groups)  # noqa: S311
    part = {group: place % count for place, group in enumerate(groups)}
    found: list[list[Example]] = [[] for _ in range(count)]
    for example in examples:
        found[part[example.group]].append(example)
    return found
