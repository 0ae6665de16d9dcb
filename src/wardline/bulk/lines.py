"""Read lines of any length in bounded memory."""

from typing import BinaryIO

LONGEST = 4 << 20
"""Bytes of a line; what is longer is no post."""


def next_line(file: BinaryIO) -> tuple[bytes, bool]:
    """The next line, or its beginning and True if it is too long; b"" is the end."""
    line = file.readline(LONGEST)
    if len(line) < LONGEST or line.endswith(b"\n"):
        return line, False
    skip_line(file)
    return line, True


def skip_line(file: BinaryIO) -> None:
    """Go to the beginning of the next line."""
    while rest := file.readline(LONGEST):
        if rest.endswith(b"\n"):
            return
