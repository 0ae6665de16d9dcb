"""Screening an archive: files of posts in, findings out, on all cores or on Spark."""

from wardline.bulk.errors import BulkError
from wardline.bulk.job import Columns, Options
from wardline.bulk.local import on_this_machine
from wardline.bulk.outputs import refused_file, write_whole
from wardline.bulk.report import report
from wardline.bulk.run import Engine, Progress, screen_archive
from wardline.bulk.spark import on_spark
from wardline.bulk.summary import Summary

__all__ = [
    "BulkError",
    "Columns",
    "Engine",
    "Options",
    "Progress",
    "Summary",
    "on_spark",
    "on_this_machine",
    "refused_file",
    "report",
    "screen_archive",
    "write_whole",
]
