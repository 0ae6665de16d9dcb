"""Names of people in short texts: a small sequence model that needs no library.

>>> from wardline.screening.naming import default_namer
>>> default_namer().names("thanks to Rosa Delgado in 812")
"""

from wardline.screening.naming.model import NamingError
from wardline.screening.naming.namer import Name, Namer, default_namer

__all__ = ["Name", "Namer", "NamingError", "default_namer"]
