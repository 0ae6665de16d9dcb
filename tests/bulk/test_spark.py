"""Two real executors of a local cluster, one of them killed in the middle."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from benchmarks.posts import posts
from tests.bulk.archive import screened, write
from wardline.bulk import Options
from wardline.bulk.spark import reason

POSTS, PART = 10_000, 200
QUICK = {
    "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "SPARK_LOCAL_IP": "127.0.0.1",
}
"""A Java that starts soon rather than runs fast, and looks no host names up."""


def spark_home(place: Path) -> Path:
    """PySpark's own Spark, in a place where it may leave its working files."""
    spec = find_spec("pyspark")
    assert spec
    assert spec.origin
    place.mkdir()
    for entry in Path(spec.origin).parent.iterdir():
        (place / entry.name).symlink_to(entry)
    return place


def executors(home: Path) -> Iterator[int]:
    """The executors' processes; their class path names their Spark."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it has just ended
        if b"CoarseGrainedExecutorBackend" in line and str(home).encode() in line:
            yield int(folder.name)


def test_a_cluster_that_loses_an_executor_gives_the_same_output(tmp_path: Path) -> None:
    records = [{"id": n, "text": text} for n, (text, _) in enumerate(posts(POSTS))]
    source, output = write(tmp_path / "posts.jsonl", records), tmp_path / "spark.jsonl"
    home = spark_home(tmp_path / "spark")
    program = Path(sys.executable).with_name("wardline")
    call: list[str | Path] = [
        program,
        "screen",
        "--rules-only",
        source,
        "--output",
        output,
        "--part-rows",
        str(PART),
    ]
    cluster = ["--engine", "spark", "--master", "local-cluster[2,1,1024]"]
    run = subprocess.Popen(
        [*call, *cluster], env=os.environ | QUICK | {"SPARK_HOME": str(home)}
    )
    work = output.with_name("spark.jsonl.work")
    while not any(work.glob("*/??????")):
        assert run.poll() is None
        time.sleep(0.005)
    first, _ = executors(home)
    os.kill(first, signal.SIGKILL)
    assert len(list(work.glob("*/??????"))) < POSTS // PART
    assert run.wait() == 0
    screened(
        [source], tmp_path / "here.jsonl", Options(part_rows=PART, rules_only=True)
    )
    assert output.read_bytes() == (tmp_path / "here.jsonl").read_bytes()


def test_of_what_spark_says_the_reason_is_told() -> None:
    assert reason("") == ""
    assert reason("No such host\n  at java") == "No such host"
    java = "An error occurred.\n: org.apache.spark.SparkException: Job aborted\n\tat x"
    assert reason(java) == ": org.apache.spark.SparkException: Job aborted"
    ours = "wardline.bulk.errors.EngineError: This machine's rules are others."
    assert reason(f"{java}\n{ours}\n") == ours
