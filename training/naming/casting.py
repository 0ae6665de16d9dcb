"""More examples from few: other people in the same sentence, other letter cases."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources

from training.naming.lists import Locale, census, cities, locales
from training.naming.sets import Example, Span

_SLOT = re.compile(r"\{(?P<name>[^}]+)\}|<(?P<other>[NOPS])>")
_STREETS = (
    "{} Street",
    "{} St",
    "{} Avenue",
    "{} Road",
    "{} Lane",
    "{} Drive",
    "{} Mill",
    "Rue {}",
    "Rue de {}",
    "Calle {}",
    "Avenida {}",
    "Via {}",
    "ul. {}",
    "{} utca",
    "{}straße",
    "{}laan",
    "{}gatan",
    "{}vej",
    "{} Strasse",
    "{}",
)
_FIRMS = (
    "{} Inc.",
    "{} Corporation",
    "{} Group",
    "{}-{}",
    "{}, {} and {}",
    "{} & Sons",
    "{}soft",
)
_IN_TAG = re.compile(r"#\S*$")
_SHOUTED = 3
"""From this length on capitals are shouting, not initials."""
_AMERICAN = 0.4
"""How many of the names are American; the others are of any locale alike."""


class Cast:
    """Draws names; the same seed draws the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self._locales = locales()
        self._first = census("first", 4000)
        self._last = census("last", 20_000)
        self._cities = cities()
        self._spanish = [one for one in self._locales if one.code.startswith("es_")]

    def draw(self, pattern: str) -> str:
        """A name for a pattern of F, L, I (initial) and words that stay."""
        spanish = "L L" in pattern or "de" in pattern
        where = self.random.choice(self._spanish if spanish else self._locales)
        american = not spanish and self.random.random() < _AMERICAN

        def part(match: re.Match[str]) -> str:
            return self._part(match[0], where, american=american)

        return re.sub(r"\b[FIL]\b", part, pattern)

    def _part(self, letter: str, where: Locale, *, american: bool) -> str:
        if letter == "I":
            return self.random.choice("ABCDEFGHJKLMNOPRSTVW")
        if not american:
            return self.random.choice(where.first if letter == "F" else where.last)
        table = self._first if letter == "F" else self._last
        place = int(len(table) * self.random.random() ** 2.5)
        return table[place][0].title()

    def replace(self, example: Example) -> Example:
        """The example with other people in it, each in the form of the old one."""
        text, done = "", 0
        moved: dict[bool, list[Span]] = {True: [], False: []}
        spans = [(span, True) for span in example.people]
        spans += [(span, False) for span in example.others]
        for (start, end), person in sorted(spans):
            if start < done:
                continue
            old = example.text[start:end]
            text += example.text[done:start]
            new = self._alike(old) if person else old
            moved[person].append((len(text), len(text) + len(new)))
            text += new
            done = end
        people, others = tuple(moved[True]), tuple(moved[False])
        text += example.text[done:]
        return replace(example, text=text, people=people, others=others, ignored=())

    def _alike(self, old: str) -> str:
        words = old.split()
        letters = []
        for place, word in enumerate(words):
            if len(word.rstrip(".")) == 1:
                letters.append("I." if word.endswith(".") else "I")
            elif len(words) == 1:
                letters.append(self.random.choice("FL"))
            else:
                letters.append("L" if place == len(words) - 1 else "F")
        new = self.draw(" ".join(letters))
        if old.islower():
            return new.lower()
        return new.upper() if old.isupper() and len(old) >= _SHOUTED else new

    def sentences(self, times: int) -> Iterator[Example]:
        """The project's own sentences, each cast `times` times."""
        raw = resources.files("training.naming").joinpath("sentences.txt")
        for group, line in enumerate(raw.read_text(encoding="utf-8").splitlines()):
            for _ in range(times if "{" in line else 2):
                yield self._fill(line.replace("\\n", "\n"), group)

    def _fill(self, line: str, group: int) -> Example:
        text, done = "", 0
        people: list[Span] = []
        others: list[Span] = []
        for slot in _SLOT.finditer(line):
            text += line[done : slot.start()]
            tag = bool(_IN_TAG.search(line, 0, slot.start()))
            name = (
                self.draw(slot["name"]) if slot["name"] else self._other(slot["other"])
            )
            name = name.replace(" ", "") if tag else name
            spans = people if slot["name"] else others
            joined = tag and spans and spans[-1][1] == len(text)
            start = spans.pop()[0] if joined else len(text)
            text += name
            if slot["other"] != "N":
                spans.append((start, len(text)))
            done = slot.end()
        return Example("own", text + line[done:], tuple(people), tuple(others), group)

    def _other(self, kind: str) -> str:
        """A house number, an organisation, a place or a street."""
        if kind == "N":
            return str(self.random.randrange(1, 9999))
        if kind == "P":
            return self.random.choice(self._cities)
        form = self.random.choice(_FIRMS if kind == "O" else _STREETS)
        draws = (
            self.draw(self.random.choice(["L", "L", "F L"]))
            for _ in range(form.count("{}"))
        )
        return form.format(*draws)


def in_case(example: Example, case: str) -> Example | None:
    """The example in lower or upper case, None where that moves an offset."""
    text = example.text.lower() if case == "lower" else example.text.upper()
    return replace(example, text=text) if len(text) == len(example.text) else None
