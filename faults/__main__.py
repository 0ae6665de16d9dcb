"""`python -m faults [NAME …]`: every fault in a process of its own, and one JSON object.

A killed process proves nothing about a power cut: the operating system still writes
what it was given.
"""

import json
import subprocess
import sys
import time

FAULTS = (
    "worker_kills",
    "paused_worker",
    "disk_full",
    "stolen_dump",
    "key_rotation",
    "reveals",
    "requests",
    "clearance_graph",
    "clocks",
)


def main() -> None:
    """Run them one after another; exit 1 if any figure is not as it must be."""
    figures = {name: _figures(name) for name in sys.argv[1:] or FAULTS}
    print(json.dumps(figures))
    sys.exit(any(not each["held"] for each in figures.values()))


def _figures(name: str) -> dict[str, object]:
    print(f"{name} …", file=sys.stderr, flush=True)
    started = time.monotonic()
    command = [sys.executable, "-m", f"faults.{name}"]
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)  # noqa: S603
    if done.returncode:
        return {"held": False, "exit": done.returncode}
    figures: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    print(f"  {figures}", file=sys.stderr)
    return {**figures, "seconds": round(time.monotonic() - started, 1)}


if __name__ == "__main__":
    main()
