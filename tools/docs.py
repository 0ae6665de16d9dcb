"""Write the pages made from the code; `--check` only says which are stale.

They are docs/clauses.md and everything in docs/reference.

Run as `python -m tools.docs`, or through `make docs` and `make check`.
"""

import json
import os
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import django
import typer
from typer.cli import get_docs_for_click

from tools import clauses
from wardline.cli import build
from wardline.environment import Environment
from wardline.screening import Pack, load_pack
from wardline.screening.schema import Example, Rule

if TYPE_CHECKING:
    from wardline.audit.states import Graph

DOCS = Path(__file__).resolve().parents[1] / "docs"
NOTICE = "<!-- Made by `make docs`: change the code it describes, not this page. -->"


def main() -> None:
    """Bring every page up to date, or with `--check` exit 1 where one is not."""
    pages = {DOCS / name: f"{NOTICE}\n\n{text}" for name, text in made()}
    kept = {*pages, *(DOCS / "reference").rglob("*.md")}
    there = {path: path.read_text() for path in kept if path.exists()}
    stale = {path for path in {*pages, *there} if pages.get(path) != there.get(path)}
    if "--check" in sys.argv:
        names = ", ".join(sorted(str(path.relative_to(DOCS)) for path in stale))
        sys.exit(f"Stale in docs: {names}. Run make docs." if stale else 0)
    for path in stale:
        if path in pages:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages[path])
        else:
            path.unlink()


def made() -> Iterator[tuple[str, str]]:
    """Every page: its name below docs, and its text."""
    yield "reference/settings.md", settings()
    yield "reference/states.md", states()
    yield "reference/commands.md", commands()
    pack = load_pack()
    yield "clauses.md", clauses.page(pack)
    for topic, rules in groupby(pack.rules.values(), key=lambda rule: rule.topic):
        yield f"reference/rules/{topic}.md", rules_of(pack, topic, list(rules))


def settings() -> str:
    """The table of the variables that an operator may set."""
    rows = [
        f"| `WARDLINE_{name.upper()}` | {_default(field.default)} | {field.description} |"
        for name, field in Environment.model_fields.items()
    ]
    return _lines(
        "# Settings", "", "| variable | default | meaning |", "|---|---|---|", *rows
    )


def states() -> str:
    """The state graphs, drawn."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardline.settings")
    django.setup()
    # The graphs stand beside models, which Django must have loaded first.
    from wardline.publishing.states import CLEARANCE, DRAFT, PUBLICATION  # noqa: PLC0415
    from wardline.registry.states import ACCOUNT  # noqa: PLC0415

    graphs = (DRAFT, CLEARANCE, PUBLICATION, ACCOUNT)
    return "\n".join(["# States\n", *map(_drawn, graphs)])


def commands() -> str:
    """Every command with its options, as its own help tells them."""
    command = typer.main.get_command(build([]))
    context = typer.Context(command, info_name="wardline")
    return get_docs_for_click(obj=command, ctx=context, name="wardline")


def rules_of(pack: Pack, topic: str, rules: list[Rule]) -> str:
    """One topic's rules, each with its reason, its source and its examples."""
    about = pack.topics[topic]
    return "\n".join([f"# {about.title}\n\n{about.about}\n", *map(_rule, rules)])


def _drawn(graph: "Graph") -> str:
    moves = [(old, new) for old in graph.moves for new in sorted(graph.moves[old])]
    return _lines(
        f"## {graph.noun.capitalize()}",
        "",
        "```mermaid",
        "stateDiagram-v2",
        f"  [*] --> {_word(graph.start)}",
        *(f"  {_word(old)} --> {_word(new)}" for old, new in moves),
        "```",
    )


def _word(state: str) -> str:
    """A state as mermaid wants it: without hyphens."""
    return state.replace("-", "_")


def _rule(rule: Rule) -> str:
    source = f"[{rule.source.title}]({rule.source.url}), {rule.source.date}"
    return _lines(
        f"## {rule.id}",
        "",
        f"{rule.message} {rule.suggestion}",
        "",
        " ".join(rule.why.split()),
        "",
        f"Severity: {rule.severity}. Clauses: {', '.join(rule.clauses)}. Source: {source}.",
        "",
        "Fires on:",
        "",
        *map(_example, rule.fires),
        "",
        "Passes:",
        "",
        *map(_example, rule.passes),
    )


def _example(example: Example) -> str:
    return "- `` " + " / ".join(example.text.splitlines()) + " ``"


def _default(value: object) -> str:
    return f"`{value if isinstance(value, Path) else json.dumps(value)}`"


def _lines(*lines: str) -> str:
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
