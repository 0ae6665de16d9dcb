"""Whether a password is known from a breach: a sorted file, and nobody is asked.

One SHA-1 hash in hex a line, perhaps with `:count`, as Have I Been Pwned's downloader
writes it: https://github.com/HaveIBeenPwned/PwnedPasswordsDownloader
"""

import hashlib
import os
from pathlib import Path

_HEX = 40


def is_breached(password: str, listed: Path) -> bool:
    """Whether the file has the password's hash: some 30 reads among a thousand million.

    Raises:
        OSError: the file cannot be read.
    """
    code = hashlib.sha1(password.encode(), usedforsecurity=False)  # the list's own
    wanted = code.hexdigest().upper().encode()
    with listed.open("rb") as file:
        low, high = 0, file.seek(0, os.SEEK_END)
        while low < high:  # a line that begins in [low, high) may be the one
            middle = (low + high) // 2
            file.seek(max(middle - 1, 0))
            if middle:
                file.readline()  # to the first line that begins at middle or after
            begins, line = file.tell(), file.readline()
            found = line[:_HEX].upper()
            if found == wanted:
                return True
            if not line or begins >= high or found > wanted:
                high = middle
            else:
                low = begins + len(line)
    return False
