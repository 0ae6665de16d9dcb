"""`wardline explain`: one rule, with its reason, source and examples."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated

import typer

from wardline.screening import Pack, ScreeningError, load_pack
from wardline.screening.schema import Example, Rule

app = typer.Typer()

NEAR = 3
"""Rules that may be meant by a name that is none."""


@app.command()
def explain(
    rule: Annotated[str, typer.Argument(help="As in patient-privacy/mrn.")],
) -> None:
    """Show why a rule exists, where it comes from and what it fires on."""
    try:
        pack = load_pack()
    except ScreeningError as error:
        typer.echo(f"wardline explain: {error}", err=True)
        raise typer.Exit(2) from error
    if rule not in pack.rules:
        near = sorted((name for name in pack.rules if rule in name), key=len)
        near = near[:NEAR] or get_close_matches(rule, pack.rules, NEAR)
        meant = f" Did you mean {' or '.join(near)}?" if near else ""
        typer.echo(
            f"There is no rule {rule!r}.{meant} `wardline rules` lists them all.",
            err=True,
        )
        raise typer.Exit(2)
    typer.echo("\n".join(_page(pack, pack.rules[rule])))


def _page(pack: Pack, rule: Rule) -> Iterator[str]:
    personal = "; advise on a personal post" if rule.severity == "hold" else ""
    yield f"{rule.id} ({rule.severity}{personal})"
    yield from ("", rule.message, rule.suggestion, "", rule.why.strip(), "")
    yield f"Source: {rule.source.title}, {rule.source.date}"
    yield f"        {rule.source.url}"
    for clause in rule.clauses:
        yield f"Clause: {clause}, {pack.clauses[clause].duty}"
    yield from ("", "It fires on")
    for example in rule.fires:
        yield f"  {_told(example)}"
        yield f"    reports “{example.quote}”"
    yield from ("", "and passes")
    for example in rule.passes:
        yield f"  {_told(example)}"


def _told(example: Example) -> str:
    text = " / ".join(example.text.splitlines())
    employer = "" if example.context.author_employer else ", not staff"
    return f"“{text}” ({example.context.mode}, {example.context.channel}{employer})"
