"""Hardware addresses of one device.

https://standards.ieee.org/products-programs/regauth/
"""

import re

_BROADCAST, _NOBODY = "f" * 12, "0" * 12


def accepts(text: str) -> bool:
    """Whether `text` holds twelve hexadecimal digits and is not everybody's address."""
    digits = re.sub(r"[^0-9a-f]", "", text.lower())
    return len(digits) == len(_NOBODY) and digits not in {_BROADCAST, _NOBODY}
