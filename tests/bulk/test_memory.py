"""However large an archive is, little of it is held at once."""

import subprocess
import sys
from pathlib import Path

from tests.bulk.archive import CLEAN
from wardline.screening import default

ROWS, WIDTH = 60_000, 5_000
"""300 MB, most of it in a column that nobody asks for."""
MOST = 200_000
"""Kilobytes that a process of the run may hold."""


def test_a_run_holds_less_than_its_input(tmp_path: Path) -> None:
    default()  # compiling the rules takes more, and is done once
    source = tmp_path / "posts.jsonl"
    line = f'{{"text": "{CLEAN}", "raw": "{"x" * WIDTH}"}}\n'
    with source.open("w") as file:
        file.writelines(line for _ in range(ROWS))
    assert source.stat().st_size > MOST * 1024
    code = (
        "from resource import *; from wardline.cli import main\n"
        "try: main()\n"
        "finally:\n"
        "    for who in RUSAGE_SELF, RUSAGE_CHILDREN: print(getrusage(who).ru_maxrss)"
    )
    call: list[str | Path] = [
        sys.executable,
        "-c",
        code,
        "screen",
        "--rules-only",
        source,
        "--output",
        "found.jsonl",
    ]
    run = subprocess.run(call, cwd=tmp_path, capture_output=True, check=True)
    assert max(map(int, run.stdout.splitlines()[-2:])) < MOST
