"""What the tagger looks at: facts about one word, and about words side by side.

A fact about one word is worked out once a word, however often the word is met; only
the few facts that join words are looked up for each token.
"""

from collections.abc import Iterable
from typing import NamedTuple

from wardline.screening.fold import PLACEHOLDER, plain

VERSION = 1
"""Goes up with every change of a feature: weights of another version are refused."""

REACH = 2
"""How many words to the left and to the right a word is felt."""

_STOPS = frozenset({".", "!", "?", "...", "\n", ":", "|", "-", "—", "–", "•", "*"})  # noqa: RUF001
_ENDS = range(1, 5)
_LONG = 9
"""From how many letters on a word is simply long."""
_CARRIES_CASE = 2
"""Words up to this length say little about the letter case of a text."""


class Word(NamedTuple):
    """A word as features read it."""

    lower: str
    shape: str
    known: str
    """The classes the word lists give it, empty for an unknown word."""
    kind: str
    """Shape and classes in one."""


def word(text: str, known: str) -> Word:
    """Read one token; `known` is what the word lists say of `key(text)`."""
    shape = _shape(text)
    return Word(key(text), shape, known, f"{shape}{known}")


def key(text: str) -> str:
    """The lower-case ASCII form by which words are known; any script stays a word."""
    if text.isascii():
        return text.lower()
    ascii_form = plain(text).decode("ascii").lower()
    return text.lower() if PLACEHOLDER in ascii_form else ascii_form


def _shape(text: str) -> str:
    """One of Aa, A, AA, A-, Ab, a, aa, aA, 0, or `.` for whatever is no word."""
    first = text[:1]
    if not first.isalpha():
        return "0" if first.isdigit() else "."
    if len(text) == 1:
        return "A" if first.isupper() else "a"
    if text.isupper():
        return "AA"
    if "-" in text and all(part[:1].isupper() for part in text.split("-")):
        return "A-"
    if not any(map(str.isupper, text[1:])):
        return "Aa" if first.isupper() else "aa"
    return "Ab" if first.isupper() else "aA"


def alone(it: Word) -> list[list[str]]:
    """For each place -REACH … REACH, what the word says of the token that many on.

    The middle list is what a word says of itself.
    """
    left, right = it.lower[:3], it.lower[-3:]
    far, near, after, far_after = (
        [f"{place}{it.lower}", f"{place}k{it.kind}"] for place in "abcd"
    )
    near += [f"bs{right}", f"bp{left}"]
    after += [f"cs{right}", f"cp{left}"]
    return [far, near, _own(it), after, far_after]


def _own(it: Word) -> list[str]:
    lower, shape = it.lower, it.shape
    facts = [f"w{lower}", f"k{it.kind}", f"s{shape}", f"g{it.known}"]
    facts.append(f"l{min(len(lower), _LONG)}")
    if shape not in "0.":
        facts += [f"p{lower[:n]}" for n in _ENDS] + [f"e{lower[-n:]}" for n in _ENDS]
        facts += [f"E{shape}{lower[-n:]}" for n in (2, 3)]
        facts += [f"{mark}{shape}" for mark in "-'" if mark in lower]
    return facts


Window = tuple[Word, Word, Word, Word]
"""The two words before a word, the word, and the one after."""


def of_kinds(window: Window, start: str) -> list[str]:
    """What the kinds of four words side by side say of the third.

    `start` is `start_of` the third.
    """
    two, one, kind, after = (it.kind for it in window)
    return [
        f"A{start}{kind}",
        f"C{one}|{kind}",
        f"D{kind}|{after}",
        f"F{one}|{kind}|{after}",
        f"K{two}|{one}|{kind}",
        f"L{start[0]}{window[2].shape}",
    ]


def of_words(window: Window, start: str) -> list[str]:
    """What the words say by themselves."""
    two, one, it, after = window
    return [
        f"B{start}{it.lower}",
        f"G{one.lower}|{it.kind}",
        f"H{it.kind}|{after.lower}",
        f"I{two.lower}|{one.lower}|{it.shape}",
        f"J{one.lower}|{after.lower}|{it.shape}",
    ]


def start_of(before: Word, case: str) -> str:
    """The case of the text, and 1 if a sentence or line begins after `before`."""
    return case + ("1" if before.lower in _STOPS else "0")


def case_of(words: Iterable[Word]) -> str:
    """The letter case of a text: u upper, l lower, t as in titles, m mixed."""
    shapes = [
        it.shape
        for it in words
        if it.shape[0] in "Aa" and len(it.lower) > _CARRIES_CASE
    ]
    upper, lower = shapes.count("AA"), shapes.count("aa")
    if lower == len(shapes):
        return "l"
    if upper * 10 >= len(shapes) * 7:
        return "u"
    return "t" if lower * 10 <= len(shapes) * 3 else "m"
