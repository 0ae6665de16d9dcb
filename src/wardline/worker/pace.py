"""How often a job looks for work, where each second would be too often."""

import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Pace:
    """Lets a job through every so many `seconds`, and at once the first time."""

    seconds: float
    _due: float = field(default=0.0, init=False)

    def is_due(self) -> bool:
        """Whether the time is over; if so, it starts anew."""
        now = time.monotonic()
        if now < self._due:
            return False
        self._due = now + self.seconds
        return True
