"""International bank account numbers: the remainder by 97 is 1.

https://www.iso.org/standard/81090.html
"""

_SHORTEST, _LONGEST = 15, 34
_MODULUS = 97


def accepts(text: str) -> bool:
    """Whether `text` without its spaces checks."""
    number = "".join(text.split())
    if not _SHORTEST <= len(number) <= _LONGEST:
        return False
    figures = "".join(str(int(sign, 36)) for sign in number[4:] + number[:4])
    return int(figures) % _MODULUS == 1
