"""Our own posts as examples, where only patients' names are labelled.

The other people in them are read by a first model; where it is in doubt a person's
answer from `readings.toml` decides, and without one the post is left out.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from evaluation.naming import meets
from training.naming.sets import Example, Span, untitled
from wardline.screening.naming import Name, Namer

_SURE = 0.97


def posts(paths: Iterable[Path], first: Namer) -> Iterator[Example]:
    """The posts of which every name is known; `first` answers at a low threshold."""
    readings = _readings()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            text, gold = labelled_post(json.loads(line))
            rest = [
                name
                for name in first.names(text)
                if not any(meets((name.start, name.end), span) for span in gold)
            ]
            answers = [_answer(text, name, readings) for name in rest]
            if None not in answers:
                found = zip(rest, answers, strict=True)
                more = [(name.start, name.end) for name, yes in found if yes]
                yield Example("posts", text, tuple(sorted([*gold, *more])))


def labelled_post(row: dict[str, Any]) -> tuple[str, list[Span]]:
    """A post's text and the spans of its names, handles left out."""
    text, spans = row["text"], []
    for label in row["expect"]:
        quote = label.get("quote") or ""
        if label.get("kind") == "name" and quote in text and "@" not in quote:
            start = text.index(quote)
            spans.append(untitled(text, start, start + len(quote)))
    return text, spans


def _answer(text: str, name: Name, readings: dict[str, bool]) -> bool | None:
    answer = readings.get(text[name.start : name.end])
    return True if answer is None and name.score >= _SURE else answer


def _readings() -> dict[str, bool]:
    raw = resources.files("training.naming").joinpath("readings.toml")
    lists = tomllib.loads(raw.read_text(encoding="utf-8"))
    return dict.fromkeys(lists["people"], True) | dict.fromkeys(lists["others"], False)
