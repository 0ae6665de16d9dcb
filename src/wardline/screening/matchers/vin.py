"""Vehicle identification numbers: seventeen characters, the ninth of which checks.

https://www.ecfr.gov/current/title-49/section-565.15
"""

import string

_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
_VALUES |= dict(zip(string.digits, string.digits, strict=True))
_LENGTH = 17
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def accepts(text: str) -> bool:
    """Whether `text` has seventeen characters, none of them I, O or Q, and checks."""
    characters = text.upper()
    if len(characters) != _LENGTH or not set(characters) <= _VALUES.keys():
        return False
    pairs = zip(characters, _WEIGHTS, strict=True)
    total = sum(int(_VALUES[character]) * weight for character, weight in pairs)
    return "0123456789X"[total % 11] == characters[8]
