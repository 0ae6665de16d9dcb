"""Card and account numbers with a check digit: ISO/IEC 7812-1, annex B.

https://www.iso.org/standard/70484.html
"""


def accepts(text: str) -> bool:
    """Whether the digits of `text`, at least two, end in their check digit."""
    digits = [int(character) for character in text if character.isdigit()]
    doubled = [sum(divmod(digit * 2, 10)) for digit in digits[-2::-2]]
    return len(digits) > 1 and (sum(doubled) + sum(digits[::-2])) % 10 == 0
