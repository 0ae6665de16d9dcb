"""A SQLite that fails at random once it is armed: statements, and commits."""

import random
import threading

ARMED = threading.Event()
SHARE = 0.03
"""How often each statement or commit fails."""
_CHANCE = random.Random(8)  # noqa: S311  (when to fail)


def strikes() -> bool:
    """Whether this one fails."""
    return ARMED.is_set() and _CHANCE.random() < SHARE
