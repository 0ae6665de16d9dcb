"""Reads what words alone do not tell: which topics a whole text is about, and where."""

from wardline.screening.reader.reader import Reader, Text, default

__all__ = ["Reader", "Text", "default"]
