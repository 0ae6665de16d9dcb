"""North American telephone numbers: neither area nor exchange starts with 0 or 1.

https://www.nanpa.com/numbering/numbering-resources-101
"""


def accepts(text: str) -> bool:
    """Whether `text` holds 7, 10 or (with a leading 1) 11 digits that can be dialled."""
    digits = "".join(filter(str.isdigit, text))
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    if len(digits) not in {7, 10} or len(set(digits)) < 2:
        return False
    return digits[0] > "1" and digits[-7] > "1"
