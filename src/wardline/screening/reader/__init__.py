"""Reads what words alone do not tell: which topics a whole text is about, and where."""

from wardline.screening.reader.reader import Reader, default

__all__ = ["Reader", "default"]
