"""`wardline serve`: the pages and the API."""

import typer

from wardline.cli import set_up

app = typer.Typer()


@app.command()
def serve(
    host: str = typer.Option("127.0.0.1", help="The address to listen on."),
    port: int = typer.Option(8000, help="The port to listen on."),
    processes: int = typer.Option(1, help="Web processes; one per core is plenty."),
) -> None:
    """Serve the pages and the API until Ctrl-C."""
    set_up()
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "wardline.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=4,
        workers_kill_timeout=5,  # one that is told to end while it starts may not hear it
        log_access=False,
        websockets=False,
    ).serve()
