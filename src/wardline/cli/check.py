"""`wardline check`: check texts and say what to change before posting."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from errno import EBADF
from pathlib import Path
from typing import Annotated, BinaryIO, get_args

import typer

from wardline.institution import InstitutionError, current
from wardline.screening import Context, Finding, Screener, ScreeningError, default
from wardline.screening.jsonl import Answer, Checked, answers, encode
from wardline.screening.listing import listed, printable
from wardline.screening.values import Channel, Mode

app = typer.Typer()

CLEAN, FOUND, FAILED = 0, 1, 2
STANDARD = Path("-")
PATIENCE = 1.0
"""Seconds between two reports of progress."""


@app.command()
def check(  # noqa: PLR0913  (the options are its arguments)
    files: Annotated[
        list[Path] | None, typer.Argument(help="Texts in UTF-8; - is standard input.")
    ] = None,
    mode: Annotated[
        Mode, typer.Option(metavar="MODE", help=f"One of {', '.join(get_args(Mode))}.")
    ] = "personal",
    channel: Annotated[
        Channel,
        typer.Option(metavar="KIND", help=f"One of {', '.join(get_args(Channel))}."),
    ] = "network",
    author_role: Annotated[str, typer.Option(help='As in "night nurse".')] = "",
    *,
    employer: Annotated[
        bool, typer.Option("--employer/--not-employer", help="Whether they are staff.")
    ] = True,
    profile_disclaimer: Annotated[
        bool,
        typer.Option("--profile-disclaimer", help="The profile carries a disclaimer."),
    ] = False,
    jsonl: Annotated[
        Path | None, typer.Option(help="Check one post a line, each with its context.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="Where the answers to --jsonl go.")
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Print the text with every fix applied.")
    ] = False,
) -> None:
    """Check texts before they are posted. Nothing is stored.

    Exit status: 0 nothing above a reminder, 1 findings, 2 something failed.
    """
    context = Context(mode, channel, author_role, employer, profile_disclaimer)
    try:
        _fit(files or [], jsonl, output, fix=fix)
        screener = default()
        if fix:
            status = _mended(screener, (files or [STANDARD])[0], context)
        elif jsonl:
            status = _lines(screener, jsonl, output)
        else:
            status = _texts(screener, files or [STANDARD], context)
    except (ScreeningError, InstitutionError, OSError) as error:
        typer.echo(f"wardline check: {error}", err=True)
        status = FAILED
    raise typer.Exit(status)


def _fit(
    files: list[Path], jsonl: Path | None, output: Path | None, *, fix: bool
) -> None:
    """See that none of the arguments would be passed over in silence.

    Raises:
        ScreeningError: naming those that do not go together.
    """
    if fix and (len(files) > 1 or jsonl):
        raise ScreeningError("--fix mends one text: name one file, without --jsonl.")
    if jsonl and files:
        raise ScreeningError("Name files, or a file of posts with --jsonl, not both.")
    if output and not jsonl:
        raise ScreeningError("--output goes with --jsonl; else use > FILE.")


def _texts(screener: Screener, files: list[Path], context: Context) -> int:
    total, statuses = 0, {CLEAN}
    for file in files:
        try:
            text = _read(file)
        except (OSError, UnicodeDecodeError) as error:
            typer.echo(f"{file}: {_advice(error)}", err=True)
            statuses.add(FAILED)
            continue
        findings = screener.check(text, context)
        _show(screener, str(file), text, findings, context)
        statuses.add(_status(findings))
        total += len(findings)
    if total or FAILED not in statuses:
        typer.echo(f"{total or 'No'} finding{'s' * (total != 1)}.")
    return max(statuses)


def _show(
    screener: Screener, name: str, text: str, findings: list[Finding], context: Context
) -> None:
    """Each finding with its fix, or with the office that can tell."""
    if not findings:
        return  # and never load what makes fixes
    from wardline.screening.remedies import offered, whom

    offer = {
        (fix.finding.rule, fix.finding.start): fix
        for fix in offered(screener, text, context, findings)
    }
    for finding in findings:
        typer.echo("\n".join(listed(name, text, finding)))
        if fix := offer.get((finding.rule, finding.start)):
            typer.echo(f"    Fix: {fix.label}: {printable(fix.preview(text))}")
        elif office := whom(finding, current()):
            typer.echo(f"    Ask: {office.name}, {office.email}")


def _mended(screener: Screener, file: Path, context: Context) -> int:
    """Print the text as it would read; what no fix settles goes to standard error."""
    from wardline.screening.remedies import mended

    try:
        text = _read(file)
    except (OSError, UnicodeDecodeError) as error:
        typer.echo(f"{file}: {_advice(error)}", err=True)
        return FAILED
    text = mended(screener, text, context)
    typer.echo(text, nl=False)
    findings = screener.check(text, context)
    for finding in findings:
        typer.echo("\n".join(listed(str(file), text, finding)), err=True)
    return _status(findings)


def _read(file: Path) -> str:
    if file != STANDARD:
        return file.read_bytes().decode()
    if sys.stdin is None:
        raise OSError(EBADF, "Standard input is closed")
    if sys.stdin.isatty():
        typer.echo("Type the post, then Ctrl-D on a line of its own.", err=True)
    return sys.stdin.buffer.read().decode()


def _advice(error: OSError | UnicodeDecodeError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start} is not UTF-8; save the text as UTF-8 and try again."
    return f"{error.strerror}; name a text file, or - for standard input."


def _lines(screener: Screener, source: Path, target: Path | None) -> int:
    if target and target.exists() and source.exists() and target.samefile(source):
        raise ScreeningError("--output is the input; name another file.")
    statuses = {CLEAN}
    with ExitStack() as stack:
        lines = _opened(stack, source, "rb", sys.stdin.buffer)
        out = _opened(stack, target or STANDARD, "wb", sys.stdout.buffer)
        for batch in _reported(answers(lines, screener)):
            out.write(b"".join(encode(answer) + b"\n" for answer in batch))
            statuses.update(map(_answered, batch))
    return max(statuses)


def _opened(stack: ExitStack, file: Path, mode: str, standard: BinaryIO) -> BinaryIO:
    if file == STANDARD:
        return standard
    return stack.enter_context(file.open(mode))  # type: ignore[return-value]


def _reported(batches: Iterator[list[Answer]]) -> Iterator[list[Answer]]:
    """The same batches; what takes long is counted on standard error."""
    done, told = 0, time.monotonic()
    for batch in batches:
        yield batch
        done += len(batch)
        if time.monotonic() - told > PATIENCE:
            told = time.monotonic()
            typer.echo(f"Posts checked: {done:,} …", err=True)


def _answered(answer: Answer) -> int:
    return _status(answer.findings) if isinstance(answer, Checked) else FAILED


def _status(findings: list[Finding]) -> int:
    return FOUND if any(f.severity != "remind" for f in findings) else CLEAN
