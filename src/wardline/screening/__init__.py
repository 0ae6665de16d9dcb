"""Screening: a text and its context in, findings out; no network, no storage.

>>> from wardline.screening import Context, default
>>> default().check("MRN 4471903", Context(mode="official"))
"""

from wardline.screening.errors import PackError, ScreeningError
from wardline.screening.pack import Pack, load_pack
from wardline.screening.screener import Screener, default
from wardline.screening.values import Context, Finding

__all__ = [
    "Context",
    "Finding",
    "Pack",
    "PackError",
    "Screener",
    "ScreeningError",
    "default",
    "load_pack",
]
