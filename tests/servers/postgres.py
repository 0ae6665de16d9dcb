"""Run a module on a PostgreSQL of its own: tests.servers.postgres pytest tests/audit."""

import os
import subprocess
import sys

from tests.servers.recipe import running


def main(words: list[str]) -> int:
    """Run `python -m words…`; its exit code. The server is ended with it."""
    with running("postgres") as told:
        environment = os.environ | {"WARDLINE_DATABASE_URL": told["url"]}
        command = [sys.executable, "-m", *words]
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
