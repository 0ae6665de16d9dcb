"""`wardline work`: the worker, as many of them as you like on one database."""

import signal
from threading import Event

import typer

from wardline.cli import set_up

app = typer.Typer()


@app.command()
def work() -> None:
    """Publish what is due until Ctrl-C or SIGTERM; start as many as you like."""
    set_up()
    from wardline.worker.loop import work as loop

    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    loop(stop)
