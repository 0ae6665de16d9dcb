"""`wardline run`: the web server and one worker, started and ended together."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import typer

app = typer.Typer()

HOST = "127.0.0.1"
PATIENCE = 20
"""Seconds that web and worker have to finish what they are doing."""


@app.command()
def run(port: int = typer.Option(8000, help="Where pages are served.")) -> None:
    """Serve pages and work through what is due, on this machine, until Ctrl-C."""
    refuse_if_taken(port)
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    parts: list[subprocess.Popen[bytes]] = []
    try:
        parts.append(start("serve", "--host", HOST, "--port", str(port)))
        parts.append(start("work"))
        # Leaves the ended child to be reaped by its own wait() below.
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    except KeyboardInterrupt:
        return
    finally:
        end(parts)
    typer.echo("Web or worker ended by itself; the lines above say why.", err=True)
    raise typer.Exit(1)


def refuse_if_taken(port: int) -> None:
    """Exit with advice where another process listens on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            typer.echo(
                f"Port {port} cannot be used ({error.strerror}). "
                "End what runs there, or take another: make run PORT=8001",
                err=True,
            )
            raise typer.Exit(2) from error


def start(*command: str) -> subprocess.Popen[bytes]:
    """One `wardline …` in a process group of its own, so that Ctrl-C ends it once."""
    wardline = str(Path(sys.executable).with_name("wardline"))
    return subprocess.Popen([wardline, *command], process_group=0)  # noqa: S603


def end(parts: list[subprocess.Popen[bytes]]) -> None:
    """Ask every part to finish; after PATIENCE seconds kill what has not.

    A part that is killed, or that ends while it starts, may leave processes of its
    own behind: its whole group goes with it.
    """
    for part in parts:
        part.terminate()
    for part in parts:
        with suppress(subprocess.TimeoutExpired):
            part.wait(PATIENCE)
        with suppress(ProcessLookupError):
            os.killpg(part.pid, signal.SIGKILL)
        part.wait()
