"""How long a text is, counted as a channel counts."""

import re
import unicodedata
from typing import Literal

Counting = Literal["characters", "graphemes", "bytes", "weighted characters"]

_LINK = re.compile(r"https?://\S+")
_WEIGHS_ONE = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))


def measure(text: str, counted_in: Counting) -> int:
    """The length in characters (code points), graphemes (Unicode TR 29) or UTF-8 bytes.

    Weighted characters are X's: https://docs.x.com/fundamentals/counting-characters
    """
    match counted_in:
        case "characters":
            return len(text)
        case "bytes":
            return len(text.encode("utf-8", "replace"))
        case "graphemes":
            import regex  # noqa: PLC0415 -- heavy, and few channels count so

            return len(regex.findall(r"\X", text))
        case "weighted characters":
            return _weight(text)


def _weight(text: str) -> int:
    """A link is 23, an emoji 2 whatever it is made of, and so is most of Asia's script."""
    import regex  # noqa: PLC0415 -- heavy, and few channels count so

    links = len(_LINK.findall(text))
    rest = unicodedata.normalize("NFC", _LINK.sub("", text))
    return 23 * links + sum(
        2
        if regex.search(r"\p{Extended_Pictographic}\uFE0F|\p{Emoji_Presentation}", one)
        else sum(
            1 if any(low <= ord(sign) <= high for low, high in _WEIGHS_ONE) else 2
            for sign in one
        )
        for one in regex.findall(r"\X", rest)
    )


def shortened(text: str, most: int, counted_in: Counting) -> str:
    """The text, or its beginning with an ellipsis where it would be too long."""
    if measure(text, counted_in) <= most:
        return text
    words = text.split()
    while words and measure(" ".join(words) + " …", counted_in) > most:
        words.pop()
    return " ".join(words) + " …" if words else "…"
