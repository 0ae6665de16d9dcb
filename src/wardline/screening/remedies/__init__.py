"""What settles a finding: words to put in place of others, or somebody to ask.

>>> from wardline import institution
>>> from wardline.screening import Context, default
>>> from wardline.screening.remedies import offered
>>> [fix.label for fix in offered(default(), "See MRN 4471903", Context())]
['Take the record number out']
"""

from wardline.screening.remedies.ask import question, whom
from wardline.screening.remedies.fix import Edit, Fix, applied
from wardline.screening.remedies.fixes import fixes
from wardline.screening.remedies.offer import mended, offered

__all__ = [
    "Edit",
    "Fix",
    "applied",
    "fixes",
    "mended",
    "offered",
    "question",
    "whom",
]
