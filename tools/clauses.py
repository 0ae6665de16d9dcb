"""The page docs/clauses.md: each duty, what keeps it, and the tests that say so.

A test declares what it backs, `@pytest.mark.clause("OFFICIAL-08", by="wardline.…")`,
and a rule file backs the clauses that it cites, for its examples are tests. Nothing
else fills a row; owed.toml only takes away, by saying what a clause still asks for.
"""

import ast
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from wardline.screening import Pack
from wardline.screening.schema import Rule

ROOT = Path(__file__).resolve().parents[1]
OWED = Path(__file__).with_name("owed.toml")
EXAMPLES = "[the rules' own examples](../tests/screening/test_rules.py)"


class ClauseError(Exception):
    """A mark or an owed duty names something that is not there."""

    def __init__(self, place: str, told: str) -> None:
        super().__init__(f"{place}: {told}")


@dataclass(frozen=True, slots=True)
class Backing:
    """One test that backs one clause."""

    clause: str
    by: str
    """The module that keeps the duty, dotted."""
    test: str
    file: Path
    """Below the root."""


def page(pack: Pack) -> str:
    """The page as Markdown.

    Raises:
        ClauseError: naming the place, what is not there, and the remedy.
    """
    backings = list(backed(ROOT, pack.clauses))
    owed = owing(OWED.read_text("utf-8"), pack.clauses)
    rows = [_row(pack, clause, backings, owed.get(clause)) for clause in pack.clauses]
    states = [state for _, state in rows]
    counts = ", ".join(
        f"{states.count(state)} {state}" for state in ("kept", "partly kept", "missing")
    )
    return "\n".join(
        [
            "# The duties, what keeps them, and the tests that say so\n",
            f"{len(rows)} clauses: {counts}.\n",
            "A test claims a clause with a mark, a rule by citing it.\n",
            "| clause | duty | | kept by | tests |",
            "|---|---|---|---|---|",
            *(row for row, _ in rows),
            "",
        ]
    )


def backed(root: Path, clauses: Iterable[str]) -> Iterator[Backing]:
    """What the tests below `root` claim, file by file; nothing is imported.

    Raises:
        ClauseError: when a mark names no clause or no module.
    """
    known = set(clauses)
    for file in sorted((root / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for mark in filter(_marks, node.decorator_list):
                    place = f"{file.relative_to(root)}:{mark.lineno}"
                    ids, by = _read(mark, place)
                    _there(root, place, known, ids, by)
                    for clause in ids:
                        yield Backing(clause, by, node.name, file.relative_to(root))


def owing(toml: str, clauses: Iterable[str]) -> dict[str, str]:
    """What is still owed, by clause.

    Raises:
        ClauseError: when a clause is unknown.
    """
    owed = tomllib.loads(toml)
    if unknown := owed.keys() - set(clauses):
        raise ClauseError(
            "owed.toml", f"no clause {sorted(unknown)}; see clauses.toml."
        )
    return owed


def _marks(decorator: ast.expr) -> bool:
    mark = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(mark) == "pytest.mark.clause"


def _read(mark: ast.expr, place: str) -> tuple[list[str], str]:
    match mark:
        case ast.Call(
            args=[_, *_] as ids,
            keywords=[ast.keyword(arg="by", value=ast.Constant(value=str(by)))],
        ) if all(isinstance(one, ast.Constant) for one in ids):
            return [str(ast.literal_eval(one)) for one in ids], by
    raise ClauseError(place, 'write clause("ID", by="wardline.module"), in strings.')


def _there(root: Path, place: str, known: set[str], ids: list[str], by: str) -> None:
    if unknown := set(ids) - known:
        raise ClauseError(place, f"no clause {sorted(unknown)}; see clauses.toml.")
    module = root / "src" / by.replace(".", "/")
    if not (module.with_suffix(".py").is_file() or (module / "__init__.py").is_file()):
        raise ClauseError(place, f"no module {by}; name the one that keeps the duty.")


def _row(
    pack: Pack, clause: str, backings: Iterable[Backing], owed: str | None
) -> tuple[str, str]:
    """A row of the table, and its state."""
    rules = [rule for rule in pack.rules.values() if clause in rule.clauses]
    backings = [one for one in backings if one.clause == clause]
    state = "partly kept" if owed else "kept"
    if not (rules or backings):
        state, owed = "missing", None
    keepers = _cell([*_rules(rules), *sorted({f"`{one.by}`" for one in backings})])
    tests = _cell([*([EXAMPLES] if rules else []), *map(_test, backings)])
    told = f"{f'**{state}**' if state == 'missing' else state}"
    if owed:
        told += f"; owed: {owed}"
    duty = pack.clauses[clause].duty
    return f"| {clause} | {duty} | {told} | {keepers} | {tests} |", state


def _rules(rules: Sequence[Rule]) -> Iterator[str]:
    for topic, some in groupby(rules, key=lambda rule: rule.topic):
        count = len(list(some))
        noun = "rule" if count == 1 else "rules"
        yield f"{count} {noun} of [{topic}](reference/rules/{topic}.md)"


def _test(backing: Backing) -> str:
    sentence = backing.test.removeprefix("test_").replace("_", " ")
    return f"[{sentence}](../{backing.file.as_posix()})"


def _cell(items: Iterable[str]) -> str:
    return "<br>".join(items)
