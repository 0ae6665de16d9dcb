"""Many machines: Spark hands the parts out, each is screened as on one machine.

Every machine has to see the input and the work folder under the same path, and to
have the same Wardline. Spark repeats the parts of a machine that it loses.
https://spark.apache.org/docs/latest/api/python/reference/pyspark.sql/api/pyspark.sql.DataFrame.mapInArrow.html
"""

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from wardline.bulk.errors import EngineError, ExtraError
from wardline.bulk.job import Advance, Job
from wardline.bulk.part import screen_part
from wardline.bulk.work import Work

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

Batches: TypeAlias = "Iterator[pa.RecordBatch]"

PATIENCE = 1.0
"""Seconds between two looks at how far Spark is."""


def on_spark(master: str, folder: Path, job: Job, advance: Advance) -> None:
    """Do every part that is missing on the cluster that `master` names.

    Raises:
        ExtraError: when PySpark is missing.
        EngineError: when Spark gives up.
    """
    try:
        from py4j.protocol import Py4JError  # noqa: PLC0415
        from pyspark.errors import PySparkException  # noqa: PLC0415
    except ImportError as error:
        raise ExtraError(
            "--engine spark needs an extra: pip install 'wardline[spark]'"
        ) from error
    try:
        _run(_session(master), Work(folder.resolve()), job, advance)
    except (PySparkException, Py4JError) as error:
        raise EngineError("Spark gave up:", reason(str(error))) from error


def reason(told: str) -> str:
    """The line of Spark's many that says what went wrong."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    ours = (line for line in lines if line.startswith("wardline.bulk.errors."))
    theirs = (line for line in lines if "Error: " in line or "Exception: " in line)
    return next(ours, None) or next(theirs, None) or " ".join(lines[:1])


def _session(master: str) -> "SparkSession":
    from pyspark.sql import SparkSession  # noqa: PLC0415

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("wardline screen").master(master)
    return builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()


def _run(session: "SparkSession", work: Work, job: Job, advance: Advance) -> None:
    missing = work.missing(job)
    # The session ends first, so that Ctrl-C does not wait for what Spark is at.
    with ThreadPoolExecutor(1) as waiting, session:
        ended = waiting.submit(_parts(session, work, job, missing).collect)
        while not ended.done():
            wait([ended], PATIENCE)
            left = work.missing(job)
            advance(job.rows(missing) - job.rows(left))
            missing = left
        ended.result()


def _parts(
    session: "SparkSession", work: Work, job: Job, missing: Sequence[int]
) -> "DataFrame":
    """One row and one task a missing part."""

    def screened(batches: Batches) -> Batches:
        import pyarrow as pa  # noqa: PLC0415

        for batch in batches:
            for place in batch.column("id").to_pylist():
                rows = screen_part(work.folder, job, missing[place])
                yield pa.record_batch({"rows": [rows]})

    count = len(missing)
    return session.range(0, count, 1, count).mapInArrow(screened, "rows long")
