"""How often an address may call in a minute; counted in this process, in memory."""

import time
from collections import Counter
from threading import Lock

MINUTE = 60


class Allowance:
    """Calls of the running minute by address; forgotten when the minute ends."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._minute = 0
        self._calls: Counter[str] = Counter()

    def take(self, address: str, limit: int) -> int:
        """Count one call; the seconds to wait if it is one too many, else 0."""
        minute, second = divmod(int(time.time()), MINUTE)
        with self._lock:
            if minute != self._minute:
                self._minute, self._calls = minute, Counter()
            self._calls[address] += 1
            return MINUTE - second if self._calls[address] > limit else 0
