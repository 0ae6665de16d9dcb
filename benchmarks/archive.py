"""`python -m benchmarks.archive [LARGEST]`: what a post costs as archives grow.

Prints one JSON object a run, for 10^5, 10^6 … posts up to LARGEST (10^6 unless told):
with one worker and with one a core, from JSON lines and, where pyarrow is, Parquet;
by the rules alone. `python -m benchmarks.chart` draws what it printed.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import repeat
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.posts import posts

BASE = 100_000
"""Different posts; a larger archive repeats them, which costs as much as new ones."""
PATIENCE = 0.2
"""Seconds between two looks at the memory."""


def main() -> None:
    """Measure each size in a folder that is deleted afterwards."""
    largest = int(float(sys.argv[1])) if sys.argv[1:] else 1_000_000
    cores = len(os.sched_getaffinity(0))
    base = [{"id": n, "text": text} for n, (text, _) in enumerate(posts(BASE))]
    with tempfile.TemporaryDirectory() as folder:
        for source, size in _archives(Path(folder), base, largest):
            for workers in sorted({1, cores} if size <= BASE else {cores}):
                figures = {"posts": size, "from": source.suffix, "workers": workers}
                print(json.dumps(figures | _run(source, size, workers)), flush=True)
            source.unlink()


def _archives(
    folder: Path, base: list[dict[str, object]], largest: int
) -> Iterator[tuple[Path, int]]:
    size = BASE
    while size <= largest:
        yield _jsonl(folder / "posts.jsonl", base, size // BASE), size
        if find_spec("pyarrow"):
            yield _parquet(folder / "posts.parquet", base, size // BASE), size
        size *= 10


def _jsonl(file: Path, base: list[dict[str, object]], times: int) -> Path:
    block = "".join(json.dumps(post) + "\n" for post in base)
    with file.open("w") as target:
        target.writelines(repeat(block, times))
    return file


def _parquet(file: Path, base: list[dict[str, object]], times: int) -> Path:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    block = pa.Table.from_pylist(base)
    with pq.ParquetWriter(file, block.schema) as writer:
        for table in repeat(block, times):
            writer.write_table(table)
    return file


def _run(source: Path, size: int, workers: int) -> dict[str, float]:
    """Seconds are of the wall; CPU and memory are of all processes of the run."""
    output = source.with_name(
        "found.parquet" if find_spec("pyarrow") else "found.jsonl"
    )
    command = Path(sys.executable).with_name("wardline")
    call: list[str | Path] = [command, "screen", source, "--output", output]
    call += ["--rules-only", "--restart", "--workers", str(workers)]
    started, spent, peak = time.perf_counter(), _cpu(), 0
    run = subprocess.Popen(  # noqa: S603
        call, stdout=subprocess.DEVNULL
    )
    while run.poll() is None:
        peak = max(peak, sum(map(_memory, _family(run.pid))))
        time.sleep(PATIENCE)
    if run.returncode:
        sys.exit(run.returncode)
    seconds = time.perf_counter() - started
    return {
        "seconds": round(seconds, 1),
        "posts_per_second": round(size / seconds),
        "cpu_us_per_post": round((_cpu() - spent) / size * 1e6, 1),
        "peak_mb": round(peak / 1e6),
    }


def _cpu() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(parent: int) -> Iterator[int]:
    """A process and its children's children."""
    yield parent
    for children in Path(f"/proc/{parent}/task").glob("*/children"):
        try:
            pids = children.read_text().split()
        except OSError:
            continue  # it has just ended
        for pid in map(int, pids):
            yield from _family(pid)


def _memory(pid: int) -> int:
    """Resident bytes, those that processes share counted for each."""
    try:
        status = Path(f"/proc/{pid}/statm").read_text()
    except OSError:
        return 0
    return int(status.split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
