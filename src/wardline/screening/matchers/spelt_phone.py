"""Telephone numbers read out digit by digit, in English or Spanish words.

https://www.nanpa.com/numbering/numbering-resources-101
"""

import re

from wardline.screening.matchers import phone

_WORDS = (
    ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    ("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
)
_DIGITS = {word: str(digit) for words in _WORDS for digit, word in enumerate(words)}
_DIGITS |= {"oh": "0"}


def figures(text: str) -> str:
    """The digits of `text`, those in words included, all others left out."""
    parts = re.findall(r"\d|[a-z]+", text.lower())
    return "".join(_DIGITS.get(part, part if part.isdigit() else "") for part in parts)


def accepts(text: str) -> bool:
    """Whether `text`, with some digit as a word, can be dialled."""
    return re.search(r"[a-z]{2}", text.lower()) is not None and phone.accepts(
        figures(text)
    )
