"""Triage: a comment with its post in, label, scores and reasons out; no network.

>>> from wardline.triage import Comment, triage
>>> [verdict] = triage([Comment("Flu shots on Saturday", "Where do I park?")])
"""

from wardline.triage.errors import TriageError, WeightsError
from wardline.triage.judge import triage
from wardline.triage.recent import Recent
from wardline.triage.values import LABELS, Comment, Label, Verdict
from wardline.triage.weights import Weights

__all__ = [
    "LABELS",
    "Comment",
    "Label",
    "Recent",
    "TriageError",
    "Verdict",
    "Weights",
    "WeightsError",
    "triage",
]
