"""`wardline screen`: screen an archive of posts."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self, get_args

import typer

from wardline.bulk import (
    BulkError,
    Columns,
    Engine,
    Options,
    Summary,
    on_spark,
    on_this_machine,
    refused_file,
    report,
    screen_archive,
    write_whole,
)
from wardline.institution import InstitutionError
from wardline.screening import Context, ScreeningError
from wardline.screening.values import Channel, Mode

if TYPE_CHECKING:
    from rich.progress import Progress
    from rich.table import Table

app = typer.Typer()

DONE, SKIPPED, FAILED, STOPPED = 0, 1, 2, 130
SHOWN = 10
"""Accounts, and the latest months, that the terminal shows."""


@app.command()
def screen(  # noqa: PLR0913, PLR0917  (the options are its arguments)
    inputs: Annotated[
        list[Path],
        typer.Argument(metavar="IN…", help="Parquet, CSV, JSON lines, or folders."),
    ],
    output: Annotated[Path, typer.Option(help="Findings, as .parquet or .jsonl.")],
    report_file: Annotated[
        Path | None, typer.Option("--report", help="An HTML page with charts.")
    ] = None,
    text: Annotated[
        str, typer.Option(metavar="COLUMN", help="Which column holds the posts.")
    ] = "text",
    post: Annotated[
        str | None,
        typer.Option("--id", metavar="COLUMN", help="Else `id`, where there is one."),
    ] = None,
    account: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Else `account`, where there is one."),
    ] = None,
    time: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Else `time`, where there is one."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=COLUMN",
            help="Where a post's own mode, channel, author_role, author_employer or "
            "profile_disclaimer stands; may be repeated.",
        ),
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
        typer.Option("--profile-disclaimer", help="The profiles carry a disclaimer."),
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes; one per core unless told.")
    ] = None,
    part_rows: Annotated[
        int, typer.Option(min=1, help="Rows that a worker takes at a time.")
    ] = 2_000,
    engine: Annotated[
        Literal["local", "spark"],
        typer.Option(metavar="ENGINE", help="local, or spark for many machines."),
    ] = "local",
    master: Annotated[
        str, typer.Option(help="With --engine spark: spark://host:7077, yarn, …")
    ] = "local[*]",
    rules_only: Annotated[
        bool,
        typer.Option(
            "--rules-only", help="Leave the reader out: much faster, blunter."
        ),
    ] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Do not go on with an earlier run.")
    ] = False,
) -> None:
    """Screen an archive. After a kill, the same command goes on where it was.

    Beside OUTPUT come a summary and the rows that could not be screened.
    Exit status: 0 done, 1 done but rows were skipped, 2 something failed.
    """
    if report_file and not report_file.parent.is_dir():
        raise typer.BadParameter("its folder does not exist.", param_hint="--report")
    context = Context(mode, channel, author_role, employer, profile_disclaimer)
    named = {"id": post, "account": account, "time": time} | _fields(column or [])
    options = Options(_columns(text, named), context, part_rows, rules_only)
    using = _engine(engine, master, workers or len(os.sched_getaffinity(0)))
    try:
        with _Bar() as bar:
            summary = screen_archive(
                inputs, output, options, using, bar, restart=restart
            )
        if report_file:
            _write_report(summary, report_file)
    except (BulkError, ScreeningError, InstitutionError, OSError) as error:
        typer.echo(f"wardline screen: {error}", err=True)
        raise typer.Exit(FAILED) from error
    except KeyboardInterrupt as error:
        typer.echo("Stopped; the same command goes on from here.", err=True)
        raise typer.Exit(STOPPED) from error
    _tell(summary, output)
    raise typer.Exit(SKIPPED if summary.refused else DONE)


def _fields(told: Sequence[str]) -> dict[str, str | None]:
    """`FIELD=COLUMN` by field."""
    known = Context.__struct_fields__
    fields: dict[str, str | None] = {}
    for one in told:
        field, _, name = one.partition("=")
        if field not in known or not name:
            reason = f"{one!r} is not FIELD=COLUMN, FIELD one of {', '.join(known)}."
            raise typer.BadParameter(reason, param_hint="--column")
        fields[field] = name
    return fields


def _columns(text: str, named: dict[str, str | None]) -> Columns:
    told = {field: name for field, name in named.items() if name}
    return Columns(text=text, required=(text, *told.values()), **told)


def _engine(name: str, master: str, workers: int) -> Engine:
    if name == "spark":
        return partial(on_spark, master)
    return partial(on_this_machine, workers)


def _write_report(summary: Summary, file: Path) -> None:
    from wardline.screening import load_pack

    topics = load_pack().topics
    page = report(summary, {name: topic.title for name, topic in topics.items()})
    write_whole(file, lambda draft: draft.write_text(page, "utf-8"))


class _Bar:
    """How far a run is, drawn on standard error where that is a terminal."""

    _bar: "Progress"

    def __enter__(self) -> Self:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            SpinnerColumn,
            TextColumn,
            TimeRemainingColumn,
        )

        console = Console(stderr=True)
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("Reading the input", total=None)
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begin(self, total: int, done: int) -> None:
        """Rows in all, and those that an earlier run has done."""
        if done:
            self._bar.console.print(f"Going on after {done:,} of {total:,} rows.")
        self._bar.reset(self._task, total=total, completed=done, description="Rows")

    def advance(self, rows: int) -> None:
        """So many more are done."""
        self._bar.advance(self._task, rows)


def _tell(summary: Summary, output: Path) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    accounts = [(one.account, one.flagged) for one in summary.accounts[:SHOWN]]
    months = [(name, month.flagged) for name, month in summary.months.items()]
    more = summary.accounts_flagged > SHOWN
    for head, rows in (
        (("Topic", "findings"), [*summary.topics.items()]),
        (("Account" + f", first {SHOWN}" * more, "posts with findings"), accounts),
        (
            (
                "Month" + f", last {SHOWN}" * (len(months) > SHOWN),
                "posts with findings",
            ),
            months[-SHOWN:],
        ),
    ):
        if rows:
            console.print(_table(head, rows), "")
    console.print(
        f"{_counted(summary.posts, 'post')}, {summary.flagged:,} with findings; "
        f"{_counted(summary.findings, 'finding')} in {output}",
        soft_wrap=True,
        markup=False,
    )
    if summary.refused:
        console.print(
            f"{_counted(summary.refused, 'row')} skipped; "
            f"{refused_file(output)} says why.",
            soft_wrap=True,
            markup=False,
        )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _table(head: tuple[str, str], rows: Sequence[tuple[str, int]]) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    table.add_column(head[0])
    table.add_column(head[1], justify="right")
    for name, count in rows:
        table.add_row(Text(name), f"{count:,}")  # an account's name is not markup
    return table
