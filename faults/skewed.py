"""`python -m faults.skewed SECONDS …`: wardline on a machine whose clock is wrong."""

import datetime as dt
import sys

import time_machine


def main() -> None:
    """Run the command as if it were so much later, or earlier."""
    seconds = float(sys.argv.pop(1))
    wrong = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
    with time_machine.travel(wrong, tick=True):
        from wardline.cli import main as wardline

        wardline()


if __name__ == "__main__":
    main()
