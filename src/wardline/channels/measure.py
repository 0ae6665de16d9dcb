"""How long a text is, counted as a channel counts."""

from typing import Literal

Counting = Literal["characters", "graphemes", "bytes"]


def measure(text: str, counted_in: Counting) -> int:
    """The length in characters (code points), graphemes (Unicode TR 29) or UTF-8 bytes."""
    match counted_in:
        case "characters":
            return len(text)
        case "bytes":
            return len(text.encode("utf-8", "replace"))
        case "graphemes":
            import regex  # noqa: PLC0415 -- heavy, and few channels count so

            return len(regex.findall(r"\X", text))


def shortened(text: str, most: int, counted_in: Counting) -> str:
    """The text, or its beginning with an ellipsis where it would be too long."""
    if measure(text, counted_in) <= most:
        return text
    words = text.split()
    while words and measure(" ".join(words) + " …", counted_in) > most:
        words.pop()
    return " ".join(words) + " …" if words else "…"
