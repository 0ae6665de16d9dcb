"""However large an archive is, little of it is held at once."""

import subprocess
import sys
from pathlib import Path

from tests.bulk.archive import CLEAN

ROWS, WIDTH = 60_000, 5_000
"""300 MB, most of it in a column that nobody asks for."""
MOST = 200_000
"""Kilobytes that a process of the run may hold."""


def test_a_run_holds_less_than_its_input(tmp_path: Path) -> None:
    source = tmp_path / "posts.jsonl"
    line = f'{{"text": "{CLEAN}", "raw": "{"x" * WIDTH}"}}\n'
    with source.open("w") as file:
        file.writelines(line for _ in range(ROWS))
    assert source.stat().st_size > MOST * 1024
    code = (  # not RUSAGE_SELF, which remembers what this test's process holds
        "import re, resource\n"
        "from pathlib import Path\n"
        "from wardline.cli import main\n"
        "try: main()\n"
        "finally:\n"
        "    status = Path('/proc/self/status').read_text()\n"
        "    print(re.search(r'VmHWM:\\s+(\\d+)', status)[1])\n"
        "    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
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
    once = tmp_path / "once.jsonl"  # compiling the rules takes more, and is done once
    once.write_text(f'{{"text": "{CLEAN}"}}\n')
    subprocess.run([*call[:5], once, *call[6:]], cwd=tmp_path, check=True)
    run = subprocess.run(
        [*call, "--restart"], cwd=tmp_path, capture_output=True, check=True
    )
    assert max(map(int, run.stdout.splitlines()[-2:])) < MOST
