"""`wardline triage`: label comments, one a line, and say why."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from wardline.institution import InstitutionError
from wardline.screening import ScreeningError
from wardline.triage import TriageError
from wardline.triage.jsonl import Refused, answers, encode

app = typer.Typer()

DONE, FAILED = 0, 2
STANDARD = Path("-")


@app.command()
def triage(
    jsonl: Annotated[
        Path,
        typer.Option(help="Comments, one JSON object a line; - is standard input."),
    ] = STANDARD,
    output: Annotated[
        Path, typer.Option(help="Where the verdicts go; - is standard output.")
    ] = STANDARD,
) -> None:
    """Label comments as a moderator would find them. Nothing is stored.

    Exit status: 0 every line has a verdict, 2 some line or file could not be read.
    """
    try:
        failed = _lines(jsonl, output)
    except (ScreeningError, TriageError, InstitutionError, OSError) as error:
        typer.echo(f"wardline triage: {error}", err=True)
        failed = True
    raise typer.Exit(FAILED if failed else DONE)


def _lines(source: Path, target: Path) -> bool:
    """Whether any line was refused."""
    if target.exists() and source.exists() and target.samefile(source):
        raise TriageError("--output is the input; name another file.")
    failed = False
    with ExitStack() as stack:
        lines = _opened(stack, source, "rb", sys.stdin.buffer)
        out = _opened(stack, target, "wb", sys.stdout.buffer)
        for batch in answers(lines):
            out.write(b"".join(encode(answer) + b"\n" for answer in batch))
            failed = failed or any(isinstance(answer, Refused) for answer in batch)
    return failed


def _opened(stack: ExitStack, file: Path, mode: str, standard: BinaryIO) -> BinaryIO:
    if file == STANDARD:
        return standard
    return stack.enter_context(file.open(mode))  # type: ignore[return-value]
