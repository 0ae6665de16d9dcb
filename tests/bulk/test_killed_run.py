"""Real kills in the middle of real runs: no finding is lost, none comes twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.posts import posts
from tests.bulk.archive import write

POSTS, PART = 12_000, 100


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough posts that a kill comes in between."""
    records = [{"id": n, "text": text} for n, (text, _) in enumerate(posts(POSTS))]
    return write(tmp_path_factory.mktemp("archive") / "posts.jsonl", records)


@pytest.fixture(scope="module")
def whole(archive: Path) -> bytes:
    """What a run gives that nobody disturbs."""
    output = archive.with_name("whole.jsonl")
    assert started(archive, output, workers=1).wait() == 0
    return output.read_bytes()


def started(
    archive: Path, output: Path, workers: int = 2, stderr: int | None = None
) -> subprocess.Popen[bytes]:
    program = Path(sys.executable).with_name("wardline")
    call: list[str | Path] = [
        program,
        "screen",
        "--rules-only",
        archive,
        "--output",
        output,
        "--part-rows",
        str(PART),
    ]
    more = ["--workers", str(workers)]
    return subprocess.Popen([*call, *more], stdout=subprocess.DEVNULL, stderr=stderr)


def under_way(run: subprocess.Popen[bytes], output: Path, parts: int) -> None:
    """Return when so many parts are done."""
    while len(done(output)) < parts:
        assert run.poll() is None
        time.sleep(0.002)


def done(output: Path) -> list[Path]:
    return list(output.with_name(f"{output.name}.work").glob("*/??????"))


def workers_of(parent: int) -> Iterator[int]:
    """The spawned processes of a run that screen."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
            line = (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it has just ended
        if f"\nPPid:\t{parent}\n" in status and b"spawn_main" in line:
            yield int(folder.name)


@pytest.mark.parametrize("workers", [2, 3])
def test_the_number_of_workers_changes_nothing(
    archive: Path, whole: bytes, tmp_path: Path, workers: int
) -> None:
    output = tmp_path / "found.jsonl"
    assert started(archive, output, workers).wait() == 0
    assert output.read_bytes() == whole


def test_a_run_that_is_killed_twice_goes_on_where_it_was(
    archive: Path, whole: bytes, tmp_path: Path
) -> None:
    output = tmp_path / "found.jsonl"
    for parts in (1, POSTS // PART // 2):
        run = started(archive, output)
        under_way(run, output, parts)
        orphans = list(workers_of(run.pid))
        run.kill()
        assert run.wait() == -signal.SIGKILL
        assert not output.exists()
        assert orphans
        while any(Path(f"/proc/{orphan}").exists() for orphan in orphans):
            time.sleep(0.002)
    kept = {path: path.stat().st_mtime_ns for path in done(output)}
    run = started(archive, output)
    under_way(run, output, len(kept) + 1)
    assert kept.items() <= {p: p.stat().st_mtime_ns for p in done(output)}.items()
    assert run.wait() == 0
    assert output.read_bytes() == whole


def test_a_worker_that_is_killed_is_replaced(
    archive: Path, whole: bytes, tmp_path: Path
) -> None:
    output = tmp_path / "found.jsonl"
    run = started(archive, output)
    under_way(run, output, 1)
    os.kill(next(workers_of(run.pid)), signal.SIGKILL)
    assert not output.exists()
    assert run.wait() == 0
    assert output.read_bytes() == whole


def test_a_run_whose_workers_always_die_ends_with_advice(
    archive: Path, tmp_path: Path
) -> None:
    run = started(archive, tmp_path / "found.jsonl", stderr=subprocess.PIPE)
    while run.poll() is None:
        for worker in workers_of(run.pid):
            os.kill(worker, signal.SIGKILL)
    assert run.returncode == 2
    assert b"with fewer --workers" in run.communicate()[1]


def test_ctrl_c_stops_a_run_that_can_go_on(
    archive: Path, whole: bytes, tmp_path: Path
) -> None:
    output = tmp_path / "found.jsonl"
    run = started(archive, output, stderr=subprocess.PIPE)
    under_way(run, output, 1)
    run.send_signal(signal.SIGINT)
    assert run.communicate()[1] == b"Stopped; the same command goes on from here.\n"
    assert run.returncode == 130
    run = started(archive, output, stderr=subprocess.PIPE)
    assert b"Going on after " in run.communicate()[1]
    assert run.returncode == 0
    assert output.read_bytes() == whole
