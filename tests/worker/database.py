"""A database for processes of their own, of the kind that the tests run on."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """Its WARDLINE_DATABASE_URL: a file in the folder, or a new one on the server."""
    server = os.environ.get("WARDLINE_DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'wardline.sqlite3'}"
        return
    name = f"test_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(server)._replace(path=name).geturl()
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def column(url: str, query: str) -> list[str]:
    """The first column of what a query finds there."""
    file = url.removeprefix("sqlite:///")
    with closing(
        psycopg.connect(url) if file == url else sqlite3.connect(file, timeout=30)
    ) as connection:
        return [row[0] for row in connection.execute(query)]
