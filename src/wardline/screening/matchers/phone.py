"""North American telephone numbers: neither area nor exchange starts with 0 or 1.

https://www.nanpa.com/numbering/numbering-resources-101
"""

import re

_NUMBER = re.compile(r"(?:1?[2-9]\d{2})?[2-9]\d{6}\Z")


def accepts(text: str) -> bool:
    """Whether `text` holds 7, 10 or (with a leading 1) 11 digits that can be dialled."""
    digits = "".join(filter(str.isdigit, text))
    return bool(_NUMBER.match(digits)) and len(set(digits)) > 1
