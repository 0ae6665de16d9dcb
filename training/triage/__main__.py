"""`python -m training.triage --data FOLDER`: writes triage's weights, in seconds."""

import argparse
from pathlib import Path

from training.triage import sets
from training.triage.fitting import spam, topics
from wardline.triage import Weights
from wardline.triage.weights import SHIPPED


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(prog="python -m training.triage")
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data
    rows = {"spam": spam(sets.lessons(folder)), **topics(folder)}
    SHIPPED.write_bytes(Weights(rows).packed())


if __name__ == "__main__":
    main()
