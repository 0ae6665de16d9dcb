"""The clearance graph: 5,000 walks by people who press every button in any order."""

import json
import os
import time

from faults.hospital import hospital

EXAMPLES, STEPS = 5000, 12


def main() -> None:
    """Count what the walks reached; the first one round the gate ends them."""
    os.environ.setdefault("WARDLINE_EXAMPLES", str(EXAMPLES))
    with hospital():
        from tests.publishing.buttons import Walk, wander
        from tests.publishing.desk import cast

        Walk.cast = cast()
        started = time.monotonic()
        wander(int(os.environ["WARDLINE_EXAMPLES"]), STEPS)
        figures = {
            "held": True,
            "examples": int(os.environ["WARDLINE_EXAMPLES"]),
            "steps": STEPS,
            "walked_for": round(time.monotonic() - started),
            "reached": dict(sorted(Walk.reached.items())),
        }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
