"""`wardline work`: the worker, as many of them as you like on one database."""

import os
import signal
from threading import Event

import typer

app = typer.Typer()


@app.command()
def work() -> None:
    """Publish what is due until Ctrl-C or SIGTERM; start as many as you like."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardline.settings")
    import django

    django.setup()
    from wardline.worker.loop import work as loop

    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    loop(stop)
